"""What binds a viewer to one client, found together with the client in one query."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery

from goldthread.access import relations
from goldthread.access.rules import Bonds, Relation, bonds_of
from goldthread.access.viewer import Viewer
from goldthread.foundation.workforce.enums import Role
from goldthread.people.persons.models import Person


def client_with_bonds(viewer: Viewer, pk: UUID) -> tuple[Person | None, Bonds | None]:
    """The client *pk* and what binds the viewer to them; both None when there is no such client."""
    client = (
        Person.objects.filter(pk=pk, client_number__isnull=False)
        .select_related("photo")
        .annotate(**_columns(viewer))
        .first()
    )
    if client is None:
        return None, None
    bonds = _read(viewer, client)
    client.gate_bonds = bonds  # type: ignore[attr-defined]
    return client, bonds


def bonds_with(viewer: Viewer, client: Person) -> Bonds | None:
    """What binds the viewer to *client*: without a query when the gate has just let this viewer through to it."""
    known: Bonds | None = getattr(client, "gate_bonds", None)
    if known and known.staff == viewer.staff.pk:
        return known
    return client_with_bonds(viewer, client.pk)[1]


def _columns(viewer: Viewer) -> dict[str, Exists | Subquery]:
    """One column for each relation that some rule of the viewer's roles asks about."""
    columns: dict[str, Exists | Subquery] = {
        "gate_blocked": Exists(relations.blocks(viewer).filter(person=OuterRef("pk")))
    }
    for role, to in bonds_of(viewer.roles):
        condition = relations.assigned(viewer, role, to)
        if condition is not None:
            here = relations.assignments(viewer, condition).filter(client=OuterRef("pk"))
            columns[_name(role, to)] = Exists(here)
        if to == Relation.GLASS:
            glass = relations.glasses(viewer).filter(client=OuterRef("pk")).order_by("-ends_at")
            columns["gate_glass"] = Subquery(glass.values("pk")[:1])
    return columns


def _read(viewer: Viewer, client: Person) -> Bonds:
    """The columns of _columns, read off the row."""
    glass: UUID | None = getattr(client, "gate_glass", None)

    def holds(role: Role, to: Relation) -> bool:
        if to == Relation.GLASS:
            return glass is not None
        return relations.whole_agency(viewer, role, to) or bool(getattr(client, _name(role, to), False))

    held = frozenset(bond for bond in bonds_of(viewer.roles) if holds(*bond))
    return Bonds(viewer.staff.pk, held, bool(client.gate_blocked), glass)  # type: ignore[attr-defined]


def _name(role: Role, to: Relation) -> str:
    return f"gate_{role.value}_{to.value}"
