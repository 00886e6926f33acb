"""The rules of a person's record. Pure: days come in as arguments."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Protocol

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.names import also_called, sort_key, tokens_of, words_of
from goldthread.people.persons.enums import DateKind, IdentifierKind, NameKind
from goldthread.people.persons.enums import RelationshipKind as Kind

OLDEST = 125
"""Years. The longest life on record is 122 years (Jeanne Calment, 1875 to 1997)."""

OTHER_SIDE: dict[Kind, Kind] = {
    Kind.PARENT: Kind.CHILD,
    Kind.CHILD: Kind.PARENT,
    Kind.GUARDIAN: Kind.WARD,
    Kind.WARD: Kind.GUARDIAN,
    Kind.FOSTER_PARENT: Kind.FOSTER_CHILD,
    Kind.FOSTER_CHILD: Kind.FOSTER_PARENT,
    Kind.SIBLING: Kind.SIBLING,
    Kind.SPOUSE: Kind.SPOUSE,
    Kind.FORMER_PARTNER: Kind.FORMER_PARTNER,
    Kind.GRANDPARENT: Kind.GRANDCHILD,
    Kind.GRANDCHILD: Kind.GRANDPARENT,
    Kind.RELATIVE: Kind.RELATIVE,
    Kind.FRIEND: Kind.FRIEND,
    Kind.CAREGIVER: Kind.CARED_FOR,
    Kind.CARED_FOR: Kind.CAREGIVER,
}
"""What the first is to the second when the second is this to the first."""

_CODES = """
en es ar zh yue fr ht pt ru vi ko ja tl hi ur bn pa gu ta te ne my km lo th hmn sw so am ti om ln rw fa prs ps ku tr pl uk ro sq
sr bs hr de it el he yi hy ka uz id ilo haw chk sm nv ase
"""
LANGUAGES = tuple(_CODES.split())
"""Languages offered (ISO 639 codes), the most spoken in the field first. ``ase`` is American Sign Language."""


class Named(Protocol):
    """What a name has."""

    kind: str
    given: str
    middle: str
    family: str
    suffix: str


class Aged(Protocol):
    """What an age is reckoned from."""

    @property
    def birth_date(self) -> date | None: ...
    @property
    def birth_date_kind(self) -> str: ...
    @property
    def deceased(self) -> bool: ...
    @property
    def died_on(self) -> date | None: ...


# --- Age ---------------------------------------------------------------------------------------------
def age_on(born: date, day: date) -> int:
    """Whole years on *day*. Who was born on 29 February is a year older on 1 March of common years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def age_words(person: Aged, today: date) -> str:
    """``47``, ``about 47`` when the date is not exact, ``5 months`` under two years, ``died at 81``. Empty when unknown."""
    if person.birth_date is None or (person.deceased and person.died_on is None):
        return ""
    until = person.died_on or today
    age = age_on(person.birth_date, until)
    words = str(age) if age >= 2 else _months(person.birth_date, until)
    if person.birth_date_kind != DateKind.EXACT:
        words = _("about %(age)s") % {"age": words}
    return _("died at %(age)s") % {"age": words} if person.deceased else words


def _months(born: date, day: date) -> str:
    months = (day.year - born.year) * 12 + day.month - born.month - (day.day < born.day)
    return ngettext("%(months)d month", "%(months)d months", months) % {"months": months}


def next_birthday(person: Aged, today: date) -> date | None:
    """The next birthday, today included. None when the day is not known or the person has died."""
    born = person.birth_date
    if born is None or person.deceased or person.birth_date_kind != DateKind.EXACT:
        return None
    this_year = _birthday_in(born, today.year)
    return this_year if this_year >= today else _birthday_in(born, today.year + 1)


def _birthday_in(born: date, year: int) -> date:
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def check_birth_date(born: date | None, today: date) -> None:
    """Raises DomainError for a birth in the future or more than 125 years ago."""
    if born is None:
        return
    if born > today:
        raise DomainError(_("The date of birth is in the future."), "birth_date")
    if age_on(born, today) > OLDEST:
        raise DomainError(
            _("Nobody has lived %(years)d years. Check the year of birth.") % {"years": OLDEST}, "birth_date"
        )


def check_death(deceased: bool, died_on: date | None, born: date | None, today: date) -> None:
    """Raises DomainError for a death in the future, before birth, or on a living person."""
    if died_on is None:
        return
    if not deceased:
        raise DomainError(_("A date of death is for somebody who has died: choose that too."), "died_on")
    if died_on > today:
        raise DomainError(_("The date of death is in the future."), "died_on")
    if born is not None and died_on < born:
        raise DomainError(_("The date of death is before the date of birth."), "died_on")


def check_dates(starts_on: date | None, ends_on: date | None) -> None:
    """Raises DomainError when something ends before it starts."""
    if starts_on and ends_on and ends_on < starts_on:
        raise DomainError(_("It ends before it starts."), "ends_on")


# --- Names -------------------------------------------------------------------------------------------
_SHOWN_FIRST = {NameKind.PREFERRED: 0, NameKind.LEGAL: 1, NameKind.NICKNAME: 2, NameKind.FORMER: 3}


def display_name(names: Iterable[Named]) -> str:
    """The preferred first name with the last name that goes with it (the legal one when none was said), and the suffix."""
    given, family, suffix = shown_parts(names)
    return " ".join(part for part in (given, family, suffix) if part)[:200]


