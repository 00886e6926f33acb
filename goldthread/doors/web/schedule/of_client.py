"""A client's appointments: what comes, and what was."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.schedule.queries import of_client as appointments_of
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.doors.web.schedule.lines import line_of
from goldthread.people.persons.models import Person

SHOWN = 50


@require_GET
@client_page(Act.READ_RECORD)
def of_client(request: StaffRequest, client: Person) -> HttpResponse:
    """The tab *Calendar*: everything that is not over, soonest first; then what was, newest first."""
    viewer = request.viewer
    rows = appointments_of(client, gate.content(viewer, client))
    ahead = rows.filter(ends_at__gt=viewer.at).order_by("starts_at", "pk")[: SHOWN + 1]
    behind = rows.filter(ends_at__lte=viewer.at).order_by("-starts_at", "-pk")[: SHOWN + 1]
    upcoming, past = ([line_of(row, viewer.at) for row in some] for some in (ahead, behind))
    context = {
        "client": client,
        "header": header_of(viewer, client, "calendar"),
        "tab_title": _("calendar"),
        "upcoming": upcoming[:SHOWN],
        "past": past[:SHOWN],
        "more": len(upcoming) > SHOWN or len(past) > SHOWN,
        "may_write": gate.may_on(viewer, Act.WRITE_SCHEDULE, client),
    }
    return render(request, "schedule/of_client.html", context)
