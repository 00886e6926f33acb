"""Lengths of time laid on the calendar: hours on instants, days, business days, weeks, months and years on dates."""

import calendar as months_of
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from goldthread.casework.tasks.rules.history import DAY, FOREVER, History, Moment, Rest
from goldthread.foundation.agency.rules import Calendar
from goldthread.foundation.programs.enums import Period, Unit
from goldthread.foundation.programs.rules.template import Span

MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.HALF_YEAR: 6, Period.YEAR: 12}


def add_months(day: date, count: int) -> date:
    """*day* so many months later (earlier, when negative), clamped to the month's end: 31 Jan + 1 month is 28 or 29 Feb."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, months_of.monthrange(year, month + 1)[1]))


def add(start: Moment, span: Span, history: History, *, back: bool = False) -> Moment:
    """*start* and *span* after it; before it where the span says so, or *back* turns it round. Pauses are not looked at."""
    count = -span.count if span.before != back else span.count
    if span.unit == Unit.HOURS:
        at = instant(start, history) + timedelta(hours=count)
        return Moment(at.astimezone(history.zone).date(), at)
    return Moment(_add_to_day(start.on, count, span.unit, history.calendar, ()))


def due(anchor: Moment, span: Span, history: History, *, pauses: bool) -> Moment:
    """When *span* after *anchor* is up. With *pauses* the clock stands still on paused days; counting backwards it never does.

    Paused business days are not counted, as if the agency were closed; other spans end as many days later as were paused.
    A pause that has not ended yet moves nothing: nobody knows by how much.
    """
    if span.before or not pauses:
        return add(anchor, span, history)
    rests = [rest for rest in history.rests if rest.ends_on != FOREVER]
    if span.unit == Unit.BUSINESS_DAYS:
        return Moment(_add_to_day(anchor.on, span.count, span.unit, history.calendar, rests))
    end = add(anchor, span, history)
    return moved(end, paused_days(anchor.on, end.on, rests))


def paused_days(after: date, until: date, rests: Iterable[Rest]) -> int:
    """How many paused days lie after *after* and up to *until*, which moves with each of them. *rests* are in order."""
    days = 0
    for rest in rests:
        first = max(rest.starts_on, after + DAY)
        if first <= until + timedelta(days=days) and rest.ends_on >= first:
            days += (rest.ends_on - first).days + 1
    return days


def moved(moment: Moment, days: int) -> Moment:
    """*moment* so many days later; an instant by as many times 24 hours."""
    if not days:
        return moment
    return Moment(moment.on + timedelta(days=days), moment.at + timedelta(days=days) if moment.at else None)


def instant(moment: Moment, history: History) -> datetime:
    """The instant of *moment* in UTC; where only its day is known, the beginning of that day in the agency's zone."""
    return (moment.at or datetime.combine(moment.on, time.min, history.zone)).astimezone(UTC)


def period_of(day: date, period: Period) -> tuple[date, date]:
    """The first and last day of the calendar period in which *day* lies. Weeks begin on Monday (ISO 8601)."""
    if period == Period.WEEK:
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    length = MONTHS[period]
    first = date(day.year, (day.month - 1) // length * length + 1, 1)
    return first, add_months(first, length) - DAY


def _add_to_day(day: date, count: int, unit: Unit, calendar: Calendar, rests: Iterable[Rest]) -> date:
    if unit == Unit.DAYS:
        return day + timedelta(days=count)
    if unit == Unit.WEEKS:
        return day + timedelta(weeks=count)
    if unit == Unit.BUSINESS_DAYS:
        return _add_business_days(day, count, calendar, tuple(rests))
    return add_months(day, count * 12 if unit == Unit.YEARS else count)


def _add_business_days(day: date, count: int, calendar: Calendar, rests: tuple[Rest, ...]) -> date:
    step = DAY if count > 0 else -DAY
    left = abs(count)
    while left:
        day += step
        if calendar.is_business_day(day) and not any(rest.covers(day) for rest in rests):
            left -= 1
    return day
