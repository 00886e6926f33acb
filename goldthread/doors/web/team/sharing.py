"""Sharing out the work: some clients of one worker go to another, by dragging or by choosing; one form, one reason, one day."""

from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, F, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.caseload.actions import TOO_LATE
from goldthread.casework.caseload.models import Assignment
from goldthread.casework.episodes.models import Episode
from goldthread.casework.schedule.actions import Moved, Shared, share_out, take_back
from goldthread.doors.web.clients.circle import team_of, workers_on
from goldthread.doors.web.contacts.reading_form import uuid_of
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.doors.web.episodes.agreed import agreed_of_each
from goldthread.doors.web.episodes.common import sent
from goldthread.doors.web.episodes.enrolling import team_for
from goldthread.doors.web.team import counted
from goldthread.doors.web.team.drawing import bar
from goldthread.doors.web.team.figures import Row, loads_of
from goldthread.doors.web.team.forms import ShareForm
from goldthread.doors.web.team.overview import load_words
from goldthread.doors.web.team.people import MOST, workers_of
from goldthread.foundation.agency.models import Team
from goldthread.foundation.lib.compiled import AnyOf
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.ui.toasts import tell
from goldthread.foundation.workforce.models import Staff

KEPT = "moved_clients"


@require_http_methods(["GET", "POST"])
@staff_page(Act.HAND_OVER)
def share(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The caseload of one worker, and to whom of it can go. ``client`` and ``to`` of the address are chosen beforehand."""
    viewer = request.viewer
    giver = gate.workers(viewer, Act.HAND_OVER).filter(pk=pk).first()
    if giver is None:
        raise Http404
    rows = _movable(viewer, giver)
    takers = list(workers_of(viewer).exclude(pk=giver.pk).order_by("name", "pk")[:MOST])
    known = {taker.pk for taker in takers} | {giver.pk}
    others = [(key, name) for key, name in workers_on(viewer.today) if key not in known]
    form = ShareForm(sent(request), others=others, initial={"on": viewer.today})
    chosen = _chosen(request, rows)
    taker = _taker(request, takers)
    staying = {pk for pk in map(uuid_of, request.POST.getlist("stays")) if pk}
    shared = _move(viewer, form, chosen, taker, staying) if form.is_bound and form.is_valid() else None
    if shared:
        return _done(request, shared)
    gate.saw(viewer, {row.client for row in rows}, "team:share")
    context = {
        "giver": giver,
        "form": form,
        "lines": _lines(viewer, rows),
        "own": loads_of(viewer, [giver])[0],
        "takers": [_target(row) for row in loads_of(viewer, takers)],
        "chosen": {_key(row) for row in chosen},
        "to": str(taker.pk) if taker else "",
        "stays": set(request.POST.getlist("stays")),
    }
    return render(request, "team/share.html", context, status=422 if form.is_bound else 200)


@require_POST
@staff_page(Act.HAND_OVER)
def undo(request: StaffRequest) -> HttpResponse:
    """Take back the move that was made last. What it was stands in the session, never in an address."""
    kept = request.session.pop(KEPT, None)
    try:
        if not kept:
            raise DomainError(TOO_LATE)
        take_back(shared=_read(kept), by=request.viewer.actor)
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("Undone. It is as it was before."))
    return redirect("team:overview")


def _movable(viewer: Viewer, giver: Staff) -> list[Assignment]:
    """The caseload of *giver*, as far as the viewer may assign the clients and change their programs."""
    rows: QuerySet[Assignment] = counted.caseload(viewer, [giver.pk]).filter(
        gate.content_in(viewer, Act.MANAGE_EPISODE), client__in=gate.clients(viewer, Act.ASSIGN).values("pk")
    )
    return list(
        rows.select_related("client", "staff", "team", "episode__program__team").order_by("client__sort_key", "pk")
    )


def _lines(viewer: Viewer, rows: list[Assignment]) -> list[dict[str, Any]]:
    """A line an episode, with everybody served under it, and how much of theirs is late."""
    late = _late(viewer, rows)
    agreed = agreed_of_each(viewer, rows)
    lines: dict[str, dict[str, Any]] = {}
    for row in rows:
        line = lines.setdefault(_key(row), {"key": _key(row), "row": row, "persons": [], "late": 0, "agreed": {}})
        line["persons"].append(row.client)
        line["agreed"] |= dict(agreed.get((row.client_id, row.episode_id), []))
        line["late"] += late.get((row.client_id, row.episode_id), 0)
    return list(lines.values())


def _late(viewer: Viewer, rows: list[Assignment]) -> dict[tuple[UUID, UUID | None], int]:
    """How many tasks of each client and episode are late. One query."""
    staff = [row.staff_id for row in rows[:1]]
    found = counted.overdue(viewer, staff).filter(AnyOf(F("client"), [row.client_id for row in rows]))
    counts = found.order_by().values_list("client", "episode").annotate(many=Count("pk"))
    return {(client, episode): many for client, episode, many in counts if client}


def _key(row: Assignment) -> str:
    """What is moved as one: an episode, or a client of no program."""
    return f"e{row.episode_id}" if row.episode_id else f"c{row.client_id}"


def _chosen(request: StaffRequest, rows: list[Assignment]) -> list[Assignment]:
    keys = set(request.POST.getlist("move"))
    client = request.GET.get("client", "") if request.method == "GET" else ""
    return [row for row in rows if _key(row) in keys or str(row.client_id) == client]


def _taker(request: StaffRequest, takers: list[Staff]) -> Staff | None:
    asked = request.POST.get("to", "") or request.GET.get("to", "")
    return next((one for one in takers if str(one.pk) == asked), None)


def _target(row: Row) -> dict[str, Any]:
    return {"row": row, "bar": bar(row.load), "load": load_words(row)}


def _move(
    viewer: Viewer, form: ShareForm, chosen: list[Assignment], taker: Staff | None, staying: set[UUID]
) -> Shared | None:
    """Move them; None when the form says why not."""
    said = form.cleaned_data
    if said["other"]:
        taker = Staff.objects.get(pk=said["other"])
    if taker is None:
        form.add_error("other", _("Choose to whom."))
        return None
    to_staff = taker

    def team(episode: Episode | None) -> Team | None:
        if episode and episode.program.team:
            return team_for(viewer, to_staff, episode.program.team)
        return team_of(to_staff, viewer.today)

    try:
        shared = share_out(
            rows=chosen,
            to_staff=to_staff,
            on=said["on"],
            reason=said["reason"],
            note=said["note"],
            team_for=team,
            staying=staying,
            by=viewer.actor,
        )
    except DomainError as error:
        form.refuse(error)
        return None
    if not shared.moved:
        form.add_error(None, _("They are with this worker already."))
        return None
    return shared


def _done(request: StaffRequest, shared: Shared) -> HttpResponse:
    """Say it, with what the new worker has at the same time, and keep what it takes to undo it."""
    request.session[KEPT] = _kept(shared)
    name, many = Staff.objects.get(pk=shared.to_staff).name, len(shared.moved)
    text = ngettext("%(n)d client goes to %(name)s.", "%(n)d clients go to %(name)s.", many)
    tell(request, text % {"n": many, "name": name}, undo=reverse("team:undo"))
    if shared.clashes:
        words = ngettext(
            "%(name)s has something else at %(n)d of the agreed times. Look at the calendar.",
            "%(name)s has something else at %(n)d of the agreed times. Look at the calendar.",
            shared.clashes,
        )
        messages.warning(request, words % {"n": shared.clashes, "name": name})
    return redirect("team:overview")


def _kept(shared: Shared) -> dict[str, Any]:
    """As the session keeps it: text alone."""
    return {
        "from": str(shared.from_staff),
        "to": str(shared.to_staff),
        "moved": [
            {name: str(value) if value is not None else None for name, value in asdict(one).items()}
            for one in shared.moved
        ],
        "appointments": [str(key) for key in shared.appointments],
        "joined": [str(key) for key in shared.joined],
    }


def _read(kept: dict[str, Any]) -> Shared:
    """As ``_kept`` wrote it."""
    moved = [
        Moved(
            made=UUID(one["made"]),
            before=UUID(one["before"]) if one["before"] else None,
            ends_on=date.fromisoformat(one["ends_on"]) if one["ends_on"] else None,
            reason=one["reason"] or "",
        )
        for one in kept["moved"]
    ]
    appointments, joined = ([UUID(key) for key in kept[name]] for name in ("appointments", "joined"))
    return Shared(UUID(kept["from"]), UUID(kept["to"]), moved, appointments, joined)
