"""One client's pages: Brief, Details, Circle, History; and their editing in place, section by section."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.doors.web.clients import brief as briefs
from goldthread.doors.web.clients.catalogue import SECTIONS
from goldthread.doors.web.clients.changes import in_words
from goldthread.doors.web.clients.forms.base import RecordForm
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.clients.sections import Section, row_of, rows_shown, show
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.foundation.audit import actions as audit
from goldthread.foundation.files.actions import read
from goldthread.foundation.lib.errors import DomainError, EditConflict
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
    header = header_of(viewer, client, "brief")
    context = {
        "header": header,
        "tab_title": _("brief"),
        "primary": "details",
        "brief": briefs.brief_of(header, viewer.today, viewer.at - briefs.RECENT),
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
    sections = [
        show_section(request, client, section, header.cleared) for section in SECTIONS.values() if section.tab == tab
    ]
    context = {"header": header, "tab_title": title, "sections": [shown for shown in sections if shown]}
    return render(request, f"clients/{tab}.html", context)


def show_section(request: StaffRequest, client: Person, section: Section, cleared: int) -> Any:
    """*section* as the templates read it; None where this viewer has nothing to do with it."""
    viewer = request.viewer
    may_edit = gate.may_on(viewer, section.act, client)
    if section.only_editors and not may_edit:
        return None
    rows = rows_shown(section, client, cleared)
    return show(section, client, rows=rows, may_edit=may_edit, today=viewer.today)


@require_GET
@client_page(Act.READ)
def history(request: StaffRequest, client: Person) -> HttpResponse:
    """Every field that changed: who, when, from, to."""
    header = header_of(request.viewer, client, "history")
    before = request.GET.get("before", "")
    rows = persons.history(client, int(before) if before.isdigit() else None, header.cleared, limit=SHOWN + 1)
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
    if request.htmx:
        return render(request, "clients/revealed_row.html", context)
    context |= {"header": header_of(request.viewer, client, "details"), "tab_title": _("number")}
    return render(request, "clients/revealed.html", context)


@require_GET
@client_page(Act.READ)
def section_read(request: StaffRequest, client: Person, section: str) -> HttpResponse:
    """One section as it reads: what *Cancel* puts back."""
    known = _section(section)
    if not request.htmx:
        return redirect(_home(client, known))
    shown = show_section(request, client, known, gate.cleared_labels(request.viewer, client))
    return render(request, "clients/section.html", {"section": shown})


@require_http_methods(["GET", "POST"])
@client_page(Act.READ)
def section_edit(request: StaffRequest, client: Person, section: str) -> HttpResponse:
    """The form of the person's own fields in one section."""
    known = _section(section)
    if known.rows is not None:
        raise Http404
    return _form_page(request, client, known, row=None, save=known.edit, title=str(known.title))


@require_http_methods(["GET", "POST"])
@client_page(Act.READ)
def row_add(request: StaffRequest, client: Person, section: str) -> HttpResponse:
    """The form of a new row."""
    known = _section(section)
    if known.add is None:
        raise Http404
    return _form_page(request, client, known, row=None, save=known.add, title=str(known.add_title))


@require_http_methods(["GET", "POST"])
@client_page(Act.READ)
def row_edit(request: StaffRequest, client: Person, section: str, row: UUID) -> HttpResponse:
    """The form of a row that is there."""
    known = _section(section)
    if known.rows is None or not known.edit_title:
        raise Http404
    it = row_of(request, client, known, row)
    return _form_page(request, client, known, row=it, save=known.edit, title=str(known.edit_title))


@require_http_methods(["GET", "POST"])
@client_page(Act.READ)
def row_end(request: StaffRequest, client: Person, section: str, row: UUID) -> HttpResponse:
    """The form that ends a row: from when, and why."""
    known = _section(section)
    if known.end is None:
        raise Http404
    it = row_of(request, client, known, row)
    return _form_page(request, client, known, row=it, save=known.end, title=str(known.end_title), ending=True)


def _section(key: str) -> Section:
    if key not in SECTIONS:
        raise Http404
    return SECTIONS[key]


def _home(client: Person, section: Section) -> str:
    """Where the section reads among the others."""
    return f"{reverse(f'clients:{section.tab}', args=[client.pk])}#{section.key}"


def _form_page(
    request: StaffRequest, client: Person, section: Section, *, row: Any, save: Any, title: str, ending: bool = False
) -> HttpResponse:
    """Show the form, or save it and show what was saved. What somebody typed is kept through every error."""
    if not gate.may_on(request.viewer, section.act, client):
        gate.refuse(request.viewer, section.act, client.pk, page=section.key)
        raise Http404
    form = section.form_for(request, client, row, ending=ending)
    if request.method == "GET":
        return _show_form(request, client, section, form, title)
    if not form.is_valid():
        return _show_form(request, client, section, form, title, status=422)
    try:
        save(request=request, client=client, row=row, form=form)
    except EditConflict as conflict:
        fresh = Person.objects.only("version").get(pk=client.pk)
        return _show_form(request, client, section, form.renewed(fresh.version), title, status=409, conflict=conflict)
    except DomainError as error:
        form.refuse(error)
        return _show_form(request, client, section, form, title, status=422)
    return _saved(request, client, section)


def _saved(request: StaffRequest, client: Person, section: Section) -> HttpResponse:
    """After a save: the section as it now reads, and the header with it."""
    if not request.htmx:
        return redirect(_home(client, section))
    client.refresh_from_db()
    header = header_of(request.viewer, client, section.tab)
    context = {
        "section": show_section(request, client, section, header.cleared),
        "header": header,
        "swap": True,
        "today": request.viewer.today,
    }
    return render(request, "clients/section_saved.html", context)


def _show_form(
    request: StaffRequest,
    client: Person,
    section: Section,
    form: RecordForm,
    title: str,
    *,
    status: int = 200,
    conflict: EditConflict | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "section": section,
        "form": form,
        "form_title": title,
        "form_url": request.path,
        "section_url": reverse("clients:section", args=[client.pk, section.key]),
        "back_url": _home(client, section),
        "conflicts": _differences(form, conflict) if conflict else [],
        "whole_page": not request.htmx,
        "tab_title": title,
    }
    if request.htmx:
        return render(request, "clients/section_form.html", context, status=status)
    context["header"] = header_of(request.viewer, client, section.tab)
    return render(request, "clients/section_page.html", context, status=status)


def _differences(form: RecordForm, conflict: EditConflict) -> list[dict[str, Any]]:
    """Each field that two people changed, under the name it has on the screen."""
    return [
        {
            "label": form.fields[one.field].label if one.field in form.fields else one.field,
            "mine": _words(form, one.field, one.mine),
            "theirs": _words(form, one.field, one.theirs),
            "who": one.who,
            "at": one.at,
        }
        for one in conflict.conflicts
    ]


def _words(form: RecordForm, name: str, value: Any) -> Any:
    """*value* as the form's own choices call it."""
    choices = dict(getattr(form.fields.get(name), "choices", []))
    if isinstance(value, list | tuple):
        return ", ".join(str(choices.get(one, one)) for one in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return choices.get(value, value)
