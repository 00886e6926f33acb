"""The composer: one screen on which a contact is written down, saved as it is typed, and signed."""

from dataclasses import dataclass
from datetime import tzinfo
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.contacts.actions.following import SOURCE
from goldthread.casework.contacts.actions.sign import sign
from goldthread.casework.contacts.models import Contact
from goldthread.casework.contacts.queries import contact_of, newest_standing
from goldthread.casework.contacts.rules.written import Problem
from goldthread.casework.episodes.rules import labels_for
from goldthread.casework.plans.toward import episode_of_goal, episode_of_service
from goldthread.casework.record import queries as ledger
from goldthread.casework.record.models import Draft
from goldthread.doors.web.contacts import page
from goldthread.doors.web.contacts.ahead import consequences
from goldthread.doors.web.contacts.filling import appointment_of, fill, task_of
from goldthread.doors.web.contacts.offered import Offered, offer
from goldthread.doors.web.contacts.reading_form import Reader, uuid_of
from goldthread.doors.web.contacts.refit import refit
from goldthread.doors.web.contacts.saving import (
    answered,
    discarded,
    keep,
    kept_as_json,
    led_to,
    number_of,
    saved,
    version_of,
)
from goldthread.doors.web.contacts.toward import names_plan
from goldthread.doors.web.contacts.typed import Typed, of_draft, of_form
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.ui.toasts import tell
from goldthread.people.persons.models import Person


@dataclass(frozen=True, slots=True)
class Desk:
    """What every view of the composer works with."""

    request: StaffRequest
    client: Person
    row: UUID
    zone: tzinfo

    def offered(self, typed: Typed) -> Offered:
        """What there is to choose from, for the program that the form names."""
        return offer(self.request.viewer, self.client, typed.one("episode"), replaces=typed.one("replaces"))

    def read(self, typed: Typed) -> Offered:
        """The same as far as reading the form asks for it."""
        return offer(
            self.request.viewer,
            self.client,
            typed.one("episode"),
            typed.many("who"),
            planned=names_plan(typed),
            replaces=typed.one("replaces"),
        )

    def in_words(self, typed: Typed) -> list[tuple[str, str]]:
        """The texts of another device's version."""
        return page.in_words(typed)

    def last(self) -> Contact | None:
        """The client's newest contact that the viewer may see."""
        return newest_standing(self.client, gate.sight(self.request.viewer, self.client).sees)

    def show(
        self, typed: Typed, draft: Draft | None = None, problems: list[Problem] | None = None, **more: object
    ) -> HttpResponse:
        """The composer with what was typed."""
        return self.render(typed, self.offered(typed), self.last(), draft, problems, **more)

    def render(
        self,
        typed: Typed,
        offered: Offered,
        last: Contact | None,
        draft: Draft | None = None,
        problems: list[Problem] | None = None,
        **more: object,
    ) -> HttpResponse:
        """The same, with what has been read already."""
        viewer = self.request.viewer
        gate.saw(viewer, {one.pk: one for one in offered.named}.values(), "contacts:write")
        typed = refit(viewer, offered, typed)
        context = page.context(viewer, offered, typed, row=self.row, problems=problems or [])
        context |= {
            "version": draft.version if draft else number_of(self.request.POST.get("version")),
            "draft": draft,
            "returned": _returned(viewer, self.client, typed.one("replaces")),
            "settled": task_of(viewer, self.client, typed.one("task")),
            "ahead": consequences(self.request, offered, typed, self.row),
            "last": last,
        }
        status = 422 if problems else 409 if "theirs" in more else 200
        return render(self.request, "contacts/composer.html", context | more, status=status)


def desk_of(request: StaffRequest, client: Person, row: UUID) -> Desk:
    return Desk(request, client, row, timezone.get_current_timezone())  # the middleware put the agency's in force


@require_GET
@client_page(Act.WRITE_CONTACT)
def new(request: StaffRequest, client: Person) -> HttpResponse:
    """A new note, filled from where it was opened. Its draft is made by the first save."""
    return _fresh(desk_of(request, client, new_id()))


