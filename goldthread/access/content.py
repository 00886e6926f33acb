"""What of a client's content a viewer may see: rows that carry ``labels`` and hang on an ``episode``.

A label is cleared through an assignment for that assignment's episode alone: who works with a client in the
mental-health program does not read what the substance-use program writes about them (42 CFR 2.12(c)(3): communication
is free *within* the program that treats). What is cleared for the whole agency, or by broken glass, holds for every
episode. Rows of no episode are cleared by any assignment of the client; rows without labels need no clearance.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, Protocol
from uuid import UUID

from django.db.models import BooleanField, Case, F, OuterRef, Q, QuerySet, Subquery, Value, When

from goldthread.access import relations
from goldthread.access.acts import CLIENT_ACTS, Act
from goldthread.access.bonds import assignments_with, binding, bonds_with
from goldthread.access.rules import Relation, Way, ways_in, ways_of
from goldthread.access.scopes import cleared, union
from goldthread.access.standing_in import AskedBy
from goldthread.access.viewer import Viewer
from goldthread.foundation.lib.compiled import AnyOf, BothIn, Given, IsIn
from goldthread.foundation.lib.conditions import Condition
from goldthread.foundation.workforce.enums import Role
from goldthread.people.persons.models import Person

NOTHING = Q(pk__in=[])
Tie = tuple[Role, Relation]


class Labelled(Protocol):
    """A row of content."""

    @property
    def labels(self) -> int: ...

    @property
    def episode_id(self) -> UUID | None: ...


@dataclass(frozen=True, slots=True)
class Sight:
    """What a viewer may see of one client's content: by ways in, each with its labels and the episodes they hold for.

    ``episodes`` of a way: None for every one of them. Without ways nothing is seen, labelled or not.
    """

    ways: tuple[tuple[int, frozenset[UUID] | None], ...]

    def sees(self, row: Labelled) -> bool:
        """Is *row* (an assignment, an entry, a task …), which is of this client, seen?"""
        return self.sees_episode(row.episode_id, row.labels)

    def sees_episode(self, episode: UUID | None, labels: int) -> bool:
        """Is a row of *episode* with *labels* seen?"""
        return any(
            not labels & ~bits and (not labels or episodes is None or episode is None or episode in episodes)
            for bits, episodes in self.ways
        )

    def sees_of_any_program(self, labels: int) -> bool:
        """Is a row with *labels* seen, whichever program it comes of? For what hangs on no episode and yet belongs to a program: a
        place on its waitlist, where somebody who asked for it was referred to."""
        return not labels or any(not labels & ~bits and episodes is None for bits, episodes in self.ways)

    def rows(self, *, episode: str = "episode", labels: str = "labels") -> Q:
        """The same as a condition on rows; *episode* and *labels* name the fields."""
        return _seen_rows(self.ways, episode, labels)

    def condition(self) -> Condition:
        """The same for querysets that are compiled once; of rows with the fields ``episode`` and ``labels``."""
        ways = tuple((bits, None if episodes is None else bool(episodes)) for bits, episodes in self.ways)
        given = {_name(number): episodes for number, (_bits, episodes) in enumerate(self.ways) if episodes}
        return Condition(SightShape(ways), given)


@dataclass(frozen=True, slots=True)
class SightShape:
    """What decides on the words of a Sight's condition: of each way its labels, and whether they hold for every episode (None),
    for some or for none."""

    ways: tuple[tuple[int, bool | None], ...]

    def left_open(self) -> Q:
        """The rows seen; the episodes of each way are left open."""
        ways = [(bits, Given(_name(number)) if some else some) for number, (bits, some) in enumerate(self.ways)]
        return _seen_rows(ways, "episode", "labels")


def sight(viewer: Viewer, client: Person, act: Act = Act.READ_RECORD) -> Sight:
    """Of *client*'s content, that on which the viewer may do *act*. No query for a client who has just been opened."""
    bonds = bonds_with(viewer, client)
    if bonds is None or bonds.blocked:
        return Sight(())
    ways = ways_in(ways_of(viewer.roles, act), bonds.held, client.labels)
    return Sight(tuple((way.cleared, _episodes(viewer, client, way)) for way in ways))


def content(
    viewer: Viewer, client: Person, act: Act = Act.READ_RECORD, *, episode: str = "episode", labels: str = "labels"
) -> Q:
    """Of the rows of *client*, those on which the viewer may do *act*, as a condition.

    *episode* and *labels* name the fields (``pk`` for the episodes themselves). The caller narrows to the client's rows.
    """
    return sight(viewer, client, act).rows(episode=episode, labels=labels)


def content_in(
    viewer: Viewer,
    act: Act = Act.READ_RECORD,
    *,
    client: str = "client",
    episode: str = "episode",
    labels: str = "labels",
) -> Q:
    """The same for rows of many clients, as one condition: labels, relations and blocks are compared by the database.

    *client* names the row's client (``person`` in the ledger). ValueError for an act that is not done to a client.
    """
    if act not in CLIENT_ACTS:
        raise ValueError(f"{act} is not done to a client")
    rows = _any(_reached(viewer, ways_of(viewer.roles, act), client, episode, labels))
    return rows & ~Q(AnyOf(F(client), viewer.blocked)) if viewer.blocked else rows


