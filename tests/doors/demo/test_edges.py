"""The demo on days on which months begin and end."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from goldthread.casework.tasks.queries.lists import Bucket, Whose, on_the_list
from goldthread.doors.demo import make_demo
from goldthread.foundation.workforce.models import Staff


@pytest.mark.slow
@pytest.mark.sqlite
@pytest.mark.django_db
@pytest.mark.parametrize("today", [date(2026, 12, 31), date(2027, 3, 1)])
def test_the_day_is_as_long_at_the_edges_of_a_month(today: date) -> None:
    at = datetime(today.year, today.month, today.day, 15, tzinfo=UTC)
    make_demo(today, at)
    staff = Staff.objects.get(name="Renee Baptiste")
    found = Counter(on_the_list(Whose(staff.pk), today, at).values_list("bucket", flat=True))
    assert 1 <= found[Bucket.OVERDUE] <= 6
    assert 3 <= found[Bucket.TODAY] <= 10
    assert 1 <= found[Bucket.MISSED] <= 3
