"""The reports that a viewer makes, and those they may read, with their clocks."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.doors.web.reports.finding import READERS, names_reporter, seen_by
from goldthread.doors.web.reports.words import clocks_words
from goldthread.foundation.audit.actions import record_many

PAGE = 100


@require_GET
@staff_page(*READERS)
def listed(request: StaffRequest) -> HttpResponse:
    """Newest first; one's own are marked. Every client named goes on the audit log."""
    viewer = request.viewer
    rows = list(seen_by(viewer)[:PAGE])
    named = names_reporter(viewer, rows)
    lines = [
        {
            "report": row,
            "clocks": [] if row.closed_at else clocks_words(row, viewer.at)[:2],
            "own": row.reporter_id == viewer.staff.pk,
            "reporter": row.reporter.name if row.pk in named else "",
        }
        for row in rows
    ]
    if rows:
        clients = {row.client_id for row in rows}
        record_many(by=viewer.actor, action="reports.listed", kind="person", clients=clients, details={})
    context = {"lines": lines, "may_read": gate.may(viewer, Act.READ_REPORT)}
    return render(request, "reports/list.html", context)
