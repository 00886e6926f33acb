"""Who else of a household an inquiry is about: typed beside whom it is about first, each looked up and judged as they are. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

PREFIX = "member:"
"""Begins the name of a field of one of them: ``member:<number>:<field>``, numbered from 1."""
FIELDS = {"given": 80, "family": 80, "birth_date": 40}
"""What is typed of each, and the longest."""
WHO = "who"
"""Who it is, as somebody said: the id of a client, or NEW. Never typed: ``settling.settle_member`` writes it."""
NEW = "new"
MOST = 12
SHARED = ("state", "city", "postal_code", "income", "income_source", "income_every", "household", "referral")
"""What holds for all of a household alike, so that it is said once."""


@dataclass(frozen=True, slots=True)
class Member:
    """One of them. ``who``: empty as long as nobody said."""

    number: int
    given: str
    family: str
    birth_date: str
    who: str = ""

    @property
    def name(self) -> str:
        """As a list shows it."""
        return " ".join(part for part in (self.given.strip(), self.family.strip()) if part)


def longest_of(field: str) -> int:
    """How long the text of *field* of a form may be; 0: it is no field of a member."""
    number, name = parted(field)
    return FIELDS.get(name, 0) if number else 0


def parted(field: str) -> tuple[int, str]:
    """Number and name of *field*; 0 where it is none of a member."""
    if not field.startswith(PREFIX):
        return 0, ""
    number, _colon, name = field[len(PREFIX) :].partition(":")
    known = number.isascii() and number.isdecimal() and len(number) <= 2 and 1 <= int(number) <= MOST
    return (int(number), name) if known else (0, "")


def field_of(number: int, name: str) -> str:
    """The field *name* of the member with *number*."""
    return f"{PREFIX}{number}:{name}"


def members(said: Mapping[str, Any]) -> list[Member]:
    """Everybody of whom a name is written, by number."""
    return [one for one in _all(said) if one.name]


def rows(said: Mapping[str, Any], blank: int = 2) -> list[Member]:
    """Everybody, and *blank* empty lines after them, for a form."""
    filled = [one.number for one in _all(said) if one.name or one.birth_date]
    return [one for one in _all(said) if one.number <= min(MOST, max(filled, default=0) + blank)]


def as_said(said: Mapping[str, Any], member: Member) -> dict[str, Any]:
    """*member* as an inquiry of their own would say it: what is theirs, and what the household shares."""
    shared = {name: said[name] for name in SHARED if name in said}
    return shared | {"given": member.given, "family": member.family, "birth_date": member.birth_date}


def _all(said: Mapping[str, Any]) -> Iterator[Member]:
    for number in range(1, MOST + 1):
        texts = {name: said.get(field_of(number, name), "") for name in (*FIELDS, WHO)}
        yield Member(number, **{name: text if isinstance(text, str) else "" for name, text in texts.items()})
