"""Which packages and releases a viewer reaches, and with whose eyes a package is put together."""

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.content import Sight
from goldthread.access.viewer import Viewer
from goldthread.casework.episodes.models import Episode
from goldthread.casework.packages.content import Eyes
from goldthread.casework.packages.enums import PackageState
from goldthread.casework.packages.models import Package, Release
from goldthread.casework.packages.queries import package_of
from goldthread.doors.web.documents.reach import OF_VERSION, reached
from goldthread.doors.web.entry import StaffRequest, page_of
from goldthread.people.persons.models import Person


def package_named(request: StaffRequest, client: Person, row: UUID, act: Act) -> Package:
    """The package in the address, when everything in it may be seen. Otherwise not found, and recorded."""
    found = package_of(client, row)
    if found is None or not seen_packages(request.viewer, client, [found], act):
        gate.refuse(request.viewer, act, client.pk, why="label", page=page_of(request))
        raise Http404
    return found


def release_named(request: StaffRequest, client: Person, row: UUID) -> Release:
    """The release in the address."""
    found = Release.objects.filter(person=client, pk=row).select_related("document", "person").first()
    if found is None or not sees_release(gate.sight(request.viewer, client, Act.SEND_PACKAGE), found):
        gate.refuse(request.viewer, Act.SEND_PACKAGE, client.pk, why="label", page=page_of(request))
        raise Http404
    return found


def sees_release(sight: Sight, release: Release) -> bool:
    """Is what was read from a release seen? As its paper is, in the program of that."""
    return sight.sees_episode(release.document.episode_id, release.labels)


def seen_packages(viewer: Viewer, client: Person, rows: Sequence[Package], act: Act = Act.READ_RECORD) -> list[Package]:
    """Those of *rows* in which everything may be seen. What is frozen stands apart from the programs that it comes of: each of the
    client's programs with one of its labels must be cleared by itself (42 CFR 2.12(c)(3)). Who froze it has read it. One query, or none.
    """
    sight = gate.sight(viewer, client, act)
    found = [row for row in rows if sight.sees_episode(None, row.labels) and sees_release(sight, row.release)]
    if not any(row.labels for row in found):
        return found
    served = Episode.objects.filter(members__person=client, labels__gt=0).distinct()
    closed = [labels for pk, labels in served.values_list("pk", "labels") if not sight.sees_episode(pk, labels)]
    return [
        row
        for row in found
        if row.state == PackageState.DRAFT
        or row.frozen_by == viewer.staff.pk
        or not any(row.labels & labels for labels in closed)
    ]


def eyes_of(viewer: Viewer, client: Person) -> Eyes:
    """What of *client* the viewer may read, room by room: nobody sends what they may not see."""
    return Eyes(
        content=gate.content(viewer, client),
        facts=gate.content(viewer, client, Act.READ_FACT, episode="episode_id"),
        episodes=gate.content(viewer, client, Act.READ_EPISODE, episode="pk"),
        papers=reached(viewer, client, prefix=OF_VERSION),
        cleared=gate.cleared_labels(viewer, client),
    )
