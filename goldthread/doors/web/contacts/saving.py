"""What is sent from a page on which something is written, a note or a group's: kept as a draft, or signed, and the answer."""

from collections.abc import Callable
from typing import Any, Protocol, TypedDict
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from goldthread.casework.contacts.actions.following import SOURCE
from goldthread.casework.contacts.rules.checks import NoteProblems
from goldthread.casework.contacts.rules.written import Problem
from goldthread.casework.episodes.models import Episode
from goldthread.casework.record.actions import discard_draft, save_draft
from goldthread.casework.record.models import Draft
from goldthread.casework.record.rules import AlreadySigned, DraftConflict
from goldthread.doors.web.contacts.typed import Typed, of_draft, of_form
from goldthread.doors.web.entry import StaffRequest
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.ui.toasts import tell
from goldthread.people.persons.models import Person


class Desk(Protocol):
    """The page, as far as sending from it goes."""

    @property
    def request(self) -> StaffRequest: ...
    @property
    def row(self) -> UUID: ...

    def show(self, typed: Typed, *, problems: list[Problem] | None = None, **more: Any) -> HttpResponse:
        """The page with what was typed."""

    def in_words(self, typed: Typed) -> list[Any]:
        """The texts of another device's version."""


class Version(TypedDict):
    """Which version of the draft the page has seen, and which open page it is."""

    version_seen: int
    writer: str


def version_of(request: HttpRequest) -> Version:
    """As the form says."""
    sent = request.POST
    return {"version_seen": number_of(sent.get("version")), "writer": sent.get("writer", "")[:40]}


def keep(desk: Desk, typed: Typed, *, person: Person | None, episode: Episode | None, labels: int) -> Draft:
    """Save what was *typed* as the draft."""
    return save_draft(
        pk=desk.row,
        kind=SOURCE,
        person=person,
        episode=episode,
        labels=labels,
        content=dict(typed.values),
        stroke=number_of(desk.request.POST.get("stroke")),
        by=desk.request.viewer.actor,
        **version_of(desk.request),
    )


def saved(desk: Desk, kept: Callable[[], Draft | None], back: str) -> HttpResponse:
    """The button *Save draft*, for who writes without scripts: keep it with *kept*, and go on at the address *back*."""

    def save() -> HttpResponse:
        try:
            kept()
            tell(desk.request, _("The draft is saved. It waits under Drafts."))
        except AlreadySigned as error:
            tell(desk.request, str(error.message))
        return redirect(back)

    return answered(desk, save)


def answered(desk: Desk, deed: Callable[[], HttpResponse]) -> HttpResponse:
    """What *deed* leads to; when it was refused, the page with what was typed and why. After a conflict both texts stand there:
    saving or signing again goes on with the form's."""
    typed = of_form(desk.request.POST)
    try:
        return deed()
    except NoteProblems as error:
        return desk.show(typed, problems=error.problems)
    except DraftConflict as error:
        return desk.show(typed, theirs=desk.in_words(of_draft(error.content)), version=error.version)
    except DomainError as error:
        return desk.show(typed, problems=[Problem(error.field or "", error.message)])


def discarded(request: StaffRequest, row: UUID) -> HttpResponse:
    """Throw one's own draft away."""
    if discard_draft(pk=row, by=request.viewer.actor):
        tell(request, _("The draft was thrown away."))
    return redirect("contacts:drafts")


def kept_as_json(keep: Callable[[], Draft | None], signed: str) -> JsonResponse:
    """Save with *keep* and say so. 409: signed already (it stands at the address *signed*), or changed on another device."""
    try:
        draft = keep()
    except AlreadySigned as error:
        return JsonResponse({"signed": signed, "said": str(error.message)}, status=409)
    except DraftConflict as error:
        said = {"version": error.version, "theirs": error.content, "said": str(error.message)}
        return JsonResponse(said, status=409)
    except DomainError as error:
        return JsonResponse({"said": str(error.message)}, status=422)
    return JsonResponse({"version": draft.version if draft else 0})


def led_to(request: StaffRequest, url: str) -> HttpResponse:
    """Lead to *url*: for htmx by its header, so that the whole page is new."""
    if not request.htmx:
        return redirect(url)
    led = HttpResponse(status=204)
    led["HX-Redirect"] = url
    return led


def number_of(text: str | None) -> int:
    """A version or a stroke; 0 for what is none."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0
