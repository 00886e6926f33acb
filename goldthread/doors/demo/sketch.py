"""A person of the demo before it is written: plain data, no database."""

from dataclasses import dataclass, field
from datetime import date

from goldthread.people.persons.enums import (
    AddressKind,
    AlertKind,
    ContactKind,
    DateKind,
    IdentifierKind,
    Interpreter,
    NameKind,
)


@dataclass(slots=True)
class Name:
    """One name. ``until`` is for former names."""

    given: str
    family: str
    kind: NameKind = NameKind.LEGAL
    middle: str = ""
    suffix: str = ""
    until: date | None = None


@dataclass(slots=True)
class Reach:
    """A phone number or email address, with what is safe to do with it."""

    value: str
    kind: ContactKind = ContactKind.MOBILE
    call: bool = True
    text: bool = True
    message: bool = True
    note: str = ""
    first: bool = False
    ends_on: date | None = None


@dataclass(slots=True)
class Home:
    """An address."""

    line1: str
    city: str
    postal_code: str
    kind: AddressKind = AddressKind.CURRENT
    line2: str = ""
    directions: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    labels: int = 0


@dataclass(slots=True)
class Number:
    """An identifier that somebody else gave."""

    kind: IdentifierKind
    value: str
    issuer: str = ""


@dataclass(slots=True)
class Warn:
    """An alert."""

    kind: AlertKind
    short: str
    words: str
    review_on: date
    ended_on: date | None = None
    end_reason: str = ""
    labels: int = 0


@dataclass(slots=True)
class Sketch:
    """A person with everything that hangs on them. The first name is the legal one. ``client_since`` None: not a client."""

    names: list[Name]
    born: date | None = None
    born_kind: DateKind = DateKind.EXACT
    died_on: date | None = None
    sex: str = ""
    gender: str = ""
    gender_words: str = ""
    pronouns: str = ""
    race: list[str] = field(default_factory=list)
    language: str = "en"
    other_languages: list[str] = field(default_factory=list)
    interpreter: Interpreter = Interpreter.NO
    reach: list[Reach] = field(default_factory=list)
    homes: list[Home] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    alerts: list[Warn] = field(default_factory=list)
    labels: int = 0
    client_since: date | None = None

    @property
    def family(self) -> str:
        """The legal last name: relatives often share it."""
        return self.names[0].family
