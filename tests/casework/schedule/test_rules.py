"""Days of a series and local times, worked out by hand."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from goldthread.casework.schedule.enums import Unit
from goldthread.casework.schedule.rules import Repeat, Span, days_of, overlapping, span_of
from goldthread.foundation.lib.errors import DomainError

NEW_YORK = ZoneInfo("America/New_York")


def test_a_month_keeps_its_day_number_counted_from_the_first() -> None:
    days = days_of(date(2027, 1, 31), Repeat(1, Unit.MONTH, date(2027, 5, 30)))
    assert days == [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)]
    leap = days_of(date(2028, 1, 30), Repeat(1, Unit.MONTH, date(2028, 3, 31)))
    assert leap == [date(2028, 1, 30), date(2028, 2, 29), date(2028, 3, 30)]


def test_weeks_and_days_reach_up_to_the_last_day() -> None:
    assert days_of(date(2026, 11, 20), Repeat(2, Unit.WEEK, date(2026, 12, 18))) == [
        date(2026, 11, 20),
        date(2026, 12, 4),
        date(2026, 12, 18),
    ]
    assert days_of(date(2026, 12, 30), Repeat(3, Unit.DAY, date(2027, 1, 3))) == [date(2026, 12, 30), date(2027, 1, 2)]


def test_a_week_later_it_is_the_same_hour_though_the_clocks_changed() -> None:
    # 2027: clocks go forward on Sunday 14 March; New York is at UTC-5 before, UTC-4 after
    before = span_of(date(2027, 3, 11), time(10), time(11), NEW_YORK)
    after = span_of(date(2027, 3, 18), time(10), time(11), NEW_YORK)
    assert before == Span(datetime(2027, 3, 11, 15, tzinfo=UTC), datetime(2027, 3, 11, 16, tzinfo=UTC))
    assert after == Span(datetime(2027, 3, 18, 14, tzinfo=UTC), datetime(2027, 3, 18, 15, tzinfo=UTC))


def test_an_hour_that_the_clocks_skip_is_taken_an_hour_later() -> None:
    span = span_of(date(2027, 3, 14), time(2, 30), time(3), NEW_YORK)
    assert span == Span(datetime(2027, 3, 14, 7, 30, tzinfo=UTC), datetime(2027, 3, 14, 8, tzinfo=UTC))


def test_of_an_hour_that_comes_twice_the_first_is_meant() -> None:
    # Sunday 7 November 2027, 1:30 comes first in summer time (UTC-4), then again; 2:30 comes once, in winter time
    span = span_of(date(2027, 11, 7), time(1, 30), time(2, 30), NEW_YORK)
    assert span == Span(datetime(2027, 11, 7, 5, 30, tzinfo=UTC), datetime(2027, 11, 7, 7, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("repeat", "field"),
    [
        (Repeat(1, Unit.WEEK, date(2026, 11, 19)), "until"),
        (Repeat(1, Unit.DAY, date(2027, 8, 1)), "until"),
        (Repeat(1, Unit.MONTH, date(2029, 1, 1)), "until"),
        (Repeat(0, Unit.DAY, date(2026, 12, 1)), "every"),
    ],
)
def test_a_series_that_cannot_be(repeat: Repeat, field: str) -> None:
    with pytest.raises(DomainError) as refused:
        days_of(date(2026, 11, 20), repeat)
    assert refused.value.field == field


def test_the_end_must_be_after_the_start() -> None:
    with pytest.raises(DomainError) as refused:
        span_of(date(2026, 11, 20), time(10), time(10), NEW_YORK)
    assert refused.value.field == "end"


def test_one_that_ends_as_the_other_begins_does_not_overlap() -> None:
    ten = span_of(date(2026, 11, 20), time(10), time(11), NEW_YORK)
    eleven = span_of(date(2026, 11, 20), time(11), time(12), NEW_YORK)
    late = span_of(date(2026, 11, 20), time(10, 59), time(12), NEW_YORK)
    assert not overlapping(ten, [eleven])
    assert overlapping(ten, [late])
