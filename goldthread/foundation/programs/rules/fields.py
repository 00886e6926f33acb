"""Reading the fields of one mapping: each is checked, each mistake is noted with its line, and reading goes on."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from goldthread.foundation.programs.enums import Unit
from goldthread.foundation.programs.rules.problems import Path, Problem
from goldthread.foundation.programs.rules.spans import read_span
from goldthread.foundation.programs.rules.template import Span

Word = TypeVar("Word", bound=StrEnum)
Thing = TypeVar("Thing")
KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NAME = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")
LONGEST_KEY = 60
NO_SPAN = Span(1, Unit.DAYS)
"""Stands where a span could not be read; the template is refused anyway."""


class Notes:
    """The mistakes of one template, and the line of everything in it."""

    def __init__(self, file: str, lines: dict[Path, int]) -> None:
        self.file = file
        self.lines = lines
        self.problems: list[Problem] = []

    def wrong(self, path: Path, what: str) -> None:
        """Note *what* is wrong at *path*, with the line of the nearest thing that has one."""
        near = path
        while near and near not in self.lines:
            near = near[:-1]
        self.problems.append(Problem(self.file, self.lines.get(near, 0), what))

    def fields(self, value: Any, path: Path, known: Iterable[str], required: Iterable[str] = ()) -> "Fields":
        """The fields of the mapping *value*; those not *known*, and those *required* that are missing or empty, are noted."""
        names = tuple(known)
        if not isinstance(value, dict):
            self.wrong(
                path, _("Here belong lines of the form “name: value” (%(names)s).") % {"names": ", ".join(names)}
            )
            return Fields(self, {}, path)
        for name in value:
            if name not in names:
                self.wrong((*path, name), unknown(str(name), names, _("“%(word)s” is not known here.")))
        missing = [name for name in required if value.get(name) is None]
        for name in missing:
            self.wrong((*path, name), _("“%(name)s” is missing.") % {"name": name})
        return Fields(self, {name: one for name, one in value.items() if name not in missing}, path)

    def items(self, value: Any, path: Path) -> list[tuple[Any, Path]]:
        """The items of a list with their paths; one thing alone is a list of it."""
        if value is None:
            return []
        if not isinstance(value, list):
            return [(value, path)]
        return [(item, (*path, number)) for number, item in enumerate(value)]

    def word(self, value: Any, path: Path, words: type[Word]) -> Word | None:
        """*value* as one of *words*; None, noted, when it is none of them."""
        try:
            return words(value)
        except ValueError:
            self.wrong(path, unknown(str(value), [str(word) for word in words], _("“%(word)s” cannot stand here.")))
            return None

    def span(self, value: Any, path: Path) -> Span:
        """*value* as a span."""
        try:
            return read_span(str(value))
        except ValueError:
            what = _("“%(value)s” is no length of time. Write it as “30 days”, “10 business days” or “6 months”.")
            self.wrong(path, what % {"value": value})
            return NO_SPAN


def unknown(word: str, known: Iterable[str], sentence: str) -> str:
    """*sentence* about *word*, with the word that was probably meant, or all that could be."""
    names = list(known)
    if not names:
        return sentence % {"word": word}
    near = get_close_matches(word.lower().replace("-", "_").replace(" ", "_"), names, 1, 0.6)
    hint = (
        _("Did you mean “%(near)s”?") % {"near": near[0]}
        if near
        else _("Use one of: %(all)s.") % {"all": ", ".join(names)}
    )
    return f"{sentence % {'word': word}} {hint}"


class Fields:
    """One mapping. Each method reads one field; a field that is not there gives the default."""

    def __init__(self, notes: Notes, values: dict[str, Any], path: Path) -> None:
        self.notes = notes
        self.values = values
        self.path = path

    def at(self, name: str) -> Path:
        """The path of a field."""
        return (*self.path, name)

    def has(self, name: str) -> bool:
        """Is the field there, and not empty?"""
        return self.values.get(name) is not None

    def wrong(self, name: str, what: str) -> None:
        """Note what is wrong with a field."""
        self.notes.wrong(self.at(name), what)

    def text(self, name: str, default: str = "", longest: int = 200) -> str:
        """A text of at most *longest* characters."""
        value = self.values.get(name)
        if name not in self.values:
            return default
        if not isinstance(value, str | int) or isinstance(value, bool) or not str(value).strip():
            self.wrong(name, _("“%(name)s” needs words.") % {"name": name})
            return default
        if len(str(value)) > longest:
            self.wrong(
                name, _("“%(name)s” is too long: at most %(most)s characters.") % {"name": name, "most": longest}
            )
        return str(value).strip()

    def key(self, name: str, pattern: re.Pattern[str] = KEY) -> str:
        """A short name that people and programs refer to."""
        value = self.values.get(name, "")
        text = str(value)
        if name in self.values and (not pattern.fullmatch(text) or len(text) > LONGEST_KEY):
            what = _("“%(value)s” is no short name: small letters and digits, joined by hyphens, at most %(most)s.")
            self.wrong(name, what % {"value": text[:80], "most": LONGEST_KEY})
        return text

    def number(self, name: str, default: int, least: int = 0, most: int = 10_000) -> int:
        """A whole number between *least* and *most*."""
        value = self.values.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            what = _("“%(name)s” is a whole number from %(least)s to %(most)s.")
            self.wrong(name, what % {"name": name, "least": least, "most": most})
            return default
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        """True or false."""
        value = self.values.get(name, default)
        if not isinstance(value, bool):
            self.wrong(name, _("“%(name)s” is true or false.") % {"name": name})
            return default
        return value

    def day(self, name: str) -> date | None:
        """A date as 2026-03-31; None when there is none."""
        value = self.values.get(name)
        if value is None:
            return None
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.wrong(name, _("“%(value)s” is no date. Write it as 2026-03-31.") % {"value": value})
            return None

    def span(self, name: str, default: Span | None = None) -> Span | None:
        """A length of time, counted forwards."""
        if not self.has(name):
            return default
        span = self.notes.span(self.values[name], self.at(name))
        if span.before:
            self.wrong(name, _("“before” cannot stand here.") % {})
        return span

    def word(self, name: str, words: type[Word], default: Word) -> Word:
        """One of *words*."""
        if name not in self.values:
            return default
        return self.notes.word(self.values[name], self.at(name), words) or default

    def words(self, name: str, words: type[Word]) -> tuple[Word, ...]:
        """Several of *words*, each once; one alone needs no list."""
        found: list[Word] = []
        for value, path in self.notes.items(self.values.get(name), self.at(name)):
            word = self.notes.word(value, path, words)
            if word is not None and word in found:
                self.notes.wrong(path, _("“%(word)s” stands here twice.") % {"word": word})
            elif word is not None:
                found.append(word)
        return tuple(found)

    def every(self, name: str, read: Callable[[Notes, Any, Path], Thing]) -> tuple[Thing, ...]:
        """The items of a list, each read by *read*."""
        return tuple(
            read(self.notes, value, path) for value, path in self.notes.items(self.values.get(name), self.at(name))
        )
