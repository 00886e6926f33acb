"""The guide: whom to call, what to say, and the start of the report. One click from the client, or from a signed note."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.contacts.models import Contact
from goldthread.casework.contacts.queries import contact_of
from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.queries import open_episodes
from goldthread.casework.incidents.actions import start_report
from goldthread.casework.incidents.enums import Population
from goldthread.casework.incidents.rules.jurisdictions import ruling_for, table
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.doors.web.reports.forms import StartForm, now_as
from goldthread.doors.web.reports.known import known_of
from goldthread.doors.web.reports.words import ruling_words
from goldthread.foundation.agency.models import Agency
from goldthread.foundation.agency.queries import the_agency
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.workforce.models import Staff
from goldthread.foundation.workforce.queries import working_on
from goldthread.people.persons.models import Person
from goldthread.people.persons.rules import age_on

ADULT, OLDER = 18, 60
"""Younger: a child. From sixty on, as in the Older Americans Act, an older adult; states differ, and the page lets choose."""


@require_http_methods(["GET", "POST"])
@client_page(Act.MAKE_REPORT)
def new(request: StaffRequest, client: Person) -> HttpResponse:
    """The guide for *client*. ``?note=``: what was seen comes from that note. Sending the form starts the report."""
    viewer = request.viewer
    agency = the_agency()
    if agency is None:
        raise ValueError("There is no agency.")
    if request.method == "GET":
        note = _note(viewer, client, request.GET.get("note", ""))
        initial = _first_values(viewer, client, agency, note)
        for name in ("population", "state"):
            initial[name] = request.GET.get(name) or initial[name]
        return _page(request, client, agency, _form(viewer, initial=initial), initial, note=note)
    form = _form(viewer, request.POST)
    note = _note(viewer, client, request.POST.get("note", ""))
    if request.POST.get("do") == "show":
        return _page(
            request, client, agency, _form(viewer, initial=request.POST.dict()), request.POST.dict(), note=note
        )
    if form.is_valid():
        try:
            return redirect("reports:report", pk=_start(viewer, client, agency, form, note))
        except DomainError as error:
            form.refuse(error)
    return _page(request, client, agency, form, request.POST.dict(), note=note, status=422)


def _form(viewer: Viewer, *args: Any, **kwargs: Any) -> StartForm:
    colleagues = Staff.objects.filter(working_on(viewer.today)).exclude(pk=viewer.staff.pk).order_by("name", "pk")
    return StartForm(*args, staff=colleagues.values_list("pk", "name"), **kwargs)


def _start(viewer: Viewer, client: Person, agency: Agency, form: StartForm, note: Contact | None) -> UUID:
    said = form.cleaned_data
    return start_report(
        client=client,
        population=said["population"],
        state=said["state"],
        about=said["about"],
        about_staff=Staff.objects.filter(pk=said["about_staff"]).first() if said["about_staff"] else None,
        seen=said["seen"],
        suspected_at=form.at,
        agency=agency,
        by=viewer.actor,
        episode=note.episode if note else _only_episode(viewer, client),
        contact=note.pk if note else None,
        labels=note.labels if note else 0,
        form_id=said["form_id"],
    ).pk


def _page(
    request: StaffRequest, client: Person, agency: Agency, form: StartForm, said: dict[str, Any], **more: Any
) -> HttpResponse:
    """The guide, or, for htmx, the part with the number and the clocks for the state and the people chosen."""
    population = said.get("population") if said.get("population") in Population.values else Population.CHILD
    state = said.get("state") if said.get("state") in table().states else ""
    ruling = ruling_for(str(state), str(population), request.viewer.today)
    context = ruling_words(ruling) | {"form": form, "client": client}
    if request.htmx and request.method == "GET" and request.htmx.target == "call":
        return render(request, "reports/parts/call.html", context)
    context |= {
        "header": header_of(request.viewer, client, ""),
        "tab_title": _("safety report"),
        "known": known_of(request.viewer, client),
        "note": more.get("note"),
        "path": request.path,
    }
    return render(request, "reports/guide.html", context, status=more.get("status", 200))


def _first_values(viewer: Viewer, client: Person, agency: Agency, note: Contact | None) -> dict[str, Any]:
    at = note.started_at if note else viewer.at
    return {
        "population": _population(client, viewer),
        "state": agency.holiday_region if agency.holiday_region in table().states else "",
        "seen": note.narrative if note else "",
        "note": note.pk if note else None,
        **now_as("suspected", at),
    }


def _population(client: Person, viewer: Viewer) -> Population:
    if client.birth_date is None:
        return Population.CHILD  # the strictest clocks, until somebody says otherwise
    age = age_on(client.birth_date, viewer.today)
    if age < ADULT:
        return Population.CHILD
    return Population.ELDER if age >= OLDER else Population.DEPENDENT_ADULT


def _note(viewer: Viewer, client: Person, text: str) -> Contact | None:
    """The note named by *text*, when the viewer may read it."""
    try:
        return contact_of(client, UUID(text), gate.content(viewer, client))
    except ValueError:
        return None


def _only_episode(viewer: Viewer, client: Person) -> Episode | None:
    """The episode the client is in, when there is one alone that the viewer may know of."""
    sight = gate.sight(viewer, client, Act.READ_EPISODE)
    found = [one for one in open_episodes(client, viewer.today) if sight.sees_episode(one.pk, one.labels)]
    return found[0] if len(found) == 1 else None
