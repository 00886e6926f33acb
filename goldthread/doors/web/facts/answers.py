"""What the forms of facts answer with: the form again, or the section as it now reads."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from goldthread.casework.intake.tasks import ranks_follow
from goldthread.doors.web.clients.forms.base import RecordForm
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.entry import StaffRequest
from goldthread.doors.web.facts.views import kind_shown, place_of
from goldthread.foundation.ui.addresses import address
from goldthread.foundation.workforce.models import Staff
from goldthread.people.facts.models import Fact
from goldthread.people.persons.models import Person


def form_page(
    request: StaffRequest, client: Person, kind: str, form: RecordForm, title: str, *, status: int = 0, **more: Any
) -> HttpResponse:
    """The form, in the place of its section or on a page of its own."""
    context: dict[str, Any] = {
        "section": {"key": kind},
        "form": form,
        "form_title": title,
        "form_url": request.path,
        "section_url": address("facts:section", client.pk, kind),
        "back_url": place_of(client, kind),
        "conflicts": [],
        "whole_page": not request.htmx,
        "tab_title": title,
    } | more
    answer = status or (422 if form.is_bound else 200)
    if request.htmx:
        return render(request, "clients/section_form.html", context, status=answer)
    context["header"] = header_of(request.viewer, client, "facts")
    return render(request, "clients/section_page.html", context, status=answer)


def saved(request: StaffRequest, client: Person, kind: str) -> HttpResponse:
    """The section as it now reads, and the header, which may say of an allergy. Where the client waits, their rank follows."""
    ranks_follow(client.pk)
    if not request.htmx:
        return redirect(place_of(client, kind))
    context = {
        "kind": kind_shown(request, client, kind),
        "header": header_of(request.viewer, client, "facts"),
        "client": client,
        "swap": True,
        "today": request.viewer.today,
    }
    return render(request, "facts/section_saved.html", context)


def differences(form: RecordForm, now: dict[str, Any], fact: Fact) -> list[dict[str, Any]]:
    """Each field in which what was typed is not what *now* says."""
    who = Staff.objects.filter(pk__in=[fact.recorded_by]).values_list("name", flat=True).first() or ""
    different = []
    for name, field in form.fields.items():
        mine, theirs = form.cleaned_data.get(name) or "", now.get(name, "") or ""
        if name in ("form_id", "version", "ended", "why") or str(mine) == str(theirs):
            continue
        words = dict(getattr(field, "choices", []))
        different.append(
            {
                "label": field.label,
                "mine": words.get(mine, mine),
                "theirs": words.get(theirs, theirs),
                "who": who,
                "at": fact.recorded_at,
            }
        )
    return different
