"""A person as they are compared: words in plain letters, a birth as eight digits, places taken apart."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from goldthread.foundation.lib.text import plain

_NUMBER = re.compile(r"\d+[a-z]?")
_STREET_WORDS = {
    "street": "st", "avenue": "ave", "av": "ave", "road": "rd", "drive": "dr", "lane": "ln", "court": "ct", "place": "pl",
    "boulevard": "blvd", "circle": "cir", "circuit": "cct", "crescent": "cres", "terrace": "ter", "parkway": "pkwy",
    "highway": "hwy", "square": "sq", "apartment": "apt", "north": "n", "south": "s", "east": "e", "west": "w",
}  # fmt: skip
"""Words of streets that are written out or shortened (United States Postal Service, Publication 28, appendix C)."""


@dataclass(frozen=True, slots=True)
class Name:
    """One name: plain words; any part may be empty."""

    given: str
    family: str
    middle: str = ""
    suffix: str = ""

    @classmethod
    def said(cls, given: str, family: str, middle: str = "", suffix: str = "") -> "Name":
        """As somebody wrote it."""
        return cls(_plain(given or ""), _plain(family or ""), _plain(middle or ""), _plain(suffix or ""))


@dataclass(frozen=True, slots=True)
class Place:
    """One address: the number of the house, the words of the street, the rest of the lines, city and ZIP code."""

    number: str
    street: str
    more: str
    city: str
    postal: str
    region: str = ""

    @classmethod
    def said(cls, line1: str, line2: str = "", city: str = "", postal: str = "", region: str = "") -> "Place":
        """As somebody wrote it."""
        first = _plain(line1 or "").split()
        number = next((word for word in first if _NUMBER.fullmatch(word)), "")
        street = " ".join(_STREET_WORDS.get(word, word) for word in first if word != number)
        more = " ".join(_STREET_WORDS.get(word, word) for word in _plain(line2 or "").split())
        return cls(number, street, more, _plain(city or ""), _plain(postal or "")[:5], _plain(region or ""))


DAY, MONTH, YEAR = 8, 6, 4
"""How many digits of a birth count."""


@dataclass(frozen=True, slots=True)
class Described:
    """What is known of somebody, however little. ``birth``: eight digits, year first; empty when it is not known.

    ``names``: the one they are known by first. ``birth_parts``: DAY, MONTH or YEAR. ``numbers``: of each kind of identifier the
    digests under which those of the person may be kept.
    """

    names: tuple[Name, ...] = ()
    birth: str = ""
    birth_parts: int = DAY
    places: tuple[Place, ...] = ()
    phones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    numbers: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def digests(self) -> frozenset[str]:
        """Of all kinds: a digest says its kind."""
        return frozenset().union(*self.numbers.values())


def digits_of(day: date | None) -> str:
    """*day* as eight digits; empty for none."""
    return f"{day:%Y%m%d}" if day else ""


@lru_cache(maxsize=20_000)
def _plain(text: str) -> str:
    return plain(text)
