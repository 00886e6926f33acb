"""People around a client, where they are shown: who may not be named is left out, and every client named is on the audit log."""

from collections.abc import Iterable, Sequence
from typing import TypeVar
from uuid import UUID

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.caseload.models import Assignment
from goldthread.people.persons.models import HouseholdMember, Person, Relationship

Row = TypeVar("Row")


def somebody_of(row: object) -> Person | None:
    """The person whom *row* ties to the client; None for a row that names nobody else."""
    if isinstance(row, Relationship):
        return row.other
    return row.person if isinstance(row, HouseholdMember) else None


def namable(viewer: Viewer, rows: Sequence[Row]) -> list[Row]:
    """*rows* without those that name somebody blocked for the viewer, or a labelled client out of their reach.

    A household is called by its head: its name goes where the head is not among those shown.
    """
    hidden = gate.unnamable(viewer, [person for row in rows if (person := somebody_of(row))])
    shown = [row for row in rows if not ((person := somebody_of(row)) and person.pk in hidden)]
    _without_names_of_hidden_heads(shown)
    return shown


def known_here(viewer: Viewer, client: Person, rows: Sequence[Row]) -> list[Row]:
    """*rows* without the workers of programs that the viewer may not know the client is in."""
    seen = gate.sight(viewer, client, Act.READ_EPISODE)
    return [row for row in rows if not isinstance(row, Assignment) or seen.sees(row)]


def saw_around(viewer: Viewer, client: Person, rows: Iterable[object], page: str) -> None:
    """Record that the viewer was shown the clients among those around *client*."""
    others = {person.pk: person for row in rows if (person := somebody_of(row)) and person.pk != client.pk}
    clients = [person for person in others.values() if person.client_number is not None]
    if clients:
        gate.saw(viewer, clients, page)


def _without_names_of_hidden_heads(rows: Sequence[object]) -> None:
    places = [row for row in rows if isinstance(row, HouseholdMember)]
    headed: set[UUID] = {place.household_id for place in places if place.is_head}
    for place in places:
        if place.household_id not in headed:
            place.household.name = ""
