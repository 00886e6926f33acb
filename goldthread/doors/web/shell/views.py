"""Home: where this person's work starts."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.foundation.workforce.enums import Role


@require_GET
@staff_page()
def home(request: StaffRequest) -> HttpResponse:
    """Their day; the team for who supervises and carries no clients; what is to be answered for intake; the clients for who has no
    tasks, else the settings."""
    viewer = request.viewer
    if viewer.supervised and Role.CASE_MANAGER not in viewer.roles and gate.may(viewer, Act.OVERSEE):
        return redirect("team:overview")
    if gate.may(viewer, Act.WRITE_TASK):
        return redirect("day:my_day")
    if Role.INTAKE in viewer.roles:
        return redirect("intake:today")
    if gate.may(viewer, Act.FIND):
        return redirect("clients:list")
    return redirect("settings:overview")
