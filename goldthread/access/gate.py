"""The gate: may this viewer do this, and to whom. Views, exports and jobs ask here; actions assume it was asked.

A refusal looks exactly like *not found*: the same page, after the same work (one query, one row in the audit log).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery
from django.http import Http404

from goldthread.access import relations
from goldthread.access.acts import Act
from goldthread.access.rules import Relation, Way, the_policy, ways_in
from goldthread.access.scopes import Scope, clients, scope, workers
from goldthread.access.viewer import Viewer
from goldthread.foundation.audit import actions as audit
from goldthread.foundation.workforce.enums import Role
from goldthread.people.persons.models import Person

__all__ = [
    "Admission",
    "Scope",
    "admit",
    "cleared_labels",
    "clients",
    "may",
    "open_client",
    "refuse",
    "saw",
    "scope",
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


def may(viewer: Viewer, act: Act) -> bool:
    """Does some role of the viewer grant *act* on somebody or something? For menus, and for pages about no one client."""
    return bool(the_policy().ways(viewer.roles, act))


def open_client(viewer: Viewer, act: Act, pk: UUID) -> Person:
    """The client, when the viewer may do *act* to them; the read is recorded. Otherwise Http404, and the refusal is recorded."""
    return admit(viewer, act, pk).client


def admit(viewer: Viewer, act: Act, pk: UUID, page: str = "") -> Admission:
    """As open_client, with all that the gate found. *page* names the page in the audit log. One query and one insert."""
    client = _with_relations(viewer, act, pk)
    ways = _open_ways(viewer, act, client) if client else ()
    if client is None or not ways:
        refuse(viewer, act, pk, why=_why_not(viewer, act, client), page=page)
        raise Http404
    through_glass = all(way.to == Relation.GLASS for way in ways)
    glass = client.gate_glass if through_glass else None  # type: ignore[attr-defined]
    admitted = replace(viewer, glass=glass)
    audit.record(
        by=admitted.actor,
        action=act.value,
        kind="person",
        object_id=pk,
        client=pk,
        details={"page": page, "way": [f"{way.role}/{way.to}" for way in ways]},
    )
    cleared = _bits(ways)
    client.gate_cleared = (viewer.staff.pk, cleared)  # type: ignore[attr-defined]
    return Admission(client, admitted, cleared, ways)


def cleared_labels(viewer: Viewer, client: Person) -> int:
    """The labels whose rows (addresses, alerts …) this viewer may see on this client, as bits. No query for a client just opened."""
    staff, cleared = getattr(client, "gate_cleared", (None, 0))
    if staff == viewer.staff.pk:
        return int(cleared)
    known = _with_relations(viewer, Act.READ, client.pk)
    return _bits(_open_ways(viewer, Act.READ, known)) if known else 0


def refuse(viewer: Viewer, act: Act, pk: UUID | None = None, *, why: str = "role", page: str = "") -> None:
    """Record a refusal, in its own transaction."""
    audit.record_denied(
        by=viewer.actor,
        action="access.refused",
        kind="person" if pk else "page",
        object_id=pk or "",
        client=pk,
        details={"act": act.value, "why": why, "page": page},
    )


def saw(viewer: Viewer, persons: Iterable[Person], page: str) -> int:
    """Record that the viewer was shown these clients as rows of a list (a settled search, a page of the list): one insert."""
    return audit.record_many(
        by=viewer.actor,
        action="client.listed",
        kind="person",
        clients=[person.pk for person in persons],
        details={"page": page},
    )


def _with_relations(viewer: Viewer, act: Act, pk: UUID) -> Person | None:
    """The client with one column for each relation that could let this viewer in, whether it does or not."""
    found: dict[str, Exists | Subquery] = {
        "gate_blocked": Exists(relations.blocks(viewer).filter(person=OuterRef("pk")))
    }
    for way in the_policy().ways(viewer.roles, act):
        condition = relations.assigned(viewer, way.role, way.to)
        if condition is not None:
            here = relations.assignments(viewer, condition).filter(client=OuterRef("pk"))
            found[_column(way.role, way.to)] = Exists(here)
        if way.to == Relation.GLASS:
            glass = relations.glasses(viewer).filter(client=OuterRef("pk")).order_by("-ends_at")
            found["gate_glass"] = Subquery(glass.values("pk")[:1])
    return (
        Person.objects.filter(Q(pk=pk, client_number__isnull=False)).select_related("photo").annotate(**found).first()
    )


def _open_ways(viewer: Viewer, act: Act, client: Person) -> tuple[Way, ...]:
    """The ways in that are open on this client, found with _with_relations."""
    if client.gate_blocked:  # type: ignore[attr-defined]
        return ()
    ways = the_policy().ways(viewer.roles, act)
    return ways_in(ways, _held(viewer, client, ways), client.labels)


def _held(viewer: Viewer, client: Person, ways: Iterable[Way]) -> list[tuple[Role, Relation]]:
    """The relations that hold on this client, each under the role that would use it."""
    return [(way.role, way.to) for way in ways if _holds(viewer, client, way)]


def _holds(viewer: Viewer, client: Person, way: Way) -> bool:
    if way.to == Relation.GLASS:
        return client.gate_glass is not None  # type: ignore[attr-defined]
    return relations.whole_agency(viewer, way.role, way.to) or bool(getattr(client, _column(way.role, way.to), False))


def _why_not(viewer: Viewer, act: Act, client: Person | None) -> str:
    """The reason of a refusal, for the audit log alone: unknown, block, role, label or relation."""
    if client is None:
        return "unknown"
    if client.gate_blocked:  # type: ignore[attr-defined]
        return "block"
    ways = the_policy().ways(viewer.roles, act)
    if not ways:
        return "role"
    return "label" if ways_in(ways, _held(viewer, client, ways), 0) else "relation"


def _column(role: Role, to: Relation) -> str:
    return f"gate_{role.value}_{to.value}"


def _bits(ways: Iterable[Way]) -> int:
    bits = 0
    for way in ways:
        bits |= way.cleared
    return bits
