"""The policy, read from its two files, and the one place where it is decided. Pure: no database, no clock."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from uuid import UUID

from goldthread.access.acts import Act
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.workforce.enums import Role

HERE = Path(__file__).parent


class Relation(StrEnum):
    """What binds a viewer to a client (or to a worker) today. The words are those of policy.csv."""

    CASELOAD = "caseload"
    """Their primary or second worker."""
    COVER = "cover"
    """Covers for their worker."""
    SUPERVISOR_OF = "supervisor_of"
    """Supervises the team of the assignment, or a team in which the assigned worker is."""
    TEAM = "team"
    """Works in the team of the assignment."""
    SITE = "site"
    """The role is narrowed to the site of the assignment's team; a role that is not narrowed covers every site."""
    AGENCY = "agency"
    """Works here today."""
    GLASS = "glass"
    """Has broken the glass on this one client, less than four hours ago."""
    AFTERCARE = "aftercare"
    """Asks how it goes after a discharge, until nothing more is planned."""
    AFTERCARE_OF = "aftercare_of"
    """Supervises the worker who does."""
    OWN = "own"
    """Of an inquiry: took it down, or sees to it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of policy.csv."""

    role: Role
    act: Act
    to: Relation
    why: str


@dataclass(frozen=True, slots=True)
class Clearance:
    """One row of labels.csv."""

    role: Role
    to: Relation
    label: Label
    why: str


@dataclass(frozen=True, slots=True)
class Way:
    """One way in: a role under a relation, and the labels it is cleared for (as bits)."""

    role: Role
    to: Relation
    cleared: int


@dataclass(frozen=True, slots=True)
class Policy:
    """Both files together. ``ways`` answers everything that the gate asks."""

    rules: tuple[Rule, ...]
    clearances: tuple[Clearance, ...]

    def cleared(self, role: Role, to: Relation) -> int:
        """The labels, as bits, that *role* is cleared for under the relation *to*."""
        return sum(c.label for c in self.clearances if (c.role, c.to) == (role, to))

    def bonds(self, roles: Iterable[Role]) -> frozenset[tuple[Role, Relation]]:
        """Every relation that some rule of *roles* asks about."""
        held = frozenset(roles)
        return frozenset((rule.role, rule.to) for rule in self.rules if rule.role in held)

    def ways(self, roles: Iterable[Role], act: Act) -> tuple[Way, ...]:
        """Every way in which one of *roles* may do *act*."""
        held = frozenset(roles)
        return tuple(
            Way(r.role, r.to, self.cleared(r.role, r.to)) for r in self.rules if r.act == act and r.role in held
        )


@dataclass(frozen=True, slots=True)
class Bonds:
    """What binds one staff member to one client: the relations that hold, each under the role that would use it."""

    staff: UUID
    held: frozenset[tuple[Role, Relation]]
    blocked: bool
    glass: UUID | None


def read_policy(policy: str, labels: str) -> Policy:
    """The policy from the texts of policy.csv and labels.csv. An unknown word in them raises ValueError."""
    rules = tuple(
        Rule(Role(row["role"]), Act(row["may"]), Relation(row["to"]), row["why"])
        for row in csv.DictReader(policy.splitlines())
    )
    clearances = tuple(
        Clearance(Role(row["role"]), Relation(row["to"]), Label[row["label"].upper()], row["why"])
        for row in csv.DictReader(labels.splitlines())
    )
    return Policy(rules, clearances)


@cache
def the_policy() -> Policy:
    """The policy that is in force: read once, when the program starts to need it."""
    return read_policy((HERE / "policy.csv").read_text("utf-8"), (HERE / "labels.csv").read_text("utf-8"))


@cache
def ways_of(roles: frozenset[Role], act: Act) -> tuple[Way, ...]:
    """Every way in which the policy in force lets one of *roles* do *act*. Worked out once."""
    return the_policy().ways(roles, act)


@cache
def bonds_of(roles: frozenset[Role]) -> frozenset[tuple[Role, Relation]]:
    """Every relation that the policy in force asks about for *roles*. Worked out once."""
    return the_policy().bonds(roles)


def ways_in(ways: Iterable[Way], held: Iterable[tuple[Role, Relation]], labels: int) -> tuple[Way, ...]:
    """Those of *ways* that are open: the relation is held under the role, and every one of *labels* is cleared."""
    relations = frozenset(held)
    return tuple(way for way in ways if (way.role, way.to) in relations and not labels & ~way.cleared)
