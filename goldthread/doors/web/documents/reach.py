"""Which documents a viewer reaches, and who is to renew one."""

from uuid import UUID

from django.db.models import Q
from django.http import Http404

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.caseload.queries import current
from goldthread.casework.documents.enums import INTAKE_KINDS, DocumentKind
from goldthread.casework.documents.models import Document, DocumentVersion
from goldthread.casework.documents.queries import document_seen, version_seen
from goldthread.casework.episodes.models import Episode
from goldthread.doors.web.entry import StaffRequest, page_of
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person

OF_VERSION = "document__"


def reached(viewer: Viewer, client: Person, act: Act = Act.READ_DOCUMENT, prefix: str = "") -> Q:
    """The documents of *client* on which *viewer* may do *act*; ``prefix=OF_VERSION``: their versions.

    Who may not read the record (intake) reaches papers of identity, coverage and income alone, and those of no program.
    """
    seen = gate.content(viewer, client, act, episode=f"{prefix}episode", labels=f"{prefix}labels")
    if gate.may_on(viewer, Act.READ_RECORD, client):
        return seen
    return seen & Q(**{f"{prefix}kind__in": list(INTAKE_KINDS), f"{prefix}episode__isnull": True})


def kinds_for(viewer: Viewer, client: Person) -> list[tuple[str, str]]:
    """The kinds that *viewer* may bring, with their names."""
    if gate.may_on(viewer, Act.READ_RECORD, client):
        return [(kind.value, str(kind.label)) for kind in DocumentKind]
    return [(kind.value, str(kind.label)) for kind in DocumentKind if kind in INTAKE_KINDS]


def document_named(request: StaffRequest, client: Person, row: UUID, act: Act) -> Document:
    """The document in the address. Out of reach looks like not found, and is recorded."""
    found = document_seen(client, reached(request.viewer, client, act), row)
    if found is None:
        gate.refuse(request.viewer, act, client.pk, why="label", page=page_of(request))
        raise Http404
    return found


def version_named(request: StaffRequest, client: Person, row: UUID) -> DocumentVersion:
    """The version in the address; of a document's own address, the one that holds. Out of reach looks like not found."""
    seen = reached(request.viewer, client, prefix=OF_VERSION)
    found = version_seen(client, seen & Q(document=row, current=True)) or version_seen(client, seen & Q(pk=row))
    if found is None:
        gate.refuse(request.viewer, Act.READ_DOCUMENT, client.pk, why="label", page=page_of(request))
        raise Http404
    return found


def renewer(client: Person, episode: Episode | None, viewer: Viewer) -> Staff | None:
    """Who works with *client* in that program; in no program, their first worker. None: nobody does."""
    workers = current(client, viewer.today)
    own = [one for one in workers if episode is None or one.episode_id == episode.pk]
    return own[0].staff if own else None
