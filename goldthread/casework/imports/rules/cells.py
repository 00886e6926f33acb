"""What one cell means: names as they stand in lists, several phones in one cell, days in the order of the file. Pure.

Each reader returns values as the persons room takes them. It raises DomainError with a reason that says what to do.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from goldthread.casework.imports.rules.words import answers_of, words_for
from goldthread.foundation.lib.dates import read_date
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.names import PARTICLES
from goldthread.foundation.lib.phones import read_email, read_phone
from goldthread.foundation.lib.text import plain
from goldthread.people.persons.enums import ContactKind, DateKind, Gender, Interpreter, RaceEthnicity, Sex
from goldthread.people.persons.rules import LANGUAGES

EXCEL_FIRST_DAY = date(1899, 12, 30)
"""Day 0 of Excel's count (ECMA-376 part 1, 18.17.4.1, the 1900 date base, with its leap-day mistake put right)."""
LONGEST_DAY = 60
"""Characters. More is no day, and numbers of thousands of digits are none that Python reads."""
_SUFFIXES = {"jr": "Jr.", "sr": "Sr.", "ii": "II", "iii": "III", "iv": "IV", "v": "V", "esq": "Esq."}
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "rev", "mx", "sr", "sra", "srta"})
_CALLED = re.compile(r"[\"“”(\u2018]([^\"“”()\u2018\u2019]+)[\"“”)\u2019]")
_SEVERAL = re.compile(r"[;\n|]|\s/\s|/(?=\s*\(?\d{3})|,(?=\s*\(?\d{3})|\bor\b|\band\b|&", re.IGNORECASE)
_NUMBERS_OF_DAY = re.compile(r"\s*(\d{1,2})([/.\-])(\d{1,2})[/.\-]\d{2,4}")
_DIGITS = re.compile(r"\+?\(?\d[\d\s().\-]{5,}\d(?:\s*(?:ext\.?|x|#)\s*\d{1,6})?", re.IGNORECASE)

TEN_DIGITS = frozenset({"US", "CA", "PR", "GU", "VI"})
"""Countries (ISO 3166) in which every phone number has ten digits."""
_TEN = re.compile(
    r"(?:\b1[\s.\-]*)?\(?\d{3}\)?[\s.\-]*\d{3}[\s.\-]*\d{4}(?!\d)(?:\s*(?:ext\.?|x|#)\s*\d{1,6})?", re.IGNORECASE
)


def is_blank(cell: str) -> bool:
    """Does *cell* say nothing? Dashes and question marks do not, nor do words such as *unknown*."""
    words = plain(cell)
    return not words or words in words_for("blank")


def is_no_name(cell: str) -> bool:
    """Does *cell* hold no name? Families are called Na, Nil and Null; ``NULL`` is what a database writes for none."""
    return is_blank(cell) and cell.strip() not in ("Na", "Nil", "Null")


# --- Names -------------------------------------------------------------------------------------------
def read_whole_name(cell: str) -> dict[str, str]:
    """``Last, First M.``, ``First M. Last``, ``O'Brien Jr., Sean "Jack"``: given, middle, family, suffix and preferred."""
    called = _CALLED.search(cell)
    rest = " ".join(_CALLED.sub(" ", cell).split())
    name = _listed(rest) if "," in rest else _spoken(rest.split())
    if not any(map(str.isalpha, name["given"] + name["family"])):
        raise DomainError(_("This is no name. Write first and last name."))
    return name | {"preferred": " ".join(called[1].split()) if called else ""}


def _listed(text: str) -> dict[str, str]:
    """Last name first, after it a comma: ``Smith Jr., John Paul`` or ``Smith, John Paul, Jr.``; ``John Smith, Jr.``, too."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    suffix = ""
    for place in range(len(parts) - 1, 0, -1):
        if _suffix(parts[place]) and not (place == 1 and plain(parts[1]) == "v" and " " not in parts[0]):
            suffix = _suffix(parts.pop(place))
    if len(parts) == 1 and " " not in parts[0]:
        return _parts([], parts, suffix)  # ``Smith,``: what stands before a comma is the last name
    if len(parts) == 1:
        return _spoken(parts[0].split()) | ({"suffix": suffix} if suffix else {})
    family = parts[0].split()
    if len(family) > 1 and _suffix(family[-1]):
        suffix = suffix or _suffix(family.pop())
    given = [word for word in " ".join(parts[1:]).split() if plain(word) not in _TITLES]
    if len(given) > 1 and _suffix(given[-1]) and plain(given[-1]) != "v":  # after a first name V is its initial
        suffix = suffix or _suffix(given.pop())
    return _parts(given, family, suffix)


def _spoken(words: list[str]) -> dict[str, str]:
    """First name first. Particles go with the last name: ``Maria de la Cruz``."""
    while len(words) > 1 and plain(words[0]) in _TITLES:
        words = words[1:]
    suffix = _suffix(words[-1]) if len(words) > 1 and (len(words) > 2 or plain(words[-1]) != "v") else ""
    if suffix:
        words = words[:-1]
    if len(words) < 2:
        return _parts(words, [], suffix)
    start = len(words) - 1
    while start > 1 and plain(words[start - 1]) in PARTICLES:
        start -= 1
    return _parts(words[:start], words[start:], suffix)


def _parts(given: list[str], family: list[str], suffix: str) -> dict[str, str]:
    return {"given": " ".join(given[:1]), "middle": " ".join(given[1:]), "family": " ".join(family), "suffix": suffix}


def _suffix(word: str) -> str:
    return _SUFFIXES.get(plain(word), "")


# --- Days --------------------------------------------------------------------------------------------
def read_day(cell: str, country: str, latest: date) -> date:
    """A whole day in the order of *country*, an ISO day with a time, or Excel's count of days."""
    text = cell.strip()
    if len(text) > LONGEST_DAY:
        raise DomainError(_("Write a whole date, for example 3/4/1961 or 4 Mar 1961."))
    if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}[T ].*", text):
        text = re.split("[T ]", text)[0]
    elif match := re.fullmatch(r"(.*\d)\s+\d{1,2}:\d{2}(:\d{2})?(\.\d+)?\s*([AaPp]\.?[Mm]\.?)?", text):
        text = match[1]
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        return EXCEL_FIRST_DAY + timedelta(days=int(float(text)))
    return read_date(text, country, latest=latest)


