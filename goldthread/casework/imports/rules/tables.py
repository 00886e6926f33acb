"""Where a table begins and ends: titles above the captions, captions in two rows, totals and notes below."""

import re
from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from goldthread.casework.imports.rules.guessing import LONGEST_CAPTION, is_known
from goldthread.casework.imports.rules.sheets import TOP, Row, Sheet
from goldthread.foundation.lib.errors import DomainError

_TOTAL = re.compile(
    r"(grand |sub ?)?totals?\b|sum\b|count\b|average\b|mean\b|records?\b|end of|page \d|printed|generated|report|\* ?note|notes?:|suma\b|promedio\b",
    re.IGNORECASE,
)
_ONLY_TOTAL = re.compile(r"(grand |sub[ -]?)?totals?( clients| general)?\s*:?|suma:?", re.IGNORECASE)
_SUM = re.compile(r"[$(]*\d[\d\s.,$%)]*")
_VALUE = re.compile(r"[\d\s./:$%,()+-]+|.+@.+\..+")
FEET = 10
"""So many rows at the end may be totals and notes."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place from 0, and the caption by which people know it (no two are the same)."""

    place: int
    caption: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is nobody: a total, a note below the table, the captions printed once more."""

    number: int
    words: str


@dataclass(frozen=True, slots=True)
class Table:
    """Captions and the rows below them. ``header`` is the row number of the captions; 0: the file has none."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    header: int
    left_out: tuple[LeftOut, ...] = ()


def table_of(sheet: Sheet, *, header: int | None = None) -> Table:
    """The table in *sheet*. *header*: the row of the captions as a person chose it; 0: there are none. DomainError: no rows."""
    rows = sheet.rows
    place = _place_of(rows, header) if header else (found_header(rows) if header is None else None)
    width = max(len(row.cells) for row in rows)
    captions = _captions(rows, place, width) if place is not None else [""] * width
    below = _captions_below(rows, place, width) if place is not None else {}
    captions = [below.get(column, caption) for column, caption in enumerate(captions)]
    body = rows[place + 1 + bool(below) :] if place is not None else rows
    kept, left_out = _parted(body, rows[place].cells if place is not None else (), width)
    if not kept:
        raise DomainError(_("There is no row below the captions."))
    return Table(_named(captions, kept), kept, rows[place].number if place is not None else 0, left_out)


def _place_of(rows: tuple[Row, ...], number: int) -> int:
    for place, row in enumerate(rows):
        if row.number == number:
            return place
    raise DomainError(_("Row %(number)d is blank: choose the row with the captions.") % {"number": number})


def found_header(rows: tuple[Row, ...]) -> int | None:
    """The place of the row that looks most like captions. None: the first row is somebody already."""
    ranked = [(_header_score(row.cells), -place) for place, row in enumerate(rows[:TOP])]
    score, place = max(ranked)
    return -place if score > 0 else None


def _header_score(cells: tuple[str, ...]) -> float:
    """Captions are short words; those that Goldthread knows count most; values count against."""
    filled = [cell for cell in cells if cell]
    known = sum(1 for cell in filled if is_known(cell))
    words = sum(1 for cell in filled if _is_words(cell))
    values = sum(1 for cell in filled if _VALUE.fullmatch(cell))
    distinct = len(set(filled)) / len(filled)
    if values > len(filled) // 4 or (not known and len(filled) < 2):
        return 0
    return (known * 3 + words * (1 if known else 0.2)) * distinct


def _is_words(cell: str) -> bool:
    return len(cell) <= LONGEST_CAPTION and any(letter.isalpha() for letter in cell) and not _VALUE.fullmatch(cell)


def _captions(rows: tuple[Row, ...], place: int, width: int) -> list[str]:
    """The captions; those that are blank or twice there take the words of the row above, which were merged cells."""
    captions = _padded(rows[place].cells, width)
    above = _groups(rows, place, width)
    twice = {caption for caption, count in Counter(captions).items() if count > 1}
    return [
        " ".join(part for part in (group, caption) if part) if not caption or caption in twice else caption
        for caption, group in zip((" ".join(one.split()) for one in captions), above, strict=True)
    ]


def _captions_below(rows: tuple[Row, ...], place: int, width: int) -> dict[int, str]:
    """By column, the captions that stand in a second row: *Home* and *Cell* below a merged *Phone* become *Phone Home* and *Phone Cell*.
    Such a row has words below merged cells alone, some of which are known captions; any other is somebody."""
    if place + 1 >= len(rows) or rows[place + 1].number != rows[place].number + 1:
        return {}
    above, below = _padded(rows[place].cells, width), _padded(rows[place + 1].cells, width)
    merged = {column for column in range(width) if not above[column] or not "".join(above[column + 1 : column + 2])}
    filled = [column for column, cell in enumerate(below) if cell]
    if not merged.issuperset(filled) or all(above[column] for column in filled):
        return {}
    groups = _spread(above)
    found = {
        column: " ".join(part for part in (groups[column], " ".join(below[column].split())) if part)
        for column in filled
    }
    is_row = all(_is_words(below[column]) for column in filled) and any(map(is_known, found.values()))
    return found if is_row else {}


