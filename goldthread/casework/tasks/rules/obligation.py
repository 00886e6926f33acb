"""One thing that a rule asks for once: by when, and whether it was done. Its state on a day is a comparison, nothing more."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypedDict

from goldthread.casework.tasks.rules.history import Event, History, Moment, Rest
from goldthread.casework.tasks.rules.spans import add
from goldthread.foundation.programs.enums import Clock, State, Unit
from goldthread.foundation.programs.rules.template import Requirement, Span

Why = dict[str, Any]
"""One part of an explanation: a code and the values that belong to it, put into words by ``words.explain``."""


@dataclass(frozen=True, slots=True)
class Excuse:
    """A documented exception: in force from a day until another (``history.FOREVER``: until it is done)."""

    rest: Rest
    reason: str


@dataclass(frozen=True, slots=True)
class Obligation:
    """What one rule asks for one time. Everything in it follows from the history; only ``state_on`` looks at a day."""

    key: str
    clock: Clock
    occurrence: str
    """Which of the rule's occasions: the first day of a period, or the event that it counts from."""
    member: Hashable | None = None
    period: tuple[date, date] | None = None
    due: date | None = None
    due_at: datetime | None = None
    starts_on: date | None = None
    """Not shown before."""
    remind_on: date | None = None
    grace_until: date | None = None
    escalate_on: date | None = None
    met_on: date | None = None
    met_by: Hashable | None = None
    late: bool = False
    excuse: Excuse | None = None
    paused: Rest | None = None
    counts: bool = True
    """Does a period that ends unmet count as missed?"""
    ended_on: date | None = None
    """The discharge, which ends what is not done by then."""
    share: bool = False
    rate: float | None = None
    reached: bool = False
    """Is the share as large as the rule wants it?"""
    why: tuple[Why, ...] = field(default=())

    def state_on(self, day: date, at: datetime | None = None) -> State | None:
        """Where it stands on *day* (at the instant *at*, for a clock in hours). None: it is not there, or nothing is asked any more."""
        if self.met_on:
            return State.MET
        if self.starts_on and day < self.starts_on:
            return None
        if self.excuse and self.excuse.rest.covers(day):
            return State.EXCEPTED
        if self.ended_on and day >= self.ended_on:
            return self._at_discharge(self.ended_on)
        if self.period and day > self.period[1]:
            return self._closed_period(self.period[1])
        if self.paused and self.paused.covers(day):
            return State.PAUSED
        return self._open(day, at)

    def _at_discharge(self, ended_on: date) -> State | None:
        """What was late on the day of the discharge, and a period that counts though it was not whole, was missed."""
        late = self.period is not None or (self.due is not None and self.due < ended_on)
        return State.MISSED if late and self.counts else None

    def _closed_period(self, last_day: date) -> State | None:
        if self.paused and self.paused.covers(last_day):
            return State.PAUSED
        return State.MISSED if self.counts else None

    def _open(self, day: date, at: datetime | None) -> State:
        if self.share:
            return self._share(day)
        if self.due is None:
            return State.NOT_YET
        if day > self.due or (at and self.due_at and at > self.due_at):
            return State.OVERDUE
        if day == self.due:
            return State.DUE
        return State.DUE_SOON if self.remind_on and day >= self.remind_on else State.NOT_YET

    def _share(self, day: date) -> State:
        """A rate is never overdue: there is a reminder, or it is reached, or not yet."""
        if self.due and day >= self.due:
            return State.DUE_SOON
        return State.MET if self.reached else State.NOT_YET


class Leads(TypedDict):
    """The days that hang on a due date."""

    remind_on: date
    grace_until: date | None
    escalate_on: date


def leads(requirement: Requirement, due: Moment, history: History) -> Leads:
    """The days that hang on *due*: when to remind, until when it may be snoozed, when the supervisor sees it."""
    grace = requirement.grace
    return {
        "remind_on": add(due, requirement.remind, history, back=True).on,
        "grace_until": add(due, grace, history).on if grace else None,
        "escalate_on": add(due, requirement.escalate, history).on,
    }


def pause_of(requirement: Requirement, history: History, on: date) -> Rest | None:
    """The pause that the clock of *requirement* stands still for on *on*, or next."""
    if not requirement.only_pauses:
        return None
    return next((rest for rest in history.rests if rest.ends_on >= on), None)


def is_late(met: Moment, due: Moment, excuse: Excuse | None) -> bool:
    """Was it done after it was due? Not while it was excused; an excuse that had ended by then excuses nothing any more."""
    if excuse and met.on <= excuse.rest.ends_on:
        return False
    if due.at and met.at:
        return met.at > due.at
    return met.on > due.on


def about(event: Event) -> Why:
    """What *event* was, for an explanation."""
    told = {"kind": str(event.kind), "mode": event.mode, "place": event.place, "name": event.name}
    return {name: value for name, value in told.items() if value} | {"on": event.on.isoformat()}


def written(span: Span) -> list[Any]:
    """*span* in an explanation."""
    return [span.count, str(span.unit)]


def in_hours(span: Span | None) -> bool:
    """Does *span* count hours?"""
    return span is not None and span.unit == Unit.HOURS
