"""What one has begun to write and not signed."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.contacts.actions.following import SOURCE
from goldthread.casework.record.queries import drafts_of
from goldthread.doors.web.contacts.typed import of_draft
from goldthread.doors.web.entry import StaffRequest, staff_page

SHOWN = 100


@require_GET
@staff_page(Act.WRITE_CONTACT)
def mine(request: StaffRequest) -> HttpResponse:
    """One's own drafts of notes, the latest first, of clients one may still write about."""
    viewer = request.viewer
    rows = list(drafts_of(viewer.staff.pk).filter(kind=SOURCE)[:SHOWN])
    reached = set(
        gate.clients(viewer, Act.WRITE_CONTACT)
        .filter(pk__in=[one.person_id for one in rows if one.person_id])
        .values_list("pk", flat=True)
    )
    shown = [one for one in rows if one.person_id is None or one.person_id in reached]  # None: a group's
    gate.saw(viewer, [one.person for one in shown if one.person], "contacts:drafts")
    told = [(one, of_draft(one.content).text("narrative")[:160]) for one in shown]
    return render(request, "contacts/drafts.html", {"drafts": told, "others": len(rows) - len(shown)})
