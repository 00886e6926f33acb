"""The clients on whom a viewer may act, as one query."""

from dataclasses import dataclass
from functools import cache, reduce
from operator import or_
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.lookups import Exact

from goldthread.access import relations
from goldthread.access.acts import CLIENT_ACTS, WORKER_ACTS, Act
from goldthread.access.rules import Relation, Way, ways_of
from goldthread.access.viewer import Viewer
from goldthread.foundation.lib.compiled import Compiled, Given, IsIn
from goldthread.foundation.lib.labels import ALL_LABELS
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person

SOMEBODY: Any = SimpleNamespace(
    staff=Given("staff"),
    today=Given("today"),
    at=Given("at"),
    teams=Given("teams"),
    supervised=Given("supervised"),
    sites={role: Given(f"site_{role}") for role in Role},
)
"""A viewer of whom nothing is known yet: what is compiled for them serves everybody."""


@dataclass(frozen=True, slots=True)
class Scope:
    """``persons`` are the clients in reach. ``small``: they hang on assignments, so start from them and not from a name."""

    persons: QuerySet[Person]
    small: bool


def scope(viewer: Viewer, act: Act) -> Scope:
    """The clients on whom *viewer* may do *act* today: role, relation, labels and blocks applied. ValueError for another kind of act."""
    if act not in CLIENT_ACTS:
        raise ValueError(f"{act} is not done to a client")
    ways = ways_of(viewer.roles, act)
    wide = [way.cleared for way in ways if relations.whole_agency(viewer, way.role, way.to)]
    reached = [cleared("labels", labels) for labels in _widest(wide)]
    bound = _bound(viewer, [way for way in ways if not _covered(way.cleared, wide)])
    if bound is not None:
        reached.append(bound)
    persons = Person.objects.filter(client_number__isnull=False)
    persons = persons.filter(reduce(or_, reached)) if reached else persons.none()
    if viewer.blocked:
        persons = persons.exclude(pk__in=viewer.blocked)
    return Scope(persons, small=not wide)


def workers(viewer: Viewer, act: Act) -> QuerySet[Staff]:
    """The workers on whom *viewer* may do *act* today. ValueError for an act that is not done to a worker."""
    if act not in WORKER_ACTS:
        raise ValueError(f"{act} is not done to a worker")
    found = [relations.workers(viewer, way.role, way.to) for way in ways_of(viewer.roles, act)]
    conditions = [condition for condition in found if condition is not None]
    return Staff.objects.filter(reduce(or_, conditions)) if conditions else Staff.objects.none()


def _bound(viewer: Viewer, ways: list[Way]) -> Q | None:
    """The clients to whom something narrower than the whole agency binds the viewer. None when nothing does.

    First whoever is bound at all, then the labels: a way that clears least asks for nothing more, since every other one
    clears as much; of each wider clearance the client must be bound by its own ways.
    """
    open_ways = [way for way in ways if way.to == Relation.GLASS or relations.assigned(viewer, way.role, way.to)]
    if not open_ways:
        return None
    masks = {way.cleared for way in open_ways}
    least = [mask for mask in masks if all(mask & ~other == 0 for other in masks)]
    clear = [
        cleared("labels", mask)
        & (Q() if mask in least else _tied(viewer, [way for way in open_ways if way.cleared == mask]))
        for mask in sorted(masks)
    ]
    return _tied(viewer, open_ways) & reduce(or_, clear)


def _tied(viewer: Viewer, ways: list[Way]) -> Q:
    """The clients to whom one of *ways* binds the viewer, whatever their labels."""
    shape = frozenset((way.role if way.to == Relation.SITE else None, way.to) for way in ways)
    sites = {f"site_{role}": site for role, site in viewer.sites.items()}
    return Q(
        IsIn(
            F("pk"),
            _ids(shape).part(
                staff=viewer.staff.pk,
                today=viewer.today,
                at=viewer.at,
                teams=viewer.teams,
                supervised=viewer.supervised,
                **sites,
            ),
        )
    )


@cache
def _ids(shape: frozenset[tuple[Role | None, Relation]]) -> Compiled[tuple[UUID]]:
    """The ids of the clients bound by one of the relations of *shape* (with the role, where it is narrowed to a site).

    One branch a relation, joined by UNION: each branch starts from the index of its own relation, on both databases.
    """
    return Compiled(lambda: _union([_branch(role or Role.CASE_MANAGER, to) for role, to in sorted(shape, key=str)]))


def _branch(role: Role, to: Relation) -> QuerySet[Any, Any]:
    if to == Relation.GLASS:
        return relations.glasses(SOMEBODY).values_list("client")
    condition = relations.assigned(SOMEBODY, role, to)
    if condition is None:
        raise ValueError(f"{to} holds through no assignment")
    return relations.assignments(SOMEBODY, condition).values_list("client")


def _union(branches: list[QuerySet[Any, Any]]) -> QuerySet[Any, Any]:
    return branches[0].union(*branches[1:]) if len(branches) > 1 else branches[0]


def cleared(field: str, labels: int) -> Q:
    """Rows none of whose labels, in *field*, is missing in *labels*."""
    missing = ALL_LABELS & ~labels
    if not missing:
        return Q()
    return Q(**{f"{field}": 0}) if missing == ALL_LABELS else _none_of(field, missing)


def _none_of(field: str, bits: int) -> Q:
    """``(field & bits) = 0``."""
    return Q(Exact(F(field).bitand(bits), 0))


def _widest(masks: list[int]) -> list[int]:
    """*masks* without those that another one covers."""
    return [mask for mask in set(masks) if not any(mask != other and mask & ~other == 0 for other in masks)]


def _covered(mask: int, wide: list[int]) -> bool:
    """Does a way that is open for the whole agency already let in all that *mask* would?"""
    return any(mask & ~other == 0 for other in wide)


def clients(viewer: Viewer, act: Act) -> QuerySet[Person]:
    """The clients on whom the viewer may do *act*: role, relationship, labels and blocks applied in one query."""
    return scope(viewer, act).persons
