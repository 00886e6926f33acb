"""Dates as people type them: ``3/4/1961``, ``1961-03-04``, ``4 Mar 1961``, ``Mar 4 '61``, ``03041961``, ``4 de marzo de 1961``."""

import calendar
import re
from collections.abc import Iterator
from datetime import date

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.text import plain

MONTH_FIRST = frozenset({"US", "CA", "PH", "PR", "GU", "VI"})
"""Countries (ISO 3166) in which 3/4 is the fourth of March."""

FIRST_YEAR, LAST_YEAR = 1800, 2200
"""Of days that people write down."""

_MONTHS = (
    ("january", "enero"),
    ("february", "febrero"),
    ("march", "marzo"),
    ("april", "abril"),
    ("may", "mayo"),
    ("june", "junio"),
    ("july", "julio"),
    ("august", "agosto"),
    ("september", "septiembre", "setiembre"),
    ("october", "octubre"),
    ("november", "noviembre"),
    ("december", "diciembre"),
)
_FILLERS = frozenset({"de", "del", "of", "the", "el", "on"})
_WEEKDAYS = frozenset({"mon", "tue", "wed", "thu", "fri", "sat", "sun"}) | frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
)
_PIECE = re.compile(r"\d+|[a-z]+")
_ORDINALS = frozenset({"st", "nd", "rd", "th", "o"})


def read_date(text: str, country: str = "US", *, latest: date | None = None) -> date:
    """The date meant by *text*, in the order of *country*.

    *latest*: the last day it can be; it decides the century of two-digit years (a birth in ``'61`` was in 1961). Without
    it, two digits up to 68 are 2000s and later ones 1900s, as POSIX has it. Raises DomainError that says what is wrong.
    """
    pieces = _pieces(text)
    if len(pieces) != 3:
        raise _unreadable()
    year, month, day = _in_order(pieces, country)
    return _checked(_century(year, month, day, latest), month, day)


def looks_like_date(text: str) -> bool:
    """Is *text* three parts of a date, or eight digits of one? For search, before it is read."""
    return len(_pieces(text)) == 3


def possible_dates(text: str, country: str, latest: date) -> list[date]:
    """Every date up to *latest* that *text* can mean, the order of *country* first. Empty when it is no date. For search."""
    found: list[date] = []
    for order in (country, "US", "GB"):
        try:
            day = read_date(text, order, latest=latest)
        except DomainError:
            continue
        if day <= latest and day not in found:
            found.append(day)
    return found


def _pieces(text: str) -> list[str]:
    words = plain(text)
    if words.isdigit() and len(words) == 8:
        return [words[:4], words[4:6], words[6:]] if _year_first(words) else [words[:2], words[2:4], words[4:]]
    return list(_kept(_PIECE.findall(words)))


def _year_first(digits: str) -> bool:
    """19610304 is year first; 03041961 is not. 20121985 can only end in its year: 1985 has no month 20."""
    return digits[:2] in ("18", "19", "20") and 1 <= int(digits[4:6]) <= 12 and 1 <= int(digits[6:]) <= 31


def _kept(pieces: list[str]) -> Iterator[str]:
    for piece in pieces:
        if piece not in _FILLERS and piece not in _ORDINALS and piece not in _WEEKDAYS:
            yield piece


def _in_order(pieces: list[str], country: str) -> tuple[str, int, int]:
    """Year as typed, month and day as numbers."""
    named = [number for number, piece in enumerate(pieces) if piece.isalpha()]
    if len(named) > 1:
        raise _unreadable()
    if named:
        month = _month(pieces.pop(named[0]))
        first, second = pieces
        return (first, month, int(second)) if len(first) == 4 else (second, month, int(first))
    first, second, third = pieces
    if len(first) == 4:
        return first, int(second), int(third)
    month, day = (int(first), int(second)) if country in MONTH_FIRST else (int(second), int(first))
    if month > 12 and day <= 12:
        month, day = day, month
    return third, month, day


def _month(word: str) -> int:
    for number, names in enumerate(_MONTHS, start=1):
        if len(word) >= 3 and any(name.startswith(word) for name in names):
            return number
    if word == "sept":
        return 9
    raise DomainError(_("“%(word)s” is not a month.") % {"word": word})


def _century(typed: str, month: int, day: int, latest: date | None) -> int:
    year = int(typed)
    if len(typed) == 4:
        return year
    if len(typed) != 2:
        raise DomainError(_("Write the year with four digits."))
    if latest is None:
        return year + (2000 if year <= 68 else 1900)
    recent = latest.year - latest.year % 100 + year
    return recent if (recent, month, day) <= (latest.year, latest.month, latest.day) else recent - 100


def _checked(year: int, month: int, day: int) -> date:
    if not 1 <= month <= 12:
        raise DomainError(_("There are 12 months: %(month)d is not one.") % {"month": month})
    check_year(year)
    if day < 1 or day > (last := calendar.monthrange(year, month)[1]):
        if day < 1:
            raise _unreadable()
        message = ngettext("%(month)s has %(last)d day.", "%(month)s has %(last)d days.", last)
        raise DomainError(message % {"month": _month_and_year(year, month), "last": last})
    return date(year, month, day)


def check_year(year: int) -> None:
    """DomainError for a year in which nobody was born who is served, and for one that nobody plans for: days near the end of the calendar
    have none after them."""
    if year < FIRST_YEAR:
        raise DomainError(_("The year %(year)d is too long ago.") % {"year": year})
    if year > LAST_YEAR:
        raise DomainError(_("The year %(year)d is too far ahead.") % {"year": year})


def _month_and_year(year: int, month: int) -> str:
    return f"{MONTHS[month]} {year}"


def _unreadable() -> DomainError:
    return DomainError(_("Write a whole date, for example 3/4/1961 or 4 Mar 1961."))
