"""The list of inquiries: what is due first; found by name or telephone; page by page by key."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.inquiries import inquiries
from goldthread.access.viewer import Viewer
from goldthread.access.waiting import offers, places, referrals
from goldthread.casework.intake.enums import HandOffState, InquiryState, PlaceState
from goldthread.casework.intake.models import Inquiry
from goldthread.casework.intake.models.waiting import OPEN
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.doors.web.intake.page import URGENT_TONES
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.text import plain
from goldthread.foundation.programs.enums import Urgency
from goldthread.foundation.programs.queries import open_programs

PAGE = 50
URGENT = (Urgency.CRISIS.value, Urgency.URGENT.value)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for. ``show``: open, mine, urgent, late, done; ``program``: a short name; ``text``: words or digits."""

    show: str = "open"
    program: str = ""
    text: str = ""

    @property
    def done(self) -> bool:
        return self.show == "done"


@require_GET
@staff_page(Act.READ_INQUIRY)
def listed(request: StaffRequest) -> HttpResponse:
    """Open inquiries by the day on which they are to be answered; those that are done, newest first."""
    viewer = request.viewer
    filters = Filters(
        request.GET.get("show", "open") if request.GET.get("show") in SHOWN else "open",
        request.GET.get("program", "")[:60],
        request.GET.get("text", "").strip()[:100],
    )
    reach = inquiries(viewer, Act.READ_INQUIRY)
    found = _narrowed(reach, filters, viewer)
    rows, after = _page(found, filters, request.GET.get("after", ""))
    record(by=viewer.actor, action="intake.listed", kind="inquiry", details={"rows": len(rows)})
    gate.saw_by_key(viewer, [row.client_id for row in rows], "intake:list")
    many = counts(reach, viewer)
    context = {
        "filters": filters,
        "rows": [line_of(row, viewer.today, programs=True) for row in rows],
        "after": after,
        "later": bool(request.GET.get("after")),
        "shown": [(key, name, many.get(key)) for key, name in shown_words().items()],
        "programs": open_programs(viewer.today),
        "may_write": gate.may(viewer, Act.WRITE_INQUIRY),
        "query": _query(filters),
        "later_on": _later_on(viewer),
    }
    return render(request, "intake/list.html", context)


def _later_on(viewer: Viewer) -> dict[str, int]:
    """What is due of those who were answered: to call or to hear an answer (waitlists), to ask whether they were seen. Four queries, each
    by an index of what is due: one that asks for all at once reads every place there ever was."""
    today, act = viewer.today, Act.READ_INQUIRY
    waiting = places(viewer, act)
    to_call = Q(contact_on__isnull=False, contact_on__lte=today)
    offered = offers(viewer, act).filter(answer="", answer_by__lte=today, place__state=PlaceState.OFFERED)
    wait = (
        waiting.filter(OPEN, to_call).count(),
        waiting.filter(~to_call, state=PlaceState.ACCEPTED).count(),
        offered.exclude(place__contact_on__lte=today).count(),
    )
    ask = referrals(viewer, act).filter(state=HandOffState.OPEN, ask_on__lte=today).count()
    return {"wait": sum(wait), "ask": ask}


SHOWN = ("open", "urgent", "late", "mine", "nobody", "done")


def shown_words() -> dict[str, str]:
    """The filters by their words in the address."""
    return {
        "open": _("Open"),
        "urgent": _("Urgent"),
        "late": _("Late"),
        "mine": _("Mine"),
        "nobody": _("Not taken yet"),
        "done": _("Done"),
    }


def _which(show: str, viewer: Viewer) -> Q:
    is_open = Q(state=InquiryState.OPEN)
    return {
        "urgent": is_open & Q(urgency__in=URGENT),
        "late": is_open & Q(due_on__lt=viewer.today),
        "mine": is_open & Q(owner=viewer.staff),
        "nobody": is_open & Q(owner__isnull=True),
        "done": Q(state=InquiryState.DONE),
    }.get(show, is_open)


def _narrowed(reach: QuerySet[Inquiry], filters: Filters, viewer: Viewer) -> QuerySet[Inquiry]:
    found = reach.filter(_which(filters.show, viewer))
    if filters.program:
        found = found.filter(asked__program__key=filters.program)
    for word in plain(filters.text).split()[:6]:
        found = found.filter(search_text__contains=word)
    return found


def _page(found: QuerySet[Inquiry], filters: Filters, after: str) -> tuple[list[Inquiry], UUID | None]:
    """The rows after the one with the id *after*, and the id from which the next page starts."""
    anchor = _anchor(found, after)
    if filters.done:
        if anchor:
            same = Q(received_at=anchor.received_at, pk__lt=anchor.pk)
            found = found.filter(Q(received_at__lt=anchor.received_at) | same)
        found = found.order_by("-received_at", "-pk")
    else:
        if anchor:
            found = found.filter(Q(due_on__gt=anchor.due_on) | Q(due_on=anchor.due_on, pk__gt=anchor.pk))
        found = found.order_by("due_on", "pk")
    rows = list(found.select_related("owner", "team", "client").prefetch_related("asked__program")[: PAGE + 1])
    return rows[:PAGE], rows[PAGE - 1].pk if len(rows) > PAGE else None


def _anchor(found: QuerySet[Inquiry], after: str) -> Inquiry | None:
    try:
        return found.filter(pk=UUID(after)).first()
    except ValueError:
        return None


def counts(reach: QuerySet[Inquiry], viewer: Viewer) -> dict[str, int]:
    """How many are open, urgent, late, the viewer's own, and nobody's. One query."""
    names = ("open", "urgent", "late", "mine", "nobody")
    asked = {name: Count("pk", filter=_which(name, viewer), distinct=True) for name in names}
    return reach.filter(state=InquiryState.OPEN).aggregate(**asked)


def waiting(viewer: Viewer) -> dict[str, int]:
    """The same of what the viewer may read. One query."""
    return counts(inquiries(viewer, Act.READ_INQUIRY), viewer)


def line_of(row: Inquiry, today: date, *, programs: bool = False) -> dict[str, Any]:
    """An inquiry as a line of a list; with its *programs*, where they are loaded."""
    return {
        "row": row,
        "late": row.state == InquiryState.OPEN and row.due_on < today,
        "tone": URGENT_TONES.get(Urgency(row.urgency), ""),
        "programs": [asked.program for asked in row.asked.all()] if programs else [],
    }


def _query(filters: Filters) -> str:
    given = {"show": filters.show, "program": filters.program, "text": filters.text}
    return urlencode({name: value for name, value in given.items() if value})
