"""The sheets of the workbook as rows of texts, each with its number."""

import re
import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _

from goldthread.casework.assessments.rules.problems import DefinitionError, Problem

MOST_ROWS = 5_000
MOST_COLUMNS = 120
MOST_UNPACKED = 50_000_000
"""Bytes of all that is in the file: an archive that unpacks to more is refused unread."""
LANGUAGE = re.compile(r"(?:.*\()?([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\)?$")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: ``place`` is ``survey 5``; ``cells`` the texts by column, in small letters; ``words`` the translated ones."""

    place: str
    cells: dict[str, str]
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    """``label`` and the like by language; under "" without one."""

    def said(self, *columns: str) -> str:
        """The text of the first of *columns* that has one."""
        return next((self.cells[column] for column in columns if self.cells.get(column)), "")


def sheets_of(content: bytes) -> dict[str, list[Row]]:
    """The rows of the sheets ``survey``, ``choices`` and ``settings``. DefinitionError when the file is no such workbook."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > MOST_UNPACKED:
            raise DefinitionError(
                [Problem("", _("unpacks to more than %(most)s MB") % {"most": MOST_UNPACKED // 1_000_000})]
            )
        return _read(content)
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, TypeError) as error:
        if isinstance(error, DefinitionError):
            raise
        raise DefinitionError([Problem("", _("is not an XLSX workbook that can be read"))]) from error


def _read(content: bytes) -> dict[str, list[Row]]:
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(content), read_only=True, data_only=True)
    found = {
        sheet.title.lower(): _rows(sheet.title.lower(), sheet)
        for sheet in book.worksheets
        if sheet.title.lower() in WANTED
    }
    if "survey" not in found:
        raise DefinitionError([Problem("", _("has no sheet “survey”: it is not an XLSForm"))])
    return found


WANTED = ("survey", "choices", "settings")


def _rows(name: str, sheet: Any) -> list[Row]:
    rows = sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS)
    heads = [_text(cell) for cell in next(rows, ())]
    found = []
    for number, cells in enumerate(rows, 2):
        if number > MOST_ROWS:
            raise DefinitionError([Problem(name, _("has more than %(most)s rows") % {"most": MOST_ROWS})])
        texts = {head: text for head, cell in zip(heads, cells, strict=False) if head and (text := _text(cell))}
        if texts:
            found.append(_row(f"{name} {number}", texts))
    return found


def _row(place: str, texts: dict[str, str]) -> Row:
    cells: dict[str, str] = {}
    words: dict[str, dict[str, str]] = {}
    for head, text in texts.items():
        name, _colons, language = (part.strip() for part in head.partition("::"))
        name = name.lower().replace(" ", "_")
        if language and name in ("label", "hint", "constraint_message", "guidance_hint"):
            words.setdefault(name, {})[_code(language)] = text
        elif language:
            cells[f"{name}::{language.lower()}"] = text
        else:
            cells[name] = text
            words.setdefault(name, {})[""] = text
    return Row(place, cells, words)


def _code(language: str) -> str:
    """The code of ``English (en)`` or ``es``; a name without a code as it is."""
    found = LANGUAGE.match(language)
    return found.group(1) if found and ("(" in language or len(language) <= 3 or "-" in language) else language


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return str(cell).strip()
