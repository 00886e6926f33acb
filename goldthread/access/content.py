"""What of a client's content a viewer may see: rows that carry ``labels`` and hang on an ``episode``.

A label is cleared through an assignment for that assignment's episode alone: who works with a client in the
mental-health program does not read what the substance-use program writes about them (42 CFR 2.12(c)(3): communication
is free *within* the program that treats). What is cleared for the whole agency, or by broken glass, holds for every
episode. Rows of no episode are cleared by any assignment of the client; rows without labels need no clearance.
"""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from goldthread.access import relations
from goldthread.access.acts import CLIENT_ACTS, Act
from goldthread.access.bonds import assignments_with, binding, bonds_with
from goldthread.access.rules import Relation, Way, ways_in, ways_of
from goldthread.access.scopes import cleared
from goldthread.access.viewer import Viewer
from goldthread.people.persons.models import Person

NOTHING = Q(pk__in=[])


def content(
    viewer: Viewer, client: Person, act: Act = Act.READ_RECORD, *, episode: str = "episode", labels: str = "labels"
) -> Q:
    """Of the rows of *client*, those on which the viewer may do *act*. No query for a client who has just been opened.

    *episode* and *labels* name the fields (``pk`` for the episodes themselves). The caller narrows to the client's rows.
    """
    bonds = bonds_with(viewer, client)
    if bonds is None or bonds.blocked:
        return NOTHING
    ways = ways_in(ways_of(viewer.roles, act), bonds.held, client.labels)
    if not ways:
        return NOTHING
    return _any([Q(**{labels: 0}), *(_through(viewer, client, way, episode, labels) for way in _clearing(ways))])


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
    reached = [_reached(viewer, way, client, episode, labels) for way in ways_of(viewer.roles, act)]
    rows = _any(condition for condition in reached if condition is not None)
    return rows & ~Q(**{f"{client}__in": viewer.blocked}) if viewer.blocked else rows


def _through(viewer: Viewer, client: Person, way: Way, episode: str, labels: str) -> Q:
    """The rows of *client* whose labels *way*, which is open, clears."""
    clear = cleared(labels, way.cleared)
    if _for_every_episode(viewer, way):
        return clear
    held = binding(viewer, way.role, way.to, assignments_with(viewer, client))
    return clear & _of_no_episode_or(episode, {one.episode_id for one in held if one.episode_id})


def _reached(viewer: Viewer, way: Way, client: str, episode: str, labels: str) -> Q | None:
    """The rows of all clients that *way* opens. None when it reaches nobody."""
    clear, client_clear = cleared(labels, way.cleared), cleared(f"{client}__labels", way.cleared)
    if relations.whole_agency(viewer, way.role, way.to):
        return Q(**{f"{client}__client_number__isnull": False}) & clear & client_clear
    if way.to == Relation.GLASS:
        return Q(**{f"{client}__in": relations.glasses(viewer).values("client")}) & clear & client_clear
    condition = relations.assigned(viewer, way.role, way.to)
    if condition is None:
        return None
    held = relations.assignments(viewer, condition)
    reach = Q(**{f"{client}__in": held.values("client")}) & client_clear
    if not way.cleared:
        return reach & clear
    same_episode = Exists(held.filter(client=OuterRef(client), episode=OuterRef(episode)))
    any_of_client = Q(**{labels: 0}) | Q(**{f"{episode}__isnull": True})
    return reach & clear & (any_of_client | Q(same_episode))


def _for_every_episode(viewer: Viewer, way: Way) -> bool:
    return way.to == Relation.GLASS or relations.whole_agency(viewer, way.role, way.to)


def _clearing(ways: Iterable[Way]) -> list[Way]:
    """Those of *ways* that clear some label."""
    return [way for way in ways if way.cleared]


def _of_no_episode_or(episode: str, episodes: set[UUID]) -> Q:
    of_none = Q(**{f"{episode}__isnull": True})
    return of_none | Q(**{f"{episode}__in": episodes}) if episodes else of_none


def _any(conditions: Iterable[Q]) -> Q:
    """Rows that meet one of *conditions*; no row when there is none."""
    return reduce(or_, conditions, NOTHING)
