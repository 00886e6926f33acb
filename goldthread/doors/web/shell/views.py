"""Home: where this person's work starts."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.doors.web.entry import StaffRequest, staff_page


@require_GET
@staff_page()
def home(request: StaffRequest) -> HttpResponse:
    """Their day; the clients for who has no tasks, the settings for who has neither."""
    if gate.may(request.viewer, Act.WRITE_TASK):
        return redirect("day:my_day")
    if gate.may(request.viewer, Act.FIND):
        return redirect("clients:list")
    return redirect("settings:overview")
