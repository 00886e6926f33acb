"""Read it once more and sign; the second person; the confirmation, the signed summary and what is added to it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.discharge import actions
from goldthread.casework.discharge.actions.signing import digest_for
from goldthread.casework.discharge.enums import WayState
from goldthread.casework.discharge.models import WayOut
from goldthread.casework.discharge.queries.ways import told_of
from goldthread.casework.discharge.rules.paths import asked_of, day_of
from goldthread.casework.discharge.rules.summary import Section, sections_for
from goldthread.casework.episodes.rules import may_undo
from goldthread.doors.web.discharge.coming import planned_after
from goldthread.doors.web.discharge.desk import Desk, desk_of, plain_uuid
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.models import Staff
from goldthread.foundation.workforce.queries import supervisors_of
from goldthread.people.persons.models import Person


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_DISCHARGE)
def sign(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """All of it once more; the signature ends the episode, or asks somebody who may end it."""
    desk = desk_of(request, client, row, Act.WRITE_DISCHARGE)
    if not desk.open:
        return redirect("discharge:read", pk=client.pk, row=row)
    if not desk.way.reason:
        messages.info(request, _("Choose first why the episode ends."))
        return redirect("discharge:reason", pk=client.pk, row=row)
    problem, left = "", desk.left
    if request.method == "POST":
        try:
            actions.sign(
                way=desk.way,
                drafted=desk.drafts,
                shown=request.POST.get("shown", ""),
                seen=gate.sight(request.viewer, client, Act.READ_RECORD),
                may_end=desk.may_end,
                readers=list(supervisors_of(request.viewer.staff, request.viewer.today)),
                by=request.viewer.actor,
            )
        except actions.NotSettled as error:
            problem, left = str(error.message), error.items
        except DomainError as error:
            problem = str(error.message)
        else:
            return _after(desk)
        desk = desk_of(request, client, row, Act.WRITE_DISCHARGE)
        if not desk.open:
            return redirect("discharge:read", pk=client.pk, row=row)
    context = desk.context(
        "sign",
        problem=problem,
        left=left,
        parts=parts_of(desk),
        said=said_of(desk.way),
        decisions=list(desk.settled.values()),
        shown=digest_for(desk.way, desk.drafts),
        second=not desk.may_end or desk.rules.way_out.approval,
    )
    return render(request, "discharge/sign.html", context, status=422 if problem else 200)


@require_POST
@client_page(Act.MANAGE_EPISODE)
def approve(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """The second person ends it."""
    desk = desk_of(request, client, row, Act.MANAGE_EPISODE)
    seen = gate.sight(request.viewer, client, Act.READ_RECORD)
    try:
        actions.approve(way=desk.way, seen=seen, by=request.viewer.actor)
    except DomainError as error:
        return _read(desk, problem=str(error.message), status=422, left=getattr(error, "items", []))
    return _after(desk)


@require_POST
@client_page(Act.MANAGE_EPISODE)
def send_back(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """The second person sends it back with a comment."""
    desk = desk_of(request, client, row, Act.MANAGE_EPISODE)
    try:
        actions.send_back(way=desk.way, comment=request.POST.get("comment", ""), by=request.viewer.actor)
    except DomainError as error:
        return _read(desk, problem=str(error.message), status=422)
    messages.success(request, _("Sent back. Whoever signed it is told."))
    return redirect("discharge:ready", pk=client.pk)


@require_GET
@client_page(Act.READ_RECORD)
def read(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """The confirmation with the summary; while it waits, for the second person to decide."""
    return _read(desk_of(request, client, row, Act.READ_RECORD))


@require_POST
@client_page(Act.WRITE_DISCHARGE)
def addendum(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """Add to the signed summary."""
    desk = desk_of(request, client, row, Act.WRITE_DISCHARGE)
    try:
        actions.add_addendum(
            way=desk.way,
            text=request.POST.get("text", ""),
            by=request.viewer.actor,
            form_id=plain_uuid(request.POST.get("form_id")),
        )
    except DomainError as error:
        return _read(desk, problem=str(error.message), status=422)
    messages.success(request, _("Added."))
    return redirect("discharge:read", pk=client.pk, row=row)


def _after(desk: Desk) -> HttpResponse:
    """To the confirmation: on the client's page, or, where the end took the client from the viewer, on their own."""
    way = WayOut.objects.get(pk=desk.way.pk)
    if way.state == WayState.WAITING:
        messages.success(desk.request, _("Signed. Somebody who may end the episode reads it, and is told."))
    else:
        messages.success(desk.request, _("Discharged. Here is what was done, and the packet to print."))
    if gate.clients(desk.viewer, Act.READ_RECORD).filter(pk=desk.client.pk).exists():
        return redirect("discharge:read", pk=desk.client.pk, row=way.pk)
    return redirect("discharge:afterwards", row=way.pk)


def _read(desk: Desk, problem: str = "", status: int = 200, left: Any = ()) -> HttpResponse:
    way, viewer = desk.way, desk.viewer
    if way.state == WayState.OPEN and desk.may_write and not problem:
        return redirect("discharge:reason", pk=desk.client.pk, row=way.pk)
    context = desk.context("done", **confirmation(way, desk.reason), problem=problem, left=left)
    context |= {
        "may_approve": way.state == WayState.WAITING and desk.may_end and way.signed_by_id != viewer.staff.pk,
        "may_add": way.state == WayState.DONE and desk.may_write,
        "may_undo": way.state == WayState.DONE
        and desk.may_end
        and way.ended_at is not None
        and may_undo(way.ended_at, viewer.at),
        "coming": planned_after(viewer, way) if way.state == WayState.DONE else [],
        "today": viewer.today,
        "form_id": new_id(),
        "comment": desk.request.POST.get("comment", ""),
        "added": desk.request.POST.get("text", ""),
    }
    return render(desk.request, "discharge/read.html", context, status=status)


def confirmation(way: WayOut, reason: str) -> dict[str, Any]:
    """What a confirmation shows, wherever it is opened."""
    return {
        "way": way,
        "reason": reason,
        "parts": [(one, way.sections.get(one.key, {}).get("text", "")) for one in sections_for(way.path)],
        "said": said_of(way),
        "decisions": told_of(way),
        "addenda": list(way.addenda.select_related("staff").order_by("at", "pk")),
    }


def parts_of(desk: Desk) -> list[tuple[Section, str]]:
    """The sections as they would be signed now."""
    kept, drafts = desk.way.sections, desk.drafts
    return [
        (one, kept[one.key]["text"] if one.key in kept else drafts[one.key].text) for one in sections_for(desk.way.path)
    ]


def said_of(way: WayOut) -> list[tuple[Any, str]]:
    """What the way asked, with the answers in words."""
    found: list[tuple[Any, str]] = []
    for one in asked_of(way.path):
        text = way.said.get(one.key, "")
        if one.kind == "choice":
            text = str(dict(one.choices).get(text, text))
        if one.kind == "day" and (day := day_of(way.said, one.key)):
            text = date_format(day, "j M Y")
        if one.kind == "staff" and text:
            text = Staff.objects.filter(pk=text).values_list("name", flat=True).first() or ""
        if one.kind == "yes":
            text = _("Yes") if text else _("No")
        if text:
            found.append((one.label, text))
    return found
