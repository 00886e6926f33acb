"""Widgets that Django lacks: the browser's own date and time fields, which show and send what Django reads."""

from datetime import date
from typing import Any

from django import forms

from goldthread.foundation.lib.dates import read_date
from goldthread.foundation.lib.errors import DomainError


class DateField(forms.DateInput):
    """The browser's own date field: every day that a form asks for, except days known by heart (a birth).

    A browser that has none sends what was typed; what can be read comes back as a date. What cannot comes back in a
    field of text, since a date field would show it empty and lose it.
    """

    input_type = "date"

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")

    def format_value(self, value: Any) -> str | None:
        """Django's hook: the day as the browser wants it."""
        shown = super().format_value(value)
        if not shown:
            return None
        try:
            return read_date(str(shown)).isoformat()
        except DomainError:
            return str(shown)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Django's hook: as text what is no date."""
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["value"]
        if shown and not _is_iso(shown):
            context["widget"]["type"] = "text"
        return context


class TimeField(forms.TimeInput):
    """The browser's own time field."""

    input_type = "time"

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


def _is_iso(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
