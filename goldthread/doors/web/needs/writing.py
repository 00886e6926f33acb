"""Needs raised, changed, put in order, closed and opened again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.needs import actions
from goldthread.casework.needs.enums import Strength
from goldthread.casework.needs.models import Need
from goldthread.casework.needs.queries import open_needs
from goldthread.casework.needs.rules import with_unseen
from goldthread.doors.web.contacts.reading_form import uuid_of
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.doors.web.needs.answers import differences, form_page, saved
from goldthread.doors.web.needs.choosing import episodes_for
from goldthread.doors.web.needs.forms import CloseForm, NeedForm
from goldthread.doors.web.needs.views import need_of
from goldthread.foundation.lib.errors import DomainError, EditConflict
from goldthread.foundation.ui.addresses import address
from goldthread.foundation.ui.toasts import tell
from goldthread.people.persons.models import Person


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_ASSESSMENT)
def add(request: StaffRequest, client: Person) -> HttpResponse:
    """The form of a need that somebody brought up."""
    form = NeedForm(
        sent(request),
        episodes=episodes_for(request.viewer, client),
        initial={"strength": Strength.NEEDED, "own_words": True},
    )
    if form.is_bound and form.is_valid():
        try:
            actions.raise_need(
                person=client,
                episode=form.episode,
                form_id=form.cleaned_data["form_id"],
                by=request.viewer.actor,
                **form.said,
            )
            return saved(request, client)
        except DomainError as error:
            form.refuse(error)
    return form_page(request, client, form, _("A need"), key="needs-new", section_url="")


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_ASSESSMENT)
def change(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """The form that says it better. Who comes second is shown the difference, and keeps what they typed."""
    need = need_of(request, client, row)
    initial = {name: getattr(need, name) for name in (*actions.SAID, "version")}
    form = NeedForm(sent(request), initial=initial)
    more: dict[str, Any] = {}
    if form.is_bound and form.is_valid():
        try:
            actions.change_need(need=need, version_seen=form.version_seen, by=request.viewer.actor, **form.said)
            return saved(request, client)
        except EditConflict as conflict:
            more = {"status": 409, "conflicts": differences(form, conflict)}
            form.renewed(Need.objects.only("version").get(pk=need.pk).version)
        except DomainError as error:
            form.refuse(error)
    return form_page(request, client, form, _("Change this need"), **_in_place(client, need), **more)


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_ASSESSMENT)
def close(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """The form that closes a need: met, not now, or not wanted."""
    need = need_of(request, client, row)
    form = CloseForm(sent(request))
    form.says = need.words
    if form.is_bound and form.is_valid():
        try:
            given = form.cleaned_data
            actions.close_need(need=need, state=given["state"], reason=given["reason"], by=request.viewer.actor)
            tell(request, _("Closed."), undo=address("needs:reopen", client.pk, need.pk))
            return saved(request, client)
        except DomainError as error:
            form.refuse(error)
    return form_page(request, client, form, _("Close this need"), button=_("Close it"), **_in_place(client, need))


@require_POST
@client_page(Act.WRITE_ASSESSMENT)
def reopen(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """Open again what was closed or declined."""
    actions.reopen_need(need=need_of(request, client, row), by=request.viewer.actor)
    messages.success(request, _("It is open again."))
    return saved(request, client)


@require_POST
@client_page(Act.WRITE_ASSESSMENT)
def order(request: StaffRequest, client: Person) -> HttpResponse:
    """Put the needs in the order that the person chose: the whole list as dragged, or one moved up or down (``move``)."""
    wanted = [pk for pk in map(uuid_of, request.POST.getlist("order")) if pk]
    wanted = _moved(wanted, request.POST.get("move", ""))
    seen = {need.pk for need in open_needs(client, gate.content(request.viewer, client, Act.WRITE_ASSESSMENT))}
    ranked = Need.objects.filter(person=client, state="open", rank__isnull=False).order_by("rank", "pk")
    if not set(wanted) <= seen:
        messages.error(request, _("The list has changed in the meantime. Look at it again."))
        return saved(request, client)
    try:
        everything = with_unseen(list(ranked.values_list("pk", flat=True)), wanted, seen)
        actions.rank_needs(person=client, order=everything, by=request.viewer.actor)
    except DomainError as error:
        messages.error(request, str(error.message))
    return saved(request, client)


def _moved(wanted: list[UUID], move: str) -> list[UUID]:
    """*wanted* with one exchanged with its neighbor; *move* is ``up:`` or ``down:`` and its id."""
    way, _colon, text = move.partition(":")
    pk = uuid_of(text)
    if pk not in wanted or way not in ("up", "down"):
        return wanted
    at = wanted.index(pk)
    to = at - 1 if way == "up" else at + 1
    if 0 <= to < len(wanted):
        wanted[at], wanted[to] = wanted[to], wanted[at]
    return wanted


def sent(request: StaffRequest) -> Any:
    """What a form is bound to; None while it is only looked at."""
    return request.POST if request.method == "POST" else None


def _in_place(client: Person, need: Need) -> dict[str, Any]:
    return {"key": f"need-{need.pk}", "section_url": address("needs:one", client.pk, need.pk)}