def _signs(request: HttpRequest) -> bool:
    return request.method == "POST" and request.POST.get("do") == "sign"


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_CONTACT, tells=_signs)
def write(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """The note that is being written: shown, saved, signed, or fitted to another program (``do``). A signed one leads to its page."""
    desk = desk_of(request, client, row)
    if request.method == "POST":
        if request.POST.get("do") == "program" and request.htmx:
            return desk.show(of_form(request.POST))  # the page saves it by itself
        return answered(desk, lambda: _sign(desk)) if _signs(request) else _save(desk)
    if Contact.objects.filter(pk=row, person=client).exists():
        return redirect("contacts:read", pk=client.pk, row=row)
    draft = ledger.draft(row, request.viewer.staff.pk)
    if draft is None:
        return _fresh(desk)
    if draft.person_id != client.pk or draft.kind != SOURCE:
        raise Http404
    return desk.show(of_draft(draft.content), draft)


@require_POST
@client_page(Act.WRITE_CONTACT, while_typing=True)
def autosave(request: StaffRequest, client: Person, row: UUID) -> JsonResponse:
    """Keep what is typed, asked by the page every few seconds."""
    desk = desk_of(request, client, row)
    return kept_as_json(lambda: _keep(desk), reverse("contacts:read", args=[client.pk, row]))


@require_POST
@client_page(Act.WRITE_CONTACT)
def discard(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """Throw one's own draft away."""
    return discarded(request, row)


def _fresh(desk: Desk) -> HttpResponse:
    viewer, client = desk.request.viewer, desk.client
    asked = desk.request.GET
    episode = asked.get("episode", "") or str(_episode_of_plan(asked) or "")
    offered = offer(viewer, client, episode)
    last = desk.last()
    filled = fill(viewer, offered, asked, last, desk.zone)
    unfinished = [one for one in ledger.begun(viewer.staff.pk, client.pk, SOURCE) if one.pk != desk.row]
    return desk.render(filled.typed, offered, last, said=filled.said, unfinished=unfinished)


def _episode_of_plan(asked: QueryDict) -> UUID | None:
    """The episode of the goal or the service for which the note is opened."""
    if goal := uuid_of(asked.get("goal", "")):
        return episode_of_goal(goal)
    service = uuid_of(asked.get("service", ""))
    return episode_of_service(service) if service else None


def _keep(desk: Desk) -> Draft | None:
    """Save what was sent as the draft. None: nothing was sent, nothing is kept."""
    typed = of_form(desk.request.POST)
    if not typed.values:
        return None
    episode = desk.read(typed).episode
    return keep(desk, typed, person=desk.client, episode=episode, labels=labels_for(episode) if episode else 0)


def _save(desk: Desk) -> HttpResponse:
    return saved(desk, lambda: _keep(desk), reverse("contacts:write", args=[desk.client.pk, desk.row]))


def _sign(desk: Desk) -> HttpResponse:
    request = desk.request
    typed = of_form(request.POST)
    viewer = request.viewer
    offered = desk.read(typed)
    note = Reader(refit(viewer, offered, typed), offered, viewer.today).note()
    agreed = appointment_of(viewer, desk.client, typed.one("appointment"))
    contact = sign(
        pk=desk.row,
        note=note,
        zone=desk.zone,
        by=viewer.actor,
        appointment=agreed.pk if agreed else None,
        read=request.untold,
        **version_of(request),
    )
    request.untold = None
    tell(request, _("Signed."))
    url = reverse("contacts:read", args=[desk.client.pk, contact.pk])
    if contact.safety_concern and gate.may_on(viewer, Act.MAKE_REPORT, desk.client):
        url = f"{reverse('reports:new', args=[desk.client.pk])}?note={contact.pk}"
    return led_to(request, url)


def _returned(viewer: Viewer, client: Person, pk: str) -> Contact | None:
    """The note that came back, of which this is the new version: its comment stands above. No query without one."""
    found = uuid_of(pk)
    return contact_of(client, found, gate.content(viewer, client)) if found else None
