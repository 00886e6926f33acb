"""Which packages and releases a viewer reaches, and with whose eyes a package is put together."""

from uuid import UUID

from django.http import Http404

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.packages.content import Eyes
from goldthread.casework.packages.models import Package, Release
from goldthread.casework.packages.queries import package_of
from goldthread.doors.web.documents.reach import OF_VERSION, reached
from goldthread.doors.web.entry import StaffRequest, page_of
from goldthread.people.persons.models import Person


def package_named(request: StaffRequest, client: Person, row: UUID, act: Act) -> Package:
    """The package in the address, when every label in it is cleared. Otherwise not found, and recorded."""
    found = package_of(client, row)
    if found is None or not gate.sight(request.viewer, client, act).sees_episode(None, found.labels):
        gate.refuse(request.viewer, act, client.pk, why="label", page=page_of(request))
        raise Http404
    return found


def release_named(request: StaffRequest, client: Person, row: UUID) -> Release:
    """The release in the address."""
    found = Release.objects.filter(person=client, pk=row).select_related("document", "person").first()
    sight = gate.sight(request.viewer, client, Act.SEND_PACKAGE)
    if found is None or not sight.sees_episode(None, found.labels):
        gate.refuse(request.viewer, Act.SEND_PACKAGE, client.pk, why="label", page=page_of(request))
        raise Http404
    return found


def eyes_of(viewer: Viewer, client: Person) -> Eyes:
    """What of *client* the viewer may read, room by room: nobody sends what they may not see."""
    return Eyes(
        content=gate.content(viewer, client),
        facts=gate.content(viewer, client, Act.READ_FACT, episode="episode_id"),
        episodes=gate.content(viewer, client, Act.READ_EPISODE, episode="pk"),
        papers=reached(viewer, client, prefix=OF_VERSION),
        cleared=gate.cleared_labels(viewer, client),
    )
