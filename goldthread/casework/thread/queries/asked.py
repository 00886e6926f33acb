"""What programs ask of threads: which of their requirements an assessment meets, and how long a goal may be silent."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from goldthread.foundation.programs.enums import EventKind
from goldthread.foundation.programs.queries import in_force, rules_of
from goldthread.foundation.programs.rules.template import Template


def asked_of(programs: Iterable[UUID], on: date) -> dict[UUID, frozenset[str]]:
    """For each of *programs* (ids): the keys of its requirements, as in force on *on*, that an assessment meets."""
    return asked_and_silent(programs, on)[0]


def asked_and_silent(programs: Iterable[UUID], on: date) -> tuple[dict[UUID, frozenset[str]], dict[UUID, int]]:
    """The same, and after how many days without a contact toward a goal its thread is broken."""
    templates = {program: in_force(rules, on) for program, rules in rules_of(programs).items()}
    asked = {program: _of_assessments(template) for program, template in templates.items()}
    return asked, {program: template.plan.silent_days for program, template in templates.items()}


def _of_assessments(template: Template) -> frozenset[str]:
    met = (one for one in template.requirements if any(way.kind == EventKind.ASSESSMENT for way in one.accepts))
    return frozenset(one.key for one in met)
