"""What each type of item can have, and how a word of a form becomes a value of it."""

from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldthread.casework.assessments.rules.model import ItemType, Json

NAMES = {
    ItemType.CHOICE: gettext_lazy("Choice"),
    ItemType.OPEN_CHOICE: gettext_lazy("Choice, or own words"),
    ItemType.BOOLEAN: gettext_lazy("Yes or no"),
    ItemType.STRING: gettext_lazy("Short answer"),
    ItemType.TEXT: gettext_lazy("Long answer"),
    ItemType.INTEGER: gettext_lazy("Whole number"),
    ItemType.DECIMAL: gettext_lazy("Number"),
    ItemType.QUANTITY: gettext_lazy("Number with a unit"),
    ItemType.DATE: gettext_lazy("Day"),
    ItemType.DATE_TIME: gettext_lazy("Day and time"),
    ItemType.TIME: gettext_lazy("Time of day"),
    ItemType.URL: gettext_lazy("Web address"),
    ItemType.ATTACHMENT: gettext_lazy("Photo or scan"),
    ItemType.REFERENCE: gettext_lazy("Person"),
    ItemType.GROUP: gettext_lazy("Group of questions"),
    ItemType.DISPLAY: gettext_lazy("Words to read"),
}
"""Types of item in the order in which they are offered."""
CHOICES = frozenset((ItemType.CHOICE, ItemType.OPEN_CHOICE))
NUMBERS = frozenset((ItemType.INTEGER, ItemType.DECIMAL, ItemType.QUANTITY))
WORDS = frozenset((ItemType.STRING, ItemType.TEXT, ItemType.URL))
MOMENTS = frozenset((ItemType.DATE, ItemType.DATE_TIME, ItemType.TIME))
COUNTED = CHOICES | NUMBERS | {ItemType.BOOLEAN}
"""What can count in a score."""
NOTHING_INSIDE = frozenset((ItemType.DISPLAY,))
STARTS = WORDS | NUMBERS | MOMENTS | {ItemType.BOOLEAN}
"""What can start with an answer that is typed; a choice marks one of its answers."""
VALUE_KEYS = {
    ItemType.BOOLEAN: "Boolean",
    ItemType.INTEGER: "Integer",
    ItemType.DECIMAL: "Decimal",
    ItemType.QUANTITY: "Decimal",
    ItemType.DATE: "Date",
    ItemType.DATE_TIME: "DateTime",
    ItemType.TIME: "Time",
    ItemType.STRING: "String",
    ItemType.TEXT: "String",
    ItemType.URL: "Uri",
}
"""Under which name FHIR keeps a value of the type: ``value…``, ``answer…``."""


def type_of(item: Json) -> ItemType:
    """The type of an item; what is none of ours counts as words to read."""
    try:
        return ItemType(str(item.get("type", "")))
    except ValueError:
        return ItemType.DISPLAY


class Unreadable(ValueError):
    """Words that are no value of the type; the message says what is wanted."""


def value_from(kind: ItemType, words: str) -> Any:
    """The value of *kind* that *words* say. Unreadable when they say none."""
    if kind is ItemType.BOOLEAN:
        if words not in ("true", "false"):
            raise Unreadable(_("Choose yes or no."))
        return words == "true"
    if kind in NUMBERS:
        return number_from(words, whole=kind is ItemType.INTEGER)
    if kind in MOMENTS:
        return _moment(kind, words)
    return words


def number_from(words: str, *, whole: bool = False) -> float | int:
    """A number as it is written. Unreadable when it is none, or (*whole*) not a whole one."""
    try:
        found = Decimal(words.strip().replace("\N{MINUS SIGN}", "-"))
    except InvalidOperation:
        raise Unreadable(_("Write a number.")) from None
    if not found.is_finite() or abs(found) >= 10**15:
        raise Unreadable(_("Write a number."))
    if found == found.to_integral_value():
        return int(found)
    if whole:
        raise Unreadable(_("Write a whole number."))
    return float(found)


def words_of(value: Any) -> str:
    """A value as it stands in a field."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _moment(kind: ItemType, words: str) -> str:
    try:
        if kind is ItemType.DATE:
            return date.fromisoformat(words).isoformat()
        if kind is ItemType.TIME:
            return time.fromisoformat(words).isoformat("seconds")
        if datetime.fromisoformat(words).tzinfo is None and "T" in words:
            raise Unreadable(
                _("Write a day and time with its zone, such as 2026-11-22T15:00:00-05:00, or a day alone.")
            )
    except ValueError as error:
        if isinstance(error, Unreadable):
            raise
        wanted = {ItemType.TIME: "14:30", ItemType.DATE: "2026-11-22"}.get(kind, "2026-11-22T15:00:00-05:00")
        raise Unreadable(_("Write it as %(example)s.") % {"example": wanted}) from None
    return words
