"""One client's pages: Brief, Details, Circle, History; and their editing in place, section by section."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.tasks.queries.lists import soon_of_client
from goldthread.doors.web.clients import brief as briefs
from goldthread.doors.web.clients.around import namable, saw_around
from goldthread.doors.web.clients.catalogue import SECTIONS
from goldthread.doors.web.clients.changes import in_words
from goldthread.doors.web.clients.editing import form_page, section_page, show_section
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.clients.sections import Place, Section, row_of
from goldthread.doors.web.clients.undoing import undo
from goldthread.doors.web.day.lines import line_of as due_line
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.foundation.audit import actions as audit
from goldthread.foundation.files.actions import read
from goldthread.people.persons import queries as persons
from goldthread.people.persons.identifiers import opened
from goldthread.people.persons.models import Person
from goldthread.people.persons.queries import visible

SHOWN = 50
"""Changes on one page of the history."""


@require_GET
@client_page(Act.READ)
def brief(request: StaffRequest, client: Person) -> HttpResponse:
    """One page for a phone before a door."""
    viewer = request.viewer
    circle = persons.circle_of(client, gate.cleared_labels(viewer, client), viewer.today, phones=False)
    header = header_of(viewer, client, "brief", [row.other for row in circle])
    shown = briefs.brief_of(header, circle, viewer.today, viewer.at - briefs.RECENT)
    shown.circle, shown.household = namable(viewer, shown.circle), namable(viewer, shown.household)
    saw_around(viewer, client, [*shown.circle, *shown.household], "clients:brief")
    if gate.may_on(viewer, Act.READ_RECORD, client):
        shown.last = briefs.last_contact(viewer, client)
        shown.goals = briefs.goals_of(viewer, client)
        soon = soon_of_client(client.pk, viewer.today, gate.sight(viewer, client).sees)
        shown.due = [due_line(row, viewer.today, viewer.staff.pk) for row in soon[: briefs.SHOWN_DUE]]
    context = {
        "header": header,
        "tab_title": _("brief"),
        "primary": "details",
        "unfolded": True,
        "brief": shown,
        "unsafe": briefs.unsafe_ways(header.contact_points),
    }
    return render(request, "clients/brief.html", context)


@require_GET
@client_page(Act.READ)
def details(request: StaffRequest, client: Person) -> HttpResponse:
    """Everything on record about the person, in sections that are edited in place."""
    return _sections_page(request, client, "details", _("details"))


@require_GET
@client_page(Act.READ)
def circle(request: StaffRequest, client: Person) -> HttpResponse:
    """Family, household, supports; and who works with the person."""
    return _sections_page(request, client, "circle", _("circle"))


def _sections_page(request: StaffRequest, client: Person, tab: str, title: str) -> HttpResponse:
    header = header_of(request.viewer, client, tab)
    place = Place(client)
    sections = [
        show_section(request, place, section, header.cleared) for section in SECTIONS.values() if section.tab == tab
    ]
    context = {"header": header, "tab_title": title, "sections": [shown for shown in sections if shown]}
    return render(request, f"clients/{tab}.html", context)


@require_GET
@client_page(Act.READ)
def history(request: StaffRequest, client: Person) -> HttpResponse:
    """Every field that changed: who, when, from, to."""
    header = header_of(request.viewer, client, "history")
    before = request.GET.get("before", "")
    rows = persons.history(
        client, int(before) if before.isdecimal() and len(before) < 19 else None, header.cleared, limit=SHOWN + 1
    )
    context = {
        "header": header,
        "tab_title": _("history"),
        "changes": [in_words(row) for row in rows[:SHOWN]],
        "next_id": rows[SHOWN - 1].pk if len(rows) > SHOWN else None,
    }
    return render(request, "clients/history.html", context)


@require_GET
@client_page(Act.READ)
def photo(request: StaffRequest, client: Person) -> HttpResponse:
    """The person's photo, decrypted for this one answer."""
    if client.photo is None:
        raise Http404
    return HttpResponse(read(client.photo), content_type=client.photo.media_type)


@require_POST
@client_page(Act.REVEAL_IDENTIFIER)
def reveal(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """One number whole, once, on request. That it was shown is recorded."""
    numbers = client.identifiers.filter(visible(gate.cleared_labels(request.viewer, client)))
    identifier = numbers.filter(pk=row).first()
    if identifier is None:
        raise Http404
    audit.record(
        by=request.viewer.actor,
        action="identifier.revealed",
        kind="identifier",
        object_id=identifier.pk,
        client=client.pk,
        details={"kind": identifier.kind},
    )
    context = {"row": identifier, "number": opened(identifier), "client": client}
    if request.htmx or not gate.may_on(
        request.viewer, Act.READ, client
    ):  # the number alone, without the record around it
        return render(request, "clients/revealed_row.html", context)
    context |= {"header": header_of(request.viewer, client, "details"), "tab_title": _("number")}
    return render(request, "clients/revealed.html", context)


@require_GET
@client_page(Act.READ)
def section_read(request: StaffRequest, client: Person, section: str) -> HttpResponse:
    """One section as it reads: what *Cancel* puts back."""
    known = _section(section)
    return section_page(request, Place(client), known)


@require_http_methods(["GET", "POST"])
@client_page(Act.READ)
def section_edit(request: StaffRequest, client: Person, section: str) -> HttpResponse:
    """The form of the person's own fields in one section."""
    known = _section(section)
    if known.rows is not None:
        raise Http404
    return form_page(request, Place(client), known, row=None, save=known.edit, title=str(known.title))


@require_http_methods(["GET", "POST"])
@client_page(Act.READ)
def row_add(request: StaffRequest, client: Person, section: str) -> HttpResponse:
    """The form of a new row."""
    known = _section(section)
    if known.add is None:
        raise Http404
    return form_page(request, Place(client), known, row=None, save=known.add, title=str(known.add_title))


@require_http_methods(["GET", "POST"])
@client_page(Act.READ)
def row_edit(request: StaffRequest, client: Person, section: str, row: UUID) -> HttpResponse:
    """The form of a row that is there."""
    known = _section(section)
    if known.rows is None or not known.edit_title:
        raise Http404
    it = row_of(request, Place(client), known, row)
    return form_page(request, Place(client), known, row=it, save=known.edit, title=str(known.edit_title))


@require_http_methods(["GET", "POST"])
@client_page(Act.READ)
def row_end(request: StaffRequest, client: Person, section: str, row: UUID) -> HttpResponse:
    """The form that ends a row: from when, and why."""
    known = _section(section)
    if known.end is None:
        raise Http404
    it = row_of(request, Place(client), known, row)
    return form_page(request, Place(client), known, row=it, save=known.end, title=str(known.end_title), ending=True)


@require_POST
@client_page(Act.READ)
def row_undo(request: StaffRequest, client: Person, section: str, row: UUID, version: int) -> HttpResponse:
    """Take back the ending of a row, as long as it was not changed since it became *version*."""
    known = _section(section)
    if known.reopen is None:
        raise Http404
    return undo(request, Place(client), known, row_of(request, Place(client), known, row, ended=True), version)


def _section(key: str) -> Section:
    if key not in SECTIONS:
        raise Http404
    return SECTIONS[key]
