"""The gate: may this viewer do this, and to whom. Views, exports and jobs ask here; actions assume it was asked.

A refusal looks exactly like *not found*: the same page, after the same work (one query, one row in the audit log).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Protocol
from uuid import UUID

from django.http import Http404

from goldthread.access.acts import Act
from goldthread.access.bonds import assignments_with, bonds_with, client_with_bonds
from goldthread.access.content import Sight, content, content_in, sight
from goldthread.access.notices import tell_of_blocked_attempt
from goldthread.access.outside import outside_answer
from goldthread.access.rules import Bonds, Relation, Way, ways_in, ways_of
from goldthread.access.scopes import Scope, clients, scope, workers
from goldthread.access.viewer import Viewer
from goldthread.foundation.audit import actions as audit
from goldthread.foundation.audit.models import Event
from goldthread.foundation.audit.queries import told_since
from goldthread.people.persons.models import Person

WORK_IS_TOLD = timedelta(hours=1)
"""How often the log says again that somebody goes on writing the same thing."""

__all__ = [
    "Admission",
    "Scope",
    "Sight",
    "admit",
    "assignments_with",
    "cleared_labels",
    "clients",
    "content",
    "content_in",
    "may",
    "may_on",
    "open_client",
    "outside_answer",
    "refuse",
    "saw",
    "scope",
    "sight",
    "unnamable",
    "workers",
]


@dataclass(frozen=True, slots=True)
class Admission:
    """The gate opened: the client, the labels of the rows that may be seen, and the viewer to go on with.

    ``viewer`` carries the broken glass when only that opened the gate, so that every event from here on names it.
    """

    client: Person
    viewer: Viewer
    cleared: int
    ways: tuple[Way, ...]
    untold: Event | None = None
    """What the audit log still has to be told of the read, when the caller asked to do that."""


def may(viewer: Viewer, act: Act) -> bool:
    """Does some role of the viewer grant *act* on somebody or something? For menus, and for pages about no one client."""
    return bool(ways_of(viewer.roles, act))


def may_in_daily_work(viewer: Viewer, act: Act) -> bool:
    """As may, but not where the only way is a broken glass: for links to lists, on which whoever has broken none finds nobody."""
    return any(way.to != Relation.GLASS for way in ways_of(viewer.roles, act))


def may_on(viewer: Viewer, act: Act, client: Person) -> bool:
    """May the viewer do *act* to *client*? For buttons on a client's page; nothing is recorded. No query for a client just opened."""
    bonds = bonds_with(viewer, client)
    return bonds is not None and bool(_open_ways(viewer, act, client, bonds))


def open_client(viewer: Viewer, act: Act, pk: UUID) -> Person:
    """The client, when the viewer may do *act* to them; the read is recorded. Otherwise Http404, and the refusal is recorded."""
    return admit(viewer, act, pk).client


def admit(
    viewer: Viewer, act: Act, pk: UUID, page: str = "", work: UUID | None = None, *, later: bool = False
) -> Admission:
    """As open_client, with all that the gate found. *page* names the page in the audit log. One query and one insert.

    *work*: what is being written, for pages that ask every few seconds while somebody types: its line is written once an
    hour for each worker, page and way in, and every time through broken glass. Refusals are always recorded.
    *later*: the read is not recorded here, but by the caller, who finds it in ``untold``.
    """
    client, bonds = client_with_bonds(viewer, pk)
    ways = _open_ways(viewer, act, client, bonds) if client and bonds else ()
    if client is None or bonds is None or not ways:
        refuse(viewer, act, pk, why=_why_not(viewer, act, bonds), page=page)
        if bonds and bonds.blocked:
            tell_of_blocked_attempt(viewer, pk)
        raise Http404
    admitted = replace(viewer, glass=bonds.glass if all(way.to == Relation.GLASS for way in ways) else None)
    details: dict[str, Any] = {"page": page, "way": sorted(f"{way.role.value}/{way.to.value}" for way in ways)}
    if work:
        details["work"] = str(work)
    if work and admitted.glass is None and _told_lately(admitted, act, pk, details):
        return Admission(client, admitted, _bits(ways), ways)
    read = audit.told(by=admitted.actor, action=act.value, kind="person", object_id=pk, client=pk, details=details)
    if not later:
        audit.record_together([read])
    return Admission(client, admitted, _bits(ways), ways, read if later else None)


