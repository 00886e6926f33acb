"""The agency's calendar: which day an instant falls on, and which days are worked. Pure: every date comes in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import holidays

DAY = timedelta(days=1)
WEEKEND = frozenset({5, 6})
"""Saturday and Sunday, as ``date.weekday`` numbers them."""


def local_date(at: datetime, time_zone: str) -> date:
    """The date on the agency's wall calendar at the aware instant *at*. ValueError for an instant without a zone."""
    if at.tzinfo is None:
        raise ValueError("An instant needs its zone.")
    return at.astimezone(ZoneInfo(time_zone)).date()


def public_holidays(country: str, region: str, years: Iterable[int], language: str = "en_US") -> dict[date, str]:
    """The public holidays of *country* (and its *region*, if any) in *years*, with names. Empty for a country not known.

    Source: the library ``holidays``, which keeps them by law of each country and state.
    """
    wanted = list(years)
    try:
        return dict(holidays.country_holidays(country, subdiv=region or None, years=wanted, language=language))
    except NotImplementedError:
        return {}


def holidays_known(country: str, region: str = "") -> bool:
    """Are the public holidays of *country*, and of its *region* where one is named, known?"""
    try:
        holidays.country_holidays(country, subdiv=region or None)
    except NotImplementedError:  # so the library says that it has no such country or region
        return False
    return True


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are not worked. ``closed`` are the agency's own closed days; ``open``: holidays on which it works."""

    holidays: Mapping[date, str] = field(default_factory=dict)
    closed: frozenset[date] = frozenset()
    open: frozenset[date] = frozenset()

    def is_business_day(self, day: date) -> bool:
        """Does the agency work on *day*? Its own word counts before the weekend and the public holidays."""
        if day in self.open:
            return True
        if day in self.closed:
            return False
        return day.weekday() not in WEEKEND and day not in self.holidays


def next_business_day(day: date, calendar: Calendar) -> date:
    """*day* itself when it is worked, else the first worked day after it."""
    while not calendar.is_business_day(day):
        day += DAY
    return day


def add_business_days(day: date, count: int, calendar: Calendar) -> date:
    """The *count*-th worked day after *day* (before it, when negative). Zero: *day* itself, worked or not."""
    step = DAY if count > 0 else -DAY
    left = abs(count)
    while left:
        day += step
        if calendar.is_business_day(day):
            left -= 1
    return day


def business_days_between(start: date, end: date, calendar: Calendar) -> int:
    """How many worked days come after *start*, up to and with *end*. Negative when *end* lies before *start*."""
    if end < start:
        return -business_days_between(end - DAY, start - DAY, calendar)
    days = (start + DAY * number for number in range(1, (end - start).days + 1))
    return sum(1 for day in days if calendar.is_business_day(day))
