"""What was typed into one line or part, made clean; problems at their fields."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from goldthread.casework.plans.rules.shape import KINDS, LONGEST_PART, PARTS, Field, How
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.text import tidy


def read_part(key: str, text: str) -> str:
    """The text of a part, ends trimmed, line breaks kept. DomainError: too long. KeyError: no such part."""
    clean = text.replace("\r\n", "\n").strip()
    if len(clean) > LONGEST_PART:
        raise DomainError(_("Keep it to %(n)s letters.") % {"n": f"{LONGEST_PART:,}"}, PARTS[key].key)
    return clean


def read_fields(kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a line of *kind* that *given* names, clean. What is empty is kept as empty: a draft may be unfinished.

    DomainError, at its field, for what is too long or not of its kind. KeyError: no such kind.
    """
    fields = {field.name: field for field in KINDS[kind].fields}
    return {name: _read(fields[name], value) for name, value in given.items() if name in fields}


def _read(field: Field, value: Any) -> Any:
    if field.how == How.FLAG:
        return value in (True, "true", "on", "1")
    if field.how == How.IDS:
        return sorted({_id(field, one) for one in (value or [])})
    text = tidy(str(value)) if value is not None else ""
    return READERS[field.how](field, text) if text else ""


def _text(field: Field, text: str) -> str:
    if len(text) > field.longest:
        raise DomainError(_("Say it in at most %(n)s letters.") % {"n": field.longest}, field.name)
    return text


def _day(field: Field, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise DomainError(_("Choose a day."), field.name) from None


def _choice(field: Field, text: str) -> str:
    if text not in field.of:
        raise DomainError(_("Choose one from the list."), field.name)
    return text


def _id(field: Field, text: Any) -> str:
    try:
        return str(UUID(str(text)))
    except ValueError:
        raise DomainError(_("Choose one from the list."), field.name) from None


READERS = {How.TEXT: _text, How.DAY: _day, How.CHOICE: _choice, How.ID: _id}
