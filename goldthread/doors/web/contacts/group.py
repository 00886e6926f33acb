"""A group's note: written once, on one page, and signed into a note of its own for each client."""

from dataclasses import dataclass
from datetime import timedelta, tzinfo
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.contacts.actions.following import SOURCE
from goldthread.casework.contacts.actions.groups import sign_group
from goldthread.casework.contacts.enums import ContactState
from goldthread.casework.contacts.models import Contact
from goldthread.casework.contacts.queries import last_group, of_group
from goldthread.casework.contacts.rules.groups import MOST
from goldthread.casework.contacts.rules.written import Problem
from goldthread.casework.episodes.rules import labels_for
from goldthread.casework.record import queries as ledger
from goldthread.casework.record.models import Draft
from goldthread.doors.web.contacts import group_page
from goldthread.doors.web.contacts.filling import appointments_of_group, group_agreed
from goldthread.doors.web.contacts.group_ahead import consequences
from goldthread.doors.web.contacts.group_offered import GroupOffered, offer_group
from goldthread.doors.web.contacts.group_reading import GroupReader
from goldthread.doors.web.contacts.note import title_of
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
from goldthread.doors.web.contacts.typed import Typed, of_draft, of_form
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.enums import Mode, Place
from goldthread.foundation.ui.toasts import tell

STEP, LENGTH = 5, 60
"""Times are offered on the five minutes; an hour, until somebody says otherwise."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What every view of the page works with."""

    request: StaffRequest
    row: UUID
    zone: tzinfo

    def in_words(self, typed: Typed) -> list[tuple[str, str]]:
        """The texts of another device's version."""
        return group_page.in_words(typed)

    def show(
        self, typed: Typed, draft: Draft | None = None, problems: list[Problem] | None = None, **more: object
    ) -> HttpResponse:
        """The page with what was typed. Whose names it shows is recorded."""
        viewer = self.request.viewer
        offered = offer_group(viewer, typed)
        gate.saw(viewer, {one.person for one in (*offered.mine, *offered.others, *offered.members)}, "contacts:group")
        context = group_page.context(viewer, offered, typed, row=self.row, problems=problems or [])
        context |= {
            "version": draft.version if draft else number_of(self.request.POST.get("version")),
            "draft": draft,
            "ahead": consequences(self.request, offered, typed, self.row),
            "again": _again(self.request, offered),
        }
        status = 422 if problems else 409 if "theirs" in more else 200
        return render(self.request, "contacts/group.html", context | more, status=status)


@require_GET
@staff_page(Act.WRITE_CONTACT)
def new(request: StaffRequest) -> HttpResponse:
    """A new group's note. ``like``: with the clients of that group; ``appointment``: filled from the group of that
    id in the calendar; ``day``, ``start``: when, as links of the calendar say."""
    return _fresh(_desk(request, new_id()))


@require_http_methods(["GET", "POST"])
@staff_page(Act.WRITE_CONTACT)
def write(request: StaffRequest, row: UUID) -> HttpResponse:
    """The note that is being written: shown, saved, its clients chosen, signed (``do``). A signed one shows its notes."""
    desk = _desk(request, row)
    if request.method == "POST":
        if request.POST.get("do") == "members" and request.htmx:
            return desk.show(of_form(request.POST))  # the page saves it by itself
        return answered(desk, lambda: _sign(desk)) if request.POST.get("do") == "sign" else _save(desk)
    if signed := _signed(desk):
        return signed
    draft = ledger.draft(row, request.viewer.staff.pk)
    if draft is None:
        return _fresh(desk)
    if draft.person_id is not None or draft.kind != SOURCE:
        raise Http404
    return desk.show(of_draft(draft.content), draft)


@require_POST
@staff_page(Act.WRITE_CONTACT)
def autosave(request: StaffRequest, row: UUID) -> JsonResponse:
    """Keep what is typed, asked by the page every few seconds."""
    desk = _desk(request, row)
    return kept_as_json(lambda: _keep(desk), reverse("contacts:group", args=[row]))


@require_POST
@staff_page(Act.WRITE_CONTACT)
def when_you_sign(request: StaffRequest, row: UUID) -> HttpResponse:
    """The panel beside the note, for what is typed now."""
    typed = of_form(request.POST)
    lines = consequences(request, offer_group(request.viewer, typed), typed, row)
    return render(request, "contacts/parts/ahead.html", {"lines": lines})


@require_POST
@staff_page(Act.WRITE_CONTACT)
def discard(request: StaffRequest, row: UUID) -> HttpResponse:
    """Throw one's own draft away."""
    return discarded(request, row)


def _desk(request: StaffRequest, row: UUID) -> Desk:
    return Desk(request, row, timezone.get_current_timezone())  # the middleware put the agency's in force


