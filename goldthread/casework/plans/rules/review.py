"""When a plan is looked at again."""

import calendar
from datetime import date, timedelta

from goldthread.foundation.programs.enums import Unit
from goldthread.foundation.programs.rules.template import Span

DAYS = {Unit.DAYS: 1, Unit.WEEKS: 7}
MONTHS = {Unit.MONTHS: 1, Unit.YEARS: 12}


def review_on(start: date, span: Span) -> date:
    """The day *span* after *start*. Months keep the day's number, clamped to the month's end; business days and hours, which no
    review counts in, are taken as days.

    >>> review_on(date(2026, 8, 31), Span(6, Unit.MONTHS))
    datetime.date(2027, 2, 28)
    """
    if span.unit in MONTHS:
        year, month = divmod(start.year * 12 + start.month - 1 + span.count * MONTHS[span.unit], 12)
        return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))
    return start + timedelta(days=span.count * DAYS.get(span.unit, 1))
