"""The clock of what is asked again and again: due an interval after the last time it was met."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from goldthread.casework.tasks.rules.accepting import excuses
from goldthread.casework.tasks.rules.clock_trigger import counted, done, excused, moved_by_pauses
from goldthread.casework.tasks.rules.history import DAY, FOREVER, Event, History, Moment, Rest
from goldthread.casework.tasks.rules.obligation import (
    Excuse,
    Obligation,
    Why,
    about,
    is_late,
    leads,
    pause_of,
    written,
)
from goldthread.casework.tasks.rules.spans import add, due
from goldthread.casework.tasks.rules.triggers import Start, starts
from goldthread.casework.tasks.rules.versions import Rule
from goldthread.foundation.programs.rules.template import Requirement, Span


@dataclass(slots=True)
class Turn:
    """One turn: from when it counts, and what has been done in it so far."""

    anchor: Moment
    occurrence: str
    what: Why
    first: bool = False
    proof: list[Event] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a turn is due, and by which length of time. ``on`` is None while nobody has said how often."""

    moment: Moment | None
    span: Span | None
    said_by: tuple[Why, ...] = ()
    what: Why | None = None
    """What it counts from, where that is not what the turn counts from."""


def again_and_again(
    rule: Rule, history: History, on: date, until: date, since: date = date.min
) -> Iterator[Obligation]:
    """The turns, oldest first: those met, those excused, and the open one at the end. *since*: those met before are left out."""
    begun = starts(rule.now.trigger, history, until)
    if not begun:
        return
    start = begun[0]
    turn = Turn(start.moment, start.occurrence, start.what, first=True)
    excused_until = date.min
    lasting: Event | None = None
    for event in _since(start, history):
        turn = yield from _excused_meanwhile(rule, turn, history, lasting, event.on)
        requirement = rule.then(event.on)
        if event.until and excuses(requirement, event):
            lasting = event if lasting is None else max(lasting, event, key=_until)
        elif event.on > excused_until and excuses(requirement, event):
            deadline = deadline_of(requirement, turn, history, event.on)
            if deadline.moment is None:
                continue
            excused_until = deadline.moment.on
            yield _excused(rule, requirement, turn, deadline, history, event)
            turn = _after(deadline.moment, str(event.id))
        elif rule.met_by(event) and _counts(requirement, turn, history, event):
            turn.proof.append(event)
            if len(turn.proof) >= requirement.at_least:
                yield from _met(rule, requirement, turn, history, event, since)
                turn = Turn(event.moment, str(event.id), about(event))
    turn = yield from _excused_meanwhile(rule, turn, history, lasting, history.discharged or FOREVER)
    yield _open(rule, turn, history, on)


def _since(start: Start, history: History) -> Iterator[Event]:
    """What happened from *start* to the discharge, but for what started the clock."""
    last = history.discharged or FOREVER
    return (event for event in history.events if start.moment.on <= event.on <= last and event.id != start.event)


def _until(exception: Event) -> date:
    return exception.until or FOREVER


def _excused_meanwhile(
    rule: Rule, turn: Turn, history: History, lasting: Event | None, before: date
) -> Generator[Obligation, None, Turn]:
    """The turns due before *before* and not after the exception *lasting*: each is excused. What is returned is the turn after them."""
    while lasting is not None:
        requirement = rule.then(lasting.on)
        deadline = deadline_of(requirement, turn, history, max(lasting.on, turn.anchor.on))
        if deadline.moment is None or deadline.moment.on >= before or deadline.moment.on > _until(lasting):
            break
        yield _excused(rule, requirement, turn, deadline, history, lasting)
        turn = _after(deadline.moment, f"{lasting.id} {deadline.moment.on}")
    return turn


def _after(excused: Moment, occurrence: str) -> Turn:
    """The turn after one that was excused counts from the day on which that one was due."""
    return Turn(excused, occurrence, {"kind": "excused", "on": excused.on.isoformat()})


def deadline_of(requirement: Requirement, turn: Turn, history: History, day: date) -> Deadline:
    """When *turn* is due by what the plan and the level say on *day*.

    Who is asked for more from a day on is late from that day on at most: for what nobody had asked for, nobody is late. Of an
    episode that came from a file a turn that was over before that day counts from that day, one whole interval.
    """
    found = _deadline(requirement, turn, history, day)
    since = history.asked_from
    if since is None or found.moment is None or found.moment.on >= since:
        return found
    anew = replace(turn, anchor=Moment(since), what={"kind": "brought", "on": since.isoformat()})
    regular = _deadline(requirement, replace(anew, first=False), history, day)
    return replace(regular if regular.moment else _deadline(requirement, anew, history, day), what=anew.what)