def cleared_labels(viewer: Viewer, client: Person) -> int:
    """The labels whose rows (addresses, alerts …) this viewer may see on this client, as bits. No query for a client just opened.

    For rows that belong to the person. What belongs to an episode is narrowed by ``content``.
    """
    bonds = bonds_with(viewer, client)
    return _bits(_open_ways(viewer, Act.READ, client, bonds)) if bonds else 0


def refuse(viewer: Viewer, act: Act, pk: UUID | None = None, *, why: str = "role", page: str = "") -> None:
    """Record a refusal, in its own transaction. *why* is for the log alone: role, relation, label, block, unknown."""
    audit.record_denied(
        by=viewer.actor,
        action="access.refused",
        kind="person" if pk else "page",
        object_id=pk or "",
        client=pk,
        details={"act": act.value, "why": why, "page": page},
    )


class Shown(Protocol):
    """A client as a row of a list: a Person, or what a list reads of one."""

    @property
    def pk(self) -> UUID: ...


def saw(viewer: Viewer, persons: Iterable[Shown], page: str) -> int:
    """Record that the viewer was shown these clients as rows of a list (a settled search, a page of the list): one insert."""
    return audit.record_many(
        by=viewer.actor,
        action="client.listed",
        kind="person",
        clients=[person.pk for person in persons],
        details={"page": page},
    )


def saw_by_key(viewer: Viewer, keys: Iterable[UUID | None], page: str, *, took: bool = False) -> int:
    """As saw, for lists whose rows hold the key of their client, or none (who asks for help is no client yet). *took*: the rows left
    in a file. No insert for nobody."""
    known = {key for key in keys if key}
    if not known:
        return 0
    action = "clients.exported" if took else "client.listed"
    return audit.record_many(by=viewer.actor, action=action, kind="person", clients=known, details={"page": page})


def read_together(viewer: Viewer, persons: Iterable[Shown], page: str) -> int:
    """Record that what is written of these clients stood whole on one page, which was narrowed before: as if each record had been
    opened. One insert."""
    return audit.record_many(
        by=viewer.actor,
        action=Act.READ_RECORD.value,
        kind="person",
        clients={person.pk for person in persons},
        details={"page": page},
    )


def unnamable(viewer: Viewer, persons: Iterable[Person]) -> frozenset[UUID]:
    """Those of *persons* (around a client) whom the viewer is not to be told of: blocked for them, or a labelled client whom
    they may not find. No query where none is labelled."""
    people = {person.pk: person for person in persons}
    labelled = {pk for pk, person in people.items() if person.labels and person.client_number is not None}
    hidden = set(people) & viewer.blocked
    if labelled:
        hidden |= labelled - set(clients(viewer, Act.FIND).filter(pk__in=labelled).values_list("pk", flat=True))
    return frozenset(hidden)


def _told_lately(viewer: Viewer, act: Act, client: UUID, details: dict[str, Any]) -> bool:
    """Is this line in the log already, from within the hour?"""
    actor = viewer.actor
    since = actor.at - WORK_IS_TOLD
    return told_since(since=since, actor=actor.staff, client=client, action=act.value, details=details)


def _open_ways(viewer: Viewer, act: Act, client: Person, bonds: Bonds) -> tuple[Way, ...]:
    """The ways in that are open on this client; none through a block."""
    if bonds.blocked:
        return ()
    return ways_in(ways_of(viewer.roles, act), bonds.held, client.labels)


def _why_not(viewer: Viewer, act: Act, bonds: Bonds | None) -> str:
    """The reason of a refusal."""
    if bonds is None:
        return "unknown"
    if bonds.blocked:
        return "block"
    ways = ways_of(viewer.roles, act)
    if not ways:
        return "role"
    return "label" if ways_in(ways, bonds.held, 0) else "relation"


def _bits(ways: Iterable[Way]) -> int:
    bits = 0
    for way in ways:
        bits |= way.cleared
    return bits
