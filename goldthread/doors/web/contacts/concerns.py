"""Concerns about services on a client's pages: the list, a new one, and its life step by step."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.contacts.actions import concerns as actions
from goldthread.casework.contacts.enums import RaisedBy, Satisfied
from goldthread.casework.contacts.models import Concern
from goldthread.casework.contacts.queries import concerns_of
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.contacts.offered import writable_episodes
from goldthread.doors.web.contacts.saving import number_of
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.foundation.lib.dates import read_date
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.ui.toasts import tell
from goldthread.people.persons.models import Person

SHOWN = 200


@require_GET
@client_page(Act.READ_RECORD)
def of_client(request: StaffRequest, client: Person) -> HttpResponse:
    """Every concern of the client: open ones first."""
    rows = list(concerns_of(client, gate.content(request.viewer, client))[:SHOWN])
    told = [(one, actions.state_of(one)) for one in rows]
    told.sort(key=lambda pair: pair[1] == "closed")
    return render(request, "contacts/concerns.html", _around(request, client) | {"concerns": told})


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_CONTACT)
def new(request: StaffRequest, client: Person) -> HttpResponse:
    """Raise a concern."""
    episodes = writable_episodes(request.viewer, client)
    context = _around(request, client) | {
        "episodes": episodes,
        "raisers": RaisedBy.choices,
        "form_id": request.POST.get("form_id") or new_id(),
        "typed": request.POST,
    }
    if request.method == "GET":
        return render(request, "contacts/concern_new.html", context)
    sent = request.POST
    try:
        concern = actions.raise_concern(
            person=client,
            episode=next((one for one in episodes if str(one.pk) == sent.get("episode")), None) or _only(episodes),
            about=sent.get("about", ""),
            what=sent.get("what", ""),
            raised_by=sent.get("raised_by", "") if sent.get("raised_by") in RaisedBy.values else RaisedBy.CLIENT,
            raised_on=_day(sent.get("raised_on", ""), request.viewer.today),
            grievance=bool(sent.get("grievance")),
            form_id=_uuid(sent.get("form_id", "")),
            by=request.viewer.actor,
        )
    except DomainError as error:
        return render(request, "contacts/concern_new.html", context | {"wrong": str(error.message)}, status=422)
    tell(request, _("The concern is kept, and is a task of yours."))
    return redirect("contacts:concern", pk=client.pk, row=concern.pk)


@require_http_methods(["GET", "POST"])
@client_page(Act.READ_RECORD)
def one(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """One concern, and its next step (``do``: ask, resolve, satisfied, grievance)."""
    concern = concerns_of(client, gate.content(request.viewer, client)).filter(pk=row).first()
    if concern is None:
        raise Http404
    if request.method == "GET":
        return _show(request, client, concern)
    if not gate.sight(request.viewer, client, Act.WRITE_CONTACT).sees(concern):
        raise Http404
    try:
        _step(request, concern)
    except DomainError as error:
        return _show(request, client, concern, wrong=str(error.message), status=422)
    tell(request, _("Kept."))
    return redirect("contacts:concern", pk=client.pk, row=row)


def _step(request: StaffRequest, concern: Concern) -> None:
    sent = request.POST
    common: dict[str, Any] = {
        "concern": concern,
        "on": _day(sent.get("on", ""), request.viewer.today),
        "version_seen": number_of(sent.get("version")),
        "by": request.viewer.actor,
    }
    match sent.get("do"):
        case "ask":
            actions.ask(whom=sent.get("asked", ""), **common)
        case "resolve":
            actions.resolve(resolution=sent.get("resolution", ""), **common)
        case "satisfied":
            actions.ask_satisfied(satisfied=sent.get("satisfied", ""), **common)
        case "grievance":
            actions.file_grievance(**common)
        case _:
            raise DomainError(_("Choose what happened."))


def _show(
    request: StaffRequest, client: Person, concern: Concern, *, wrong: str = "", status: int = 200
) -> HttpResponse:
    context = _around(request, client) | {
        "concern": concern,
        "state": actions.state_of(concern),
        "answers": Satisfied.choices,
        "earlier": [
            {name: value if name == "resolution" else date.fromisoformat(value) for name, value in one.items()}
            for one in concern.earlier
        ],
        "typed": request.POST,
        "wrong": wrong,
    }
    return render(request, "contacts/concern.html", context, status=status)


def _around(request: StaffRequest, client: Person) -> dict[str, Any]:
    return {
        "header": header_of(request.viewer, client, "timeline"),
        "tab_title": _("concerns"),
        "may_write": gate.may_on(request.viewer, Act.WRITE_CONTACT, client),
    }


def _only(episodes: list[Any]) -> Any:
    return episodes[0] if len(episodes) == 1 else None


def _day(text: str, today: date) -> date:
    return read_date(text, latest=today) if text.strip() else today


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
