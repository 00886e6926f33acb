"""What a number of the team's page counts: of one worker, or of all on the page."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.doors.web.team.lists import KINDS, SHOWN, saw
from goldthread.doors.web.team.people import everybody, overseen
from goldthread.foundation.workforce.models import Staff

OF_ALL = ("caseload", "overdue", "missed", "unseen", "cosign", "passed-up")
"""Sums that the overview shows."""


@require_GET
@staff_page(Act.OVERSEE)
def behind(request: StaffRequest, pk: UUID, what: str) -> HttpResponse:
    """One of KINDS, of one worker whom the viewer oversees."""
    worker = gate.workers(request.viewer, Act.OVERSEE).filter(pk=pk).first()
    if worker is None or what not in KINDS:
        raise Http404
    return _page(request, what, [worker.pk], worker)


@require_GET
@staff_page(Act.OVERSEE)
def behind_all(request: StaffRequest, what: str) -> HttpResponse:
    """One of OF_ALL, of everybody on the overview (of one ``team`` where it is narrowed so)."""
    if what not in OF_ALL:
        raise Http404
    found = overseen(request.viewer, request.GET.get("team", ""))
    ids = found.ids if found.whole or what == "passed-up" else everybody(request.viewer, found.team)
    return _page(request, what, ids, None)


def _page(request: StaffRequest, what: str, workers: list[UUID], worker: Staff | None) -> HttpResponse:
    viewer = request.viewer
    kind, start = KINDS[what], _start(request.GET.get("start", ""))
    found = kind.find(viewer, workers, start)
    saw(viewer, found)
    context = {
        "worker": worker,
        "what": what,
        "kind": kind,
        "found": found,
        "start": start,
        "team": request.GET.get("team", ""),
        "later": start + SHOWN if found.many > start + SHOWN else 0,
        "earlier": max(0, start - SHOWN),
        "may_share": gate.may(viewer, Act.HAND_OVER),
        "may_write": gate.may(viewer, Act.WRITE_TASK),
        "may_cosign": gate.may(viewer, Act.COSIGN_CONTACT),
    }
    return render(request, "team/behind.html", context)


def _start(text: str) -> int:
    """At which row the page begins; nonsense is the first."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
