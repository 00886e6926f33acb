"""The agency's calendar. Expected days were read off a wall calendar of 2026."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.foundation.agency.rules import (
    Calendar,
    add_business_days,
    business_days_between,
    local_date,
    next_business_day,
    public_holidays,
)

PLAIN = Calendar()
THANKSGIVING = date(2026, 11, 26)
NOVEMBER = Calendar(
    holidays={THANKSGIVING: "Thanksgiving", date(2026, 11, 11): "Veterans Day"},
    closed=frozenset({date(2026, 11, 27)}),
    open=frozenset({date(2026, 11, 11)}),
)
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
counts = st.integers(1, 60)
calendars = st.builds(
    lambda closed, opened: Calendar(closed=frozenset(closed), open=frozenset(opened)),
    st.lists(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=30),
    st.lists(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=10),
)


@pytest.mark.parametrize(
    ("at", "zone", "expected"),
    [
        (datetime(2026, 11, 20, 4, 59, tzinfo=UTC), "America/New_York", date(2026, 11, 19)),
        (datetime(2026, 11, 20, 5, 0, tzinfo=UTC), "America/New_York", date(2026, 11, 20)),
        # in summer time midnight comes an hour earlier by UTC
        (datetime(2026, 7, 1, 3, 59, tzinfo=UTC), "America/New_York", date(2026, 6, 30)),
        (datetime(2026, 7, 1, 4, 0, tzinfo=UTC), "America/New_York", date(2026, 7, 1)),
        # the clocks go back on Sunday 1 November 2026: that day has 25 hours
        (datetime(2026, 11, 1, 4, 0, tzinfo=UTC), "America/New_York", date(2026, 11, 1)),
        (datetime(2026, 11, 2, 4, 59, tzinfo=UTC), "America/New_York", date(2026, 11, 1)),
        # and forward on Sunday 8 March 2026: 23 hours
        (datetime(2026, 3, 9, 3, 59, tzinfo=UTC), "America/New_York", date(2026, 3, 8)),
        (datetime(2026, 3, 9, 4, 0, tzinfo=UTC), "America/New_York", date(2026, 3, 9)),
        (datetime(2026, 12, 31, 10, 0, tzinfo=UTC), "Pacific/Auckland", date(2026, 12, 31)),
        (datetime(2026, 12, 31, 11, 0, tzinfo=UTC), "Pacific/Auckland", date(2027, 1, 1)),
    ],
)
def test_the_date_is_that_of_the_agencys_wall_calendar(at, zone, expected):
    assert local_date(at, zone) == expected


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        local_date(datetime(2026, 11, 19, 10), "America/New_York")


def test_weekends_holidays_and_closed_days_are_not_worked_and_an_open_holiday_is():
    assert PLAIN.is_business_day(date(2026, 11, 20))
    assert not PLAIN.is_business_day(date(2026, 11, 21))
    assert not NOVEMBER.is_business_day(THANKSGIVING)
    assert not NOVEMBER.is_business_day(date(2026, 11, 27))
    assert NOVEMBER.is_business_day(date(2026, 11, 11))


def test_five_business_days_over_thanksgiving():
    """From Friday 20 November: 23, 24, 25, (26 and 27 closed), 30, 1 December."""
    assert add_business_days(date(2026, 11, 20), 5, NOVEMBER) == date(2026, 12, 1)
    assert add_business_days(date(2026, 12, 1), -5, NOVEMBER) == date(2026, 11, 20)
    assert business_days_between(date(2026, 11, 20), date(2026, 12, 1), NOVEMBER) == 5
    assert business_days_between(date(2026, 12, 1), date(2026, 11, 20), NOVEMBER) == -5


def test_over_the_end_of_a_month_and_a_leap_february():
    assert add_business_days(date(2026, 1, 30), 1, PLAIN) == date(2026, 2, 2)
    assert add_business_days(date(2028, 2, 28), 2, PLAIN) == date(2028, 3, 1)


def test_zero_days_is_the_day_itself_worked_or_not():
    assert add_business_days(date(2026, 11, 21), 0, PLAIN) == date(2026, 11, 21)


def test_next_business_day():
    assert next_business_day(date(2026, 11, 25), NOVEMBER) == date(2026, 11, 25)
    assert next_business_day(THANKSGIVING, NOVEMBER) == date(2026, 11, 30)


@given(days, counts, calendars)
def test_counting_forth_is_what_was_added(day, count, calendar):
    assert business_days_between(day, add_business_days(day, count, calendar), calendar) == count


@given(days, counts, calendars)
def test_forth_and_back_from_a_worked_day_comes_home(day, count, calendar):
    start = next_business_day(day, calendar)
    assert add_business_days(add_business_days(start, count, calendar), -count, calendar) == start


@given(days, st.integers(-60, 60), calendars)
def test_one_never_lands_on_a_closed_day(day, count, calendar):
    assert count == 0 or calendar.is_business_day(add_business_days(day, count, calendar))


@given(days, st.integers(0, 90), st.integers(0, 90), calendars)
def test_two_stretches_add_up(start, first, second, calendar):
    middle = start + timedelta(days=first)
    end = middle + timedelta(days=second)
    whole = business_days_between(start, end, calendar)
    parts = business_days_between(start, middle, calendar) + business_days_between(middle, end, calendar)
    assert whole == parts


def test_public_holidays_by_state():
    massachusetts = public_holidays("US", "MA", [2026])
    assert massachusetts[date(2026, 4, 20)] == "Patriots' Day"
    assert date(2026, 4, 20) not in public_holidays("US", "", [2026])
    assert massachusetts[THANKSGIVING] == "Thanksgiving Day"


def test_a_country_that_is_not_known_has_no_public_holidays():
    assert public_holidays("XX", "", [2026]) == {}
    assert public_holidays("US", "ZZ", [2026]) == {}
