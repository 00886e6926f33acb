"""From which day on something that happened, or was taken back, can change what a requirement has asked for.

A note of today meets what is open today; the month that ended in spring is as it was. So little of an episode has to be worked
out again, unless what happened moves the clock itself. Nor can a note of today change the month after next, of which the task was made
beforehand.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from goldthread.casework.tasks.rules.accepting import ALWAYS, touches
from goldthread.casework.tasks.rules.history import FOREVER, Event, History
from goldthread.casework.tasks.rules.versions import Rule, Rules, rules_on
from goldthread.foundation.programs.enums import Clock, EventKind
from goldthread.foundation.programs.rules.template import Requirement

RUNWAY_DAYS = 62
"""Periods that begin within so many days are made beforehand, so that lists are right though nothing ran for two months."""


@dataclass(frozen=True, slots=True)
class Window:
    """What of a requirement is worked out again. Left as it is: periods that ended before *since*, of what has no periods what was met
    before *met_since*, and the periods that begin after *until* and not after *beyond*, which were made beforehand."""

    since: date = date.min
    met_since: date = date.min
    until: date = FOREVER
    beyond: date = FOREVER

    def is_over(self, period_end: date | None, met_on: date | None) -> bool:
        """Is it left out because it was over and done with?"""
        if period_end is not None:
            return period_end < self.since
        return met_on is not None and met_on < self.met_since

    def is_ahead(self, period_start: date | None) -> bool:
        """Is it left out because it begins later than anything that changed?"""
        return period_start is not None and self.until < period_start <= self.beyond


ALL_OF_IT = Window()
Since = Mapping[str, Window]
"""Of each requirement that is worked out again (its key): how much of it."""
SAID_OF_LATER = frozenset({EventKind.EXCEPTION, EventKind.INTERVAL, EventKind.ACUITY})
"""Kinds that can reach into days to come."""


def touched_since(
    rules: Rules, on: date, events: Iterable[Event], settled: date, *, ahead_stays: bool = False
) -> Since:
    """The requirements in force on *on*, or before, that *events*, there or gone, can move, each with the days of which
    anything can change.

    *settled*: a day on which, or after which, the whole episode was worked out last. What was open then is looked at again,
    because it may have ended since; what changed before has been looked at. *ahead_stays*: ``stays_ahead`` of its history.
    """
    found = list(events)
    moved: dict[str, Window] = {}
    for rule in rules_on(rules, on):
        versions = [requirement for _since, requirement in rule.versions if requirement is not None]
        looked_at = [event for event in found if any(touches(requirement, event) for requirement in versions)]
        if looked_at:
            since = _since(rule, versions, looked_at, settled)
            narrow = ahead_stays and since != ALL_OF_IT and _is_plain(rule, versions, looked_at)
            moved[rule.key] = _up_to(since, looked_at, on, settled) if narrow else since
    return moved


def stays_ahead(history: History) -> bool:
    """Are its periods to come what they were when they were made, whatever day it is? Not where somebody may leave a household, where
    clocks stand still, or where it has ended."""
    return not (history.members or history.rests or history.discharged)


def _up_to(window: Window, events: Iterable[Event], on: date, settled: date) -> Window:
    """Evidence counts for the period of its day. Those that have come into sight since the whole was worked out are to be made."""
    last = max(on, *(event.on for event in events))
    return replace(window, until=last, beyond=settled + timedelta(days=RUNWAY_DAYS))


def _is_plain(rule: Rule, versions: Sequence[Requirement], events: Iterable[Event]) -> bool:
    """Is the rule asked once a period by all of its versions, and are *events* proof and nothing else?"""
    in_periods = all(one.clock == Clock.PERIOD and not one.share for one in versions)
    return in_periods and not rule.gone and not any(event.kind in SAID_OF_LATER for event in events)


def _since(rule: Rule, versions: Sequence[Requirement], events: Iterable[Event], settled: date) -> Window:
    if any(since > settled for since, _requirement in rule.versions[1:]) or any(map(_hangs_together, versions)):
        return ALL_OF_IT
    if any(_moves_clock(requirement, event) for event in events for requirement in versions):
        return ALL_OF_IT
    first = min(event.on for event in events)
    return Window(
        since=min(settled, first), met_since=first
    )  # a period ends by itself; a turn by what meets it, and that was looked at


def _hangs_together(requirement: Requirement) -> bool:
    """Can its past change without any event? What counts from a birth date, which can be corrected; and what evidence can come
    too early for, by a calendar in which somebody enters a closed day."""
    trigger = requirement.trigger
    return bool(trigger.age or trigger.birthday or requirement.earliest)


def _moves_clock(requirement: Requirement, event: Event) -> bool:
    return event.kind in ALWAYS or event.kind == requirement.trigger.kind
