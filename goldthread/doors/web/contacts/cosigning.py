"""The notes that wait for the co-signature of whoever is signed in."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
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
        "contacts": [(one, title_of(one)) for one in shown],
        "many": many,
        "workers": workers,
        "chosen": chosen,
    }
    return render(request, "contacts/to_cosign.html", context)


def waiting_for(viewer: Viewer) -> QuerySet[Contact]:
    """The notes that wait for *viewer*'s co-signature, the oldest first; never one's own."""
    return waiting(gate.content_in(viewer, Act.COSIGN_CONTACT, client="person")).exclude(staff=viewer.staff)
