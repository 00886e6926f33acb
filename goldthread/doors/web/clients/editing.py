"""Sections shown, opened for editing and saved, in place with htmx or as pages of their own without."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from goldthread.access import gate
from goldthread.doors.web.clients.around import known_here, namable, saw_around
from goldthread.doors.web.clients.forms.base import RecordForm
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.clients.sections import Place, Section, ended, rows_shown, show
from goldthread.doors.web.clients.undoing import keep, offer
from goldthread.doors.web.entry import StaffRequest
from goldthread.foundation.lib.errors import DomainError, EditConflict
from goldthread.people.persons.models import Person


def show_section(request: StaffRequest, place: Place, section: Section, cleared: int) -> Any:
    """*section* as the templates read it; None where this viewer has nothing to do with it."""
    viewer = request.viewer
    may_edit = gate.may_on(viewer, section.act, place.client)
    if section.only_editors and not may_edit:
        return None
    rows = known_here(viewer, place.client, namable(viewer, rows_shown(section, place.person, cleared)))
    saw_around(viewer, place.client, rows, f"clients:{section.key}")
    may_more = gate.may_on(viewer, section.more_act, place.client) if section.more_act else may_edit
    return show(section, place, rows=rows, may_edit=may_edit, today=viewer.today, may_more=may_more)


def section_page(request: StaffRequest, place: Place, section: Section) -> HttpResponse:
    """One section as it reads: what *Cancel* puts back. Without htmx, the page that it stands on."""
    if not request.htmx:
        return redirect(place.home(section))
    shown = show_section(request, place, section, gate.cleared_labels(request.viewer, place.client))
    return render(request, "clients/section.html", {"section": shown, "today": request.viewer.today})


def form_page(
    request: StaffRequest, place: Place, section: Section, *, row: Any, save: Any, title: str, ending: bool = False
) -> HttpResponse:
    """Show the form, or save it and show what was saved. What somebody typed is kept through every error."""
    if not gate.may_on(request.viewer, section.act, place.client):
        gate.refuse(request.viewer, section.act, place.client.pk, page=section.key)
        raise Http404
    form = section.form_for(request, place.person, row, ending=ending)
    form.says = section.end_says(place, row) if ending and section.end_says else ""
    if request.method == "GET":
        return _show_form(request, place, section, form, title)
    if not form.is_valid():
        return _show_form(request, place, section, form, title, status=422)
    was_open = row is not None and not ended(row)
    if was_open:
        keep(request, row)
    try:
        save(request=request, client=place.person, row=row, form=form)
    except EditConflict as conflict:
        fresh = Person.objects.only("version").get(pk=place.person.pk)
        return _show_form(request, place, section, form.renewed(fresh.version), title, status=409, conflict=conflict)
    except DomainError as error:
        form.refuse(error)
        return _show_form(request, place, section, form, title, status=422)
    if was_open:
        offer(request, place, section, row)
    return _saved(request, place, section)


def _saved(request: StaffRequest, place: Place, section: Section) -> HttpResponse:
    """After a save: the section as it now reads, and the header with it."""
    if not request.htmx:
        return redirect(place.home(section))
    place.person.refresh_from_db()
    place.client.gate_assignments = None  # type: ignore[attr-defined]  # a worker may just have come or gone
    header = header_of(request.viewer, place.client, section.tab)
    context = {
        "section": show_section(request, place, section, header.cleared),
        "header": header,
        "swap": True,
        "today": request.viewer.today,
    }
    return render(request, "clients/section_saved.html", context)


def _show_form(
    request: StaffRequest,
    place: Place,
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
        "section_url": place.url("section", section.key),
        "back_url": place.home(section),
        "conflicts": _differences(form, conflict) if conflict else [],
        "whole_page": not request.htmx,
        "tab_title": title,
    }
    if request.htmx:
        return render(request, "clients/section_form.html", context, status=status)
    context["header"] = header_of(request.viewer, place.client, "circle" if place.relation else section.tab)
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
