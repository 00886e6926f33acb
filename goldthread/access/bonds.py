"""What binds a viewer to one client, found together with the client.

Plain rows compared here, rather than one statement with an EXISTS for each relation: building that statement took a
quarter of the time of a client's page (docs/measurements.md), and the header shows the same assignments anyway.
"""

from collections.abc import Sequence
from uuid import UUID

from goldthread.access import relations
from goldthread.access.rules import Bonds, Relation, bonds_of
from goldthread.access.viewer import Viewer
from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.casework.caseload.queries import current
from goldthread.foundation.lib.compiled import Compiled, Given
from goldthread.foundation.workforce.enums import Role
from goldthread.people.persons.models import Person

_CLIENT = Compiled(lambda: Person.objects.filter(pk=Given("pk"), client_number__isnull=False).select_related("photo"))
OWN = (AssignmentKind.PRIMARY, AssignmentKind.SECONDARY)


def client_with_bonds(viewer: Viewer, pk: UUID) -> tuple[Person | None, Bonds | None]:
    """The client *pk* and what binds the viewer to them; both None when there is no such client.

    Two queries. One more for a viewer who has broken a glass that is still open, and for a supervisor whose team the
    client is not assigned to. The same for a client who is not there: how long it takes tells nothing.
    """
    client = _CLIENT.first(pk=pk)
    assignments = current(pk, viewer.today)
    bonds = _bonds(viewer, pk, assignments)
    if client is None:
        return None, None
    client.gate_bonds = bonds  # type: ignore[attr-defined]  # kept on the row for this request
    client.gate_assignments = assignments  # type: ignore[attr-defined]  # kept on the row for this request
    return client, bonds


def bonds_with(viewer: Viewer, client: Person) -> Bonds | None:
    """What binds the viewer to *client*: without a query when the gate has just let this viewer through to it."""
    known: Bonds | None = getattr(client, "gate_bonds", None)
    if known and known.staff == viewer.staff.pk:
        return known
    return client_with_bonds(viewer, client.pk)[1]


def assignments_with(viewer: Viewer, client: Person) -> Sequence[Assignment]:
    """The assignments of *client* today: without a query when the gate has just let this viewer through to it."""
    known: Sequence[Assignment] | None = getattr(client, "gate_assignments", None)
    return current(client.pk, viewer.today) if known is None else known


def binding(viewer: Viewer, role: Role, to: Relation, assignments: Sequence[Assignment]) -> list[Assignment]:
    """Those of *assignments* through which *to* under *role* holds. At most one query, however many there are."""
    if to == Relation.SUPERVISOR_OF:
        return _supervised(viewer, serving(assignments))
    if to == Relation.AFTERCARE_OF:
        return _supervised(viewer, found) if (found := after(assignments)) else []
    return [one for one in assignments if _assigned(viewer, role, to, [one])]


def _bonds(viewer: Viewer, client: UUID, assignments: Sequence[Assignment]) -> Bonds:
    glass = _open_glass(viewer, client)

    def holds(role: Role, to: Relation) -> bool:
        if to == Relation.GLASS:
            return glass is not None
        return relations.whole_agency(viewer, role, to) or _assigned(viewer, role, to, assignments)

    held = frozenset(bond for bond in bonds_of(viewer.roles) if holds(*bond))
    return Bonds(viewer.staff.pk, held, client in viewer.blocked, glass)


def _open_glass(viewer: Viewer, client: UUID) -> UUID | None:
    if not viewer.has_broken_glass:
        return None
    glasses = relations.glasses(viewer).filter(client=client).order_by("-ends_at")
    return glasses.values_list("pk", flat=True).first()


def _assigned(viewer: Viewer, role: Role, to: Relation, assignments: Sequence[Assignment]) -> bool:
    """Does *to* hold through one of *assignments* (those of today)? The same relations as relations.assigned."""
    match to:
        case Relation.CASELOAD:
            return any(one.staff_id == viewer.staff.pk and one.kind in OWN for one in assignments)
        case Relation.COVER:
            return any(one.staff_id == viewer.staff.pk and one.kind == AssignmentKind.COVER for one in assignments)
        case Relation.TEAM:
            return any(one.team_id in viewer.teams for one in assignments)
        case Relation.SITE:
            return role in viewer.sites and any(
                one.team is not None and one.team.site_id == viewer.sites[role] for one in assignments
            )
        case Relation.SUPERVISOR_OF:
            in_team = any(one.team_id in viewer.supervised for one in assignments)
            return in_team or bool(_supervised(viewer, serving(assignments)))
        case Relation.AFTERCARE:
            return any(one.staff_id == viewer.staff.pk for one in after(assignments))
        case Relation.AFTERCARE_OF:
            found = after(assignments)
            return bool(found and _supervised(viewer, found))
    return False


def after(assignments: Sequence[Assignment]) -> list[Assignment]:
    """Those of aftercare."""
    return [one for one in assignments if one.kind == AssignmentKind.AFTERCARE]


def serving(assignments: Sequence[Assignment]) -> list[Assignment]:
    """The others."""
    return [one for one in assignments if one.kind != AssignmentKind.AFTERCARE]


def _supervised(viewer: Viewer, assignments: Sequence[Assignment]) -> list[Assignment]:
    """Those whose team is supervised, or a team in which the assigned worker is."""
    if not viewer.supervised:
        return []
    if assignments and all(one.team_id in viewer.supervised for one in assignments):
        return list(assignments)
    members = set(relations.members(viewer).values_list("staff_id", flat=True))
    return [one for one in assignments if one.team_id in viewer.supervised or one.staff_id in members]
