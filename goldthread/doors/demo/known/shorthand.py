"""Short ways to write down one invented person by hand."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from goldthread.doors.demo.kin import Kin
from goldthread.doors.demo.sketch import Home, Name, Reach, Sketch, Warn
from goldthread.foundation.lib.labels import Label
from goldthread.people.persons.enums import AddressKind, AlertKind, ContactKind, NameKind

SHE: dict[str, Any] = {"sex": "female", "gender": "woman", "pronouns": "she/her"}
HE: dict[str, Any] = {"sex": "male", "gender": "man", "pronouns": "he/him"}


@dataclass(frozen=True, slots=True)
class Known:
    """A family, and who works with its clients (by the colleague's name, client by client). ``by_hand``: not by chance."""

    kin: Kin
    workers: tuple[str, ...]
    by_hand: bool = True


def born(today: date, age: int, month: int, day: int) -> date:
    """The birthday on *month*/*day* of somebody who is *age* years old today."""
    year = today.year - age - ((today.month, today.day) < (month, day))
    return date(year, month, day)


def ago(today: date, days: int) -> date:
    return today - timedelta(days=days)


def called(given: str, family: str, *more: Name) -> list[Name]:
    """A legal name and whatever else they are or were called."""
    return [Name(given, family), *more]


def goes_by(given: str, family: str = "") -> Name:
    return Name(given, family, kind=NameKind.PREFERRED)


def nicknamed(given: str) -> Name:
    return Name(given, "", kind=NameKind.NICKNAME)


def once(given: str, family: str, until: date) -> Name:
    return Name(given, family, kind=NameKind.FORMER, until=until)


def mobile(value: str, **rules: object) -> Reach:
    """A mobile number, tried first; *rules* as in Reach."""
    reach = Reach(value, first=True)
    for rule, answer in rules.items():
        setattr(reach, rule, answer)
    return reach


def landline(value: str, *, first: bool = False) -> Reach:
    return Reach(value, kind=ContactKind.HOME, text=False, first=first)


def email(value: str) -> Reach:
    return Reach(value, kind=ContactKind.EMAIL, text=False)


def home(line1: str, line2: str = "", *, town: str = "Alderquay", since: date | None = None, way: str = "") -> Home:
    """Where somebody lives; *way* says how to find it."""
    return Home(line1, town, ZIP[town], line2=line2, starts_on=since, directions=way)


ZIP = {
    "Alderquay": "02007",
    "Millbrace": "02009",
    "Port Sorrel": "02011",
    "Netherby": "02013",
    "East Tolliver": "02016",
}


def safe_home(line1: str, line2: str = "", *, since: date | None = None, way: str = "") -> Home:
    """A safe address, seen only by who is cleared for domestic violence."""
    place = home(line1, line2, since=since, way=way)
    place.kind = AddressKind.SAFE
    place.labels = Label.DOMESTIC_VIOLENCE
    return place


def box(number: int, town: str = "Alderquay") -> Home:
    """A post-office box for mail."""
    return Home(f"P.O. Box {number}", town, ZIP[town], kind=AddressKind.MAILING)


def warn(kind: AlertKind, short: str, words: str, review_on: date, labels: int = 0) -> Warn:
    return Warn(kind, short, words, review_on, labels=labels)


def relative(given: str, family: str, reach: Reach | None = None, **about: object) -> Sketch:
    """Somebody who is not a client: a sister, a neighbor, a doctor."""
    sketch = Sketch([Name(given, family)], reach=[reach] if reach else [])
    for field, value in about.items():
        setattr(sketch, field, value)
    return sketch