def shown_sort_key(names: Iterable[Named]) -> str:
    """Sorts people as they are shown: last name first."""
    ordered = list(names)
    given, family, _suffix = shown_parts(ordered)
    middle = next((name.middle for name in ordered if name.kind == NameKind.LEGAL), "")
    return sort_key(given, family, middle)


def search_text(names: Iterable[Named]) -> str:
    """Every word of every name, each between spaces, in alphabetical order."""
    words = sorted(tokens_of(part for n in names for part in (n.given, n.middle, n.family, n.suffix)))
    text = " " + " ".join(words) + " "
    return text if len(text) <= 4000 else text[: text.rindex(" ", 0, 4000) + 1]


def shown_parts(names: Iterable[Named]) -> tuple[str, str, str]:
    """First name, last name and suffix as a person is shown."""
    ordered = sorted(names, key=lambda name: _SHOWN_FIRST[NameKind(name.kind)])
    if not ordered:
        raise DomainError(_("A person needs a name."), "given")
    first = ordered[0]
    legal = next((name for name in ordered if name.kind == NameKind.LEGAL), first)
    family = first.family or (legal.family if first.given else "")
    return first.given or ("" if first.family else legal.given), family, first.suffix or legal.suffix


EXACT, START, NICKNAME, INSIDE = range(4)
"""How well a word matches: a whole word, its start, another form of the name, a part inside."""


def search_words(text: str) -> list[str]:
    """The words to look for in names: normalised, without doubles, the longest first (it is the rarest as a rule)."""
    return sorted(set(words_of(text)), key=lambda word: (-len(word), word))


def word_rank(token: str, word: str) -> int | None:
    """How *word*, as typed, matches one word of a name. One and two letters match the start only."""
    if token == word:
        return EXACT
    if token.startswith(word):
        return START
    if token in also_called(word):
        return NICKNAME
    return INSIDE if len(word) >= 3 and word in token else None


def match_rank(text: str, words: Iterable[str]) -> int | None:
    """How *words* match a search text: the rank of the worst word. None when some word does not match."""
    tokens = text.split()
    worst = EXACT
    for word in words:
        ranks = [rank for token in tokens if (rank := word_rank(token, word)) is not None]
        if not ranks:
            return None
        worst = max(worst, min(ranks))
    return worst


# --- Identifiers, addresses, languages -----------------------------------------------------------------
_KEPT = re.compile(r"[^0-9A-Za-z]+")
_SSN_NEVER_ISSUED = re.compile(r"000|666|9\d\d")


def bare(typed: str) -> str:
    """Letters and digits only, in upper case: how numbers are compared."""
    return _KEPT.sub("", typed).upper()


def read_identifier(kind: IdentifierKind | str, typed: str) -> str:
    """The identifier as it is compared: letters and digits only, in upper case. Raises DomainError when it cannot be one."""
    value = bare(typed)
    if not value:
        raise DomainError(_("Write the number."), "value")
    if kind == IdentifierKind.SSN:
        _check_ssn(value)
    return value


def _check_ssn(value: str) -> None:
    """Nine digits; area never 000, 666 or 900 to 999, group never 00, serial never 0000 (Social Security Administration,
    POMS RM 10201.035, and SSN randomization of 25 June 2011)."""
    if not re.fullmatch(r"[0-9]{9}", value):
        raise DomainError(_("A Social Security number has nine digits."), "value")
    if _SSN_NEVER_ISSUED.match(value) or value[3:5] == "00" or value[5:] == "0000":
        raise DomainError(_("No Social Security number looks like this: check the digits."), "value")


def last_four(value: str) -> str:
    """The last four characters; fewer of a short one, so that never more than half is shown."""
    return value[-min(4, len(value) // 2) :] if len(value) > 1 else ""


def masked(value: str) -> str:
    """``•••• 1234``: what is shown of an identifier by default."""
    return f"•••• {last_four(value)}".strip()


def read_zip(typed: str) -> str:
    """``19104`` or ``19104-1234``; anything else (another country) stays as typed."""
    digits = re.sub(r"[\s-]", "", typed)
    if digits.isdigit() and len(digits) == 9:
        return f"{digits[:5]}-{digits[5:]}"
    return digits if digits.isdigit() and len(digits) == 5 else typed.strip()


def languages() -> list[tuple[str, str]]:
    """Code and name of every language offered, by name in the reader's language."""
    return list(_languages(get_language() or "en"))


def language_name(code: str) -> str:
    """The name of a language in the reader's language; the code itself when it is unknown; empty for none."""
    if not code:
        return ""
    reader = get_language() or "en"
    return _names_in(reader).get(code) or _name(code, reader)


def own_name(code: str) -> str:
    """The name of a language in that language: Español, Tiếng Việt; the code itself when it is unknown."""
    return _name(code, code)


NAMED_AS = {"prs": "fa_AF"}
"""Dari stands in the Unicode tables as the Persian of Afghanistan."""


@lru_cache(maxsize=16)
def _names_in(reader: str) -> dict[str, str]:
    return dict(_languages(reader))


@lru_cache(maxsize=16)
def _languages(reader: str) -> tuple[tuple[str, str], ...]:
    named = [(code, _name(code, reader)) for code in LANGUAGES]
    return tuple(sorted(named, key=lambda pair: (LANGUAGES.index(pair[0]) > 1, words_of(pair[1]))))


def _name(code: str, reader: str) -> str:
    try:
        names: Mapping[str, str] = Locale.parse(reader, sep="-").languages
    except (UnknownLocaleError, ValueError):
        names = Locale("en").languages
    name = names.get(NAMED_AS.get(code, code), code)
    return name[:1].upper() + name[1:]
