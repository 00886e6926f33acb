"""What changed from one version of the rules to the next, readable."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from goldthread.foundation.programs.rules.loosening import Change, compare
from goldthread.foundation.programs.rules.template import Requirement, Template


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule that was added (``before`` is None), taken out (``after`` is None) or changed."""

    key: str
    before: Requirement | None
    after: Requirement | None
    change: Change

    @property
    def title(self) -> str:
        """What the rule is called now, or was."""
        rule = self.after or self.before
        return rule.title if rule else self.key


def rule_changes(before: Template, after: Template) -> list[RuleChange]:
    """The rules that differ, in the order of *after*, those taken out last."""
    return list(_rule_changes(before, after))


def _rule_changes(before: Template, after: Template) -> Iterator[RuleChange]:
    for rule in after.requirements:
        was = before.requirement(rule.key)
        if was is None:
            yield RuleChange(rule.key, None, rule, Change.TIGHTER)
        elif was != rule:
            yield RuleChange(rule.key, was, rule, compare(was, rule))
    for rule in before.requirements:
        if after.requirement(rule.key) is None:
            yield RuleChange(rule.key, rule, None, Change.LOOSER)


def other_changes(before: Template, after: Template) -> list[tuple[str, Any, Any]]:
    """The fields of the template besides its rules that differ: name, before, after."""
    names = [field.name for field in fields(Template) if field.name != "requirements"]
    return [
        (name, getattr(before, name), getattr(after, name))
        for name in names
        if getattr(before, name) != getattr(after, name)
    ]
