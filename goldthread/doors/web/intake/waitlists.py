"""The waitlists: which programs have one, and one of them in its order; found, narrowed, printed, as a file."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.access.waiting import places, waitlists
from goldthread.casework.intake.enums import PlaceState
from goldthread.casework.intake.models import Place
from goldthread.casework.intake.models.waiting import OPEN
from goldthread.casework.intake.queries.vacancies import vacancies
from goldthread.casework.intake.queries.waiting import ORDER, positions, rules_today
from goldthread.casework.intake.rules.waiting import group_words, sentences, title_of
from goldthread.doors.web.clients.export import harmless
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.text import plain
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.queries import all_programs, in_force, rules_of
from goldthread.foundation.programs.rules.waitlist import First
from goldthread.people.persons.rules import language_name

PAGE = 50
PRINTED = 500
"""Rows on paper at once: ten sheets."""
EXPORTED = 500
"""Rows of a file that are read at once."""
NONE = "-"
"""The group of those who are in none, as the address says it."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for. ``show``: a word of SHOWN; ``group``: its key, or NONE; ``text``: words or digits."""

    show: str = "waiting"
    group: str = ""
    text: str = ""

    @property
    def any(self) -> bool:
        """Is anything narrowed?"""
        return self.show != "waiting" or bool(self.group or self.text)


def shown_words() -> dict[str, str]:
    """The filters by their words in the address."""
    return {
        "waiting": _("Waiting"),
        "call": _("To call"),
        "offered": _("Offered"),
        "accepted": _("To enroll"),
        "over": _("Over"),
    }


def _which(show: str, today: date) -> Q:
    return {
        "call": OPEN & Q(contact_on__lte=today),
        "offered": Q(state=PlaceState.OFFERED),
        "accepted": Q(state=PlaceState.ACCEPTED),
        "over": Q(state__in=(PlaceState.ENROLLED, PlaceState.REMOVED)),
    }.get(show, OPEN)


@require_GET
@staff_page(Act.READ_INQUIRY)
def overview(request: StaffRequest) -> HttpResponse:
    """Every waitlist that the viewer may open: how many wait, since when, what is to be done."""
    viewer = request.viewer
    programs = waitlists(viewer, all_programs())
    rows = places(viewer, Act.READ_INQUIRY).filter(OPEN).order_by().values("program")
    counted = rows.annotate(
        many=Count("pk"),
        call=Count("pk", filter=_which("call", viewer.today)),
        offered=Count("pk", filter=_which("offered", viewer.today)),
        accepted=Count("pk", filter=_which("accepted", viewer.today)),
        since=Min("since"),
    )
    found = {one["program"]: one for one in counted}
    rules = rules_of([program.pk for program in programs])
    free = vacancies({pk: in_force(one, viewer.today).waitlist for pk, one in rules.items()})
    lines = [
        (program, found.get(program.pk), free.get(program.pk))
        for program in programs
        if program.pk in found or not program.closed_on
    ]
    record(by=viewer.actor, action="intake.waitlists", kind="place", details={"rows": len(lines)})
    context = {"lines": sorted(lines, key=lambda line: line[1] is None)}
    return render(request, "intake/waiting/overview.html", context)


@require_GET
@staff_page(Act.READ_INQUIRY)
def waitlist(request: StaffRequest, key: str) -> HttpResponse:
    """Who waits for one program, in order; with ``print``, up to PRINTED of them at once."""
    viewer = request.viewer
    program = _program(request, key)
    filters = _filters(request)
    rules = rules_today(program.pk, viewer.today)
    reach = places(viewer, Act.READ_INQUIRY).filter(program=program)
    on_paper = "print" in request.GET
    rows, after = _page(
        _narrowed(reach, filters, viewer.today), filters, request.GET.get("after", ""), PRINTED if on_paper else PAGE
    )
    details = {"rows": len(rows), "program": program.key}
    record(by=viewer.actor, action="intake.waitlist", kind="place", details=details)
    gate.saw_by_key(viewer, [row.inquiry.client_id for row in rows], "intake:waitlist")
    many = reach.filter(OPEN).aggregate(
        **{name: Count("pk", filter=_which(name, viewer.today)) for name in list(shown_words())[:4]}
    )
    numbers = positions([row for row in rows if not row.ended_on])
    context = {
        "program": program,
        "filters": filters,
        "lines": [_line(row, numbers, rules.comes_first, viewer.today) for row in rows],
        "after": after,
        "later": bool(request.GET.get("after")),
        "shown": [(name, words, many.get(name)) for name, words in shown_words().items()],
        "groups": [(one.key, title_of(one)) for one in rules.comes_first],
        "rules": sentences(rules),
        "rules_of": rules.waitlist,
        "vacancies": vacancies({program.pk: rules.waitlist}).get(program.pk),
        "query": _query(filters),
        "may_export": gate.may(viewer, Act.EXPORT),
        "on_paper": on_paper,
    }
    return render(request, "intake/waiting/list.html", context)


