"""The team's figures as a file: what the page says, a row a worker, of all workers however many pages they take; no client's name."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO, Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.doors.web.clients.export import harmless
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.doors.web.team.figures import WEEKS, Row, figures_of
from goldthread.doors.web.team.people import overseen
from goldthread.foundation.audit.actions import record


@require_GET
@staff_page(Act.OVERSEE)
def export(request: StaffRequest, kind: str) -> HttpResponseBase:
    """``csv`` or ``xlsx``, of all whom the viewer oversees, or of one ``team``."""
    if kind not in ("csv", "xlsx"):
        raise Http404
    viewer = request.viewer
    file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 the response closes it
    rows = _rows(viewer, request.GET.get("team", ""))
    many = _write_workbook(file, rows) if kind == "xlsx" else _write_text(file, rows)
    file.seek(0)
    record(by=viewer.actor, action="team.exported", kind="page", details={"as": kind, "rows": many})
    return FileResponse(file, as_attachment=True, filename=f"team-{viewer.today}.{kind}")


def _rows(viewer: Viewer, team: str) -> Iterator[Row]:
    """Page by page: of a large agency only sixty workers' clients and tasks are held at a time."""
    after: UUID | None = None
    while True:
        found = overseen(viewer, team, str(after or ""))
        yield from figures_of(viewer, found.shown)[0]
        after = found.next
        if after is None:
            return


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


def _write_text(file: IO[bytes], rows: Iterable[Row]) -> int:
    """With the mark by which spreadsheets know UTF-8. Returns how many rows."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(_head())
    many = 0
    for row in rows:
        writer.writerow(_cells(row))
        many += 1
    text.detach()
    return many


def _write_workbook(file: IO[bytes], rows: Iterable[Row]) -> int:
    """The same as a workbook."""
    from openpyxl import Workbook  # 6 MB that most servers never need

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Team"))
    sheet.append(_head())
    many = 0
    for row in rows:
        sheet.append(list(_cells(row)))
        many += 1
    book.save(file)
    return many
