"""What a number of the team's page counts."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.tasks.queries.loads import late_of, missed_of
from goldthread.doors.web.day.lines import line_of
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.doors.web.team.figures import unseen_of
from goldthread.foundation.workforce.models import Staff

SHOWN = 100


@require_GET
@staff_page(Act.OVERSEE)
def behind(request: StaffRequest, pk: UUID, what: str) -> HttpResponse:
    """``overdue``, ``missed`` or ``unseen`` of one worker whom the viewer oversees."""
    viewer = request.viewer
    worker = gate.workers(viewer, Act.OVERSEE).filter(pk=pk).first()
    titles = {
        "overdue": _("Overdue"),
        "missed": _("Missed, without a reason"),
        "unseen": _("Not reached for 30 days"),
    }
    if worker is None or what not in titles:
        raise Http404
    context: dict[str, Any] = {"worker": worker, "title": titles[what], "what": what}
    return render(request, "team/behind.html", context | _shown(viewer, worker, what))


def _shown(viewer: Viewer, worker: Staff, what: str) -> dict[str, Any]:
    if what == "unseen":
        clients = unseen_of(viewer, worker.pk)
        gate.saw(viewer, clients[:SHOWN], "team")
        return {"clients": clients[:SHOWN], "many": len(clients)}
    may_see = gate.content_in(viewer)
    tasks = late_of(worker.pk, may_see, viewer.today, viewer.at)
    if what == "missed":
        tasks = missed_of(worker.pk, may_see, viewer.today)
    rows = list(tasks[:SHOWN])
    shown = {row.client for row in rows if row.client}
    if shown:
        gate.saw(viewer, shown, "team")
    return {"lines": [line_of(row, viewer.today, worker.pk) for row in rows], "many": tasks.count()}
