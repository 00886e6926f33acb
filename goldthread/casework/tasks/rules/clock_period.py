"""The clock of what is asked once in each calendar period. A period that ended unmet is missed for good."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from goldthread.casework.tasks.rules.accepting import excuses, meets
from goldthread.casework.tasks.rules.clock_trigger import counted, done, excused
from goldthread.casework.tasks.rules.history import DAY, FOREVER, Event, History, Moment, Rest
from goldthread.casework.tasks.rules.narrowing import ALL_OF_IT, Window
from goldthread.casework.tasks.rules.obligation import Excuse, Obligation, Why, is_late, leads
from goldthread.casework.tasks.rules.spans import add, period_of
from goldthread.casework.tasks.rules.triggers import starts
from goldthread.casework.tasks.rules.versions import Rule
from goldthread.foundation.programs.enums import Period
from goldthread.foundation.programs.rules.template import Requirement


@dataclass(frozen=True, slots=True)
class Course:
    """One version of the rule, with what in the history it looks at."""

    requirement: Requirement
    history: History
    begun: date
    proof: tuple[Event, ...]
    exceptions: tuple[Event, ...]


def each_period(
    rule: Rule, history: History, on: date, until: date, window: Window = ALL_OF_IT
) -> Iterator[Obligation]:
    """One obligation for each period from the one in which the clock starts to the one of *until* or of the discharge.

    A period that is over on *on* follows the version in force at its end, any other one the version of *on* (or, while it
    lies ahead, of its first day). Only those in *window*.
    """
    for _since, requirement in rule.versions:
        if requirement is None or requirement.period is None:
            continue
        course = _course(requirement, history, until)
        if course is None:
            continue
        for period in _periods(course, requirement.period, until, window.since):
            if not window.is_ahead(period[0]) and _governing(rule, period, on) is requirement:
                yield _one(course, period, on)


def _course(requirement: Requirement, history: History, until: date) -> Course | None:
    begun = starts(requirement.trigger, history, until)
    if not begun:
        return None
    return Course(
        requirement,
        history,
        begun[0].moment.on,
        tuple(event for event in history.events if meets(requirement, event)),
        tuple(event for event in history.events if excuses(requirement, event)),
    )


def _periods(course: Course, kind: Period, until: date, since: date) -> Iterator[tuple[date, date]]:
    last = min(until, course.history.discharged or FOREVER)
    first, end = period_of(max(course.begun, since), kind)
    while first <= last:
        yield first, end
        first, end = period_of(end + DAY, kind)


def _governing(rule: Rule, period: tuple[date, date], on: date) -> Requirement | None:
    first, end = period
    if end < on:
        return rule.on(end)
    return rule.on(max(first, on))


def _one(course: Course, period: tuple[date, date], on: date) -> Obligation:
    requirement, history = course.requirement, course.history
    first, last = max(period[0], course.begun), min(period[1], history.discharged or FOREVER)
    whole = (first, last) == period
    deadline = Moment(_due_day(requirement, period))
    proof = _within(course.proof, max(first, _opens(requirement, deadline, history)), last)
    met = proof[requirement.at_least - 1] if len(proof) >= requirement.at_least else None
    excuse = None if met else _excuse(course.exceptions, period)
    late = bool(met and is_late(met.moment, deadline, None))
    return Obligation(
        key=requirement.key,
        clock=requirement.clock,
        occurrence=period[0].isoformat(),
        period=period,
        due=deadline.on,
        starts_on=period[0],
        met_on=met.on if met else None,
        met_by=met.id if met else None,
        late=late,
        excuse=excuse,
        paused=None if met else _pause(requirement, history, period, on),
        counts=whole or requirement.partial_periods,
        ended_on=None if met or last == period[1] else last,
        why=tuple(_why(requirement, period, deadline, proof, met, excuse, late=late, whole=whole)),
        **leads(requirement, deadline, history),
    )


def _due_day(requirement: Requirement, period: tuple[date, date]) -> date:
    if requirement.due_day is None:
        return period[1]
    return min(period[0] + timedelta(days=requirement.due_day - 1), period[1])


def _opens(requirement: Requirement, deadline: Moment, history: History) -> date:
    """The first day whose evidence counts, where the rule has an earliest useful day."""
    return add(deadline, requirement.earliest, history, back=True).on if requirement.earliest else date.min


def _within(events: tuple[Event, ...], first: date, last: date) -> tuple[Event, ...]:
    begin = bisect_left(events, first, key=lambda event: event.on)
    return events[begin : bisect_right(events, last, key=lambda event: event.on)]


def _excuse(exceptions: tuple[Event, ...], period: tuple[date, date]) -> Excuse | None:
    """The exception that falls into the period, or lasts into it."""
    for event in exceptions:
        if event.on <= period[1] and (event.until or event.on) >= period[0]:
            return Excuse(Rest(max(event.on, period[0]), FOREVER), event.reason)
    return None


def _pause(requirement: Requirement, history: History, period: tuple[date, date], on: date) -> Rest | None:
    """The pause on *on* or next after it; of a period that is over, the pause of its last day."""
    if not requirement.only_pauses:
        return None
    since = min(on, period[1])
    return next((rest for rest in history.rests if rest.ends_on >= since and rest.starts_on <= period[1]), None)


def _why(
    requirement: Requirement,
    period: tuple[date, date],
    deadline: Moment,
    proof: tuple[Event, ...],
    met: Event | None,
    excuse: Excuse | None,
    *,
    late: bool,
    whole: bool,
) -> list[Why]:
    told: Why = {"code": "each", "on": deadline.on.isoformat(), "period": str(requirement.period)}
    parts = [told | {"first": period[0].isoformat(), "last": period[1].isoformat()}]
    parts += counted(requirement, len(proof))
    if not (whole or requirement.partial_periods or met):
        parts.append({"code": "partial"})
    if excuse:
        parts.append(excused(excuse))
    if met:
        parts.append(done(met, deadline, late=late))
    return parts
