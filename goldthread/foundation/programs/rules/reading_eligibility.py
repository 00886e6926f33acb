"""Reading who a program is for."""

import re
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from goldthread.foundation.programs.enums import Coverage, ReferralSource, Unit
from goldthread.foundation.programs.rules.eligibility import (
    AGENCY_STATE,
    ELIGIBILITY,
    ROUTINE,
    URGENT,
    Age,
    Asked,
    Covered,
    Criterion,
    Diagnosed,
    Eligibility,
    Enrolled,
    Group,
    How,
    Income,
    Referred,
    Residence,
)
from goldthread.foundation.programs.rules.fields import NAME, Fields, Notes
from goldthread.foundation.programs.rules.problems import Path
from goldthread.foundation.programs.rules.reading_requirements import read_source
from goldthread.foundation.programs.rules.values import Span

ELIGIBILITY_KEYS = ("all", "any", "none", "at_least", "of", "urgent", "routine", "source")
GROUP_KEYS = ("all", "any", "none", "at_least", "of")
DEEPEST = 3
MOST_CRITERIA = 60
CODE = re.compile(r"[A-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{1,4})?(?:-[A-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{1,4})?)?")
POSTAL_CODE = re.compile(r"[0-9]{3,5}")
STATE = re.compile(r"[A-Z]{2}")
LONGEST_TITLE = 160


class Kind(StrEnum):
    """The word that begins a criterion."""

    AGE = "age"
    RESIDENCE = "residence"
    INCOME = "income"
    COVERAGE = "coverage"
    DIAGNOSIS = "diagnosis"
    ASKED = "asked"
    REFERRAL = "referral"
    ENROLLED = "enrolled"


def read_eligibility(notes: Notes, value: Any) -> Eligibility:
    """Who the program of *value* is for; everybody where nothing is said. Mistakes are noted."""
    if value is None:
        return ELIGIBILITY
    path: Path = ("eligibility",)
    fields = notes.fields(value, path, ELIGIBILITY_KEYS, ("source",))
    reader = _Reader(notes)
    rule = reader.group(fields, 1) if any(fields.has(name) for name in GROUP_KEYS) else ELIGIBILITY.rule
    if len(reader.keys) > MOST_CRITERIA:
        notes.wrong(path, _("A program has at most %(most)s criteria.") % {"most": MOST_CRITERIA})
    return Eligibility(
        rule=rule,
        urgent=_soon(fields, "urgent", URGENT),
        routine=_soon(fields, "routine", ROUTINE),
        source=read_source(notes, fields.values.get("source"), fields.at("source")),
    )


def read_criteria(notes: Notes, value: Any, path: Path) -> Group | None:
    """A criterion alone, or a group of them, as a group; None, noted, for what is neither. A key stands once in it."""
    found = _Reader(notes).part(value, path, 1)
    return found if found is None or isinstance(found, Group) else Group(How.ALL, (found,))


def _soon(fields: Fields, name: str, default: Span) -> Span:
    span = fields.span(name) or default
    if span.unit not in (Unit.DAYS, Unit.BUSINESS_DAYS, Unit.WEEKS):
        fields.wrong(name, _("How soon somebody is answered is given in days, business days or weeks."))
        return default
    return span


