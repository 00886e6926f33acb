"""Days of a series, local times, and what may become of an appointment. Pure."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Protocol
from uuid import UUID

from django.utils.translation import gettext as _

from goldthread.casework.schedule.enums import CALLED_OFF, AppointmentState, Unit
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.names import names_somebody

MOST = 200
"""Appointments of one series (product judgement): four years of weeks, and a slip of the hand stays small."""
MOST_OF_GROUP = 30
"""Clients of one group: as many as its note takes."""
MOST_ROWS = 1500
"""Appointments of all clients of a group's series together (product judgement): a year of weeks with 28."""
LONGEST = timedelta(days=731)
"""A series is planned for two years at most; then somebody looks at it again."""
EARLIEST = timedelta(days=366)
"""How far back an appointment can still be written down."""
LATEST = timedelta(days=5 * 366)
"""How far ahead one can be made."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """Every *every* *unit* until the day *until*, which is included."""

    every: int
    unit: Unit
    until: date


class Timed(Protocol):
    """An appointment, as far as these rules look."""

    state: str
    starts_at: datetime
    contact: UUID | None


def days_of(first: date, repeat: Repeat | None) -> list[date]:
    """The days of a series that begins on *first*. A month keeps the day number of *first*, clamped to its end.

    DomainError: the series is empty, too long, or has too many.
    """
    if repeat is None:
        return [first]
    if repeat.every < 1:
        raise DomainError(_("Write a number from 1."), "every")
    if repeat.until < first:
        raise DomainError(_("The last day is before the first one."), "until")
    if repeat.until - first > LONGEST:
        raise DomainError(_("A series can be planned for two years at most."), "until")
    days: list[date] = []
    while (day := _nth(first, repeat, len(days))) <= repeat.until:
        days.append(day)
        if len(days) > MOST:
            raise DomainError(_("That would be more than %(n)s appointments.") % {"n": MOST}, "until")
    return days


def _nth(first: date, repeat: Repeat, number: int) -> date:
    steps = number * repeat.every
    if repeat.unit == Unit.MONTH:
        return add_months(first, steps)
    return first + timedelta(days=steps * (7 if repeat.unit == Unit.WEEK else 1))


def add_months(day: date, months: int) -> date:
    """*day*'s number in the month *months* later, or the last day of that month when it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Span:
    """From an instant to an instant, in UTC. The end does not belong to it."""

    starts_at: datetime
    ends_at: datetime


def span_of(day: date, start: time, end: time, zone: tzinfo) -> Span:
    """From the local time *start* to *end* on *day* in *zone*.

    A time that the clocks skip in spring is taken an hour later; of one that comes twice in autumn, the first is meant.
    DomainError when the end is not after the start.
    """
    minutes = minutes_between(start, end)
    starts_at = datetime.combine(day, start, tzinfo=zone).astimezone(UTC)
    ends_at = datetime.combine(day, end, tzinfo=zone).astimezone(UTC)
    if ends_at <= starts_at:  # the clocks skipped the start
        ends_at = starts_at + timedelta(minutes=minutes)
    return Span(starts_at, ends_at)


def minutes_between(start: time, end: time) -> int:
    """The minutes from *start* to *end* of one day. DomainError when there are none."""
    minutes = (end.hour - start.hour) * 60 + end.minute - start.minute
    if minutes <= 0:
        raise DomainError(_("The end must be after the start."), "end")
    return minutes


def check_day(day: date, today: date) -> None:
    """DomainError when an appointment on *day* must be a slip of the hand."""
    if day < today - EARLIEST:
        raise DomainError(_("This day is more than a year ago."), "day")
    if day > today + LATEST:
        raise DomainError(_("This day is more than five years ahead."), "day")


def check_settling(appointment: Timed, state: AppointmentState, reason: str, at: datetime) -> None:
    """DomainError when *appointment* cannot become *state* at the instant *at*."""
    if appointment.contact is not None:
        raise DomainError(_("A signed note already says that it took place. Correct the note."))
    if state in (AppointmentState.KEPT, AppointmentState.MISSED) and appointment.starts_at > at:
        raise DomainError(_("It has not begun yet."))
    if state not in (AppointmentState.PLANNED, AppointmentState.KEPT) and not reason.strip():
        raise DomainError(_("Say why, in a few words."), "reason")


def check_open(appointment: Timed) -> None:
    """DomainError when *appointment* cannot be changed any more."""
    if appointment.state != AppointmentState.PLANNED:
        raise DomainError(_("What became of it is written down. Take that back before you change it."))


def takes_time(state: str) -> bool:
    """Does an appointment of *state* keep its worker busy?"""
    return state not in CALLED_OFF


def overlapping(span: Span, others: Iterable[Span]) -> bool:
    """Does *span* share a moment with one of *others*?"""
    return any(span.starts_at < other.ends_at and other.starts_at < span.ends_at for other in others)


def check_group(clients: int, times: int) -> None:
    """DomainError when a group of so many *clients* cannot be planned so many *times*."""
    if clients < 2:
        raise DomainError(_("Choose at least two clients. With one, make an appointment on their page."), "clients")
    if clients > MOST_OF_GROUP:
        raise DomainError(_("At most %(n)s clients fit into one group. Make two.") % {"n": MOST_OF_GROUP}, "clients")
    if clients * times > MOST_ROWS:
        most = MOST_ROWS // clients
        raise DomainError(_("A group of this size can be planned %(n)s times at once.") % {"n": most}, "until")


class NamesSomebody(DomainError):
    """What stands on everybody's page names one of them. The same again with ``names_are_right`` keeps it all the same."""


def check_names(said: Iterable[str], names: Iterable[str]) -> None:
    """NamesSomebody when one of the texts *said* to all of a group names one of them."""
    texts = [text for text in said if text]
    for name in names:
        if any(names_somebody(text, name) for text in texts):
            message = _("“What for” or “Where” names %(name)s, and stands on the page of everybody in the group.")
            raise NamesSomebody(message % {"name": name}, "names_are_right")