def read_birth(cell: str, country: str, today: date) -> tuple[date, DateKind]:
    """A date of birth and how sure it is: ``1961``, ``3/1961`` and ``about 1961`` are kept as what they are."""
    words = plain(cell)
    about = re.sub(r"^(about|circa|ca|c|approx|approximately|est|estimated|aprox)\s+", "", words)
    kind = DateKind.ESTIMATED if about != words else DateKind.YEAR
    if re.fullmatch(r"(18|19|20)\d\d", about):
        return date(int(about), 1, 1), kind
    if match := re.fullmatch(r"(\d{1,2}) ((18|19|20)\d\d)", about):
        month = int(match[1])
        if not 1 <= month <= 12:
            raise DomainError(_("There are 12 months: %(month)d is not one.") % {"month": month})
        return date(int(match[2]), month, 1), DateKind.MONTH if about == words else DateKind.ESTIMATED
    return read_day(cell if about == words else about, country, today), DateKind.EXACT if about == words else kind


def order_of(cells: Iterable[str], country: str) -> tuple[str, bool]:
    """In which country's order the days of a file stand, and whether it shows. A first number over 12 is a day, and so is a second
    one; *country*'s own order where neither is there. One slip among many does not turn the others around: in a real list
    three days of five are over the 12th. What is no day (99/4/61, 13/13/70) says nothing of the others; nor does what somebody wrote
    with points (31.12.1980), unless all are written so."""
    days = [found for cell in cells if (found := _NUMBERS_OF_DAY.match(cell))]
    plainly = [found for found in days if found[2] != "."] or days
    first = sum(1 for found in plainly if _is_day_and_month(found[1], found[3]))
    second = sum(1 for found in plainly if _is_day_and_month(found[3], found[1]))
    if first > second and first * 5 >= len(plainly):
        return "GB", True
    if second > first and second * 5 >= len(plainly):
        return "US", True
    return country, False


def _is_day_and_month(day: str, month: str) -> bool:
    """Can they be nothing but a day after the 12th and a month?"""
    return 12 < int(day) <= 31 and 1 <= int(month) <= 12


# --- Reach -------------------------------------------------------------------------------------------
def read_phones(cell: str, kind: str, country: str) -> list[dict[str, Any]]:
    """Every phone in *cell*, with its kind where the words beside it tell (``555-0142 (cell) / 555-0199 mother``)."""
    found: list[dict[str, Any]] = []
    for piece in _SEVERAL.split(cell):
        if not piece or is_blank(piece):
            continue
        if not _DIGITS.search(piece):
            if found and not any(letter.isdigit() for letter in piece):
                found[-1]["note"] = " ".join(f"{found[-1]['note']} {piece}".split())[:200]
                continue
            raise DomainError(
                _("“%(words)s” is no phone number. Ten digits, several parted by a semicolon.")
                % {"words": piece.strip()[:40]}
            )
        found += [_phone(number, beside, kind, country) for number, beside in _with_words(piece, country)]
    return found


def _with_words(piece: str, country: str) -> Iterator[tuple[str, str]]:
    """Each number in *piece* with the words beside it: those behind it, or those before it where words come first
    (``H: 215-555-0142 C: 215-555-0199``)."""
    pieces = _DIGITS.split(piece)
    numbers = _DIGITS.findall(piece)
    words_first = bool(pieces[0].strip(" (:-"))
    for place, run in enumerate(numbers):
        beside = pieces[place] if words_first else pieces[place + 1]
        if words_first and place == len(numbers) - 1:
            beside += f" {pieces[-1]}"
        yield from ((number, beside) for number in _parted(run, country))


