"""A row of a table as a client to be: each cell read by what its column holds, every reason told. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from goldthread.casework.imports.enums import NOBODY
from goldthread.casework.imports.rules import cells
from goldthread.casework.imports.rules.fields import KEEP, LEAVE
from goldthread.casework.imports.rules.sheets import Row
from goldthread.casework.imports.rules.tables import Table
from goldthread.casework.imports.rules.words import answers_of
from goldthread.foundation.lib.dates import MONTH_FIRST
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.names import words_of
from goldthread.foundation.lib.text import plain
from goldthread.people.persons.enums import ContactKind, IdentifierKind, NameKind, RaceEthnicity
from goldthread.people.persons.rules import check_birth_date, read_identifier, read_zip

PHONES = {
    "phone": ContactKind.MOBILE,
    "mobile": ContactKind.MOBILE,
    "home_phone": ContactKind.HOME,
    "work_phone": ContactKind.WORK,
}
NUMBERS = {
    "ssn": IdentifierKind.SSN,
    "medicaid": IdentifierKind.MEDICAID,
    "mrn": IdentifierKind.MRN,
    "school_number": IdentifierKind.SCHOOL,
    "hmis": IdentifierKind.HMIS,
}
DAYS = (
    *("birth_date", "client_since", "died_on", "day"),
    *("opened", "closed", "referred", "assigned_from", "assigned_to"),
)
ADDRESS = ("line1", "line2", "city", "region", "postal_code")
LENGTHS = (
    dict.fromkeys(
        ("given", "middle", "family", "preferred", "former", "line2", "city", "old_number", "household_number"), 80
    )
    | dict.fromkeys(("pronouns", "region"), 40)
    | {"suffix": 20, "line1": 160, "postal_code": 12}
)
"""Characters that fit into the columns of the persons room."""
OTHER = frozenset({"other", "otro", "otra"})
"""No answer of ours, and an answer all the same."""
LONGEST_KEPT = 100_000
"""Characters of one cell of additional information."""


@dataclass(frozen=True, slots=True)
class Told:
    """Why a row is refused: the caption of the column (empty: the row as a whole) and the reason."""

    column: str
    reason: str


@dataclass(slots=True)
class Client:
    """What a row says of somebody. ``kept``: caption → text of additional information."""

    names: list[dict[str, str]] = field(default_factory=list)
    about: dict[str, Any] = field(default_factory=dict)
    reach: list[dict[str, Any]] = field(default_factory=list)
    address: dict[str, str] = field(default_factory=dict)
    numbers: list[dict[str, str]] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)
    old_number: str = ""
    household: str = ""
    """The number that the members of a household share there."""
    role: str = ""
    """``head``, or what they are to the head of the household (a RelationshipKind)."""
    since: date | None = None
    worker: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """How the rows of a table are read. ``order``: the country in whose order days stand; ``country``: of phones."""

    fields: Mapping[str, str]
    order: str
    country: str
    today: date
    unreckoned: frozenset[tuple[int, int]] = frozenset()


Reader = Callable[[Client, dict[str, Any], str, str, str, "Reading"], None]
"""Reads one cell into the client or into what was found: (client, found, key, cell, caption, reading)."""


def read_row(row: Row, table: Table, reading: Reading) -> tuple[Client, list[Told]]:
    """The client in *row*, and every reason why it cannot come in."""
    client, found, told = read_cells(row, table, reading, _READERS)
    told += _finish(client, found, reading)
    return client, told


def read_cells(
    row: Row, table: Table, reading: Reading, readers: Mapping[str, Reader]
) -> tuple[Client, dict[str, Any], list[Told]]:
    """Every cell of *row*, read by what its column holds: who it is about, what else was found by key, and what is wrong."""
    client, told = Client(), []
    found: dict[str, Any] = {}
    for column in table.columns:
        cell = row.cells[column.place] if column.place < len(row.cells) else ""
        key = reading.fields.get(column.caption, KEEP)
        if key == LEAVE:
            continue
        if not cell and (row.number, column.place) in reading.unreckoned:
            told.append(
                Told(
                    column.caption,
                    _(
                        "holds a formula that was never worked out. Open the file in a spreadsheet, save it, and bring it again."
                    ),
                )
            )
        if key == KEEP:
            told += _keep(client, column.caption, cell)
            continue
        if _says_nothing(key, cell):
            continue
        try:
            readers.get(key, _plain)(client, found, key, cell, column.caption, reading)
        except DomainError as error:
            told.append(Told(column.caption, str(error.message)))
    return client, found, told


def _keep(client: Client, caption: str, cell: str) -> list[Told]:
    if len(cell) > LONGEST_KEPT:
        return [Told(caption, _("At most %(count)d characters fit here.") % {"count": LONGEST_KEPT})]
    if cell:
        client.kept[caption] = cell
    return []


def _says_nothing(key: str, cell: str) -> bool:
    return cells.is_no_name(cell) if key in ("given", "family", "former") else cells.is_blank(cell)


def dates_of(table: Table, fields: Mapping[str, str]) -> list[str]:
    """Every cell of the columns that hold days."""
    places = [one.place for one in table.columns if fields.get(one.caption) in DAYS]
    return [row.cells[place] for row in table.rows for place in places if place < len(row.cells) and row.cells[place]]


def unmistakable(cell: str, key: str, reading: Reading) -> str:
    """*cell* of a column that holds *key*; a day in another order than that of the country as 1961-03-04."""
    if key not in DAYS or (reading.order in MONTH_FIRST) == (reading.country in MONTH_FIRST):
        return cell
    if not re.match(r"\s*\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4}", cell):
        return cell
    try:
        day = cells.read_day(cell, reading.order, reading.today)
    except DomainError:
        return cell
    return re.sub(r"^\s*[\d/.\-]+", day.isoformat(), cell)


# --- One reader a field --------------------------------------------------------------------------------
def _plain(client: Client, found: dict[str, Any], key: str, cell: str, caption: str, reading: Reading) -> None:
    text = " ".join(cell.split())
    if len(text) > LENGTHS[key]:
        raise DomainError(_("At most %(count)d characters fit here.") % {"count": LENGTHS[key]})
    found[key] = text


def _whole_name(client: Client, found: dict[str, Any], key: str, cell: str, caption: str, reading: Reading) -> None:
    parts = cells.read_whole_name(cell)
    if not set(words_of(cell)) <= set(words_of(" ".join(parts.values()))):
        client.kept[caption] = cell  # a title, a second word in brackets: what has no place in a name is not lost
    for part, text in parts.items():
        if text and part not in found:
            _plain(client, found, part, text, caption, reading)


def _given(client: Client, found: dict[str, Any], key: str, cell: str, caption: str, reading: Reading) -> None:
    """``Last, First`` that stands under *First name* is told rather than guessed at."""
    if "," in cell:
        raise DomainError(_("There is a comma in the first name. Is this column the whole name?"))
    _plain(client, found, key, cell, caption, reading)


def _birth(client: Client, found: dict[str, Any], key: str, cell: str, caption: str, reading: Reading) -> None:
    born, kind = cells.read_birth(cell, reading.order, reading.today)
    check_birth_date(born, reading.today)
    client.about |= {"birth_date": born, "birth_date_kind": str(kind)}


def _died(client: Client, found: dict[str, Any], key: str, cell: str, caption: str, reading: Reading) -> None:
    day = cells.read_day(cell, reading.order, reading.today)
    if day > reading.today:
        raise DomainError(_("The date of death is in the future."))
    client.about |= {"died_on": day, "deceased": True}


def _since(client: Client, found: dict[str, Any], key: str, cell: str, caption: str, reading: Reading) -> None:
    client.since = cells.read_day(cell, reading.order, reading.today)
    if client.since > reading.today:
        raise DomainError(_("This day is in the future."))


def _sex(client: Client, found: dict[str, Any], key: str, cell: str, caption: str, reading: Reading) -> None:
    client.about["sex"] = cells.read_sex(cell)


def _gender(client: Client, found: dict[str, Any], key: str, cell: str, caption: str, reading: Reading) -> None:
    client.about |= cells.read_gender(cell)


def _race(client: Client, found: dict[str, Any], key: str, cell: str, caption: str, reading: Reading) -> None:
    """Several columns add up. *Hispanic: yes* is an answer, too."""
    if "hispanic" in words_of(caption) and cell.strip().lower() in ("yes", "y", "true", "1", "x"):
        races = [str(RaceEthnicity.HISPANIC)]
    else:
        races = cells.read_races(cell)
    if not races and OTHER & set(words_of(cell)):
        client.kept[caption] = cell
    client.about["race_ethnicity"] = sorted({*client.about.get("race_ethnicity", ()), *races})


def _language(client: Client, found: dict[str, Any], key: str, cell: str, caption: str, reading: Reading) -> None:
    client.about["language"] = cells.read_language(cell)


def _interpreter(client: Client, found: dict[str, Any], key: str, cell: str, caption: str, reading: Reading) -> None:
    client.about["interpreter"] = cells.read_interpreter(cell)


def _phones(client: Client, found: dict[str, Any], key: str, cell: str, caption: str, reading: Reading) -> None:
    _reached(client, cells.read_phones(cell, str(PHONES[key]), reading.country))


def _emails(client: Client, found: dict[str, Any], key: str, cell: str, caption: str, reading: Reading) -> None:
    _reached(client, cells.read_emails(cell))


def _reached(client: Client, points: list[dict[str, Any]]) -> None:
    known = {point["value"] for point in client.reach}
    client.reach += [point for point in points if point["value"] not in known]


def _address(client: Client, found: dict[str, Any], key: str, cell: str, caption: str, reading: Reading) -> None:
    for part, text in cells.read_address(cell).items():
        if text:
            _plain(client, found, part, text, caption, reading)


def _zip(client: Client, found: dict[str, Any], key: str, cell: str, caption: str, reading: Reading) -> None:
    """A spreadsheet takes the zero off 02134."""
    lost = reading.country == "US" and cell.isdigit() and len(cell) == 4
    _plain(client, found, key, read_zip(f"0{cell}" if lost else cell), caption, reading)


def _number(client: Client, found: dict[str, Any], key: str, cell: str, caption: str, reading: Reading) -> None:
    kind = NUMBERS[key]
    if kind == IdentifierKind.SSN and any(letter in "*xX•" for letter in cell):
        raise DomainError(_("Some digits are hidden. Keep this column as additional information, or leave it out."))
    if kind == IdentifierKind.SSN and cell.isdigit() and 6 <= len(cell) < 9:
        cell = cell.zfill(9)  # a spreadsheet takes the zeros off the front
    if len(cell) > 40:
        raise DomainError(_("At most %(count)d characters fit here.") % {"count": 40})
    read_identifier(kind, cell)
    client.numbers.append({"kind": str(kind), "value": cell})


def _worker(client: Client, found: dict[str, Any], key: str, cell: str, caption: str, reading: Reading) -> None:
    client.worker = " ".join(cell.split())


def _role(client: Client, found: dict[str, Any], key: str, cell: str, caption: str, reading: Reading) -> None:
    """Words that name no relationship of ours are kept: *boarder*. So are those beside which no household stands."""
    role = answers_of(key).get(plain(cell), "")
    if role and role != NOBODY:
        found[key] = role, caption, cell
    elif not role:
        client.kept[caption] = cell


_READERS: dict[str, Reader] = {
    "name": _whole_name,
    "given": _given,
    "birth_date": _birth,
    "died_on": _died,
    "client_since": _since,
    "sex": _sex,
    "gender": _gender,
    "race_ethnicity": _race,
    "language": _language,
    "interpreter": _interpreter,
    **dict.fromkeys(PHONES, _phones),
    "email": _emails,
    "address": _address,
    "postal_code": _zip,
    **dict.fromkeys(NUMBERS, _number),
    "household_role": _role,
    "worker": _worker,
}


WHO_READERS: dict[str, Reader] = {key: _READERS[key] for key in ("name", "given", "birth_date", *NUMBERS, "worker")}
"""Those of whom a row is about, also where the row is no client."""


# --- The whole row ---------------------------------------------------------------------------------------
def _finish(client: Client, found: dict[str, Any], reading: Reading) -> list[Told]:
    told = []
    if not any(words_of(found.get(part, "")) for part in ("given", "family")):
        told.append(Told(_name_column(reading), _("There is no name in this row.")))
    else:
        client.names = names_of(found)
    if "pronouns" in found:
        client.about["pronouns"] = found["pronouns"]
    client.old_number = found.get("old_number", "")
    client.household = found.get("household_number", "")
    _take_role(client, found)
    client.address = {part: found.get(part, "") for part in ADDRESS} if any(found.get(part) for part in ADDRESS) else {}
    if client.address and not any(client.address[part] for part in ("line1", "city", "postal_code")):
        client.address = {}  # a state alone is nowhere
    born, died = client.about.get("birth_date"), client.about.get("died_on")
    if born and died and died < born:
        told.append(Told("", _("The date of death is before the date of birth.")))
    if born and client.since and client.since < born:
        told.append(Told("", _("The first day as a client is before the date of birth.")))
    races = client.about.get("race_ethnicity", [])
    if len(races) > 1 and RaceEthnicity.NOT_SAID in races:
        client.about["race_ethnicity"] = [one for one in races if one != RaceEthnicity.NOT_SAID]
    return told


def _take_role(client: Client, found: dict[str, Any]) -> None:
    role, caption, cell = found.get("household_role", ("", "", ""))
    if client.household:
        client.role = role
    elif role:
        client.kept[caption] = cell


def names_of(found: dict[str, Any]) -> list[dict[str, str]]:
    """The names in what was *found* in a row."""
    legal = {part: found.get(part, "") for part in ("given", "middle", "family", "suffix")}
    names = [{"kind": str(NameKind.LEGAL), **legal}]
    preferred = found.get("preferred", "")
    if preferred and preferred.casefold() != legal["given"].casefold():
        names.append({"kind": str(NameKind.PREFERRED), "given": preferred})
    former = found.get("former", "")
    if former and former.casefold() != legal["family"].casefold():
        names.append({"kind": str(NameKind.FORMER), "given": legal["given"], "family": former})
    return names


def _name_column(reading: Reading) -> str:
    """Where the name should stand."""
    named = [caption for caption, key in reading.fields.items() if key in ("name", "given", "family")]
    return named[0] if named else ""
