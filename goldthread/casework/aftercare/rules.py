"""Which contacts a discharge plans, on which days, which note counts for which of them, and who comes back in time. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol
from uuid import UUID

from goldthread.casework.tasks.rules.spans import add_months
from goldthread.foundation.agency.rules import Calendar, add_business_days, next_business_day
from goldthread.foundation.programs.enums import Leaving, Unit
from goldthread.foundation.programs.rules.aftercare import AftercareContact, AftercareRules
from goldthread.foundation.programs.rules.template import Template
from goldthread.foundation.programs.rules.values import Span
from goldthread.foundation.programs.rules.way_out import way_of

NEVER_BY_ITSELF = frozenset({Leaving.REFUSED, Leaving.LOST})
"""Ways out after which nobody is called by itself: they said that they do not want it, or nobody finds them. A person may still plan it."""
TO_WRITE = 7
"""Days for which a worker still reaches the client after the last contact, to put right what they wrote (product judgement)."""
FARTHEST = 2 * 366
"""Days after the discharge in which a contact can be planned (product judgement)."""


class Planned(Protocol):
    """A contact that was planned."""

    @property
    def pk(self) -> UUID: ...

    @property
    def due_on(self) -> date: ...


@dataclass(frozen=True, slots=True)
class Due:
    """A contact and its day."""

    rule: AftercareContact
    on: date


def contacts_due(
    rules: AftercareRules,
    way: Leaving,
    left_on: date,
    today: date,
    calendar: Calendar,
    *,
    deceased: bool,
    kept: bool = False,
) -> list[Due]:
    """What *rules* plan for somebody who left on *left_on* by this *way*, by day; none of a day that is over: then today.

    *deceased*: they have died, so it is their family who is asked. *kept*: the worker wants the calls all the same.
    """
    if way in NEVER_BY_ITSELF and not kept:
        return []
    found = [
        Due(one, max(day_of(left_on, one.after, calendar), today))
        for one in rules.contacts
        if one.after_death == deceased
    ]
    return sorted(found, key=lambda one: one.on)


def way_of_leaving(rules: Template, reason: str) -> Leaving:
    """The way of the discharge *reason*, as the program says, or as its shipped key does."""
    found = rules.discharge_reason(reason)
    return found.way if found else way_of(reason)


def day_of(left_on: date, after: Span, calendar: Calendar) -> date:
    """*after* the day *left_on*: a day on which the agency works."""
    match after.unit:
        case Unit.BUSINESS_DAYS:
            return add_business_days(left_on, after.count, calendar)
        case Unit.MONTHS:
            day = add_months(left_on, after.count)
        case Unit.YEARS:
            day = add_months(left_on, 12 * after.count)
        case Unit.WEEKS:
            day = left_on + timedelta(weeks=after.count)
        case Unit.HOURS:
            day = left_on + timedelta(days=-(-after.count // 24))
        case _:
            day = left_on + timedelta(days=after.count)
    return next_business_day(day, calendar)


def counts_for(done_on: date, left_on: date, planned: Sequence[Planned], before: date | None) -> UUID | None:
    """For which of *planned*, open ones by day, a contact of *done_on* counts: the first, from the middle of its time on.

    *before*: the day of the contact planned before it (None: it is the first, so its time began with the discharge). A call two
    days after another one is not the call of three months later.
    """
    if not planned or done_on <= left_on:
        return None
    first = planned[0]
    began = before or left_on
    middle = began + (first.due_on - began) // 2
    return first.pk if done_on >= middle or before is None else None


def in_time(left_on: date | None, back_on: date, days: int) -> bool:
    """Does who left on *left_on* come back on *back_on* within the program's window of *days*?"""
    return left_on is not None and bool(days) and left_on <= back_on <= left_on + timedelta(days=days)
