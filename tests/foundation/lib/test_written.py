"""What is kept of days and times is what Django writes, in each language."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation
from django.utils.formats import date_format, time_format

from goldthread.foundation.lib.written import written_day, written_time

DAY = date(2026, 12, 3)


@pytest.mark.parametrize("form", ["j M", "D j M", "j M Y", "DATE_FORMAT"])
def test_a_day_is_written_as_django_writes_it_in_each_language(form: str) -> None:
    for language in ("en", "es", "en"):
        with translation.override(language):
            assert written_day(DAY, form) == date_format(DAY, form)
            assert written_day(DAY + timedelta(days=1), form) == date_format(DAY + timedelta(days=1), form)


def test_languages_are_not_mixed_up() -> None:
    with translation.override("en"):
        assert written_day(DAY, "D j M") == "Thu 3 Dec"
    with translation.override("es"):
        assert written_day(DAY, "D j M") == "jue 3 Dic"


def test_a_time_is_that_of_its_own_zone_whatever_the_day_and_the_second() -> None:
    at = datetime(2026, 12, 3, 17, 5, 59, tzinfo=UTC)
    for language in ("en", "es"):
        with translation.override(language):
            assert written_time(at) == time_format(at, "TIME_FORMAT")
    with translation.override("en"):
        assert written_time(at) == "5:05 p.m."
        assert written_time(at.replace(hour=9, minute=0)) == "9 a.m."
