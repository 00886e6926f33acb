"""A signed note's own page."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.contacts.queries import contact_of
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.contacts.note import Note
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.people.persons.models import Person


@require_GET
@client_page(Act.READ_RECORD)
def read(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """The note as it was signed, with what was added since."""
    viewer = request.viewer
    contact = contact_of(client, row, gate.content(viewer, client))
    if contact is None:
        raise Http404
    context = {
        "header": header_of(viewer, client, "timeline"),
        "tab_title": _("note"),
        "note": Note.of(viewer, client, contact),
    }
    return render(request, "contacts/read.html", context)
