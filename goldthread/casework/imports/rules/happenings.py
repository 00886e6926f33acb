"""A row as an enrollment or a past contact: who it is about, by which they are found, and what it says. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from django.utils.translation import gettext as _

from goldthread.casework.imports.enums import What
from goldthread.casework.imports.rules import cells
from goldthread.casework.imports.rules.rows import WHO_READERS, Client, Reader, Reading, Told, names_of, read_cells
from goldthread.casework.imports.rules.sheets import Row
from goldthread.casework.imports.rules.tables import Table
from goldthread.casework.imports.rules.words import answers_of
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.names import words_of
from goldthread.foundation.lib.text import plain

LONGEST_NUMBER = 9
MINUTES_OF_A_DAY = 24 * 60
LONGEST_TITLE = 200
MIDNIGHT = time()
"""Beside a day: what a program writes that knows no time."""
_CLOCK = re.compile(r"(?:^|[T\s])(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s*([AaPp])?\.?[Mm]?\.?\s*$")
_LENGTH = re.compile(
    r"(?:(\d+(?:[.,]\d+)?)\s*(?:h|hr|hrs|hour|hours|horas?)\.?)?\s*(?:(\d+)\s*(?:m|min|mins|minutes?|minutos?)?\.?)?"
)


@dataclass(slots=True)
class Happening:
    """What a row says. ``who``: by which its client is found, and in ``who.kept`` what there is no field for."""

    who: Client = field(default_factory=Client)
    client_number: int | None = None
    program: str = ""
    opened: date | None = None
    closed: date | None = None
    referred: date | None = None
    reason: str = ""
    assigned_from: date | None = None
    assigned_to: date | None = None
    """Days on which the worker of the row had the client."""
    day: date | None = None
    at: time | None = None
    kind: str = ""
    mode: str = ""
    place: str = ""
    minutes: int = 0
    tried: bool = False
    """Tried, not reached."""
    author: str = ""
    words: str = ""


def read_happening(row: Row, table: Table, reading: Reading, what: str) -> tuple[Happening, list[Told]]:
    """What *row* says, and every reason why it cannot come in that the row itself tells."""
    who, found, told = read_cells(row, table, reading, _READERS)
    if any(words_of(found.get(part, "")) for part in ("given", "family")):
        who.names = names_of(found)
    who.old_number, who.household = found.pop("old_number", ""), found.pop("household_number", "")
    one = Happening(who, **{key: value for key, value in found.items() if key in _OURS})
    told += _missing(one, what, reading, {reason.column for reason in told})
    return one, told


def _missing(one: Happening, what: str, reading: Reading, wrong: set[str]) -> list[Told]:
    """What a row cannot do without; a cell that could not be read was told already."""
    wanted = {"program": one.program, "opened": one.opened} if what == What.EPISODES else {"day": one.day}
    column = {key: caption for caption, key in reading.fields.items()}
    told = [
        Told(column[key], _("This is missing."))
        for key, value in wanted.items()
        if not value and column.get(key, "") not in wrong
    ]
    if one.opened and one.closed and one.closed < one.opened:
        told.append(Told(column["closed"], _("The last day is before the first day.")))
    if one.opened and one.referred and one.referred > one.opened:
        told.append(Told(column["referred"], _("The referral cannot be after the first day in the program.")))
    return [*told, *_wrong_worker(one, column)]


def _wrong_worker(one: Happening, column: Mapping[str, str]) -> list[Told]:
    """Days of nobody, or in the wrong order."""
    days = [key for key in ("assigned_from", "assigned_to") if getattr(one, key)]
    if days and not one.who.worker:
        return [Told(column[days[0]], _("No worker stands beside these days."))]
    if one.assigned_from and one.assigned_to and one.assigned_to < one.assigned_from:
        return [Told(column["assigned_to"], _("The last day is before the first day."))]
    return []


def names_whom(one: Happening) -> bool:
    """Does the row say of one client whose it is, and not only of which household?"""
    return bool(one.client_number or one.who.old_number or one.who.numbers or one.who.names)


# --- One reader a field --------------------------------------------------------------------------------
def _day(client: Client, found: dict[str, Any], key: str, cell: str, caption: str, reading: Reading) -> None:
    day = cells.read_day(cell, reading.order, reading.today)
    if day > reading.today:
        raise DomainError(_("This day is in the future."))
    found[key] = day
    if key == "day" and "at" not in found and ":" in cell and (at := read_clock(cell)) != MIDNIGHT:
        found["at"] = at


def _time(client: Client, found: dict[str, Any], key: str, cell: str, caption: str, reading: Reading) -> None:
    found["at"] = read_clock(cell)


def read_clock(cell: str) -> time:
    """``14:30``, ``2:30 PM`` or a day with one behind it. DomainError: it is no time."""
    match = _CLOCK.search(cell.strip())
    hour, minute = (int(match[1]), int(match[2])) if match else (99, 0)
    half = match[3].lower() if match and match[3] else ""
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif half:
        hour = 99
    if hour > 23 or minute > 59:
        raise DomainError(_("Write a time, for example 14:30 or 2:30 PM."))
    return time(hour, minute)


def _text(client: Client, found: dict[str, Any], key: str, cell: str, caption: str, reading: Reading) -> None:
    text = " ".join(cell.split())
    if len(text) > LONGEST_TITLE:
        raise DomainError(_("At most %(count)d characters fit here.") % {"count": LONGEST_TITLE})
    found[key] = text


def _words(client: Client, found: dict[str, Any], key: str, cell: str, caption: str, reading: Reading) -> None:
    found["words"] = "\n\n".join(filter(None, (found.get("words", ""), cell)))


def _number(client: Client, found: dict[str, Any], key: str, cell: str, caption: str, reading: Reading) -> None:
    text = cell.strip().lstrip("#")
    if not (text.isascii() and text.isdigit()) or len(text) > LONGEST_NUMBER:
        raise DomainError(_("A client number here is a whole number."))
    found[key] = int(text)


def _mode(client: Client, found: dict[str, Any], key: str, cell: str, caption: str, reading: Reading) -> None:
    _one_of(found, key, cell, _("in person, phone, video, text, email, letter"))
    if place := answers_of("place").get(plain(cell)):
        found.setdefault("place", place)  # a home visit says both


def _place(client: Client, found: dict[str, Any], key: str, cell: str, caption: str, reading: Reading) -> None:
    """Words that name no place of ours are kept: *the diner on 5th*."""
    place = answers_of("place").get(plain(cell))
    if place:
        found[key] = place
    else:
        client.kept[caption] = cell


def _kind(client: Client, found: dict[str, Any], key: str, cell: str, caption: str, reading: Reading) -> None:
    """*Home visit* says how and where, too, where no other column does."""
    _text(client, found, key, cell, caption, reading)
    for said in ("mode", "place"):
        if value := answers_of(said).get(plain(cell)):
            found.setdefault(said, value)


def _outcome(client: Client, found: dict[str, Any], key: str, cell: str, caption: str, reading: Reading) -> None:
    _one_of(found, key, cell, _("reached, not reached"))
    found["tried"] = found.pop(key) == "tried"


def _minutes(client: Client, found: dict[str, Any], key: str, cell: str, caption: str, reading: Reading) -> None:
    hours = bool({"hours", "hrs", "horas"} & set(words_of(caption)))
    found[key] = read_length(cell, hours=hours)


def read_length(cell: str, *, hours: bool = False) -> int:
    """Whole minutes of ``45``, ``45 min``, ``1:15``, ``1 h 15``, ``1.5 hours``; *hours*: a bare number counts them."""
    text = cell.strip().lower()
    if clock := re.fullmatch(r"(\d{1,2}):(\d{2})(?::\d{2})?", text):
        minutes = int(clock[1]) * 60 + int(clock[2])
    elif bare := re.fullmatch(r"\d{1,4}(?:[.,]\d{1,4})?", text):
        minutes = round(float(bare[0].replace(",", ".")) * (60 if hours else 1))
    elif (match := _LENGTH.fullmatch(text)) and (match[1] or match[2]) and len(text) < 40:
        minutes = round(float((match[1] or "0").replace(",", ".")) * 60) + int(match[2] or 0)
    else:
        raise DomainError(_("Write how long in minutes, for example 45 or 1:15."))
    if minutes > MINUTES_OF_A_DAY:
        raise DomainError(_("This is longer than a day."))
    return minutes


def _one_of(found: dict[str, Any], key: str, cell: str, offered: str) -> None:
    answer = answers_of(key).get(plain(cell))
    if answer is None:
        raise DomainError(
            _("“%(words)s” is none of: %(offered)s. Or keep this column as additional information.")
            % {"words": cell.strip()[:40], "offered": offered}
        )
    found[key] = answer


_OURS = frozenset(Happening.__dataclass_fields__) - {"who"}
_READERS: dict[str, Reader] = WHO_READERS | {
    "client_number": _number,
    **dict.fromkeys(("opened", "closed", "referred", "assigned_from", "assigned_to", "day"), _day),
    "time": _time,
    **dict.fromkeys(("program", "reason", "author"), _text),
    "kind": _kind,
    "mode": _mode,
    "place": _place,
    "minutes": _minutes,
    "outcome": _outcome,
    "words": _words,
}
