"""A file that somebody kept as a table of text: CSV of any encoding and delimiter, or a workbook. Told by its content."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _

from goldthread.casework.imports.rules.guessing import field_for, is_known
from goldthread.foundation.lib.errors import DomainError

MOST_BYTES = 25 * 1024 * 1024
"""Bytes of an upload: 25 000 rows of 60 columns fit; a request may bring 26 MB."""
MOST_ROWS = 50_000
MOST_COLUMNS = 300
MOST_CELLS = 2_000_000
"""Some 150 MB while they are read."""
DELIMITERS = (",", ";", "\t", "|")
LOOKED_AT = 100
"""Rows by which the delimiter is found out."""
TOP = 20
"""Rows from the top among which the captions are looked for."""
LONGEST_CELL = 100_000
"""Characters. A note of a year; more is a quotation mark that was never closed."""

LONGEST_LINE = 1_000_000

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b]")
"""Control characters, of which databases and workbooks hold none, and marks of no width."""
_MARKED = re.compile(r"'\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
"""What a spreadsheet would run has an apostrophe in front in the sheet to mend: it is no part of it when it comes again."""
_NOT_TABLES = (
    (b"%PDF", "PDF"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG", "PNG"),
    (b"GIF8", "GIF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"SQLite format 3", "SQLite"),
    (b"{\\rtf", "RTF"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file that is not blank. ``number`` is the one that a spreadsheet shows beside it."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was read. ``encoding`` and ``delimiter`` are empty for a workbook, ``name`` (of the sheet) for text."""

    rows: tuple[Row, ...]
    encoding: str = ""
    delimiter: str = ""
    name: str = ""
    names: tuple[str, ...] = ()
    """Of all sheets of the workbook that can be chosen."""
    unreckoned: tuple[tuple[int, int], ...] = ()
    """Cells (row number, column from 0) with a formula whose answer the file does not hold."""


def read_file(data: bytes, *, delimiter: str = "", sheet: str = "") -> Sheet:
    """The table in *data*. *delimiter*, *sheet*: chosen by a person instead of found out. DomainError: it holds none."""
    if len(data) > MOST_BYTES:
        raise DomainError(
            _("The file is larger than %(most)d MB. Divide it into smaller ones.") % {"most": MOST_BYTES >> 20}
        )
    if not data.strip():
        raise DomainError(_("The file is empty."))
    _refuse_what_is_no_table(data)
    if data.startswith(b"PK\x03\x04"):
        from goldthread.casework.imports.rules.workbooks import read_workbook  # here: openpyxl is slow to import

        return read_workbook(data, sheet=sheet)
    return _read_text(data, delimiter)


def _refuse_what_is_no_table(data: bytes) -> None:
    beginning = data[:1024].lstrip()
    for mark, name in _NOT_TABLES:
        if data.startswith(mark) or beginning.startswith(mark):
            raise DomainError(
                _("This is a %(kind)s file, whatever its name says. Save the table as CSV or XLSX.") % {"kind": name}
            )
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise DomainError(
            _("This is an old Excel file (.xls), or one with a password. Save it as XLSX, without a password.")
        )
    if data.lstrip()[:200].lower().startswith((b"<!doctype html", b"<html", b"<table", b"<?xml")):
        raise DomainError(_("This is a web page or XML, whatever its name says. Save the table as CSV or XLSX."))


def _read_text(data: bytes, delimiter: str) -> Sheet:
    text, encoding = decoded(data)
    text, said = _said_delimiter(text)
    delimiter = delimiter or said or found_delimiter(text)
    first = 2 if said else 1
    return Sheet(tuple(_rows(text, delimiter, first)), encoding, delimiter)


def decoded(data: bytes) -> tuple[str, str]:
    """The text in *data* and the name of its encoding. Windows-1252 where it is no Unicode. DomainError: it is no text."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _strictly(data, name), "utf-8" if name == "utf-8-sig" else name
    if b"\0" in data:
        return _strictly(data, _silent_utf_16(data)), "utf-16"
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), "cp1252"


def _strictly(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _no_text() from error
    if "\0" in text:
        raise _no_text()
    return text


def _silent_utf_16(data: bytes) -> str:
    """UTF-16 without a mark, by where its zeros stand: every second byte of Latin text."""
    part = data[:2000]
    if len(data) < 8:
        raise _no_text()
    if len(data) % 2 == 0 and part[1::2].count(0) > len(part) // 4:
        return "utf-16-le"
    if len(data) % 2 == 0 and part[::2].count(0) > len(part) // 4:
        return "utf-16-be"
    raise _no_text()


def _no_text() -> DomainError:
    return DomainError(_("This is no table: it holds bytes that no text has. Save the table as CSV or XLSX."))


def _said_delimiter(text: str) -> tuple[str, str]:
    """Excel's own first line ``sep=;``, taken off."""
    line, _end, rest = text.partition("\n")
    word = line.strip().strip('"')
    if word.lower().startswith("sep=") and len(word) == 5:
        return rest, word[4]
    return text, ""


