"""The team's page as a file: the same figures, a row a worker, no client's name."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.http import FileResponse, Http404, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from openpyxl import Workbook

from goldthread.access.acts import Act
from goldthread.doors.web.clients.export import harmless
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.doors.web.team.figures import WEEKS, Row, figures_of
from goldthread.doors.web.team.people import overseen
from goldthread.foundation.audit.actions import record


@require_GET
@staff_page(Act.OVERSEE)
def export(request: StaffRequest, kind: str) -> HttpResponseBase:
    """``csv`` or ``xlsx``, of the page at hand (``team``, ``after``)."""
    if kind not in ("csv", "xlsx"):
        raise Http404
    viewer = request.viewer
    found = overseen(viewer, request.GET.get("team", ""), request.GET.get("after", ""))
    rows, _totals = figures_of(viewer, found.shown)
    record(by=viewer.actor, action="team.exported", kind="page", details={"as": kind, "rows": len(rows)})
    lines = [_head(), *(list(_cells(row)) for row in rows)]
    file = _workbook(lines) if kind == "xlsx" else _text(lines)
    return FileResponse(file, as_attachment=True, filename=f"team-{viewer.today}.{kind}")


def _head() -> list[str]:
    weeks = [_("Contacts, week %(n)d of 8") % {"n": number} for number in range(1, WEEKS + 1)]
    return [
        _("Worker"),
        _("Programs"),
        _("Enrollments"),
        _("Load in percent"),
        _("Clients"),
        _("Contacts, 30 days"),
        _("Overdue"),
        _("Missed"),
        _("Not reached, 30 days"),
        _("To co-sign"),
        _("Unsigned"),
        _("Oldest unsigned since"),
        _("Days until signed, median"),
        *weeks,
    ]


def _cells(row: Row) -> Iterator[Any]:
    yield harmless(row.staff.name)
    yield harmless(", ".join(share.program for share in row.shares))
    yield from (row.episodes, row.load, row.clients, row.contacts, row.late, row.missed, row.unseen, row.cosign)
    yield from (row.unsigned, row.oldest or "", "" if row.signed_after is None else row.signed_after)
    yield from row.weeks


def _text(lines: list[list[Any]]) -> io.BytesIO:
    """With the mark by which spreadsheets know UTF-8."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(lines)
    return io.BytesIO(text.getvalue().encode("utf-8-sig"))


def _workbook(lines: list[list[Any]]) -> io.BytesIO:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Team"))
    for line in lines:
        sheet.append(line)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file
