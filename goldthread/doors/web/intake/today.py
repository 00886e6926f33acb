"""Where intake begins the day: what is to be answered first, and who of those who were answered is to be heard from."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.inquiries import inquiries
from goldthread.access.waiting import offers, places, referrals
from goldthread.casework.intake.enums import HandOffState, PlaceState
from goldthread.casework.intake.models.waiting import OPEN
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.doors.web.intake.listing import URGENT, counts, line_of
from goldthread.foundation.audit.actions import record

MOST = 8
"""Lines of each part; whoever has more opens the list."""


@require_GET
@staff_page(Act.READ_INQUIRY)
def today(request: StaffRequest) -> HttpResponse:
    """Urgent inquiries, those that are late or due today; offers that run out, calls that are due, hand-offs to ask about. A fixed
    number of statements, each for a few rows by an index."""
    viewer = request.viewer
    day = viewer.today
    reach = inquiries(viewer, Act.READ_INQUIRY)
    is_open = reach.filter(state="open").order_by("due_on", "pk").select_related("owner", "team")
    urgent = list(is_open.filter(urgency__in=URGENT)[:MOST])
    due = list(is_open.filter(due_on__lte=day).exclude(urgency__in=URGENT)[:MOST])
    waiting = places(viewer, Act.READ_INQUIRY)
    ending = offers(viewer, Act.READ_INQUIRY).filter(answer="", answer_by__lte=day)
    parts: dict[str, list[Any]] = {
        "urgent": [line_of(row, day) for row in urgent],
        "due": [line_of(row, day) for row in due],
        "offers": list(ending.select_related("place__inquiry", "place__program").order_by("answer_by", "pk")[:MOST]),
        "enrol": _of(waiting.filter(state=PlaceState.ACCEPTED).order_by("since", "pk")),
        "calls": _of(waiting.filter(OPEN, contact_on__lte=day).order_by("contact_on", "pk")),
        "asked": list(
            referrals(viewer, Act.READ_INQUIRY)
            .filter(state=HandOffState.OPEN, ask_on__lte=day)
            .select_related("inquiry")
            .order_by("ask_on", "pk")[:MOST]
        ),
    }
    shown = {name: len(rows) for name, rows in parts.items()}
    record(by=viewer.actor, action="intake.listed", kind="inquiry", details={"rows": sum(shown.values())})
    asked_for = [*urgent, *due, *(one.place.inquiry for one in parts["offers"])]
    asked_for += [one.inquiry for name in ("enrol", "calls", "asked") for one in parts[name]]
    gate.saw_by_key(viewer, [inquiry.client_id for inquiry in asked_for], "intake:today")
    context = {
        **parts,
        "many": counts(reach, viewer),
        "nothing": not any(shown.values()),
        "may_write": gate.may(viewer, Act.WRITE_INQUIRY),
    }
    return render(request, "intake/today.html", context)


def _of(rows: QuerySet[Any]) -> list[Any]:
    return list(rows.select_related("inquiry", "program", "owner")[:MOST])
