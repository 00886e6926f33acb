"""What was planned after a discharge: looked at, added to, changed, closed with a reason."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.content import Sight
from goldthread.access.viewer import Viewer
from goldthread.casework.aftercare import actions
from goldthread.casework.aftercare.enums import AfterState
from goldthread.casework.aftercare.models import Aftercare, AftercareContact
from goldthread.casework.aftercare.queries import aftercare_of
from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.queries import episodes_of
from goldthread.doors.web.aftercare.forms import AddForm, ChangeForm, CloseForm
from goldthread.doors.web.clients.circle import workers_on
from goldthread.doors.web.clients.forms.base import RecordForm
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.entry import StaffRequest, client_page, page_of
from goldthread.doors.web.episodes.common import saved, sent
from goldthread.foundation.lib.spoken import spoken
from goldthread.foundation.programs.rules.titles import MODES
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person


@dataclass(frozen=True, slots=True)
class Line:
    """One contact as the page shows it."""

    row: AftercareContact
    how: str
    write: str
    """Where its note is written; empty: not by this viewer, or it is over."""
    tone: str
    may_change: bool


@dataclass(frozen=True, slots=True)
class After:
    """The aftercare of one episode."""

    row: Aftercare
    lines: list[Line]
    may_add: bool


@require_GET
@client_page(Act.READ_RECORD)
def of_client(request: StaffRequest, client: Person) -> HttpResponse:
    """All of it, the latest first; and the programs that have ended and have none, to plan some."""
    viewer = request.viewer
    write = gate.sight(viewer, client, Act.WRITE_CONTACT)
    shown = [_after(viewer, client, one, write) for one in aftercare_of(client, gate.content(viewer, client))]
    there = {one.row.episode_id for one in shown}
    ended = episodes_of(client).filter(gate.content(viewer, client, Act.READ_EPISODE, episode="pk"))
    without = [
        one
        for one in ended.filter(discharged_on__isnull=False, continued_by__isnull=True)
        if one.pk not in there and write.sees_episode(one.pk, one.labels)
    ]
    context: dict[str, Any] = {
        "header": header_of(viewer, client, "aftercare"),
        "tab_title": _("aftercare"),
        "client": client,
        "shown": shown,
        "without": without,
        "today": viewer.today,
    }
    return render(request, "aftercare/of_client.html", context)


def _after(viewer: Viewer, client: Person, row: Aftercare, write: Sight) -> After:
    may = row.ended_at is None and write.sees_episode(row.episode_id, row.labels)
    lines: list[AftercareContact] = row.lines  # type: ignore[attr-defined]  # prefetched under this name
    return After(row, [_line(viewer, client, row, one, may=may) for one in lines], may)


def _line(viewer: Viewer, client: Person, row: Aftercare, one: AftercareContact, *, may: bool) -> Line:
    planned = one.state == AfterState.PLANNED
    mode = "phone" if one.mode == "phone" else "in_person" if one.mode == "in_person" else one.mode
    url = f"{reverse('contacts:new', args=[client.pk])}?episode={row.episode_id}&how={mode}"
    late = planned and one.due_on < viewer.today
    tone = "red" if late else "amber" if planned and one.due_on == viewer.today else ""
    return Line(one, str(MODES.get(one.mode, one.mode)), url if may and planned else "", tone, may and planned)  # type: ignore[call-overload]  # its keys are words of this kind


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_CONTACT)
def add(request: StaffRequest, client: Person, episode: UUID) -> HttpResponse:
    """One contact more."""
    viewer = request.viewer
    found = _episode(request, client, episode)
    workers = _workers(viewer, client, None)
    form = AddForm(sent(request), workers=workers, today=viewer.today, initial={"staff": str(viewer.staff.pk)})

    def act() -> None:
        values = form.values
        actions.add(
            episode=found,
            person=client,
            title=values["title"],
            mode=values["mode"],
            due_on=values["due_on"],
            staff=Staff.objects.get(pk=values["staff"]),
            form_id=form.cleaned_data["form_id"],
            by=viewer.actor,
        )

    if saved(form, act):
        return _done(request, client, _("Planned, and on the list of who makes it."))
    return _form(request, client, form, _("Plan a contact"), _("Plan it"))


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_CONTACT)
def change(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """Another day, or another worker."""
    viewer = request.viewer
    found = _contact(request, client, row)
    initial = {"due_on": found.due_on, "staff": str(found.staff_id), "version": found.version}
    form = ChangeForm(sent(request), workers=_workers(viewer, client, found.staff), initial=initial)

    def act() -> None:
        staff = Staff.objects.get(pk=form.values["staff"])
        seen = form.version_seen if form.version_seen is not None else found.version
        actions.change(contact=found, due_on=form.values["due_on"], staff=staff, version_seen=seen, by=viewer.actor)

    if saved(form, act):
        return _done(request, client, _("Changed."))
    return _form(request, client, form, _("Change: %(title)s") % {"title": spoken(found.title)}, _("Save"))


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_CONTACT)
def close(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """It will not be made."""
    found = _contact(request, client, row)
    form = CloseForm(sent(request))
    if saved(form, lambda: actions.close(contact=found, reason=form.values["reason"], by=request.viewer.actor)):
        return _done(request, client, _("Closed."))
    return _form(request, client, form, _("Not made: %(title)s") % {"title": spoken(found.title)}, _("Close it"))


def _episode(request: StaffRequest, client: Person, pk: UUID) -> Episode:
    seen = gate.content(request.viewer, client, Act.WRITE_CONTACT, episode="pk")
    found = episodes_of(client).filter(seen, pk=pk).first()
    if found is None:
        gate.refuse(request.viewer, Act.WRITE_CONTACT, client.pk, why="label", page=page_of(request))
        raise Http404
    return found


def _contact(request: StaffRequest, client: Person, pk: UUID) -> AftercareContact:
    rows = AftercareContact.objects.filter(pk=pk).select_related("staff", "aftercare__episode")
    found = rows.first()
    served = found and found.aftercare.episode.members.filter(person=client).exists()
    sight = gate.sight(request.viewer, client, Act.WRITE_CONTACT)
    if not found or not served or not sight.sees_episode(found.aftercare.episode_id, found.labels):
        gate.refuse(request.viewer, Act.WRITE_CONTACT, client.pk, why="label", page=page_of(request))
        raise Http404
    return found


def _workers(viewer: Viewer, client: Person, now: Staff | None) -> list[tuple[str, str]]:
    """Who can be named: whoever may assign the client names anybody, for it lets them reach the client; others name
    themselves, or leave it as it is."""
    anybody = gate.may_on(viewer, Act.ASSIGN, client)
    named = [(str(pk), name) for pk, name in workers_on(viewer.today)] if anybody else []
    for one in filter(None, (viewer.staff, now)):
        if str(one.pk) not in dict(named):
            named.insert(0, (str(one.pk), one.name))
    return named


def _form(request: StaffRequest, client: Person, form: RecordForm, title: str, button: str) -> HttpResponse:
    context: dict[str, Any] = {
        "header": header_of(request.viewer, client, "aftercare"),
        "tab_title": title,
        "client": client,
        "form": form,
        "title": title,
        "button": button,
    }
    return render(request, "aftercare/form.html", context, status=422 if form.is_bound else 200)


def _done(request: StaffRequest, client: Person, words: str) -> HttpResponse:
    """Back to the page; to the list of clients, where the last contact took the client from the viewer."""
    messages.success(request, words)
    if gate.clients(request.viewer, Act.READ_RECORD).filter(pk=client.pk).exists():
        return redirect("aftercare:of_client", pk=client.pk)
    return redirect("clients:list")
