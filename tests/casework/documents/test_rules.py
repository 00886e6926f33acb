"""When a paper has to be renewed."""

from datetime import date

import pytest

from goldthread.casework.documents.rules import Holds, holds, renew_on

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        (None, Holds.ON),
        (date(2026, 12, 23), Holds.ON),
        (date(2026, 12, 22), Holds.SOON),
        (date(2026, 11, 22), Holds.SOON),
        (date(2026, 11, 21), Holds.ENDED),
    ],
)
def test_a_paper_holds_on_its_last_day_and_is_marked_thirty_days_before(ends: date | None, expected: Holds):
    assert holds(ends, TODAY) == expected


def test_it_is_renewed_thirty_days_before_and_never_in_the_past():
    assert renew_on(date(2027, 3, 31), TODAY) == date(2027, 3, 1)
    assert renew_on(date(2026, 12, 1), TODAY) == TODAY
