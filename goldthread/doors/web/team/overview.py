"""A row a worker."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.doors.web.team.figures import rows_of
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import RoleAssignment, Staff
from goldthread.foundation.workforce.queries import on, working_on

MOST = 60
"""Workers on one page; a site with more is looked at team by team."""


@require_GET
@staff_page(Act.OVERSEE)
def overview(request: StaffRequest) -> HttpResponse:
    """The workers whom the viewer oversees, by name."""
    workers = overseen(request.viewer, request.GET.get("after", ""))
    rows = rows_of(request.viewer, workers[:MOST])
    context = {
        "rows": rows,
        "may_cosign": gate.may(request.viewer, Act.COSIGN_CONTACT),
        "next": workers[MOST - 1].name if len(workers) > MOST else "",
        "totals": {
            name: sum(getattr(row, name) for row in rows) for name in ("clients", "late", "missed", "unseen", "cosign")
        },
    }
    return render(request, "team/overview.html", context)


def overseen(viewer: Viewer, after: str = "") -> list[Staff]:
    """The case managers at work today whom *viewer* oversees, and one more than a page."""
    today = viewer.today
    managers = RoleAssignment.objects.filter(on(today), role=Role.CASE_MANAGER).values("staff")
    found = gate.workers(viewer, Act.OVERSEE).filter(working_on(today), pk__in=managers)
    if after:
        found = found.filter(name__gt=after)
    return list(found.distinct().order_by("name", "pk")[: MOST + 1])
