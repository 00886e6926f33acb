"""The clock of what is asked once for each trigger: due an offset after it, or before it."""

from collections.abc import Hashable, Iterator
from datetime import date

from goldthread.casework.tasks.rules.accepting import excuses
from goldthread.casework.tasks.rules.history import DAY, FOREVER, Event, History, Moment, Rest
from goldthread.casework.tasks.rules.obligation import (
    Excuse,
    Obligation,
    Why,
    about,
    in_hours,
    is_late,
    leads,
    pause_of,
    written,
)
from goldthread.casework.tasks.rules.spans import add, due
from goldthread.casework.tasks.rules.triggers import Start, starts
from goldthread.casework.tasks.rules.versions import Rule
from goldthread.foundation.programs.enums import EventKind, Unit
from goldthread.foundation.programs.rules.template import Requirement, Span

AT_ONCE = Span(0, Unit.DAYS)
"""A rule without an offset is due on the day of its trigger."""


def once_each(rule: Rule, history: History, on: date, until: date) -> Iterator[Obligation]:
    """One obligation for each start of the clock."""
    used: set[Hashable] = set()
    for start in starts(rule.now.trigger, history, until):
        obligation = _one(rule, start, history, on, used)
        if start.repeats and obligation.met_by is not None:
            used.add(obligation.met_by)
        yield obligation


def _one(rule: Rule, start: Start, history: History, on: date, used: set[Hashable]) -> Obligation:
    requirement = rule.now
    deadline = _deadline(requirement, start, history)
    opens = _opens(requirement, start, history)
    closes = _closes(requirement, start, history)
    proof = [event for event in _between(history, opens, closes) if event.id not in used and rule.met_by(event)]
    proof = [event for event in proof if event.id != start.event and not _too_early(requirement, start, event)]
    met = proof[requirement.at_least - 1] if len(proof) >= requirement.at_least else None
    excuse = _excuse(requirement, history, opens, met)
    return Obligation(
        key=rule.key,
        clock=requirement.clock,
        occurrence=start.occurrence,
        due=deadline.on,
        due_at=deadline.at,
        starts_on=start.opens_on,
        met_on=met.on if met else None,
        met_by=met.id if met else None,
        late=bool(met and is_late(met.moment, deadline, excuse)),
        excuse=excuse,
        paused=None if met else pause_of(requirement, history, on),
        ended_on=None if met else closes,
        why=_why(requirement, start, deadline, history, proof, met, excuse),
        **leads(requirement, deadline, history),
    )


def _deadline(requirement: Requirement, start: Start, history: History) -> Moment:
    return due(start.moment, requirement.offset or AT_ONCE, history, pauses=requirement.only_pauses)


def _opens(requirement: Requirement, start: Start, history: History) -> date:
    """The first day whose evidence counts: that of the trigger; what is due before it, or foreseen, can be done before it."""
    if requirement.earliest:
        return add(start.moment, requirement.earliest, history, back=True).on
    if (requirement.offset or AT_ONCE).before:
        return start.opens_on or date.min
    return start.moment.on


def _closes(requirement: Requirement, start: Start, history: History) -> date | None:
    """The discharge, unless it is what started the clock, or the clock started after it."""
    ended = history.discharged
    if ended is None or requirement.trigger.kind == EventKind.DISCHARGED:
        return None
    return ended if start.foreseen or start.moment.on <= ended else None


def _between(history: History, first: date, last: date | None) -> Iterator[Event]:
    return (event for event in history.events if first <= event.on <= (last or FOREVER))


def _too_early(requirement: Requirement, start: Start, event: Event) -> bool:
    """On the day of the trigger, for a clock in hours: was it before the hour of the trigger?"""
    if requirement.earliest or not in_hours(requirement.offset) or not event.at or not start.moment.at:
        return False
    return event.at < start.moment.at


def _excuse(requirement: Requirement, history: History, opens: date, met: Event | None) -> Excuse | None:
    """The exception that lasts longest, among those made before it was done."""
    last = met.on if met else FOREVER
    found = [event for event in history.events if opens <= event.on <= last and excuses(requirement, event)]
    if not found:
        return None
    event = max(found, key=lambda event: (event.until or FOREVER, event.on))
    return Excuse(Rest(event.on, event.until or FOREVER), event.reason)


def _why(
    requirement: Requirement,
    start: Start,
    deadline: Moment,
    history: History,
    proof: list[Event],
    met: Event | None,
    excuse: Excuse | None,
) -> tuple[Why, ...]:
    parts: list[Why] = [_due(requirement, start, deadline, history)]
    parts += moved_by_pauses(requirement, start.moment, deadline, history)
    parts += counted(requirement, len(proof))
    if excuse:
        parts.append(excused(excuse))
    if met:
        parts.append(done(met, deadline, late=is_late(met.moment, deadline, excuse)))
    return tuple(parts)


def _due(requirement: Requirement, start: Start, deadline: Moment, history: History) -> Why:
    told: Why = {"code": "due", "on": deadline.on.isoformat(), "from": start.what}
    if deadline.at:
        told["at"] = deadline.at.astimezone(history.zone).isoformat()  # the wall clock there: as it is read
    offset = requirement.offset or AT_ONCE
    return told | {"span": written(offset), "before": offset.before}


def moved_by_pauses(requirement: Requirement, anchor: Moment, deadline: Moment, history: History) -> list[Why]:
    """How many days of pause lie between *anchor* and *deadline*."""
    if not requirement.only_pauses or deadline.on <= anchor.on:
        return []
    first, last = anchor.on + DAY, deadline.on
    ended = [rest for rest in history.rests if rest.ends_on != FOREVER]
    days = sum(max((min(rest.ends_on, last) - max(rest.starts_on, first)).days + 1, 0) for rest in ended)
    return [{"code": "moved", "days": days}] if days else []


def counted(requirement: Requirement, times: int) -> list[Why]:
    """How many of the times that the rule wants are done."""
    if requirement.at_least == 1:
        return []
    return [{"code": "count", "done": min(times, requirement.at_least), "of": requirement.at_least}]


def excused(excuse: Excuse) -> Why:
    """The documented exception."""
    told: Why = {"code": "excused", "reason": excuse.reason, "on": excuse.rest.starts_on.isoformat()}
    if excuse.rest.ends_on != FOREVER:
        told["until"] = excuse.rest.ends_on.isoformat()
    return told


def done(met: Event, deadline: Moment, *, late: bool) -> Why:
    """What met it, and how late."""
    told: Why = {"code": "met", "by": about(met)}
    if late:
        told["late"] = max((met.on - deadline.on).days, 0)
    return told