def _fresh(desk: Desk) -> HttpResponse:
    viewer, asked = desk.request.viewer, desk.request.GET
    now = viewer.at.astimezone(desk.zone)
    end = now.replace(second=0, microsecond=0) - timedelta(minutes=now.minute % STEP)
    start = end - timedelta(minutes=LENGTH)
    if start.date() != end.date():
        start = end.replace(hour=0, minute=0)
    values = {
        "day": [asked.get("day") or start.date().isoformat()],
        "start": [asked.get("start") or f"{start:%H:%M}"],
        "end": [asked.get("end") or f"{end:%H:%M}"],
        "program": [asked.get("program", "")],
        "with": asked.getlist("with")[:MOST],
    }
    if like := _like(viewer.staff.pk, asked.get("like", "")):
        values["with"] = [str(one.person_id) for one in like]
        values["program"] = [str(like[0].episode.program_id) if like[0].episode else ""]
        values["how"] = [f"kind:{like[0].kind}" if like[0].kind else f"{like[0].mode}:{like[0].place}"]
        values["activity"] = list(like[0].activities.values_list("activity", flat=True))
    agreed = group_agreed(appointments_of_group(viewer, asked.get("appointment", "")), desk.zone)
    values |= agreed
    offered = offer_group(viewer, Typed(values))
    if not offered.way((values.get("how") or [""])[0]):
        at_office = (way for way in offered.ways if (way.mode, way.place) == (Mode.IN_PERSON, Place.OFFICE))
        values["how"] = [way.value for way in at_office][:1]
    if offered.program:
        values["program"] = [str(offered.program.pk)]
    mine = ledger.drafts_of(viewer.staff.pk).filter(person=None, kind=SOURCE).exclude(pk=desk.row)
    said = _("Filled in from: %(what)s") % {"what": _("the group in the calendar")} if agreed else ""
    return desk.show(Typed(values), unfinished=list(mine[:3]), said=said)


def _like(staff: UUID, text: str) -> list[Contact]:
    """The contacts of one's own group of that id."""
    try:
        return [one for one in of_group(UUID(text)) if one.staff_id == staff]
    except ValueError:
        return []


def _again(request: StaffRequest, offered: GroupOffered) -> dict[str, Any] | None:
    """The last group of this program, when nobody is chosen yet: most groups meet again."""
    if offered.members or offered.program is None:
        return None
    group = last_group(request.viewer.staff.pk, offered.program.pk)
    rows = list(of_group(group).exclude(state=ContactState.REPLACED)) if group else []
    return {"group": group, "many": len(rows), "day": rows[0].happened_on} if rows else None


def _keep(desk: Desk) -> Draft | None:
    """Save what was sent as the draft, which is about nobody alone. None: nothing was sent, nothing is kept."""
    typed = of_form(desk.request.POST)
    if not typed.values:
        return None
    program = offer_group(desk.request.viewer, typed).program
    return keep(desk, typed, person=None, episode=None, labels=labels_for(program) if program else 0)


def _save(desk: Desk) -> HttpResponse:
    """The buttons *Save draft* and *Put them on the note*, for who writes without scripts."""
    return saved(desk, lambda: _keep(desk), reverse("contacts:group", args=[desk.row]))


def _sign(desk: Desk) -> HttpResponse:
    request, viewer = desk.request, desk.request.viewer
    typed = of_form(request.POST)
    group = GroupReader(desk.row, typed, offer_group(viewer, typed), viewer.today).group()
    agreed = {row.client_id: row.pk for row in appointments_of_group(viewer, typed.one("appointment")) if row.client_id}
    contacts = sign_group(group=group, zone=desk.zone, by=viewer.actor, appointments=agreed, **version_of(request))
    many = len(contacts)
    tell(
        request,
        ngettext("Signed: a note for %(n)d client.", "Signed: a note for each of %(n)d clients.", many) % {"n": many},
    )
    worried = [one for one in contacts if one.safety_concern and gate.may_on(viewer, Act.MAKE_REPORT, one.person)]
    if len(worried) == 1:
        return led_to(request, f"{reverse('reports:new', args=[worried[0].person_id])}?note={worried[0].pk}")
    return led_to(request, reverse("contacts:group", args=[desk.row]))


def _signed(desk: Desk) -> HttpResponse | None:
    """The notes that the group became, to its worker: those of clients whom they may still read. None: not signed yet."""
    viewer = desk.request.viewer
    mine = of_group(desk.row).filter(staff=viewer.staff).exclude(state=ContactState.REPLACED)
    rows = list(mine.filter(gate.content_in(viewer, client="person")))
    if not rows and not mine.exists():
        return None
    gate.saw(viewer, {one.person for one in rows}, "contacts:group")
    context = {
        "contacts": rows,
        "first": rows[0] if rows else None,
        "title": title_of(rows[0]) if rows else _("Group"),
        "row": desk.row,
        "came": sum(not one.attempted for one in rows),
        "may_report": gate.may(viewer, Act.MAKE_REPORT),
    }
    return render(desk.request, "contacts/group_read.html", context)
