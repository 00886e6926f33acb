"""The instruments of the agency."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from goldthread.access.acts import Act
from goldthread.casework.assessments.queries.instruments import instruments
from goldthread.doors.web.entry import StaffRequest, staff_page


@require_GET
@staff_page(Act.MANAGE_INSTRUMENTS)
def listing(request: StaffRequest) -> HttpResponse:
    """What is asked, what waits to be put in use, what is no longer asked."""
    return render(request, "instruments/list.html", {"rows": instruments()})
