"""Which requirements of programs an assessment meets."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from goldthread.foundation.programs.enums import EventKind
from goldthread.foundation.programs.queries import in_force, rules_of


def asked_of(programs: Iterable[UUID], on: date) -> dict[UUID, frozenset[str]]:
    """For each of *programs* (ids): the keys of its requirements, as in force on *on*, that an assessment meets."""
    found = {}
    for program, rules in rules_of(programs).items():
        requirements = in_force(rules, on).requirements
        met = (one.key for one in requirements if any(way.kind == EventKind.ASSESSMENT for way in one.accepts))
        found[program] = frozenset(met)
    return found