class _Reader:
    """Reads the tree. ``keys``: those that were given or taken so far."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.keys: list[str] = []

    def group(self, fields: Fields, depth: int) -> Group:
        """The group of a mapping with one of *all*, *any*, *none*, or *at_least* and *of*."""
        named = [how for how in How if fields.has(how)]
        if len(named) != 1:
            self.notes.wrong(fields.path, _("Say one of “all”, “any”, “none” or “at_least” with “of”."))
        how = named[0] if named else How.ALL
        name = "of" if how is How.AT_LEAST else str(how)
        if how is not How.AT_LEAST and fields.has("of"):
            fields.wrong("of", _("“of” belongs to “at_least”."))
        items = self.notes.items(fields.values.get(name), fields.at(name))
        parts = tuple(part for part in (self.part(value, path, depth) for value, path in items) if part is not None)
        least = fields.number("at_least", 1, 1, MOST_CRITERIA) if how is How.AT_LEAST else 1
        if not items:
            self.notes.wrong(fields.path, _("A group needs at least one criterion."))
        elif how is How.AT_LEAST and least > len(items):
            fields.wrong("at_least", _("There are only %(count)s criteria to choose from.") % {"count": len(items)})
        return Group(how, parts, least)

    def part(self, value: Any, path: Path, depth: int) -> Criterion | Group | None:
        """A criterion or a group; None, noted, for what is neither."""
        if depth > DEEPEST:
            self.notes.wrong(path, _("This is too deep: at most %(most)s groups in each other.") % {"most": DEEPEST})
            return None
        if isinstance(value, dict) and any(str(how) in value for how in How):
            return self.group(self.notes.fields(value, path, GROUP_KEYS), depth + 1)
        fields = self.notes.fields(value, path, tuple(Kind))
        found = [kind for kind in Kind if fields.has(kind)]
        if len(found) != 1:
            self.notes.wrong(path, _("A criterion is one of: %(all)s.") % {"all": ", ".join(Kind)})
            return None
        return _READ[found[0]](self, fields.values[found[0]], fields.at(found[0]))

    def key(self, fields: Fields, kind: Kind) -> str:
        """The key that was given, or the kind with a number; never one twice."""
        given = fields.key("key", NAME) if fields.has("key") else ""
        if given and given in self.keys:
            fields.wrong("key", _("“%(key)s” is the key of another one above.") % {"key": given})
        key, number = given or str(kind), 2
        while not given and key in self.keys:
            key, number = f"{kind}-{number}", number + 1
        self.keys.append(key)
        return key

    def listed(self, value: Any, path: Path, name: str, kind: Kind) -> tuple[Fields, str]:
        """Fields of a criterion that is a list, or a mapping with the list under *name* and a key."""
        given = value if isinstance(value, dict) else {name: value}
        fields = self.notes.fields(given, path, ("key", name), (name,))
        return fields, self.key(fields, kind)


def _age(reader: _Reader, value: Any, path: Path) -> Age:
    fields = reader.notes.fields(value, path, ("key", "from", "under"))
    age = Age(reader.key(fields, Kind.AGE), _years(fields, "from"), _years(fields, "under"))
    if age.least is None and age.under is None:
        reader.notes.wrong(path, _("Say from which age (“from”), under which (“under”), or both."))
    elif age.least and age.under and months(age.least) >= months(age.under):
        fields.wrong("under", _("“under” comes after “from”: nobody is both."))
    return age


def _years(fields: Fields, name: str) -> Span | None:
    if isinstance(fields.values.get(name), int) and not isinstance(fields.values.get(name), bool):
        fields.values[name] = f"{fields.values[name]} years"
    span = fields.span(name)
    if span and span.unit not in (Unit.YEARS, Unit.MONTHS):
        fields.wrong(name, _("An age is given in years or months."))
        return None
    return span


def months(span: Span) -> int:
    """An age in months."""
    return span.count * (12 if span.unit is Unit.YEARS else 1)


def _residence(reader: _Reader, value: Any, path: Path) -> Residence:
    given = value if isinstance(value, dict) else {"states": value}
    fields = reader.notes.fields(given, path, ("key", "states", "postal_codes"))
    states = _texts(fields, "states", lambda text: text == AGENCY_STATE or bool(STATE.fullmatch(text)))
    codes = _texts(fields, "postal_codes", lambda text: bool(POSTAL_CODE.fullmatch(text)))
    if not states and not codes:
        reader.notes.wrong(path, _("Say where: “states” (two letters, or “agency”) or “postal_codes”."))
    return Residence(reader.key(fields, Kind.RESIDENCE), states, codes)


def _texts(fields: Fields, name: str, fits: Callable[[str], bool]) -> tuple[str, ...]:
    found = []
    for value, path in fields.notes.items(fields.values.get(name), fields.at(name)):
        if not fits(str(value)):
            fields.notes.wrong(path, _("“%(word)s” cannot stand here.") % {"word": str(value)[:40]})
        elif str(value) not in found:
            found.append(str(value))
    return tuple(found)


def _income(reader: _Reader, value: Any, path: Path) -> Income:
    given = value if isinstance(value, dict) else {"at_most": value}
    fields = reader.notes.fields(given, path, ("key", "at_most"), ("at_most",))
    return Income(reader.key(fields, Kind.INCOME), fields.number("at_most", 100, 1, 2000))


def _coverage(reader: _Reader, value: Any, path: Path) -> Covered:
    fields, key = reader.listed(value, path, "types", Kind.COVERAGE)
    return Covered(key, _some(fields, fields.words("types", Coverage), "types"))


def _diagnosis(reader: _Reader, value: Any, path: Path) -> Diagnosed:
    fields, key = reader.listed(value, path, "codes", Kind.DIAGNOSIS)
    return Diagnosed(key, _some(fields, _texts(fields, "codes", lambda text: bool(CODE.fullmatch(text))), "codes"))


def _asked(reader: _Reader, value: Any, path: Path) -> Asked:
    fields = reader.notes.fields(value, path, ("key", "title", "title_es"), ("key", "title"))
    title = fields.text("title", longest=LONGEST_TITLE)
    return Asked(reader.key(fields, Kind.ASKED), title, fields.text("title_es", longest=LONGEST_TITLE))


def _referral(reader: _Reader, value: Any, path: Path) -> Referred:
    fields, key = reader.listed(value, path, "sources", Kind.REFERRAL)
    return Referred(key, _some(fields, fields.words("sources", ReferralSource), "sources"))


def _enrolled(reader: _Reader, value: Any, path: Path) -> Enrolled:
    fields, key = reader.listed(value, path, "programs", Kind.ENROLLED)
    return Enrolled(key, _some(fields, _texts(fields, "programs", lambda text: bool(NAME.fullmatch(text))), "programs"))


def _some(fields: Fields, found: Any, name: str) -> Any:
    if not fields.values.get(name):
        fields.wrong(name, _("“%(name)s” names at least one.") % {"name": name})
    return found


_READ: dict[Kind, Callable[[_Reader, Any, Path], Criterion]] = {
    Kind.AGE: _age,
    Kind.RESIDENCE: _residence,
    Kind.INCOME: _income,
    Kind.COVERAGE: _coverage,
    Kind.DIAGNOSIS: _diagnosis,
    Kind.ASKED: _asked,
    Kind.REFERRAL: _referral,
    Kind.ENROLLED: _enrolled,
}
