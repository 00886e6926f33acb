"""The answers in a form, of an item or of a list: row by row, or (many, or pasted) a line each."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from goldthread.doors.web.instruments.building.lines import MOST, from_lines, to_lines
from goldthread.doors.web.instruments.building.rows import RowForm, Typed, after_button, said_of, typed_rows, with_blank

LONG_LIST = 150
"""Answers beyond which a list is not opened row by row: a form of some thousand fields helps nobody."""
NEW = 3
NAMES = {"prefix": "prefix_word", "initial": "at_first"}
"""What their form calls otherwise: Django's forms have a *prefix* and an *initial* of their own."""


class Answers:
    """What is shown of them. *held*: as they are; *sent*: the form that was sent, *judged* when it is to be kept."""

    def __init__(
        self,
        held: list[dict[str, Any]],
        sent: QueryDict | None,
        columns: tuple[str, ...],
        make: Callable[[list[Typed]], list[Any]],
        *,
        judged: bool,
    ) -> None:
        self.held, self.columns, self.make, self.judged = held, columns, make, judged
        self.errors: list[str] = []
        self.text = ""
        self.rows: list[Any] = []
        self.read: list[dict[str, Any]] = []
        self.many = LONG_LIST
        self.as_lines = sent.get("options-mode") == "lines" if sent is not None else len(held) > LONG_LIST
        if self.as_lines:
            self._show_lines(to_lines(held, columns) if sent is None else _clean(sent.get("options-lines", "")))
        else:
            typed = typed_rows(sent, "options") if sent is not None else with_blank(said_of(as_typed(held)), 0)
            self.rows = make(typed if typed or sent is not None else with_blank([], NEW))

    def press(self, what: str, sent: QueryDict, others: Callable[[str], list[Mapping[str, Any]]]) -> None:
        """A button: ``lines``, ``rows``, ``like`` (those that *others* says of what was chosen), else one of a row."""
        if what == "lines" and not self.as_lines:
            self.as_lines = True
            self._show_lines(to_lines(_told(typed_rows(sent, "options")), self.columns))
        elif what == "rows" and self.as_lines:
            self._show_rows()
        elif what == "like":
            self._like(others(sent.get("like", "")))
        elif not self.as_lines:
            self.rows = self.make(after_button(typed_rows(sent, "options"), what))

    def _show_lines(self, text: str) -> None:
        self.text = text
        self.read, self.errors = from_lines(text, self.columns, self.held)
        if len(text) > MOST:
            self.errors = [_("At most %(n)s characters.") % {"n": MOST}]
        if not self.judged:
            self.errors = []

    def _show_rows(self) -> None:
        found, self.errors = from_lines(self.text, self.columns, self.held)
        if len(found) > LONG_LIST:
            self.errors = [_("More than %(n)s answers are shown as lines.") % {"n": LONG_LIST}]
        if not self.errors:
            self.as_lines = False
            self.rows = self.make(said_of(as_typed(found)))

    def _like(self, rows: list[Mapping[str, Any]]) -> None:
        if not rows:
            return
        new = [{name: value for name, value in row.items() if name != "was"} for row in rows]
        self.as_lines = self.as_lines or len(new) > LONG_LIST
        if self.as_lines:
            self._show_lines(to_lines(new, self.columns))
        else:
            self.rows = self.make(said_of(as_typed(new)))

    def is_valid(self) -> bool:
        """Lines that can be read, or rows that are right or blank."""
        if self.as_lines:
            return not self.errors
        right = [row.is_valid() for row in self.rows if not row.is_blank]  # each is judged, so that each tells
        return all(right)

    @property
    def values(self) -> list[dict[str, Any]]:
        """The answers as the builder writes them."""
        return self.read if self.as_lines else [row.values for row in self.rows if not row.is_blank]


def as_typed(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Answers as their form calls its fields."""
    return [{NAMES.get(name, name): value for name, value in row.items()} for row in rows]


def _told(rows: Iterable[Typed]) -> list[dict[str, Any]]:
    """Rows as they were typed, called as the builder calls them; blank ones left out."""
    names = {typed: name for name, typed in NAMES.items()}
    return [
        {names.get(name, name): value for name, value in row.items()}
        for row in rows
        if any(str(value).strip() for name, value in row.items() if name not in ("was", "code"))
    ]


def _clean(text: str) -> str:
    return text.replace("\0", "").replace("\r\n", "\n")


def wrong_rows(answers: Answers | None) -> list[RowForm]:
    """The rows in which a mistake can stand."""
    return list(answers.rows) if answers is not None and not answers.as_lines else []
