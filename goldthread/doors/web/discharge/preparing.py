"""A way out is begun; its day, its reason and what its way asks; the tries, and doing without them; giving it up."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.discharge import actions
from goldthread.casework.discharge.rules.paths import unanswered
from goldthread.casework.episodes.queries import episodes_of
from goldthread.doors.web.clients.circle import workers_on
from goldthread.doors.web.discharge.desk import Desk, desk_of, plain_uuid
from goldthread.doors.web.discharge.forms import ReasonForm
from goldthread.doors.web.entry import StaffRequest, client_page, page_of
from goldthread.doors.web.episodes.common import saved, sent
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.programs.rules.titles import MODES
from goldthread.foundation.programs.rules.way_out import Tries
from goldthread.people.persons.models import Person


@require_POST
@client_page(Act.WRITE_DISCHARGE)
def begin(request: StaffRequest, client: Person) -> HttpResponse:
    """Begin the way out of the episode that is named; the one that is begun already goes on."""
    allowed = gate.content(request.viewer, client, Act.WRITE_DISCHARGE, episode="pk")
    wanted = plain_uuid(request.POST.get("episode"))
    episode = episodes_of(client).filter(allowed, pk=wanted).first() if wanted else None
    if episode is None:
        gate.refuse(request.viewer, Act.WRITE_DISCHARGE, client.pk, why="label", page=page_of(request))
        raise Http404
    try:
        way = actions.begin(
            episode=episode, person=client, by=request.viewer.actor, form_id=plain_uuid(request.POST.get("form_id"))
        )
    except DomainError as error:
        messages.error(request, str(error.message))
        return redirect("discharge:ready", pk=client.pk)
    return redirect("discharge:reason", pk=client.pk, row=way.pk)


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_DISCHARGE)
def reason(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """The first page: when, why, and what the way of that reason asks."""
    desk = desk_of(request, client, row, Act.WRITE_DISCHARGE)
    if not desk.open:
        return redirect("discharge:read", pk=client.pk, row=row)
    way = desk.way
    chosen = desk.rules.discharge_reason(request.POST.get("reason", "")) if request.method == "POST" else None
    path = str(chosen.way) if chosen else way.path
    initial: dict[str, Any] = {"last_day": desk.day, "reason": way.reason, "version": way.version}
    initial |= {f"said-{key}": value for key, value in way.said.items()}
    form = ReasonForm(
        sent(request), rules=desk.rules, path=path, workers=workers_on(request.viewer.today), initial=initial
    )
    asks_more = request.method == "POST" and path != way.path

    def act() -> None:
        values = form.cleaned_data
        actions.say(
            way=way,
            last_day=values["last_day"],
            reason=values["reason"],
            said=form.said,
            version_seen=values.get("version"),
            by=request.viewer.actor,
        )

    if saved(form, act):
        if asks_more and form.asked:
            messages.info(request, _("Saved. This way out asks a few things more."))
            return redirect("discharge:reason", pk=client.pk, row=row)
        if left := unanswered(path, form.said):
            words = ", ".join(f"“{one.label}”" for one in left)
            messages.info(request, _("Saved. Before you sign, answer: %(what)s.") % {"what": words})
        return redirect("discharge:summary", pk=client.pk, row=row)
    lines = desk.tried.lines if desk.tried else ()
    context = desk.context("reason", form=form, tried_lines=[(line, how_of(line.asked)) for line in lines])
    return render(request, "discharge/reason.html", context, status=422 if form.is_bound else 200)


def how_of(asked: Tries) -> str:
    """By which ways somebody is to try, in words."""
    words = _(" or ").join(str(MODES[mode]).lower() for mode in asked.modes)
    return words[:1].upper() + words[1:] or _("Any way")


@require_POST
@client_page(Act.MANAGE_EPISODE)
def override(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """Somebody who may end the episode says why the missing tries are not needed."""
    desk = desk_of(request, client, row, Act.MANAGE_EPISODE)
    return _done(
        desk,
        lambda: actions.override(way=desk.way, reason=request.POST.get("override", ""), by=request.viewer.actor),
        _("Written down: the discharge does without the missing tries."),
        "discharge:reason",
    )


@require_POST
@client_page(Act.WRITE_DISCHARGE)
def give_up(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """It does not end after all."""
    desk = desk_of(request, client, row, Act.WRITE_DISCHARGE)
    try:
        actions.give_up(way=desk.way, by=request.viewer.actor)
        messages.success(request, _("Given up. Nothing has changed for the client."))
    except DomainError as error:
        messages.error(request, str(error.message))
    return redirect("discharge:ready", pk=client.pk)


def _done(desk: Desk, act: Any, said: str, page: str) -> HttpResponse:
    try:
        act()
        messages.success(desk.request, said)
    except DomainError as error:
        messages.error(desk.request, str(error.message))
    return redirect(page, pk=desk.client.pk, row=desk.way.pk)
