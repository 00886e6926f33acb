"""The rules of a program by the days on which they are in force."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from goldthread.casework.tasks.rules.accepting import meets
from goldthread.casework.tasks.rules.history import Event
from goldthread.foundation.programs.rules.template import Requirement, Template

Rules = Sequence[tuple[date, Template]]
"""Versions with the first day of each, oldest first. The first one also holds for the days before it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One requirement through all versions. ``now``: as it stands on the asked day (or stood last, when ``gone``)."""

    key: str
    now: Requirement
    versions: tuple[tuple[date, Requirement | None], ...]
    gone: bool = False
    """The asked version does not have it any more: what is closed stays, nothing is asked."""

    def on(self, day: date) -> Requirement | None:
        """The requirement in force on *day*, if the version of that day has it."""
        found = self.versions[0][1]
        for since, requirement in self.versions[1:]:
            if since > day:
                break
            found = requirement
        return found

    def then(self, day: date) -> Requirement:
        """The requirement in force on *day*, or, when there was none, as it stands now."""
        return self.on(day) or self.now

    def met_by(self, event: Event) -> bool:
        """Does *event* count by the rule of its own day, or by that of the asked day? What was once met stays met."""
        if meets(self.now, event):
            return True
        if len(self.versions) == 1:
            return False
        then = self.on(event.on)
        return then is not None and then is not self.now and meets(then, event)


def rules_on(rules: Rules, on: date) -> list[Rule]:
    """Every requirement that is in force on *on*, or was before, in the order of the template in force."""
    known = [(since, template) for number, (since, template) in enumerate(rules) if number == 0 or since <= on]
    asked = known[-1][1]
    keys = [requirement.key for requirement in asked.requirements]
    older = [requirement.key for _, template in known[:-1] for requirement in template.requirements]
    return [_rule(key, known) for key in dict.fromkeys([*keys, *older])]


def _rule(key: str, known: Sequence[tuple[date, Template]]) -> Rule:
    versions = tuple((since, _requirement(template, key)) for since, template in known)
    now = next(requirement for _, requirement in reversed(versions) if requirement is not None)
    return Rule(key, now, versions, gone=versions[-1][1] is None)


def _requirement(template: Template, key: str) -> Requirement | None:
    return next((requirement for requirement in template.requirements if requirement.key == key), None)
