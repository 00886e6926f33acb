"""The words of words.yaml: above columns, and in cells."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from goldthread.foundation.lib.text import plain

FILE = Path(__file__).with_name("words.yaml")


def captions_of(field: str) -> tuple[str, ...]:
    """What agencies write above a column of *field*."""
    return _listed(_file()["captions"][field])


@cache
def answers_of(field: str) -> dict[str, str]:
    """Each word that a cell of *field* may hold, normalised, and the value that it means."""
    table = _file()["answers"][field]
    return {plain(word): str(value) for value, words in table.items() for word in _listed(words)}


@cache
def words_for(what: str) -> frozenset[str]:
    """The words, normalised, that say *what*: blank, not_said, nothing_more, affirmed, denied."""
    return frozenset(plain(word) for word in _listed(_file()["words"][what]))


@cache
def _file() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return loaded


def _listed(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(","))
