"""Rows as the page of a file shows them: a line of words each. Pure."""

import re
from collections.abc import Container, Iterable
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from goldthread.casework.imports.enums import role_in_words
from goldthread.casework.imports.rules.happenings import Happening
from goldthread.casework.imports.rules.rows import DAYS, NUMBERS, Client, Reading, read_row
from goldthread.casework.imports.rules.sheets import Sheet
from goldthread.casework.imports.rules.tables import Table
from goldthread.people.persons.rules import masked

TRIED = 4
"""Rows shown as they would come in."""
LISTED = 50
"""Rows shown that are nobody."""
LONGEST = 300
SAMPLES, SAMPLE = 3, 60
"""Cells shown of a column, and characters of each."""
_NUMBER = re.compile(r"\b\d{3}[ -]\d{2}[ -]\d{4}\b|\b[A-Za-z]{0,3}\d{7,}[A-Za-z]{0,3}\b")


def said_of(client: Client) -> str:
    """Somebody of the file in a line: name, date of birth, phone."""
    name = client.names[0] if client.names else {}
    words = [" ".join(name[part] for part in ("given", "middle", "family", "suffix") if name.get(part))]
    if born := client.about.get("birth_date"):
        words.append(date_format(born, "j M Y"))
    words += [point["value"] for point in client.reach[:1]]
    return " · ".join(word for word in words if word)[:LONGEST]


def happened_of(one: Happening) -> str:
    """An enrollment or a contact in a line: whose (as the file has it), then when and what."""
    who = said_of(one.who) or str(one.client_number or "") or one.who.old_number or one.who.household
    days = " … ".join(date_format(day, "j M Y") for day in (one.opened or one.day, one.closed) if day)
    at = f"{one.at:%H:%M}" if one.at else ""
    words = (who, days, at, one.program, _worker_of(one), one.kind or one.mode, " ".join(one.words.split())[:80])
    return " · ".join(word for word in words if word)[:LONGEST]


def _worker_of(one: Happening) -> str:
    """The worker of an enrollment, with their days where the row says them."""
    days = " … ".join(date_format(day, "j M Y") for day in (one.assigned_from, one.assigned_to) if day)
    return f"{one.who.worker} ({days})" if one.who.worker and days else one.who.worker


def shown_of(table: Table, reading: Reading, found: Container[int]) -> dict[str, Any]:
    """What the page of a checked file shows beside its findings: the first rows of those not *found*, as they are understood, and
    the rows that are nobody. Kept with the file, so that a page does not read all of it."""
    rows = (row for row in table.rows if row.number not in found)
    read = (read_row(row, table, reading)[0] for row, _number in zip(rows, range(TRIED), strict=False))
    first = [{"said": said_of(client), "more": _more(client), "kept": len(client.kept)} for client in read]
    return {"first": first} | left_out_of(table)


def looked_of(table: Table, reading: Reading, *, sheet: Sheet, shown: bool) -> dict[str, Any]:
    """What the page shows on which columns are matched: captions, a few cells of each with their numbers masked, and how the file
    was read. *shown*: do its days show their order?"""
    columns = []
    for column in table.columns:
        found = (row.cells[column.place] for row in table.rows if column.place < len(row.cells))
        key = reading.fields.get(column.caption, "")
        columns.append([column.caption, [_sample(key, cell) for cell in _different(found)]])
    said = {"encoding": sheet.encoding, "delimiter": sheet.delimiter, "header": table.header}
    said |= {"sheet": sheet.name, "sheets": list(sheet.names)}
    return {"columns": columns, "order": reading.order, "shown": shown} | said | left_out_of(table)


def _different(cells: Iterable[str]) -> list[str]:
    """The first of *cells* that say something, and not what one before has said: three times *English* shows no more than once."""
    found: dict[str, None] = {}
    for cell in cells:
        if cell:
            found[cell] = None
        if len(found) == SAMPLES:
            break
    return list(found)


def _sample(key: str, cell: str) -> str:
    if key in NUMBERS:
        return masked(cell)
    return cell[:SAMPLE] if key in DAYS else without_numbers(cell)[:SAMPLE]


def without_numbers(words: str) -> str:
    """*words* with what is written like a Social Security number, or has seven digits and more in a row, masked to its last four: what
    is kept beside a file until it has ended need not hold somebody's numbers."""
    return _NUMBER.sub(lambda found: masked("".join(filter(str.isalnum, found.group()))), words)


def left_out_of(table: Table) -> dict[str, Any]:
    """The rows that are nobody, in words, and how many there are."""
    left_out = [[one.number, one.words[:LONGEST]] for one in table.left_out[:LISTED]]
    return {"left_out": left_out, "left_out_count": len(table.left_out)}


def _more(client: Client) -> list[str]:
    """What else is understood of a row."""
    address = ", ".join(text for text in client.address.values() if text)
    phones = [point["value"] for point in client.reach[1:]]
    worker = _("Worker: %(name)s") % {"name": client.worker} if client.worker else ""
    return [text[:LONGEST] for text in (*phones, address, _household_of(client), worker) if text]


def _household_of(client: Client) -> str:
    """The number of the household, and what they are in it."""
    if not client.household:
        return ""
    household = _("Household %(number)s") % {"number": client.household}
    role = role_in_words(client.role)
    return f"{household} ({role.lower()})" if role else household