def _deadline(requirement: Requirement, turn: Turn, history: History, day: date) -> Deadline:
    span, said_by, since = _interval(requirement, turn, history, day)
    if span is None:
        return Deadline(None, None)
    moment = due(turn.anchor, span, history, pauses=requirement.only_pauses)
    if since is None or since <= moment.on or since <= turn.anchor.on:
        return Deadline(moment, span, said_by)
    before = _deadline(requirement, turn, history, since - DAY).moment
    if before is not None and before.on <= since:
        return Deadline(max(moment, before, key=lambda one: one.on), span, said_by)
    return Deadline(Moment(since), span, (*said_by, {"code": "since", "on": since.isoformat()}))


def _interval(
    requirement: Requirement, turn: Turn, history: History, day: date
) -> tuple[Span | None, tuple[Why, ...], date | None]:
    """How often, by whose word, and since which day that is said."""
    if turn.first and requirement.offset:
        return requirement.offset, (), None
    interval = requirement.interval
    if interval is None:
        return None, (), None
    planned = history.planned_on(requirement.key, day) if interval.from_plan else None
    if planned:
        return planned.every, ({"code": "plan"},), planned.on
    said = history.level_on(day) if interval.by_acuity else None
    if said and said.level in interval.by_acuity:
        return interval.by_acuity[said.level], ({"code": "level", "level": str(said.level)},), said.on
    return interval.span, (), None


def _counts(requirement: Requirement, turn: Turn, history: History, event: Event) -> bool:
    """Evidence from before the earliest useful day does not meet the turn: it is too soon after the last time."""
    if requirement.earliest is None:
        return True
    deadline = deadline_of(requirement, turn, history, event.on)
    if deadline.moment is None:
        return True
    return event.on >= add(deadline.moment, requirement.earliest, history, back=True).on


def _met(
    rule: Rule, requirement: Requirement, turn: Turn, history: History, event: Event, since: date
) -> Iterator[Obligation]:
    if event.on < since:
        return
    deadline = deadline_of(requirement, turn, history, event.on)
    late = deadline.moment is not None and is_late(event.moment, deadline.moment, None)
    why = _why(requirement, turn, deadline, history)
    if deadline.moment:
        why.append(done(event, deadline.moment, late=late))
    else:
        why.append({"code": "met", "by": about(event)})
    yield Obligation(
        key=rule.key,
        clock=requirement.clock,
        occurrence=turn.occurrence,
        due=deadline.moment.on if deadline.moment else None,
        due_at=deadline.moment.at if deadline.moment else None,
        met_on=event.on,
        met_by=event.id,
        late=late,
        why=tuple(why),
    )


def _excused(
    rule: Rule, requirement: Requirement, turn: Turn, deadline: Deadline, history: History, event: Event
) -> Obligation:
    """This turn is excused for good; the next one counts from the day on which this one was due."""
    excuse = Excuse(Rest(event.on, FOREVER), event.reason)
    return Obligation(
        key=rule.key,
        clock=requirement.clock,
        occurrence=turn.occurrence,
        due=deadline.moment.on if deadline.moment else None,
        due_at=deadline.moment.at if deadline.moment else None,
        excuse=excuse,
        why=(*_why(requirement, turn, deadline, history), excused(replace(excuse, rest=Rest(event.on, _until(event))))),
    )


def _open(rule: Rule, turn: Turn, history: History, on: date) -> Obligation:
    requirement = rule.now
    deadline = deadline_of(requirement, turn, history, on)
    moment = deadline.moment
    undated = Obligation(
        key=rule.key,
        clock=requirement.clock,
        occurrence=turn.occurrence,
        paused=pause_of(requirement, history, on),
        ended_on=history.discharged,
        why=tuple(_why(requirement, turn, deadline, history)),
    )
    if moment is None:
        return undated
    return replace(undated, due=moment.on, due_at=moment.at, **leads(requirement, moment, history))


def _why(requirement: Requirement, turn: Turn, deadline: Deadline, history: History) -> list[Why]:
    if deadline.moment is None or deadline.span is None:
        return [{"code": "no_interval", "from": turn.what}]
    told: Why = {
        "code": "due",
        "on": deadline.moment.on.isoformat(),
        "from": deadline.what or turn.what,
        "before": False,
    }
    told["span"] = written(deadline.span)
    if deadline.moment.at:
        told["at"] = deadline.moment.at.astimezone(history.zone).isoformat()  # the wall clock there: as it is read
    parts = [told, *deadline.said_by]
    parts += moved_by_pauses(requirement, turn.anchor, deadline.moment, history)
    return [*parts, *counted(requirement, len(turn.proof))]
