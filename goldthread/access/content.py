"""What of a client's content a viewer may see: rows that carry ``labels`` and hang on an ``episode``.

A label is cleared through an assignment for that assignment's episode alone: who works with a client in the
mental-health program does not read what the substance-use program writes about them (42 CFR 2.12(c)(3): communication
is free *within* the program that treats). What is cleared for the whole agency, or by broken glass, holds for every
episode. Rows of no episode are cleared by any assignment of the client; rows without labels need no clearance.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Protocol
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q

from goldthread.access import relations
from goldthread.access.acts import CLIENT_ACTS, Act
from goldthread.access.bonds import assignments_with, binding, bonds_with
from goldthread.access.rules import Relation, Way, ways_in, ways_of
from goldthread.access.scopes import cleared
from goldthread.access.viewer import Viewer
from goldthread.foundation.lib.compiled import AnyOf
from goldthread.people.persons.models import Person

NOTHING = Q(pk__in=[])


class Labelled(Protocol):
    """A row of content."""

    labels: int
    episode_id: UUID | None


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

    def rows(self, *, episode: str = "episode", labels: str = "labels") -> Q:
        """The same as a condition on rows; *episode* and *labels* name the fields."""
        if not self.ways:
            return NOTHING
        return _any([Q(**{labels: 0}), *(_way_rows(way, episode, labels) for way in self.ways if way[0])])


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


def _way_rows(way: tuple[int, frozenset[UUID] | None], episode: str, labels: str) -> Q:
    bits, episodes = way
    clear = cleared(labels, bits)
    if episodes is None:
        return clear
    of_none = Q(**{f"{episode}__isnull": True})
    return clear & (of_none | Q(**{f"{episode}__in": episodes}) if episodes else of_none)


def _reached(viewer: Viewer, ways: Iterable[Way], client: str, episode: str, labels: str) -> Iterator[Q]:
    """The rows of all clients that *ways* open: a condition for the agency as a whole, for glass, and for each clearance that
    holds through assignments.

    The client's own labels are compared among those whom a way reaches. Joined to the rows, PostgreSQL read every person.
    """
    bound: dict[int, Q] = {}
    for way in ways:
        clear, whose = cleared(labels, way.cleared), cleared("client__labels", way.cleared)
        if relations.whole_agency(viewer, way.role, way.to):
            known = Q(**{f"{client}__client_number__isnull": False})
            yield known & clear & cleared(f"{client}__labels", way.cleared)
        elif way.to == Relation.GLASS:
            if viewer.has_broken_glass:
                yield Q(**{f"{client}__in": relations.glasses(viewer).filter(whose).values("client")}) & clear
        elif condition := relations.assigned(viewer, way.role, way.to):
            bound[way.cleared] = bound.get(way.cleared, NOTHING) | condition
    for bits, condition in bound.items():
        held = relations.assignments(viewer, condition)
        clear, whose = cleared(labels, bits), cleared("client__labels", bits)
        reach = Q(Exists(held.filter(whose, client=OuterRef(client)))) & clear
        same_episode = Exists(held.filter(client=OuterRef(client), episode=OuterRef(episode)))
        any_of_client = Q(**{labels: 0}) | Q(**{f"{episode}__isnull": True})
        yield reach & (any_of_client | Q(same_episode)) if bits else reach


def _any(conditions: Iterable[Q]) -> Q:
    """Rows that meet one of *conditions*; no row when there is none."""
    return reduce(or_, conditions, NOTHING)