def _parted(run: str, country: str) -> list[str]:
    """Numbers of ten digits that only a space or a dash parts are several."""
    if country not in TEN_DIGITS or run.startswith("+"):
        return [run]
    several = _TEN.findall(run)
    return several if len(several) > 1 and not any(map(str.isdigit, _TEN.sub("", run))) else [run]


def _phone(number: str, beside: str, kind: str, country: str) -> dict[str, Any]:
    try:
        value = read_phone(number, country)
    except DomainError as error:
        raise DomainError(f"“{number.strip()[:40]}”: {error.message}") from error
    told = answers_of("phone")
    words = [word.strip(" ():,.-\u2013") for word in beside.split()]
    said = next((told[word.lower()] for word in words if word.lower() in told), kind)
    note = " ".join(word for word in words if word and word.lower() not in told)
    return {"kind": str(said), "value": value, "note": note[:200]}


def read_emails(cell: str) -> list[dict[str, Any]]:
    """Every email address in *cell*."""
    return [
        {"kind": str(ContactKind.EMAIL), "value": read_email(piece.strip("<>")), "note": ""}
        for piece in re.split(r"[;,\s]+", cell)
        if piece
    ]


def read_address(cell: str) -> dict[str, str]:
    """``12 Elm St, Apt 3, Springfield, PA 19064``, or its lines. What does not part is the street."""
    parts = [part.strip() for part in re.split(r"[\n,]", cell) if part.strip()]
    address = {"line1": "", "line2": "", "city": "", "region": "", "postal_code": ""}
    if len(parts) > 1 and (match := re.fullmatch(r"(?:([A-Za-z. ]+?)[\s]+)?(\d{5}(?:-\d{4})?)", parts[-1])):
        address["postal_code"] = match[2]
        parts.pop()
        state = (match[1] or "").strip()
        if len(state) == 2 or not state:
            address["region"] = state or (parts.pop() if len(parts) > 1 and len(parts[-1]) == 2 else "")
        else:
            *city, last = state.split()
            parts.append(" ".join(city) if len(last) == 2 and city else state)
            address["region"] = last if len(last) == 2 and city else ""
        if len(parts) > 1:
            address["city"] = parts.pop()
    address["line1"] = parts[0] if parts else ""
    address["line2"] = ", ".join(parts[1:])
    return address


# --- Answers out of a list -----------------------------------------------------------------------------
def read_sex(cell: str) -> str:
    """The sex that *cell* names."""
    return _one_of(cell, {**answers_of("sex"), **dict.fromkeys(words_for("not_said"), str(Sex.NOT_SAID))}, "F, M, X")


def read_gender(cell: str) -> dict[str, str]:
    """The gender that *cell* names; any other words are kept as the person's own."""
    words = plain(cell)
    if words in words_for("not_said"):
        return {"gender": str(Gender.NOT_SAID)}
    if words in answers_of("gender"):
        return {"gender": answers_of("gender")[words]}
    return {"gender": str(Gender.OTHER), "gender_words": " ".join(cell.split())[:60]}


def read_races(cell: str) -> list[str]:
    """Every race or ethnicity in *cell*; ``Yes`` under *Hispanic* is read by the caller."""
    words, known = plain(cell), answers_of("race_ethnicity")
    if words in words_for("not_said"):
        return [str(RaceEthnicity.NOT_SAID)]
    if words in known:
        return [known[words]]
    found: set[str] = set()
    for piece in re.split(r"[;,/|\n]|\band\b|&", cell):
        said = plain(piece)
        if not said or said in words_for("nothing_more"):
            continue
        if said not in known:
            raise DomainError(
                _("“%(words)s” is none of the answers for race and ethnicity.") % {"words": piece.strip()[:40]}
            )
        found.add(known[said])
    return sorted(found)


def read_interpreter(cell: str) -> str:
    """Does the person need an interpreter?"""
    return _one_of(
        cell,
        {
            **dict.fromkeys(words_for("affirmed"), str(Interpreter.ALWAYS)),
            **dict.fromkeys(words_for("denied"), str(Interpreter.NO)),
            "medical": str(Interpreter.MEDICAL),
        },
        _("yes, no"),
    )


def read_language(cell: str) -> str:
    """The code of the language that *cell* names, in English, in Spanish or as a code."""
    words = plain(cell)
    known = _languages()
    first = plain(re.split(r"[;,/(]", cell)[0])
    code = known.get(words) or known.get(first)
    if not code:
        raise DomainError(_("“%(words)s” is not among the languages here.") % {"words": cell.strip()[:40]})
    return code


@cache
def _languages() -> dict[str, str]:
    from babel import Locale

    known = {code: code for code in LANGUAGES}
    for reader in ("en", "es"):
        names = Locale(reader).languages
        known |= {plain(names[code]): code for code in LANGUAGES if code in names}
    return known | answers_of("language")


def _one_of(cell: str, known: dict[str, Any], offered: str) -> str:
    found = known.get(plain(cell))
    if found is None:
        raise DomainError(_("“%(words)s” is none of: %(offered)s.") % {"words": cell.strip()[:40], "offered": offered})
    return str(found)
