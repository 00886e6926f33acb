"""Somebody around a client who is no client: their names, phones and addresses, on the client's own pages."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.queries import open_person
from goldthread.doors.web.clients.around import namable
from goldthread.doors.web.clients.catalogue import SECTIONS
from goldthread.doors.web.clients.editing import form_page, section_page, show_section
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.clients.sections import Place, Section, row_of, seen_here
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.people.persons.models import Person

OF_A_RELATIVE = ("names", "reach", "addresses")


@require_GET
@client_page(Act.EDIT)
def relative(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """What is kept about somebody around the client."""
    place = _place(request, client, row)
    header = header_of(request.viewer, client, "circle")
    sections = [show_section(request, place, SECTIONS[key], header.cleared) for key in OF_A_RELATIVE]
    context = {
        "header": header,
        "tab_title": place.person.display_name,
        "relation": place.relation,
        "sections": sections,
    }
    return render(request, "clients/relative.html", context)


@require_GET
@client_page(Act.EDIT)
def relative_section(request: StaffRequest, client: Person, row: UUID, section: str) -> HttpResponse:
    """One section as it reads."""
    return section_page(request, _place(request, client, row), _section(section))


@require_http_methods(["GET", "POST"])
@client_page(Act.EDIT)
def relative_add(request: StaffRequest, client: Person, row: UUID, section: str) -> HttpResponse:
    """The form of a new name, phone or address."""
    known = _section(section)
    place = _place(request, client, row)
    return form_page(request, place, known, row=None, save=known.add, title=str(known.add_title))


@require_http_methods(["GET", "POST"])
@client_page(Act.EDIT)
def relative_edit(request: StaffRequest, client: Person, row: UUID, section: str, item: UUID) -> HttpResponse:
    """The form of one that is there."""
    known = _section(section)
    place = _place(request, client, row)
    it = row_of(request, place, known, item)
    return form_page(request, place, known, row=it, save=known.edit, title=str(known.edit_title))


def _section(key: str) -> Section:
    if key not in OF_A_RELATIVE:
        raise Http404
    return SECTIONS[key]


def _place(request: StaffRequest, client: Person, row: UUID) -> Place:
    """The tie named in the address, when it may be seen and leads to somebody who is no client. The gate records the read."""
    tie = client.relationships.filter(pk=row).select_related("other").first()
    if tie is None or not seen_here(tie, gate.cleared_labels(request.viewer, client)):
        raise Http404
    if not namable(request.viewer, [tie]):
        raise Http404
    tie.other = open_person(request.viewer, tie.other_id).person
    return Place(client, tie)