def _episodes(viewer: Viewer, client: Person, way: Way) -> frozenset[UUID] | None:
    """The episodes for which *way*, which is open, clears its labels; None for all."""
    if not way.cleared:
        return frozenset()
    if way.to == Relation.GLASS or relations.whole_agency(viewer, way.role, way.to):
        return None
    held = binding(viewer, way.role, way.to, assignments_with(viewer, client))
    return frozenset(one.episode_id for one in held if one.episode_id)


def _seen_rows(ways: Sequence[tuple[int, Any]], episode: str, labels: str) -> Q:
    """The rows that *ways* open: each its labels, and its episodes as ids or as a Given of them; nothing true for none, None for all."""
    if not ways:
        return NOTHING
    return _any([Q(**{labels: 0}), *(_way_rows(bits, among, episode, labels) for bits, among in ways if bits)])


def _way_rows(bits: int, among: Any, episode: str, labels: str) -> Q:
    clear = cleared(labels, bits)
    if among is None:
        return clear
    of_none = Q(**{f"{episode}__isnull": True})
    return clear & (of_none | Q(AnyOf(F(episode), among)) if among else of_none)


def _name(number: int) -> str:
    """What the Given is called that stands for the episodes of a way."""
    return f"episodes_{number}"


def _reached(viewer: Viewer, ways: Iterable[Way], client: str, episode: str, labels: str) -> Iterator[Q]:
    """The rows of all clients that *ways* open: a condition for the agency as a whole, and one for all that binds to some."""
    bound: dict[int, list[Tie]] = defaultdict(list)
    for way in ways:
        if relations.whole_agency(viewer, way.role, way.to):
            known = Q(**{f"{client}__client_number__isnull": False})
            yield known & cleared(labels, way.cleared) & cleared(f"{client}__labels", way.cleared)
        elif relations.can_hold(viewer, way.role, way.to):
            bound[way.cleared].append((way.role, way.to))
    if bound:
        parts = [_bound(viewer, bits, tuple(ties), client, episode, labels) for bits, ties in bound.items()]
        yield _looked_at_last(_any(parts))


def _bound(viewer: Viewer, bits: int, ties: tuple[Tie, ...], client: str, episode: str, labels: str) -> Q:
    """The rows of clients to whom one of *ties* binds; labelled ones of its episode alone, or, through glass, of any."""
    reach = cleared(labels, bits) & Q(IsIn(F(client), _CLIENTS.part(viewer, bits, ties)))
    if not bits:
        return reach
    of_it = Q(**{labels: 0}) | Q(**{f"{episode}__isnull": True})
    through = tuple(tie for tie in ties if tie[1] != Relation.GLASS)
    if through:
        of_it |= Q(BothIn(F(client), F(episode), _EPISODES.part(viewer, through)))
    glasses = tuple(tie for tie in ties if tie[1] == Relation.GLASS)
    if glasses:
        of_it |= Q(IsIn(F(client), _CLIENTS.part(viewer, bits, glasses)))
    return reach & of_it


def _held(viewer: Viewer, tie: Tie) -> list[QuerySet[Any]]:
    """The assignments, or glasses, through which *tie* binds: each of them starts from an index of its own."""
    role, to = tie
    if to == Relation.GLASS:
        return [relations.glasses(viewer)]
    return [relations.assignments(viewer, branch) for branch in relations.branches(viewer, role, to)]


def _clients(viewer: Viewer, bits: int, ties: tuple[Tie, ...]) -> QuerySet[Any, Any]:
    found = [_of_clients_cleared(rows, bits) for tie in ties for rows in _held(viewer, tie)]
    return union([rows.values_list("client") for rows in found])


def _episodes_of(viewer: Viewer, ties: tuple[Tie, ...]) -> QuerySet[Any, Any]:
    found = [rows for tie in ties for rows in _held(viewer, tie)]
    return union([rows.filter(episode__isnull=False).values_list("client", "episode") for rows in found])


_CLIENTS: AskedBy[Any] = AskedBy(_clients)
_EPISODES: AskedBy[Any] = AskedBy(_episodes_of)


def _of_clients_cleared(rows: QuerySet[Any], bits: int) -> QuerySet[Any]:
    """Those of *rows*, assignments or glasses, whose client has no label beyond *bits*: looked up person by person, by key.

    Joined, PostgreSQL took one in two hundred to be cleared, and so began with all persons of the agency.
    """
    own = Person.objects.filter(pk=OuterRef("client")).values("labels")[:1]
    found: QuerySet[Any] = rows.annotate(own=Subquery(own)).filter(cleared("own", bits))
    return found


def _looked_at_last(condition: Q) -> Q:
    """*condition*, asked of the rows that everything else has found: nobody's list begins with all clients in reach."""
    return Q(Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField()))


def _any(conditions: Iterable[Q]) -> Q:
    """Rows that meet one of *conditions*; no row when there is none."""
    return reduce(or_, conditions, NOTHING)
