"""Rows of a form (answers, conditions, bands, units): added, moved and taken away without a script, by buttons of the form.

Row 2 of ``options`` is called ``options-2-NAME``; ``options-n`` says how many there are; the button ``do=options:up:2`` moves it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

MOST = 400
"""Rows that one form is read for."""
Typed = dict[str, str]


def typed_rows(sent: QueryDict, name: str) -> list[Typed]:
    """The rows *name* as they were typed."""
    count = sent.get(f"{name}-n", "")
    many = min(int(count), MOST) if count.isdecimal() and len(count) < 6 else 0
    rows: list[Typed] = [{} for _row in range(many)]
    for key in sent:
        prefix, _dash, rest = key.partition("-")
        number, _dash, field = rest.partition("-")
        if prefix == name and field and number.isdecimal() and len(number) < 6 and int(number) < many:
            rows[int(number)][field] = sent.get(key, "").replace("\0", "").replace("\r\n", "\n")
    return rows


def after_button(rows: list[Typed], what: str) -> list[Typed]:
    """*rows* after a button: ``more``, ``up:2``, ``down:2``, ``out:2``."""
    do, _colon, number = what.partition(":")
    place = int(number) if number.isdecimal() and len(number) < 6 else -1
    found = list(rows)
    if do == "more" and len(found) < MOST:
        return [*found, {}]
    if not 0 <= place < len(found):
        return found
    if do == "out":
        return found[:place] + found[place + 1 :]
    other = place + {"up": -1, "down": 1}.get(do, 0)
    if 0 <= other < len(found):
        found[place], found[other] = found[other], found[place]
    return found


class RowForm(forms.Form):
    """One row. ``blank``: the names that say nothing by themselves; a row in which only they are filled is left out."""

    blank: tuple[str, ...] = ("was",)

    def __init__(self, typed: Mapping[str, Any] | None, number: int, name: str, *, judged: bool, **kwargs: Any) -> None:
        self.number = number
        data = {f"{name}-{number}-{key}": value for key, value in (typed or {}).items()}
        super().__init__(data, prefix=f"{name}-{number}", **kwargs)
        if not judged:
            self._errors = (
                forms.utils.ErrorDict()
            )  # shown again as it was typed: nobody has asked yet whether it is right

    @property
    def is_blank(self) -> bool:
        """Was nothing filled in?"""
        return not any(
            str(self.data.get(self.add_prefix(name), "")).strip() for name in self.fields if name not in self.blank
        )


def said_of(rows: Iterable[Mapping[str, Any]]) -> list[Typed]:
    """Values as a form shows them: True is a ticked box, None nothing."""
    return [{key: word for key, value in row.items() if (word := _word(value)) is not None} for row in rows]


def _word(value: Any) -> str | None:
    if isinstance(value, bool):
        return "on" if value else None
    return "" if value is None else str(value)


def with_blank(rows: Sequence[Typed], least: int) -> list[Typed]:
    """*rows*, and empty ones up to *least*."""
    return [*rows, *({} for _row in range(least - len(rows)))]
