"""What the forms of needs answer with: the form again, or the list as it now reads."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from goldthread.doors.web.clients.forms.base import RecordForm
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.entry import StaffRequest
from goldthread.doors.web.needs.views import list_of, place_of
from goldthread.foundation.lib.errors import EditConflict
from goldthread.people.persons.models import Person


def form_page(
    request: StaffRequest,
    client: Person,
    form: RecordForm,
    title: str,
    *,
    key: str,
    section_url: str,
    status: int = 0,
    **more: Any,
) -> HttpResponse:
    """The form, in the place of *key* or on a page of its own."""
    context: dict[str, Any] = {
        "section": {"key": key},
        "form": form,
        "form_title": title,
        "form_url": request.get_full_path(),
        "section_url": section_url,
        "back_url": place_of(client),
        "conflicts": [],
        "whole_page": not request.htmx,
        "tab_title": title,
    } | more
    answer = status or (422 if form.is_bound else 200)
    if request.htmx:
        return render(request, "clients/section_form.html", context, status=answer)
    context["header"] = header_of(request.viewer, client, "needs")
    return render(request, "clients/section_page.html", context, status=answer)


def saved(request: StaffRequest, client: Person) -> HttpResponse:
    """The list as it now reads, in the place of the whole list."""
    if not request.htmx:
        return redirect(place_of(client))
    answer = render(request, "needs/saved.html", list_of(request, client))
    answer["HX-Retarget"], answer["HX-Reswap"] = "#needs", "outerHTML"
    return answer


def differences(form: RecordForm, conflict: EditConflict) -> list[dict[str, Any]]:
    """Each field that two people changed, under the name it has on the screen."""
    return [
        {
            "label": form.fields[one.field].label,
            "mine": _words(form, one.field, one.mine),
            "theirs": _words(form, one.field, one.theirs),
            "who": one.who,
            "at": one.at,
        }
        for one in conflict.conflicts
    ]


def _words(form: RecordForm, name: str, value: Any) -> Any:
    return {str(key): words for key, words in getattr(form.fields[name], "choices", [])}.get(str(value), value)
