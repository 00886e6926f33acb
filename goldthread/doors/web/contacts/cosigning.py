"""The notes that wait for the co-signature of whoever is signed in."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.contacts.models import Contact
from goldthread.casework.contacts.queries import waiting
from goldthread.doors.web.contacts.note import title_of
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.foundation.workforce.models import Staff

SHOWN = 100


@require_GET
@staff_page(Act.COSIGN_CONTACT)
def to_cosign(request: StaffRequest) -> HttpResponse:
    """The oldest first. ``worker`` narrows to one worker's."""
    viewer = request.viewer
    rows = waiting_for(viewer)
    workers = list(Staff.objects.filter(pk__in=rows.order_by().values("staff")).order_by("name", "pk"))
    chosen = next((one for one in workers if str(one.pk) == request.GET.get("worker", "")), None)
    if chosen:
        rows = rows.filter(staff=chosen)
    many = rows.count()
    shown: list[Contact] = list(rows[:SHOWN])
    gate.saw(viewer, {one.person for one in shown}, "contacts:to_cosign")
    context = {
        "lines": lines_of(shown),
        "many": many,
        "workers": workers,
        "chosen": chosen,
    }
    return render(request, "contacts/to_cosign.html", context)


@dataclass(slots=True)
class Line:
    """One line of the queue: a note, or all the notes of one group that wait."""

    title: str
    contacts: list[Contact]

    @property
    def first(self) -> Contact:
        """The note for which the line stands."""
        return self.contacts[0]

    @property
    def names(self) -> str:
        """Whose notes they are."""
        return ", ".join(one.person.display_name for one in self.contacts)

    @property
    def page(self) -> str:
        """Where they are read."""
        if len(self.contacts) > 1:
            return reverse("contacts:cosign_group", args=[self.first.group])
        return reverse("contacts:read", args=[self.first.person_id, self.first.pk])


def lines_of(contacts: Iterable[Contact]) -> list[Line]:
    """*contacts* as lines, in their order; those of one group are one line, where the first of them stands."""
    lines: dict[UUID, Line] = {}
    for one in contacts:
        line = lines.setdefault(one.group or one.pk, Line(title_of(one), []))
        line.contacts.append(one)
    return list(lines.values())


def waiting_for(viewer: Viewer) -> QuerySet[Contact]:
    """The notes that wait for *viewer*'s co-signature, the oldest first; never one's own."""
    return waiting(gate.content_in(viewer, Act.COSIGN_CONTACT, client="person")).exclude(staff=viewer.staff)
