"""What one has signed oneself, for thirty days: the confirmation and the packet, though the client is somebody else's by now."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.afterwards import open_goodbye, own_goodbyes
from goldthread.casework.discharge.models import WayOut
from goldthread.casework.discharge.queries.ways import AFTERWARDS
from goldthread.casework.episodes.rules import may_undo
from goldthread.doors.web.discharge.coming import planned_after
from goldthread.doors.web.discharge.paper import wanted
from goldthread.doors.web.discharge.printing import html_of
from goldthread.doors.web.discharge.signing import confirmation
from goldthread.doors.web.entry import StaffRequest, page_of, staff_page
from goldthread.foundation.lib.spoken import spoken
from goldthread.foundation.programs.queries import template_on


@require_GET
@staff_page(Act.WRITE_DISCHARGE)
def mine(request: StaffRequest) -> HttpResponse:
    """The list."""
    context = {"ways": own_goodbyes(request.viewer), "days": AFTERWARDS.days, "today": request.viewer.today}
    return render(request, "discharge/mine.html", context)


@require_GET
@staff_page(Act.WRITE_DISCHARGE)
def one(request: StaffRequest, row: UUID) -> HttpResponse:
    """One confirmation."""
    way = open_goodbye(request.viewer, row, page_of(request))
    reaches = gate.clients(request.viewer, Act.READ_RECORD).filter(pk=way.person_id).exists()
    context = confirmation(way, reason_words(way)) | {
        "tab_title": _("discharge"),
        "reaches": reaches,
        "coming": planned_after(request.viewer, way) if reaches else [],
        "may_undo": gate.may(request.viewer, Act.MANAGE_EPISODE)
        and way.ended_at is not None
        and may_undo(way.ended_at, request.viewer.at),
        "until": way.ended_at + AFTERWARDS if way.ended_at else None,
        "today": request.viewer.today,
    }
    return render(request, "discharge/afterwards.html", context)


@require_GET
@staff_page(Act.WRITE_DISCHARGE)
def printed(request: StaffRequest, row: UUID) -> HttpResponse:
    """Its packet, to print."""
    way = open_goodbye(request.viewer, row, page_of(request))
    form, language = wanted(request)
    return HttpResponse(html_of(way, form=form, language=language, back=reverse("discharge:afterwards", args=[row])))


def reason_words(way: WayOut) -> str:
    """Why it ended, in the words of the program."""
    if way.last_day is None:
        return way.reason
    found = template_on(way.episode.program, way.last_day).discharge_reason(way.reason)
    return spoken(found.title) if found else way.reason
