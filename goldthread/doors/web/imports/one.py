"""One file: what its columns hold, what was found in its rows, how far it is."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.scopes import scope
from goldthread.access.viewer import Viewer
from goldthread.casework.imports.actions.deciding import offered
from goldthread.casework.imports.enums import WORKING, Decision, State, What
from goldthread.casework.imports.models import Brought, Finding, Import
from goldthread.casework.imports.queries import looked, opened
from goldthread.casework.imports.rules.fields import KEEP, LEAVE, fields_of
from goldthread.casework.imports.rules.rows import DAYS, unmistakable
from goldthread.casework.imports.rules.sheets import DELIMITERS
from goldthread.doors.web.clients.export import harmless
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.doors.web.imports.counting import CAME, COMING
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.errors import DomainError
from goldthread.people.persons.likeness import Score
from goldthread.people.persons.likeness.words import why
from goldthread.people.persons.models import Person

SHOWN = 50
"""Rows of a list on the page."""
DELIMITER_WORDS = {
    ",": gettext_lazy("comma"),
    ";": gettext_lazy("semicolon"),
    "\t": gettext_lazy("tab"),
    "|": gettext_lazy("bar"),
}


@require_GET
@staff_page(Act.IMPORT_CLIENTS)
def one(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The page of a file, by how far it is."""
    run = get_object_or_404(Import.objects.select_related("file"), pk=pk)
    return page(request, run)


def page(request: StaffRequest, run: Import, *, error: str = "", sent: Mapping[str, str] | None = None) -> HttpResponse:
    """The page of *run*; *sent*: what was chosen in a form that was refused with *error*."""
    context: dict[str, Any] = {"run": run, "error": error}
    if run.state in WORKING:
        template = "working"
    elif run.state == State.MATCHING or (run.state == State.CHECKED and (sent or "columns" in request.GET)):
        template = "matching"
        context |= _matching(request, run, sent)
    elif run.state == State.CHECKED:
        template, context = "checked", context | _checked(request, run)
    else:
        template = "ended"
        context |= _ended(request.viewer, run)
    return render(request, f"imports/{template}.html", context, status=422 if error else 200)


@require_GET
@staff_page(Act.IMPORT_CLIENTS)
def state(request: StaffRequest, pk: UUID) -> HttpResponse:
    """How far it is, asked every second while it works; the page itself once it does not."""
    run = get_object_or_404(Import, pk=pk)
    response = render(request, "imports/progress.html", {"run": run})
    if run.state not in WORKING:
        response["HX-Refresh"] = "true"
    return response


# --- Matching ------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class ColumnShown:
    """A column with some of its cells and the field chosen for it."""

    name: str
    caption: str
    samples: list[str]
    chosen: str


def _matching(request: StaffRequest, run: Import, sent: Mapping[str, str] | None) -> dict[str, Any]:
    """What was looked at when the file came, or was read in another way: the file itself takes seconds to read. A file of before
    that was kept is read."""
    try:
        file = run.looked or looked(opened(run, request.viewer.actor))
    except DomainError as error:
        return {"broken": str(error.message)}
    record(by=request.viewer.actor, action="imports.read", kind="import", object_id=run.pk)
    fields = run.fields or {}
    days = set(DAYS) & set(fields.values())
    return {
        "columns": _columns(file, fields, sent or {}),
        "choices": _choices(run.what),
        "keep": KEEP,
        "leave": LEAVE,
        "file": file,
        "delimiters": [(one, str(DELIMITER_WORDS[one])) for one in DELIMITERS] if file["delimiter"] else [],
        "example": _example(file["order"]) if days else "",
        "day_first": file["order"] == "GB",
        "why": run.why,
    }


def _columns(file: Mapping[str, Any], fields: Mapping[str, str], sent: Mapping[str, str]) -> Iterator[ColumnShown]:
    for number, (caption, samples) in enumerate(file["columns"]):
        name = f"column-{number}"
        yield ColumnShown(name, caption, samples, sent.get(name) or fields.get(caption, KEEP))


def _choices(what: str) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """What columns may hold, by group: key, words, and may only one column hold it?"""
    groups: dict[str, list[tuple[str, str, bool]]] = {}
    for key, field in fields_of(what).items():
        groups.setdefault(str(field.group), []).append((key, str(field.title), not field.several))
    return list(groups.items())


def _example(order: str) -> str:
    """How 3/4/1961 is read."""
    return _("April 3, 1961") if order == "GB" else _("March 4, 1961")


# --- Checked -------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Alike:
    """A row that may be somebody: who, and what is the same. ``answers``: what can be decided, ``decision`` what was."""

    row: int
    said: str
    other: str
    clients: list[Person]
    why: str
    answers: list[tuple[str, str]]
    decision: str


def _checked(request: StaffRequest, run: Import) -> dict[str, Any]:
    findings = Finding.objects.filter(run=run)
    refused = list(findings.exclude(told=[]).order_by("row")[:SHOWN])
    waiting = findings.filter(told=[], decision="").count()
    alike = list(_alike(request, run, findings.filter(told=[]).order_by("decision", "row")[:SHOWN]))
    record(by=request.viewer.actor, action="imports.read", kind="import", object_id=run.pk)
    out = findings.filter(decision__in=STAYS_OUT[run.what == What.CLIENTS]).count()
    nothing = run.refused + findings.filter(decision=Decision.LEAVE).count() >= run.rows
    coming = run.rows - run.refused - out - run.shown.get("more", 0)
    return {
        "refused": refused,
        "rest": max(0, run.refused - len(refused)),
        "alike": alike,
        "alike_rest": max(0, run.alike - len(alike)),
        "waiting": waiting,
        "in_file": findings.filter(told=[], decision="", twin__isnull=True).exists(),
        "here": findings.filter(told=[], decision="", twin__isnull=False).exists(),
        "coming": coming,
        "words": {name: say(coming) for name, say in COMING[run.what].items()},
        "blocked": _what_is_open(run, waiting, nothing=nothing),
        "nothing": nothing,
    }


