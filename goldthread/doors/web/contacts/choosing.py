"""*Log a contact*: from anywhere to the note of the right client. One's own clients stand there; others are a word away."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.caseload.queries import CLIENTS, clients_of
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.people.persons.models import Person
from goldthread.people.persons.queries import find_persons

LIMIT = 100
LONGEST = 100


@require_GET
@staff_page(Act.WRITE_CONTACT)
def choose(request: StaffRequest) -> HttpResponse:
    """Whom was the contact with? Without ``q`` one's own clients by name, with it whoever one may write about. Six queries at most."""
    viewer = request.viewer
    text = request.GET.get("q", "").strip()[:LONGEST]
    own = clients_of(viewer.staff, viewer.today)
    rows = _found(request, text) if text else _own(request, own)
    gate.saw(viewer, [person for person, _line in rows], "contacts:choose")
    context = {"text": text, "rows": rows, "any": bool(own), "full": len(rows) == LIMIT}
    return render(request, "contacts/choose_rows.html" if request.htmx else "contacts/choose.html", context)


def _own(request: StaffRequest, own: set[UUID]) -> list[tuple[Person, str]]:
    persons = gate.clients(request.viewer, Act.WRITE_CONTACT).filter(pk__in=own).order_by("sort_key", "pk")
    return [(person, f"#{person.client_number}" if person.client_number else "") for person in persons[:LIMIT]]


def _found(request: StaffRequest, text: str) -> list[tuple[Person, str]]:
    viewer = request.viewer
    scope = gate.scope(viewer, Act.WRITE_CONTACT)
    found = find_persons(text=text, scope=scope, today=viewer.today, own=CLIENTS, limit=25)
    return [(hit.person, hit.line) for hit in found]