def _groups(rows: tuple[Row, ...], place: int, width: int) -> list[str]:
    """The words above each caption. A merged cell has them in its first column; those after it are blank. One cell is a title."""
    if not place or rows[place - 1].number != rows[place].number - 1:
        return [""] * width
    above = _padded(rows[place - 1].cells, width)
    if sum(1 for cell in above if cell) < 2:
        return [""] * width
    return _spread(above)


def _spread(above: list[str]) -> list[str]:
    """Each of the cells *above* with the words of the merged one in which it lies."""
    filled, last = [], ""
    for cell in above:
        last = " ".join(cell.split()) or last
        filled.append(last)
    return filled


def _padded(cells: tuple[str, ...], width: int) -> list[str]:
    return [*cells, *[""] * (width - len(cells))]


def _named(captions: list[str], rows: tuple[Row, ...]) -> tuple[Column, ...]:
    """Each column with a caption of its own; without caption and content there is no column."""
    used: set[str] = set()
    columns = []
    for place, caption in enumerate(captions):
        if not caption and not any(len(row.cells) > place and row.cells[place] for row in rows):
            continue
        caption = caption[:LONGEST_CAPTION] or _("Column %(letters)s") % {"letters": letters_of(place)}
        own, number = caption, 1
        while own in used:
            number += 1
            own = f"{caption} ({number})"
        used.add(own)
        columns.append(Column(place, own))
    return tuple(columns)


def letters_of(place: int) -> str:
    """``A``, ``B`` … ``AA``: how a spreadsheet calls the column at *place* (from 0)."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _parted(body: tuple[Row, ...], header: tuple[str, ...], width: int) -> tuple[tuple[Row, ...], tuple[LeftOut, ...]]:
    """The rows that are somebody, and those that are nobody."""
    kept, left_out = [], []
    feet = _feet(body, width)
    for place, row in enumerate(body):
        if place >= len(body) - feet:
            left_out.append(LeftOut(row.number, _("below the table: %(words)s") % {"words": _first(row)[:60]}))
        elif _is_subtotal(row):
            left_out.append(LeftOut(row.number, _("a total: %(words)s") % {"words": _first(row)[:60]}))
        elif header and row.cells == header:
            left_out.append(LeftOut(row.number, _("the captions once more")))
        else:
            kept.append(row)
    return tuple(kept), tuple(left_out)


def _feet(body: tuple[Row, ...], width: int) -> int:
    """How many rows at the end are totals or notes: few cells, and words that say so, or sums; above them only such."""
    count = 0
    for place in range(len(body) - 1, max(-1, len(body) - 1 - FEET), -1):
        filled = sum(1 for cell in body[place].cells if cell)
        says = _TOTAL.match(_first(body[place])) is not None
        few = (says and filled <= max(2, width // 2)) or (filled == 1 and width >= 4 and len(body) > 1)
        if few or _is_subtotal(body[place]) or _adds_up(body, place):
            count = len(body) - place
        else:
            break
    while count and count < len(body) and _is_somebody(body, len(body) - count):
        count -= 1
    return count if count < len(body) else 0


def _is_subtotal(row: Row) -> bool:
    """*Total* or *Subtotal*, and beside it sums alone: that is nobody, wherever it stands."""
    if not _ONLY_TOTAL.fullmatch(_first(row)):
        return False
    _words, *others = (cell for cell in row.cells if cell)
    return bool(others) and all(map(_SUM.fullmatch, others))


def _adds_up(body: tuple[Row, ...], place: int) -> bool:
    """Sums without a word: numbers alone, and nothing in the first column, which every row above fills."""
    row = body[place]
    sums = all(_SUM.fullmatch(cell) for cell in row.cells if cell)
    return sums and not row.cells[0] and place > 0 and all(above.cells[0] for above in body[:place])


def _is_somebody(body: tuple[Row, ...], place: int) -> bool:
    """A name alone right below the others is a client of whom no more is known. Notes stand apart, or are no names."""
    row, words = body[place], _first(body[place])
    apart = row.number != body[place - 1].number + 1
    said = _TOTAL.match(words) is not None
    short = len(words) <= 40 and len(words.split()) <= 4 and not any(letter.isdigit() for letter in words)
    return not apart and not said and short and words[-1] not in ".:;!"


def _first(row: Row) -> str:
    return next(cell for cell in row.cells if cell)
