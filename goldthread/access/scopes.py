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
from goldthread.access.rules import Relation, ways_of
from goldthread.access.viewer import Viewer
from goldthread.foundation.lib.compiled import AnyOf, Compiled, EachOf, Given, GivenIds, IsIn
from goldthread.foundation.lib.labels import ALL_LABELS
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person

SOMEBODY: Any = SimpleNamespace(
    staff=Given("staff"),
    today=Given("today"),
    at=Given("at"),
    teams=GivenIds("teams"),
    supervised=GivenIds("supervised"),
    sites={role: Given(f"site_{role}") for role in Role},
)
"""A viewer of whom nothing is known yet: what is compiled for them serves everybody."""


Tie = tuple[Role | None, Relation]
"""A relation, with the role where that is narrowed to a site."""


@dataclass(frozen=True, slots=True)
class Shape:
    """All that decides on the words of a scope's statement; whom it is asked for comes with each use.

    ``wide``: the labels (bits) cleared for the whole agency; ``tied``: those cleared through a tie; ``blocks``: is somebody
    blocked? There are few shapes, so what is built from one can be kept (``cache``) and compiled.
    """

    wide: frozenset[int]
    tied: frozenset[tuple[int, Tie]]
    blocks: bool

    def left_open(self) -> QuerySet[Person]:
        """``persons_in`` it, for those who look at each of the few in reach; a whole site is not few."""
        return persons_in(self, few=all(to != Relation.SITE for _mask, (_role, to) in self.tied))


@dataclass(frozen=True, slots=True)
class Scope:
    """The clients in reach: ``persons``; or ``persons_in(shape)`` as a part of what is compiled, asked with ``given``."""

    shape: Shape
    given: dict[str, Any]

    @property
    def persons(self) -> QuerySet[Person]:
        """The clients as a query."""
        return persons_in(self.shape, self.given)

    @property
    def small(self) -> bool:
        """They hang on assignments, so start from them and not from a name."""
        return not self.shape.wide


def scope(viewer: Viewer, act: Act) -> Scope:
    """The clients on whom *viewer* may do *act* today: role, relation, labels and blocks applied. ValueError for another kind of act."""
    if act not in CLIENT_ACTS:
        raise ValueError(f"{act} is not done to a client")
    ways = ways_of(viewer.roles, act)
    wide = [way.cleared for way in ways if relations.whole_agency(viewer, way.role, way.to)]
    tied = [way for way in ways if not _covered(way.cleared, wide) and relations.can_hold(viewer, way.role, way.to)]
    shape = Shape(
        wide=frozenset(_widest(wide)),
        tied=frozenset((way.cleared, (way.role if way.to == Relation.SITE else None, way.to)) for way in tied),
        blocks=bool(viewer.blocked),
    )
    return Scope(shape, _given(viewer))


def persons_in(shape: Shape, given: dict[str, Any] | None = None, *, few: bool = False) -> QuerySet[Person]:
    """The clients in a scope of *shape*, for whom *given* tells of (None: left open, to be compiled).

    *few*: they are to be read one by one (``EachOf``).
    """
    reached = [cleared("labels", labels) for labels in shape.wide]
    if shape.tied:
        reached.append(_bound(shape.tied, given, EachOf if few else IsIn))
    persons = Person.objects.filter(client_number__isnull=False)
    persons = persons.filter(reduce(or_, reached)) if reached else persons.none()
    if shape.blocks:
        persons = persons.exclude(Q(AnyOf(F("pk"), given["blocked"] if given else GivenIds("blocked"))))
    return persons


def _given(viewer: Viewer) -> dict[str, Any]:
    """What the statements of a scope ask about *viewer*: the names of SOMEBODY's Givens."""
    return {
        "staff": viewer.staff.pk,
        "today": viewer.today,
        "at": viewer.at,
        "teams": viewer.teams,
        "supervised": viewer.supervised,
        "blocked": viewer.blocked,
        **{f"site_{role}": site for role, site in viewer.sites.items()},
    }


def workers(viewer: Viewer, act: Act) -> QuerySet[Staff]:
    """The workers on whom *viewer* may do *act* today. ValueError for an act that is not done to a worker."""
    if act not in WORKER_ACTS:
        raise ValueError(f"{act} is not done to a worker")
    found = [relations.workers(viewer, way.role, way.to) for way in ways_of(viewer.roles, act)]
    conditions = [condition for condition in found if condition is not None]
    return Staff.objects.filter(reduce(or_, conditions)) if conditions else Staff.objects.none()


def _bound(tied: frozenset[tuple[int, Tie]], given: dict[str, Any] | None, among: type[IsIn]) -> Q:
    """The clients to whom something narrower than the whole agency binds the viewer.

    First whoever is bound at all, then the labels: a way that clears least asks for nothing more, since every other one
    clears as much; of each wider clearance the client must be bound by its own ways.
    """
    masks = {mask for mask, _tie in tied}
    least = [mask for mask in masks if all(mask & ~other == 0 for other in masks)]
    clear = [
        cleared("labels", mask)
        & (Q() if mask in least else _tied(frozenset(tie for other, tie in tied if other == mask), given))
        for mask in sorted(masks)
    ]
    return _tied(frozenset(tie for _mask, tie in tied), given, among) & reduce(or_, clear)


def _tied(ties: frozenset[Tie], given: dict[str, Any] | None, among: type[IsIn] = IsIn) -> Q:
    """The clients to whom one of *ties* binds the viewer, whatever their labels."""
    ids = _ids(ties)
    return Q(among(F("pk"), ids.part(**given) if given else ids.open_part()))


@cache
def _ids(ties: frozenset[Tie]) -> Compiled[tuple[UUID]]:
    """The ids of the clients bound by one of *ties*.

    One branch a relation, joined by UNION: each branch starts from the index of its own relation, on both databases.
    """
    return Compiled(lambda: union([_branch(role or Role.CASE_MANAGER, to) for role, to in sorted(ties, key=str)]))


def _branch(role: Role, to: Relation) -> QuerySet[Any, Any]:
    if to == Relation.GLASS:
        return relations.glasses(SOMEBODY).values_list("client")
    condition = relations.assigned(SOMEBODY, role, to)
    if condition is None:
        raise ValueError(f"{to} holds through no assignment")
    return relations.assignments(SOMEBODY, condition).values_list("client")


def union(branches: list[QuerySet[Any, Any]]) -> QuerySet[Any, Any]:
    """What any of *branches* yields."""
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
