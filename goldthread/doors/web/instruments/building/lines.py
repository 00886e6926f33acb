"""Many answers at once: one a line, its parts with ``|`` or a tab between them, as they are pasted from a spreadsheet."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from goldthread.casework.assessments.rules.bounds import MOST_OPTIONS
from goldthread.casework.assessments.rules.building.types import Unreadable, number_from

ANSWER = ("text", "weight", "code", "text2", "marks", "prefix")
"""Parts of a line of an item's own answers …"""
CODE = ("text", "weight", "code", "text2", "system")
"""… and of those of a list."""
ALONE, FIRST = "=", "*"
LONGEST = 1000
MOST = 1_000_000
"""Characters of all lines."""


def to_lines(rows: Iterable[Mapping[str, Any]], columns: tuple[str, ...]) -> str:
    """*rows* as lines. What is empty at the end of a line is left out."""
    return "\n".join(_line([_word(row, name) for name in columns]) for row in rows)


def _line(cells: list[str]) -> str:
    while len(cells) > 1 and not cells[-1]:
        cells.pop()
    return " | ".join(cell.replace("\\", "\\\\").replace("|", "\\|") for cell in cells)


def _word(row: Mapping[str, Any], name: str) -> str:
    if name == "marks":
        return (ALONE if row.get("exclusive") else "") + (FIRST if row.get("initial") else "")
    value = row.get(name)
    return "" if value is None else " ".join(str(value).split())


def from_lines(
    text: str, columns: tuple[str, ...], held: Iterable[Mapping[str, Any]]
) -> tuple[list[dict[str, Any]], list[str]]:
    """The rows that *text* says, and what is wrong with it by line. A line with the code (or the words) of one of *held* is that one."""
    before = list(held)
    by_code = {str(row.get("code")): row for row in before if row.get("code")}
    by_text = {" ".join(str(row.get("text", "")).split()): row for row in before}
    rows: list[dict[str, Any]] = []
    wrong: list[str] = []
    seen: dict[tuple[str, str], int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = _row(_cells(line), columns)
        except Unreadable as error:
            wrong.append(_("Line %(n)s: %(why)s") % {"n": number, "why": error})
            continue
        base = by_code.get(row["code"]) if row["code"] else by_text.get(row["text"])
        row = _like(row, base, columns)
        token = (row.get("system", ""), row["code"] or row["text"].casefold())
        if token in seen:
            wrong.append(_("Line %(n)s: the same as line %(other)s.") % {"n": number, "other": seen[token]})
        seen[token] = number
        rows.append(row)
    if len(rows) > MOST_OPTIONS:
        wrong.append(_("At most %(most)s answers.") % {"most": MOST_OPTIONS})
    return rows, wrong


def _like(row: dict[str, Any], base: Mapping[str, Any] | None, columns: tuple[str, ...]) -> dict[str, Any]:
    """*row* as a change of *base*: with its code, and with its words as they stand where only blanks differ."""
    if base is None:
        return row
    found = {**base, **row, "code": row["code"] or base.get("code", "")}
    for name in columns:
        held = base.get(name)
        if isinstance(held, str) and " ".join(held.split()) == row.get(name):
            found[name] = held
    return found


def _cells(line: str) -> list[str]:
    if "\t" in line:
        return [" ".join(cell.split()) for cell in line.split("\t")]
    cells, held, escaped = [], "", False
    for letter in line:
        if escaped or letter not in "\\|":
            held += letter if not escaped or letter in "\\|" else f"\\{letter}"
            escaped = False
        elif letter == "\\":
            escaped = True
        else:
            cells.append(held)
            held = ""
    return [" ".join(cell.split()) for cell in [*cells, held + ("\\" if escaped else "")]]


def _row(cells: list[str], columns: tuple[str, ...]) -> dict[str, Any]:
    if len(cells) > len(columns):
        raise Unreadable(_("It has more parts than there are. Write \\| for a bar in the words."))
    said: dict[str, Any] = dict(zip(columns, [*cells, *[""] * (len(columns) - len(cells))], strict=True))
    if not said["text"] and not said["code"]:
        raise Unreadable(_("Write the answer first."))
    if any(len(cell) > LONGEST for cell in cells):
        raise Unreadable(_("At most %(n)s characters.") % {"n": LONGEST})
    said["weight"] = number_from(said["weight"]) if said["weight"] else None
    if "marks" in said:
        marks = said.pop("marks")
        if set(marks) - {ALONE, FIRST}:
            raise Unreadable(_("The fifth part is = (chosen alone), * (chosen at first), or both."))
        said |= {"exclusive": ALONE in marks, "initial": FIRST in marks}
    return said
