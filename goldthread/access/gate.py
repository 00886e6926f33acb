"""The gate: may this viewer do this, and to whom. Views, exports and jobs ask here; actions assume it was asked."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.people.persons.models import Person


def may(viewer: Viewer, act: Act) -> bool:
    """Does some role of the viewer grant *act* on somebody or something? For menus, and for pages about no one client."""
    raise NotImplementedError


def clients(viewer: Viewer, act: Act) -> QuerySet[Person]:
    """The clients on whom the viewer may do *act*: role, relationship, labels and blocks applied in one query."""
    raise NotImplementedError


def open_client(viewer: Viewer, act: Act, pk: UUID) -> Person:
    """The client, when the viewer may do *act* to them; the read is recorded. Otherwise Http404, and the refusal is recorded."""
    raise NotImplementedError


def cleared_labels(viewer: Viewer, client: Person) -> int:
    """The labels whose rows (addresses, alerts …) this viewer may see on this client, as bits."""
    raise NotImplementedError


def refuse(viewer: Viewer, act: Act, pk: UUID | None = None) -> None:
    """Record a refusal, in its own transaction."""
    raise NotImplementedError


_ = Http404
