"""Workbooks (XLSX) as rows of text, in bounds: what a zip or a sheet claims to hold is not believed."""

import io
import lzma
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from goldthread.casework.imports.rules.sheets import Row, Sheet, check_size, most_known, tidy_cell, without_tail
from goldthread.foundation.lib.errors import DomainError

MOST_UNPACKED = 400 * 1024 * 1024
"""Bytes that the parts of a workbook may come to: a sheet of 100 000 rows has about 200 MB."""
MOST_PARTS = 2000
MOST_BLANK = 5000
"""After so many blank rows in a row that the sheet spells out the table is over, though it claims a million."""
_DOCTYPE = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    InvalidFileException,
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,  # NotImplementedError of an unknown packing, and RecursionError
    SyntaxError,  # xml.etree's ParseError is one
    TypeError,
    ValueError,
)
"""What torn bytes make of zipfile and openpyxl."""
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"})


def read_workbook(data: bytes, *, sheet: str = "") -> Sheet:
    """The rows of the sheet called *sheet*, else of the first one to be seen with captions, or with anything. DomainError: there is none."""
    try:
        formulas = _check_zip(data)
        name, rows, names = _read(data, sheet)
        unreckoned = _unreckoned(data, name, rows) if formulas else ()
        return Sheet(tuple(rows), name=name, names=names, unreckoned=unreckoned)
    except DomainError:
        raise
    except _BROKEN as error:
        raise _broken() from error


def _broken() -> DomainError:
    return DomainError(_("This is no workbook that can be read, or it is broken. Save the table as CSV or XLSX again."))


def _check_zip(data: bytes) -> bool:
    """Raises DomainError for a zip that is no workbook, has a password, or unpacks to more than fits. Are there formulas?"""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = packed.infolist()
        if any(part.flag_bits & 1 for part in parts):
            raise DomainError(_("The file has a password. Save it without one."))
        if "mimetype" in packed.namelist():
            raise DomainError(_("This is an OpenDocument file (.ods). Save the table as XLSX or CSV."))
        if "[Content_Types].xml" not in packed.namelist():
            raise DomainError(_("This is a ZIP file, whatever its name says. Unpack it, and bring the table in it."))
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise DomainError(_("The workbook unpacks to more than can be read. Save the table alone as CSV."))
        formulas = [_look_through(packed, part) for part in parts if part.filename.endswith((".xml", ".rels"))]
        return any(formulas)


def _look_through(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Does *part* hold formulas? Raises DomainError where XML declares entities, or unpacks to more than it says."""
    left, tail, found = part.file_size, b"", False
    with packed.open(part) as content:
        while piece := content.read(1 << 20):
            left -= len(piece)
            if left < 0 or _DOCTYPE.search(tail + piece):
                raise _broken()
            found = found or b"<f>" in tail + piece or b"<f " in tail + piece
            tail = piece[-16:]
    return found and part.filename.startswith("xl/worksheets/")


def _read(data: bytes, wanted: str) -> tuple[str, list[Row], tuple[str, ...]]:
    """The name of the sheet that is read, its rows, and the names of all that can be chosen."""
    with _quietly():
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheets = [one for one in book.worksheets if one.sheet_state == "visible"] or book.worksheets
        chosen = [one for one in sheets if one.title == wanted] if wanted else _captions_first(sheets)
        for one in chosen:
            rows = list(_rows(one))
            if rows:
                return one.title, rows, tuple(each.title for each in sheets)
    raise DomainError(_("The file is empty.") if not wanted else _("There is nothing on this sheet."))


def _captions_first(sheets: list[Any]) -> list[Any]:
    """*sheets*, those with two captions that are known before covers and pages of explanations."""
    if len(sheets) == 1:
        return sheets
    return sorted(sheets, key=lambda one: most_known(row.cells for row in _rows(one)) < 2)


@contextmanager
def _quietly() -> Iterator[None]:
    """openpyxl warns of what it leaves out (validation, styles), which is nothing to us."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _rows(sheet: Any) -> Iterator[Row]:
    sheet.reset_dimensions()  # what the sheet says of its own size may be wrong
    blank = kept = 0
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells = without_tail(tuple(_text(value) for value in values))
        if not cells:
            blank += bool(values)  # rows that are not there at all cost nothing
            if blank > MOST_BLANK:
                return
            continue
        blank, kept = 0, kept + 1
        check_size(kept, len(cells))
        yield Row(number, cells)


def _text(value: Any) -> str:
    """A cell as somebody would type it. Days are ISO dates; whole numbers have no point; an error is blank."""
    if value is None:
        return ""
    if isinstance(value, str):
        return "" if value in _ERRORS else tidy_cell(value.replace("_x000D_", ""))  # Excel's way to write a return
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


def _unreckoned(data: bytes, name: str, rows: list[Row]) -> tuple[tuple[int, int], ...]:
    """Cells with a formula and no answer, in a file that was never worked out since a program made it. Where a single formula
    has an answer the blank ones are meant."""
    held = {row.number: row.cells for row in rows}
    found: list[tuple[int, int]] = []
    with _quietly():
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheet: Any = book[name]
        sheet.reset_dimensions()
        for number, values in enumerate(sheet.iter_rows(values_only=True, max_row=rows[-1].number), start=1):
            cells = held.get(number, ())
            for column, value in enumerate(values):
                if not isinstance(value, str) or not value.startswith("="):
                    continue
                if column < len(cells) and cells[column]:
                    return ()
                found.append((number, column))
    return tuple(found)
