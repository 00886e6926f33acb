"""The visit checklists: own wording, kept as YAML in ``checklists/``, in both languages. Yes is good; no is a problem."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import get_language

FOLDER = Path(__file__).resolve().parent.parent / "checklists"
YES, NO, NOT_SEEN = "yes", "no", "not_seen"
ANSWERS = (YES, NO, NOT_SEEN)


@dataclass(frozen=True, slots=True)
class Words:
    """The same in each language."""

    by_language: dict[str, str]

    def __str__(self) -> str:
        return self.by_language.get((get_language() or "en")[:2]) or self.by_language["en"]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look at."""

    key: str
    words: Words


@dataclass(frozen=True, slots=True)
class Checklist:
    """What is looked at in one kind of place."""

    key: str
    edition: int
    title: Words
    items: tuple[Item, ...]

    def item(self, key: str) -> Item | None:
        """The item called *key*; None for one of another edition."""
        return next((one for one in self.items if one.key == key), None)


@cache
def checklists() -> dict[str, Checklist]:
    """Every checklist by its key. Read once."""
    return {path.stem: _read(path.stem, path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.yaml"))}


def _read(key: str, text: str) -> Checklist:
    said: dict[str, Any] = yaml.safe_load(text)
    items = tuple(
        Item(one["key"], Words({language: words for language, words in one.items() if language != "key"}))
        for one in said["items"]
    )
    return Checklist(key, said["edition"], Words(said["title"]), items)
