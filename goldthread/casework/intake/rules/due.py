"""By when an inquiry is answered. Pure."""

from collections.abc import Iterable
from datetime import date, timedelta

from goldthread.foundation.agency.rules import Calendar, add_business_days, next_business_day
from goldthread.foundation.programs.enums import Unit, Urgency
from goldthread.foundation.programs.rules.eligibility import ELIGIBILITY, Eligibility

WEIGHTS = {Urgency.CRISIS: 0, Urgency.URGENT: 0, Urgency.ROUTINE: 2}
"""Of its task on My day: whoever is in danger comes before legal clocks."""


def answer_by(urgency: Urgency, received_on: date, asked: Iterable[Eligibility], calendar: Calendar) -> date:
    """The last day on which somebody is called back who asked on *received_on*: by the strictest of the programs *asked* for.

    *A business day* after a Friday is the Monday, unless that is a holiday. A crisis is answered on the day itself, worked or not.
    Days that are not counted in business days and end on a day off end on the next day of work.
    """
    rules = list(asked) or [ELIGIBILITY]
    return min(_after(rule, urgency, received_on, calendar) for rule in rules)


def _after(rule: Eligibility, urgency: Urgency, day: date, calendar: Calendar) -> date:
    if urgency is Urgency.CRISIS:
        return day
    span = rule.answers_within(urgency)
    if span.unit is Unit.BUSINESS_DAYS:
        return add_business_days(day, span.count, calendar)
    days = span.count * (7 if span.unit is Unit.WEEKS else 1)
    return next_business_day(day + timedelta(days=days), calendar)
