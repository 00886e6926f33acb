"""A signed note's own page, and what may follow a signature: addendum, void, co-signature, a new version."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid5

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.contacts.actions.afterwards import addend, void
from goldthread.casework.contacts.actions.cosigning import cosign, send_back
from goldthread.casework.contacts.actions.following import SOURCE
from goldthread.casework.contacts.actions.serving import serve_goal
from goldthread.casework.contacts.enums import ContactState, Went
from goldthread.casework.contacts.models import Contact
from goldthread.casework.contacts.queries import contact_of
from goldthread.casework.episodes.rules import labels_for
from goldthread.casework.plans.models import Goal
from goldthread.casework.plans.toward import GoalAtWork, at_work
from goldthread.casework.record import queries as ledger
from goldthread.casework.record.actions import save_draft
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.contacts.again import typed_of
from goldthread.doors.web.contacts.cosigning import waiting_for
from goldthread.doors.web.contacts.note import Note
from goldthread.doors.web.contacts.offered import offer
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.ui.toasts import tell
from goldthread.people.persons.models import Person

NEW_VERSION = "new version"
"""Beside the id of a note: the id of the draft that is to take its place."""
OPEN = (ContactState.SIGNED, ContactState.WAITING, ContactState.COSIGNED, ContactState.RETURNED)


@require_GET
@client_page(Act.READ_RECORD)
def read(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """The note as it was signed, with what was added since."""
    return _page(request, client, _found(request, client, row))


@require_POST
@client_page(Act.WRITE_CONTACT)
def add(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """Add an addendum."""
    text = request.POST.get("text", "")

    def work(contact: Contact) -> str:
        addend(contact=contact, person=client, text=text, form_id=_form_id(request), by=request.viewer.actor)
        return _("The addendum is signed.")

    return _do(request, client, row, work, {"addendum": text})


@require_POST
@client_page(Act.WRITE_CONTACT)
def serve(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """Say which goal the signed note served: its worker, or whoever may co-sign."""
    asked = request.POST
    typed = {"goal": asked.get("goal", ""), "went": asked.get("went", ""), "about": asked.get("about", "")}

    def work(contact: Contact) -> str:
        if not _may_void(request, client, contact):
            raise Http404
        goal = next((one for one in goals_to_serve(request, client, contact) if str(one.id) == typed["goal"]), None)
        if goal is None:
            raise DomainError(_("Choose a goal."), "goal")
        serve_goal(
            contact=contact,
            goal=Goal.objects.get(pk=goal.id),
            went=typed["went"],
            words=typed["about"],
            form_id=_form_id(request),
            by=request.viewer.actor,
        )
        return _("The goal is added to the note.")

    return _do(request, client, row, work, typed)


@require_POST
@client_page(Act.WRITE_CONTACT)
def take_back(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """Void the note: by its worker, or by whoever may co-sign."""
    reason = request.POST.get("reason", "")

    def work(contact: Contact) -> str:
        if not _may_void(request, client, contact):
            raise Http404
        void(contact=contact, reason=reason, by=request.viewer.actor)
        return _("The note is voided.")

    return _do(request, client, row, work, {"reason": reason})


@require_POST
@client_page(Act.COSIGN_CONTACT)
def second(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """Co-sign the note (``do`` = cosign), or return it with a comment."""
    comment = request.POST.get("comment", "")

    def work(contact: Contact) -> str:
        if request.POST.get("do") == "cosign":
            cosign(contact=contact, by=request.viewer.actor)
            return _("Co-signed.")
        send_back(contact=contact, comment=comment, by=request.viewer.actor)
        return _("Returned with your comment.")

    def next_page() -> str:
        """The queue, while more wait in it."""
        return "contacts:to_cosign" if waiting_for(request.viewer).exists() else ""

    return _do(request, client, row, work, {"comment": comment}, next_page)


@require_POST
@client_page(Act.WRITE_CONTACT)
def revise(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """Begin the new version of a note that came back: a draft that starts with what was signed. Pressed again, it goes on with that."""
    viewer = request.viewer
    contact = _found(request, client, row)
    if contact.state != ContactState.RETURNED or contact.staff_id != viewer.staff.pk:
        raise Http404
    begun = uuid5(contact.pk, NEW_VERSION)
    if ledger.draft(begun, viewer.staff.pk) is None:
        save_draft(
            pk=begun,
            kind=SOURCE,
            person=client,
            episode=contact.episode,
            labels=labels_for(contact.episode) if contact.episode else 0,
            content=dict(typed_of(contact, offer(viewer, client, str(contact.episode_id or ""))).values),
            version_seen=0,
            by=viewer.actor,
        )
    return redirect("contacts:write", pk=client.pk, row=begun)


def _found(request: StaffRequest, client: Person, row: UUID) -> Contact:
    contact = contact_of(client, row, gate.content(request.viewer, client))
    if contact is None:
        raise Http404
    return contact


def _do(
    request: StaffRequest,
    client: Person,
    row: UUID,
    work: Callable[[Contact], str],
    typed: dict[str, str],
    next_page: Callable[[], str] = str,
) -> HttpResponse:
    """Do it and show *next_page*, or the note where there is none; or the note with what is wrong, and what was typed."""
    contact = _found(request, client, row)
    try:
        said = work(contact)
    except DomainError as error:
        return _page(request, client, contact, wrong=str(error.message), typed=typed, status=422)
    tell(request, said)
    if page := next_page():
        return redirect(page)
    return redirect("contacts:read", pk=client.pk, row=row)


def _page(
    request: StaffRequest, client: Person, contact: Contact, *, status: int = 200, **more: object
) -> HttpResponse:
    viewer = request.viewer
    mine = contact.staff_id == viewer.staff.pk
    may_write = gate.may_on(viewer, Act.WRITE_CONTACT, client)
    waits = contact.state == ContactState.WAITING and not mine
    context: dict[str, Any] = {
        "header": header_of(viewer, client, "timeline"),
        "tab_title": _("note"),
        "note": Note.of(viewer, client, contact),
        "form_id": new_id(),
        "may_add": may_write and contact.state in OPEN,
        "serves": goals_to_serve(request, client, contact),
        "went_choices": [one for one in Went.choices if one[0] != Went.NOT_TODAY],
        "may_void": contact.state in OPEN and _may_void(request, client, contact),
        "may_cosign": waits and gate.may_on(viewer, Act.COSIGN_CONTACT, client),
        "may_revise": contact.state == ContactState.RETURNED and mine and may_write,
        "whole_group": mine and contact.group is not None,
        "typed": {},
    }
    return render(request, "contacts/read.html", context | more, status=status)


def goals_to_serve(request: StaffRequest, client: Person, contact: Contact) -> tuple[GoalAtWork, ...]:
    """The open goals of the client that a contact without any may still be said to have served, to who may say it. One query,
    and none for a note that served one, or for a reader who may not."""
    asks = not contact.attempted and contact.state in OPEN and not any("id" in goal for goal in contact.goals)
    if not asks or contact.episode_id is None or not _may_void(request, client, contact):
        return ()
    sight = gate.sight(request.viewer, client)
    return at_work([contact.episode_id], {client.pk}, sight.sees_episode).goals


def _may_void(request: StaffRequest, client: Person, contact: Contact) -> bool:
    mine = contact.staff_id == request.viewer.staff.pk and gate.may_on(request.viewer, Act.WRITE_CONTACT, client)
    return mine or gate.may_on(request.viewer, Act.COSIGN_CONTACT, client)


def _form_id(request: StaffRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("form_id", ""))
    except ValueError:
        return None
