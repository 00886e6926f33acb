"""One view for the search page and for the palette that `/` opens."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.outside import Outside
from goldthread.casework.caseload.queries import CLIENTS
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.doors.web.shell.places import places_for
from goldthread.people.persons.queries import Found, find_persons

LIMIT = 25
LONGEST = 100


@require_GET
@staff_page()
def search(request: StaffRequest) -> HttpResponse:
    """People whose record the viewer may find, and pages. One audit event a settled search, without what was typed."""
    viewer = request.viewer
    text = request.GET.get("q", "").strip()[:LONGEST]
    found: list[Found] = []
    outside: Outside | None = None
    if text and gate.may(viewer, Act.FIND):
        scope = gate.scope(viewer, Act.FIND)
        found = find_persons(text=text, scope=scope, today=viewer.today, own=CLIENTS, limit=LIMIT)
        outside = gate.outside_answer(viewer, text, found)
        gate.saw(viewer, [hit.person for hit in found], "search")
    pages = [place for place in places_for(viewer) if text and text.casefold() in place.label.casefold()]
    # on a page of its own: here each search would pay for it
    brought = bool(text) and gate.may_in_daily_work(viewer, Act.READ_RECORD)
    form = "search-form" if request.htmx.target == "search-answers" else "page-form"
    context = {"text": text, "found": found, "outside": outside, "pages": pages, "brought": brought, "form": form}
    template = "search/answers.html" if request.htmx else "search/page.html"
    return render(request, template, context)
