"""A field that changed, in words: for the history and the Brief."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from goldthread.foundation.lib.labels import names_of
from goldthread.people.persons import enums
from goldthread.people.persons.models import (
    Address,
    Alert,
    Change,
    ContactPoint,
    HouseholdMember,
    Identifier,
    Person,
    PersonName,
    Relationship,
)
from goldthread.people.persons.rules import language_name

SECTIONS: dict[str, tuple[StrOrPromise, str, Any]] = {
    "about": (gettext_lazy("About"), "person", Person),
    "names": (gettext_lazy("Name"), "person", PersonName),
    "reach": (gettext_lazy("Phone or email"), "phone", ContactPoint),
    "addresses": (gettext_lazy("Address"), "home", Address),
    "identifiers": (gettext_lazy("Number"), "key", Identifier),
    "alerts": (gettext_lazy("Alert"), "alert", Alert),
    "family": (gettext_lazy("Family"), "people", Relationship),
    "household": (gettext_lazy("Household"), "home", HouseholdMember),
    "photo": (gettext_lazy("Photo"), "person", Person),
    "labels": (gettext_lazy("Labels"), "lock", Person),
    "merge": (gettext_lazy("Merged with another record"), "people", Person),
}
"""Title, drawing and model of each section of the history."""

LABELS = {
    "starts_on": gettext_lazy("from"),
    "ends_on": gettext_lazy("to"),
    "given": gettext_lazy("first name"),
    "family": gettext_lazy("last name"),
    "line1": gettext_lazy("street"),
    "line2": gettext_lazy("apartment"),
    "region": gettext_lazy("state"),
    "short": gettext_lazy("in three words"),
    "words": gettext_lazy("what to know and do"),
    "review_on": gettext_lazy("look at it again on"),
    "died_on": gettext_lazy("date of death"),
    "birth_date_kind": gettext_lazy("how sure"),
}
DATES = ("_on", "_date", "until")
"""How the names of fields end that hold dates."""
WHOLE = ("photo", "labels", "merge")
"""Sections of one field, whose title says it all."""
SAYS_MOST = ("value", "line1", "short", "given", "family", "other", "birth_date", "language", "kind")
"""Of several fields changed by one save, the one that the Brief quotes."""


@dataclass(frozen=True, slots=True)
class InWords:
    at: datetime
    by_name: str
    label: str
    old_words: str
    new_words: str


def in_words(change: Change) -> InWords:
    """One field's change as the history shows it."""
    title = SECTIONS.get(change.section, (change.section, "", None))[0]
    return InWords(
        change.at,
        change.by_name,
        f"{title}: {field_label(change)}" if change.section not in WHOLE else str(title),
        value_words(change, change.old),
        value_words(change, change.new),
    )


def field_label(change: Change) -> str:
    """The field under the name that its model gives it."""
    model = SECTIONS.get(change.section, ("", "", None))[2]
    for candidate in (model, HouseholdMember, Person):
        field = candidate and next((one for one in candidate._meta.fields if one.name == change.field), None)
        if field:
            return str(LABELS.get(change.field) or field.verbose_name)
    return _("number") if change.field == "value" else change.field


def value_words(change: Change, value: Any) -> str:
    """A kept value in the words of the screen."""
    if value is None or value in ("", []):
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if change.field == "labels" and isinstance(value, int):
        return ", ".join(map(str, names_of(value))) or "—"
    if isinstance(value, list):
        return ", ".join(_one(change, one) for one in value)
    return _one(change, value)


def _one(change: Change, value: Any) -> str:
    if change.field.endswith(DATES):
        return _date_words(str(value))
    if change.field in ("language", "other_languages"):
        return language_name(str(value))
    if change.field == "race_ethnicity":
        return str(dict(enums.RaceEthnicity.choices).get(value, value))
    model = SECTIONS.get(change.section, ("", "", None))[2]
    field = model and next((one for one in model._meta.fields if one.name == change.field), None)
    return str(dict(getattr(field, "flatchoices", None) or []).get(value, value))


def _date_words(kept: str) -> str:
    """A kept date as the screen writes it; what is no date stays as it is."""
    try:
        return date_format(date.fromisoformat(kept), "j M Y")
    except ValueError:
        return kept


@dataclass(frozen=True, slots=True)
class Line:
    """What one save changed in one section, as the Brief tells it."""

    at: datetime
    icon: str
    title: str
    words: str
    by: str


def line_of(changes: list[Change]) -> Line:
    """The most telling of *changes* (of one save, one section) in a line."""
    first = min(changes, key=lambda one: SAYS_MOST.index(one.field) if one.field in SAYS_MOST else len(SAYS_MOST))
    title, icon, _model = SECTIONS.get(first.section, (first.section, "note", None))
    new, old = value_words(first, first.new), value_words(first, first.old)
    if first.new in (None, "", []):
        words = _("%(old)s taken out") % {"old": old}
    elif isinstance(first.new, bool):
        words = f"{field_label(first)}: {new}"
    elif first.old in (None, "", []):
        words = new
    else:
        words = _("%(new)s, was %(old)s") % {"new": new, "old": old}
    return Line(first.at, icon, str(title), words, first.by_name)
