"""The client list as a file: what the screen shows, with the same filters, and nothing a spreadsheet would run."""

import csv
import io
import re
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from typing import IO, Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from goldthread.access.viewer import Viewer
from goldthread.doors.web.clients.columns import Column, Row, rows_of
from goldthread.foundation.audit.actions import record, record_many
from goldthread.people.persons.models import Person

BATCH = 1000
XLSX_LIMIT = 20_000
"""Rows; a larger workbook would take minutes and most of the memory. CSV has no limit."""
RUNS_IN_A_SPREADSHEET = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""A cell that begins so is a formula to a spreadsheet, in wide letters too (OWASP, CSV injection)."""
NOT_IN_A_CELL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML, and so a workbook, cannot hold."""


def harmless(value: Any) -> Any:
    """*value* as a cell: text that a spreadsheet would run gets an apostrophe in front."""
    if isinstance(value, str):
        value = NOT_IN_A_CELL.sub("", value)
        if value.lstrip().startswith(RUNS_IN_A_SPREADSHEET):
            return f"'{value}"
    return "" if value is None else value


def batches(clients: QuerySet[Person], columns: Sequence[Column], viewer: Viewer) -> Iterator[list[Row]]:
    """All of *clients* by name, a thousand at a time; each client's export is recorded before their row is handed on."""
    last: Person | None = None
    while True:
        page = clients
        if last:
            page = page.filter(Q(sort_key__gt=last.sort_key) | Q(sort_key=last.sort_key, pk__gt=last.pk))
        found = list(page.order_by("sort_key", "id")[:BATCH])
        if not found:
            return
        record_many(by=viewer.actor, action="clients.exported", kind="person", clients=[client.pk for client in found])
        yield rows_of(found, columns, viewer)
        last = found[-1]


def head(columns: Sequence[Column]) -> list[str]:
    return [_("Name"), *(str(column.label) for column in columns)]


def cells(row: Row, columns: Sequence[Column], today: date) -> list[Any]:
    return [harmless(row.client.display_name), *(harmless(column.value(row, today)) for column in columns)]


def as_csv(clients: QuerySet[Person], columns: Sequence[Column], viewer: Viewer) -> IO[bytes]:
    """The file whole, on disk until it is sent, with the mark by which spreadsheets know UTF-8."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 the response closes it
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(head(columns))
    for rows in batches(clients, columns, viewer):
        writer.writerows(cells(row, columns, viewer.today) for row in rows)
    text.detach()
    file.seek(0)
    return file


def as_xlsx(clients: QuerySet[Person], columns: Sequence[Column], viewer: Viewer) -> IO[bytes]:
    """The file whole, on disk until it is sent."""
    from openpyxl import Workbook  # 6 MB that most servers never need

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Clients"))
    sheet.append(head(columns))
    for rows in batches(clients, columns, viewer):
        for row in rows:
            sheet.append(cells(row, columns, viewer.today))
    file = tempfile.TemporaryFile()  # noqa: SIM115 the response closes it
    book.save(file)
    file.seek(0)
    return file


def record_export(viewer: Viewer, kind: str) -> None:
    """That a file was asked for; each client in it is recorded as it is written."""
    record(by=viewer.actor, action="clients.export_started", kind="person", details={"as": kind})