STAYS_OUT = {True: (Decision.LEAVE, Decision.SAME), False: (Decision.LEAVE,)}
"""Decisions after which a row is no new client (True), or is not brought at all."""


def _what_is_open(run: Import, waiting: int, *, nothing: bool) -> list[str]:
    """What somebody must still do, in sentences; *nothing*: every row is refused or left out."""
    said = []
    if nothing:
        said.append(_("Every row is refused or left out. Mend the file and bring it again, or change the columns."))
    elif run.refused and not run.without_refused:
        said.append(
            ngettext("%(n)d row is refused.", "%(n)d rows are refused.", run.refused) % {"n": run.refused}
            + " "
            + _("Mend the file and bring it again, or say that they stay out.")
        )
    if waiting:
        said.append(
            ngettext("%(n)d row may be somebody known.", "%(n)d rows may be people known.", waiting) % {"n": waiting}
            + " "
            + _("Decide about each.")
        )
    return said


def _alike(request: StaffRequest, run: Import, findings: QuerySet[Finding]) -> Iterator[Alike]:
    found = list(findings)
    reach = scope(request.viewer, Act.FIND).persons
    asked = {UUID(pk) for one in found for pk in one.among} | {one.twin_id for one in found if one.twin_id}
    known = reach.in_bulk(asked)
    gate.saw(request.viewer, known.values(), "imports:one")
    for one in found:
        among = [UUID(pk) for pk in one.among] or ([one.twin_id] if one.twin_id else [])
        clients = [known[pk] for pk in among if pk in known]
        yield Alike(
            one.row,
            one.said,
            _("row %(row)d: %(who)s") % {"row": one.twin_row, "who": one.other}
            if not one.twin_id and one.twin_row
            else "",
            clients,
            ", ".join(why(Score(0, tuple((field, how) for field, how in one.why)))),
            _answers(run, one, clients),
            f"same:{one.twin_id}" if one.decision == Decision.SAME and len(one.among) > 1 else one.decision,
        )


def _answers(run: Import, one: Finding, clients: list[Person]) -> list[tuple[str, str]]:
    """What can be decided of a row; of several whom it may be about, each is an answer."""
    if len(one.among) < 2:
        return [(decision.value, str(decision.label)) for decision in offered(run.what)]
    named = [(f"same:{client.pk}", f"{client.display_name}, {client.client_number}") for client in clients]
    return [*named, (Decision.LEAVE.value, str(Decision.LEAVE.label))]


@require_GET
@staff_page(Act.IMPORT_CLIENTS)
def refused_rows(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The refused rows as they stand in the file, with the reasons beside them: a sheet to mend and to bring again. A few rows may not
    show the order of their days, as the whole file did: where it is not the one that is taken for granted here, they are written out."""
    run = get_object_or_404(Import.objects.select_related("file"), pk=pk)
    findings = {one.row: one for one in Finding.objects.filter(run=run).exclude(told=[])}
    if not findings:
        raise Http404
    try:
        file = opened(run, request.viewer.actor)
    except DomainError as gone:
        raise Http404 from gone
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([*(harmless(column.caption) for column in file.table.columns), _("Why it is refused")])
    for row in file.table.rows:
        if row.number not in findings:
            continue
        why = "; ".join(f"{column}: {reason}" if column else reason for column, reason in findings[row.number].told)
        cells = [
            unmistakable(row.cells[column.place], file.reading.fields.get(column.caption, KEEP), file.reading)
            if column.place < len(row.cells)
            else ""
            for column in file.table.columns
        ]
        writer.writerow([*(harmless(cell) for cell in cells), harmless(why)])
    record(
        by=request.viewer.actor,
        action="imports.downloaded",
        kind="import",
        object_id=run.pk,
        details={"rows": len(findings)},
    )
    response = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="rows-to-mend.csv"'
    return response


# --- Ended ---------------------------------------------------------------------------------------------
def _ended(viewer: Viewer, run: Import) -> dict[str, Any]:
    """What came of it; after taking back also who stayed, and why."""
    stayed = {UUID(one["client"]): one["why"] for one in run.kept}
    known = scope(viewer, Act.FIND).persons.in_bulk(list(stayed)[:SHOWN])
    gate.saw(viewer, known.values(), "imports:one")
    return {
        "stayed": [(client, stayed[pk] == "changed") for pk, client in known.items()],
        "stayed_rest": len(stayed) - len(known),
        "stayed_count": len(stayed),
        "came": CAME[run.what](run.brought),
        "households": _households_made(run) if run.what == What.CLIENTS else 0,
        "may_read": gate.may_in_daily_work(viewer, Act.READ_RECORD),
        "may_undo": run.state == State.BROUGHT,
    }


def _households_made(run: Import) -> int:
    """How many households the new clients of *run* live in by their number."""
    rows = Brought.objects.filter(run=run, place__isnull=False, household__isnull=False)
    return rows.values("household").distinct().count()