def found_delimiter(text: str) -> str:
    """The character that parts most captions that Goldthread knows. Where that does not decide: by which the first rows fall into the
    same number of cells most often, and most of them."""
    rows = {one: _first_rows(text, one) for one in DELIMITERS}
    best = max(DELIMITERS, key=lambda one: _fit(rows[one]))
    if _fit(rows[best]) == NO_FIT:
        return ","
    return next((one for one in DELIMITERS if one not in text), best) if _are_names(rows[best]) else best


def _first_rows(text: str, delimiter: str) -> list[list[str]]:
    """The first rows that are not blank. None where *text* cannot be parted so."""
    reader = csv.reader(_lines(text), delimiter=delimiter)
    try:
        return [row for row in islice(reader, LOOKED_AT) if any(cell.strip() for cell in row)]
    except (csv.Error, DomainError):
        return []


NO_FIT = (0, 0.0)


def _fit(rows: list[list[str]]) -> tuple[int, float]:
    """How many captions are known in the row that has most, and how much the rows agree on how many cells they have."""
    widths = Counter(map(len, rows))
    several = [(count, width) for width, count in widths.items() if width > 1]
    if not several:
        return NO_FIT
    count, width = max(several)
    return most_known(rows), count / widths.total() * float(min(width, 20) ** 0.5)


def most_known(rows: Iterable[Sequence[str]]) -> int:
    """How many captions are known in the row of the first *rows* that has most of them."""
    return max((sum(map(is_known, row)) for row in islice(rows, TOP)), default=0)


def _are_names(rows: list[list[str]]) -> bool:
    """A list of one column, *Name*: the comma in ``Smith, Ann`` parts no cells."""
    (head, *people) = rows
    several = any(len(row) > 1 for row in people)
    written = all(len(row) < 4 and not any(map(str.isdigit, "".join(row))) for row in people)
    return several and written and len(head) == 1 and field_for(head[0]) == "name"


def _lines(text: str) -> Iterator[str]:
    """The lines of *text*. A line of millions of commas is refused before it is millions of cells."""
    for line in io.StringIO(text, newline=""):
        if len(line) > LONGEST_LINE:
            raise DomainError(
                _("A line is longer than %(most)d characters: this is no table.") % {"most": LONGEST_LINE}
            )
        yield line


def _rows(text: str, delimiter: str, first: int) -> Iterator[Row]:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(_lines(text), delimiter=delimiter)
    number, kept = first - 1, 0
    try:
        for number, cells in enumerate(reader, start=first):
            tidied = without_tail(tuple(tidy_cell(cell) for cell in cells))
            if tidied:
                kept += 1
                check_size(kept, len(tidied))
                yield Row(number, tidied)
    except csv.Error as error:
        raise DomainError(
            _(
                "The file cannot be read after row %(number)d: a quotation mark is open, or a cell is longer than %(most)d characters."
            )
            % {"number": number, "most": LONGEST_CELL}
        ) from error


def without_tail(cells: tuple[str, ...]) -> tuple[str, ...]:
    """*cells* without the blank ones after the last that says something."""
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]


def check_size(rows: int, columns: int) -> None:
    """Raises DomainError for a table that is longer or wider than is brought at once."""
    if rows > MOST_ROWS:
        raise DomainError(_("More than %(most)d rows. Divide the file into smaller ones.") % {"most": MOST_ROWS})
    if rows * columns > MOST_CELLS:
        raise DomainError(_("More than %(most)d cells. Divide the file into smaller ones.") % {"most": MOST_CELLS})
    if columns > MOST_COLUMNS:
        raise DomainError(
            _("More than %(most)d columns. Take out those that you do not need.") % {"most": MOST_COLUMNS}
        )


def tidy_cell(text: str) -> str:
    """*text* without what cannot be kept or seen, line breaks as one kind, no spaces around."""
    if not text.isprintable():
        text = _UNSEEN.sub("", text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ").strip()
    return text[1:] if _MARKED.match(text) else text