@require_GET
@staff_page(Act.EXPORT)
def export(request: StaffRequest, key: str) -> StreamingHttpResponse:
    """The list as CSV, with the filters of the address. Who may take no list out of the house gets none."""
    viewer = request.viewer
    if not gate.may(viewer, Act.READ_INQUIRY):
        raise Http404
    program = _program(request, key)
    filters = _filters(request)
    rules = rules_today(program.pk, viewer.today)
    found = _narrowed(places(viewer, Act.READ_INQUIRY).filter(program=program), filters, viewer.today)
    details = {"program": program.key}
    record(by=viewer.actor, action="intake.waitlist_exported", kind="place", details=details)
    answer = StreamingHttpResponse(
        _as_csv(found, filters, rules.comes_first, viewer), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="waitlist-{program.key}-{viewer.today}.csv"'
    return answer


def _as_csv(found: QuerySet[Place], filters: Filters, groups: tuple[First, ...], viewer: Viewer) -> Iterator[str]:
    head = [
        _("Number"),
        _("Name"),
        _("State"),
        _("Group"),
        _("Waits since"),
        _("Days"),
        _("Call by"),
        _("Language"),
        _("Who stays in touch"),
    ]
    yield "\ufeff" + _csv_line(head)
    after = ""
    while True:
        rows, last = _page(found, filters, after, EXPORTED)
        gate.saw_by_key(viewer, [row.inquiry.client_id for row in rows], "intake:waitlist_export", took=True)
        numbers = positions([row for row in rows if not row.ended_on])
        yield "".join(_csv_line(_cells(_line(row, numbers, groups, viewer.today))) for row in rows)
        if last is None:
            return
        after = str(last)


def _csv_line(cells: list[Any]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow([harmless(cell) for cell in cells])
    return written.getvalue()


def _cells(line: dict[str, Any]) -> list[Any]:
    row = line["row"]
    who = row.owner or row.team
    return [
        line["number"] or "",
        row.inquiry.display_name,
        str(row.get_state_display()),
        str(line["group"]),
        row.since.isoformat(),
        line["days"],
        row.contact_on.isoformat() if row.contact_on else "",
        line["language"],
        who.name if who else "",
    ]


def _program(request: StaffRequest, key: str) -> Program:
    """The program in the address, when the viewer may open its waitlist. Out of reach looks like not found."""
    program = get_object_or_404(Program.objects.select_related("team"), key=key)
    if not waitlists(request.viewer, [program]):
        gate.refuse(request.viewer, Act.READ_INQUIRY, page="intake:waitlist")
        raise Http404
    return program


def _filters(request: StaffRequest) -> Filters:
    given = request.GET
    show = given.get("show", "")
    return Filters(
        show if show in shown_words() else "waiting", given.get("group", "")[:60], given.get("text", "").strip()[:100]
    )


def _narrowed(reach: QuerySet[Place], filters: Filters, today: date) -> QuerySet[Place]:
    found = reach.filter(_which(filters.show, today))
    if filters.group:
        found = found.filter(group="" if filters.group == NONE else filters.group)
    for word in plain(filters.text).split()[:6]:
        found = found.filter(inquiry__search_text__contains=word)
    return found


def _page(found: QuerySet[Place], filters: Filters, after: str, most: int) -> tuple[list[Place], UUID | None]:
    """The rows after the one with the id *after*, and the id from which the next page starts."""
    anchor = _anchor(found, after)
    if filters.show == "over":
        if anchor:
            found = found.filter(Q(ended_on__lt=anchor.ended_on) | Q(ended_on=anchor.ended_on, pk__lt=anchor.pk))
        found = found.order_by("-ended_on", "-pk")
    else:
        if anchor:
            same = Q(rank=anchor.rank, since=anchor.since, pk__gt=anchor.pk)
            found = found.filter(Q(rank__gt=anchor.rank) | Q(rank=anchor.rank, since__gt=anchor.since) | same)
        found = found.order_by(*ORDER)
    rows = list(found.select_related("inquiry", "owner", "team")[: most + 1])
    return rows[:most], rows[most - 1].pk if len(rows) > most else None


def _anchor(found: QuerySet[Place], after: str) -> Place | None:
    try:
        return found.filter(pk=UUID(after)).first()
    except ValueError:
        return None


def _line(row: Place, numbers: dict[UUID, int], groups: tuple[First, ...], today: date) -> dict[str, Any]:
    return {
        "row": row,
        "number": numbers.get(row.pk, 0),
        "days": ((row.ended_on or today) - row.since).days,
        "group": group_words(groups, row.group),
        "late": bool(row.contact_on and row.contact_on < today and not row.ended_on),
        "due": bool(row.contact_on and row.contact_on <= today and not row.ended_on),
        "language": language_name(row.inquiry.language) if row.inquiry.language not in ("", "en") else "",
    }


def _query(filters: Filters) -> str:
    given = {"show": filters.show, "group": filters.group, "text": filters.text}
    return urlencode({name: value for name, value in given.items() if value})
