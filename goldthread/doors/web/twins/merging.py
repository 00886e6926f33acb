"""Two records side by side; merged, told apart, or two again."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.notices import own_supervisors
from goldthread.casework.merging.actions.apart import forget_apart, not_the_same
from goldthread.casework.merging.actions.merging import merge
from goldthread.casework.merging.actions.undo import undo_merge
from goldthread.casework.merging.models import Merge
from goldthread.casework.merging.queries.preview import Choice, choices, hidden_from, moving, obstacles
from goldthread.casework.merging.tasks import gather_later
from goldthread.doors.web.clients.forms.base import RecordForm, text
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.entry import StaffRequest, client_page, page_of
from goldthread.doors.web.twins.listing import line_of
from goldthread.doors.web.twins.words import answer, counted, left_words, note, title
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.ui.toasts import tell
from goldthread.people.persons import likeness
from goldthread.people.persons.likeness.words import why
from goldthread.people.persons.models import Person
from goldthread.people.persons.queries.likely import descriptions

PREFIX = "take_"


class MergeForm(RecordForm):
    """The answers (``take_birth`` …) are read from what is asked; the versions are those of both records that were seen."""

    reason = text(gettext_lazy("Why you think so"), limit=300, hint=gettext_lazy("if you like"))
    other_version = forms.IntegerField(widget=forms.HiddenInput)


@require_http_methods(["GET", "POST"])
@client_page(Act.MERGE)
def side_by_side(request: StaffRequest, client: Person, other: UUID) -> HttpResponse:
    """What differs, field by field; what moves; then one record instead of two."""
    second = _second(request, client, other)
    context = _context(request, client, second)
    start = {"version": client.version, "other_version": second.version}
    form = MergeForm(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "GET" or context["ask"]:
        return render(request, "twins/merge.html", context | {"form": form})
    if form.is_valid():
        try:
            made = merge(
                keep=client,
                other=second,
                chosen={name.removeprefix(PREFIX): str(request.POST[name]) for name in request.POST if PREFIX in name},
                versions=(form.version_seen, form.cleaned_data["other_version"]),
                reason=form.cleaned_data["reason"],
                form_id=form.own_id,
                by=request.viewer.actor,
            )
        except DomainError as error:
            form.refuse(error)
        else:
            transaction.on_commit(lambda: gather_later(made))
            undo_url = reverse("twins:undo", args=[made.kept_id, made.pk])
            tell(request, _("Now one record. It can be taken back for 90 days."), undo=undo_url)
            return redirect(reverse("clients:brief", args=[made.kept_id]))
    return render(request, "twins/merge.html", context | {"form": form}, status=422)


@require_POST
@client_page(Act.MERGE)
def apart(request: StaffRequest, client: Person, other: UUID) -> HttpResponse:
    """Not the same person: remembered."""
    second = _second(request, client, other)
    not_the_same(one=client, other=second, by=request.viewer.actor, why=request.POST.get("why", ""))
    undo_url = reverse("twins:perhaps", args=[client.pk, second.pk])
    tell(request, _("Remembered: these are two people."), undo=undo_url)
    return redirect("twins:list") if request.POST.get("from") == "list" else redirect("twins:of_client", pk=client.pk)


@require_POST
@client_page(Act.MERGE)
def perhaps(request: StaffRequest, client: Person, other: UUID) -> HttpResponse:
    """They may be one person after all."""
    second = _second(request, client, other)
    forget_apart(one=client, other=second, by=request.viewer.actor)
    messages.success(request, _("Undone. They may be suggested again."))
    return redirect("twins:of_client", pk=client.pk)


@require_POST
@client_page(Act.MERGE)
def undo(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """Two records again. What stayed is listed on the page that follows."""
    found = Merge.objects.filter(pk=row, kept=client).first()
    if found is None or found.labels & ~gate.cleared_labels(request.viewer, client):
        gate.refuse(request.viewer, Act.MERGE, client.pk, why="label", page=page_of(request))
        raise Http404
    try:
        undone = undo_merge(merge=found, by=request.viewer.actor)
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        left = left_words(undone.left)
        messages.success(
            request,
            _("Two records again, as they were.") if not left else _("Two records again. See below what stayed."),
        )
    return redirect("twins:of_client", pk=client.pk)


def _second(request: StaffRequest, client: Person, other: UUID) -> Person:
    """The other record, through the gate like the first."""
    if other == client.pk:
        raise Http404
    return gate.admit(request.viewer, Act.MERGE, other, page=page_of(request)).client


def _context(request: StaffRequest, client: Person, second: Person) -> dict[str, Any]:
    viewer = request.viewer
    cleared = gate.cleared_labels(viewer, client) & gate.cleared_labels(viewer, second)
    base: dict[str, Any] = {
        "header": header_of(viewer, client, "same"),
        "client": client,
        "second": second,
        "lines": [line_of(client, request), line_of(second, request)],
        "ask": "",
    }
    if hidden_from([client, second], cleared):
        names = ", ".join(staff.name for staff in own_supervisors(viewer)[:2]) or _("your supervisor")
        return base | {"ask": names}
    asked = choices(client, second)
    taken = {name.removeprefix(PREFIX): request.POST[name] for name in request.POST if PREFIX in name}
    (_one, here), (_two, there) = descriptions([client, second], cleared)
    return base | {
        "obstacles": obstacles(client, second),
        "why": why(likeness.score(here, there)),
        "differing": [_shown(one, taken) for one in asked if one.differs],
        "same": [_shown(one, taken) for one in asked if not one.differs],
        "moves": counted(moving(second)),
    }


def _shown(one: Choice, taken: dict[str, str]) -> dict[str, Any]:
    said = taken.get(one.key)
    return {
        "key": one.key,
        "title": title(one),
        "mine": answer(one, one.mine),
        "other": answer(one, one.other),
        "theirs": said == "other" if said else one.theirs,
        "note": note(one),
    }
