"""The clients on whom a viewer may act, as one query."""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.lookups import Exact

from goldthread.access import relations
from goldthread.access.acts import CLIENT_ACTS, WORKER_ACTS, Act
from goldthread.access.rules import Relation, Way, ways_of
from goldthread.access.viewer import Viewer
from goldthread.foundation.lib.labels import ALL_LABELS
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person


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
        reached.append(Q(pk__in=bound))
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


def _bound(viewer: Viewer, ways: list[Way]) -> QuerySet[Any, Any] | None:
    """The ids of the clients to whom something narrower than the whole agency binds the viewer. None when nothing does.

    One branch a way, joined by UNION: each branch starts from the index of its own relation, on both databases.
    """
    branches: list[QuerySet[Any, Any]] = []
    for way in ways:
        if way.to == Relation.GLASS:
            branches.append(relations.glasses(viewer).filter(cleared("client__labels", way.cleared)).values("client"))
            continue
        condition = relations.assigned(viewer, way.role, way.to)
        if condition is not None:
            assigned = relations.assignments(viewer, condition)
            branches.append(assigned.filter(cleared("client__labels", way.cleared)).values("client"))
    if not branches:
        return None
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
