"""Answers in words, in the reader's language, with the options as they were asked."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from goldthread.casework.assessments.rules.answers import Answer, same_value, value_of
from goldthread.casework.assessments.rules.definition import Item, ItemType


def said(item: Item, answers: Sequence[Answer], language: str) -> list[str]:
    """Each of *answers* to *item* as people read it."""
    return [words for answer in answers if (words := one(item, answer, language))]


def one(item: Item, answer: Answer, language: str) -> str:
    """One answer as people read it; empty for a turn of a group."""
    value = value_of(answer)
    for option in item.options:
        if same_value(value_of(option.answer), value):
            return option.text.within(language)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Mapping):
        return _of_mapping(value)
    if value is None:
        return ""
    if isinstance(value, str):
        return _of_text(item, value)
    return str(value)


def _of_mapping(value: Mapping[str, Any]) -> str:
    if "value" in value:
        return " ".join(
            str(part) for part in (value["value"], value.get("unit") or value.get("code") or "") if part != ""
        )
    return str(value.get("display") or value.get("title") or value.get("code") or value.get("reference") or _("A file"))


def _of_text(item: Item, value: str) -> str:
    """A date or a time as it is written here; other words as they are."""
    try:
        if item.type is ItemType.DATE:
            return date_format(date.fromisoformat(value), "j M Y")
        if item.type is ItemType.DATE_TIME:
            return _moment(value)
        if item.type is ItemType.TIME:
            return time_format(datetime.fromisoformat(f"2000-01-01T{value}").time(), "TIME_FORMAT")
    except (ValueError, OverflowError):
        return value
    return value


def _moment(value: str) -> str:
    if "T" not in value:
        return date_format(date.fromisoformat(value), "j M Y")
    at = datetime.fromisoformat(value)
    local = at if at.tzinfo is None else timezone.localtime(at)
    return f"{date_format(local, 'j M Y')}, {time_format(local.time(), 'TIME_FORMAT')}"
