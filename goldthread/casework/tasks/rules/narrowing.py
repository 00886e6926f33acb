"""From which day on something that happened, or was taken back, can change what a requirement has asked for.

A note of today meets what is open today; the month that ended in spring is as it was. So little of an episode has to be worked
out again, unless what happened moves the clock itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from goldthread.casework.tasks.rules.accepting import ALWAYS, touches
from goldthread.casework.tasks.rules.history import Event
from goldthread.casework.tasks.rules.versions import Rule, Rules, rules_on
from goldthread.foundation.programs.rules.template import Requirement

ALL_OF_IT = date.min
Since = Mapping[str, date]
"""Of each requirement that is worked out again (its key): occasions that were over and done with before this day stay as they are."""


def touched_since(rules: Rules, on: date, events: Iterable[Event], settled: date) -> Since:
    """The requirements in force on *on*, or before, that *events*, there or gone, can move, each with the first day of which
    anything can change.

    *settled*: a day on which, or after which, the whole episode was worked out last. What was open then is looked at again,
    because it may have ended since; what changed before has been looked at.
    """
    found = list(events)
    moved: dict[str, date] = {}
    for rule in rules_on(rules, on):
        versions = [requirement for _since, requirement in rule.versions if requirement is not None]
        looked_at = [event for event in found if any(touches(requirement, event) for requirement in versions)]
        if looked_at:
            moved[rule.key] = _since(rule, versions, looked_at, settled)
    return moved


def _since(rule: Rule, versions: Sequence[Requirement], events: Iterable[Event], settled: date) -> date:
    if any(since > settled for since, _requirement in rule.versions[1:]) or any(map(_hangs_together, versions)):
        return ALL_OF_IT
    if any(_moves_clock(requirement, event) for event in events for requirement in versions):
        return ALL_OF_IT
    return min(settled, *(event.on for event in events))


def _hangs_together(requirement: Requirement) -> bool:
    """Can its past change without any event? What counts from a birth date, which can be corrected; and what evidence can come
    too early for, by a calendar in which somebody enters a closed day."""
    trigger = requirement.trigger
    return bool(trigger.age or trigger.birthday or requirement.earliest)


def _moves_clock(requirement: Requirement, event: Event) -> bool:
    return event.kind in ALWAYS or event.kind == requirement.trigger.kind
