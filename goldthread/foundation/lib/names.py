"""People's names made findable: words without accents and case, whole and in parts, and the nicknames people go by.

A name is kept as it was said. What is here serves search and order only.
"""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from goldthread.foundation.lib.text import plain

NICKNAMES = Path(__file__).with_name("nicknames.csv")
"""One formal name a line, then the short forms of it that people use. Written for Goldthread; add lines freely."""

PARTICLES = frozenset(
    {"al", "bin", "da", "das", "de", "del", "della", "der", "di", "dos", "du", "el", "la", "las", "le"}
)
PARTICLES |= frozenset({"los", "mac", "mc", "san", "santa", "st", "ten", "ter", "van", "von", "y", "den", "do", "ibn"})
LONGEST_WORD = 80


def words_of(text: str) -> list[str]:
    """The words of a name part: ``"García-Núñez"`` gives garcia and nunez."""
    return [word[:LONGEST_WORD] for word in plain(text).split()]


def tokens_of(parts: Iterable[str]) -> set[str]:
    """Every word by which a name with these *parts* (given, middle, family, suffix) is found.

    Double names are found by each half and as one word (``nunez``, ``obrien``, ``nunezobrien``), names with particles also
    joined (``dela cruz`` by ``delacruz``, ``van der berg`` by ``vanderberg``).
    """
    found: set[str] = set()
    for part in parts:
        words = words_of(part)
        found.update(words)
        found.update(_joined(part, words))
    return found


def _joined(part: str, words: list[str]) -> Iterable[str]:
    if len(words) < 2:
        return
    for number, word in enumerate(words[:-1]):
        if word not in PARTICLES:
            continue
        end = number
        while end < len(words) - 1 and words[end] in PARTICLES:
            end += 1
        yield "".join(words[number : end + 1])[:LONGEST_WORD]
    for piece in part.split():
        pieces = words_of(piece)
        if len(pieces) > 1:
            yield "".join(pieces)[:LONGEST_WORD]


def sort_key(given: str, family: str, middle: str = "") -> str:
    """By last name, then first, then middle, byte by byte. Who has one name only is sorted by it."""
    ordered = [plain(family), plain(given), plain(middle)]
    return ", ".join(word for word in ordered if word)[:200]


@cache
def _table() -> dict[str, frozenset[str]]:
    """Every name with the others by which its bearer may be known: a formal name's short forms, a short form's formal names."""
    others: dict[str, set[str]] = {}
    for line in NICKNAMES.read_text(encoding="utf-8").splitlines():
        formal, *short = line.split(",")
        others.setdefault(formal, set()).update(short)
        for name in short:
            others.setdefault(name, set()).add(formal)
    return {name: frozenset(known) for name, known in others.items()}


def also_called(word: str) -> frozenset[str]:
    """The names that somebody called *word* (normalised) may be recorded under: bill → william, pepe → jose, william → bill …"""
    return _table().get(word, frozenset())


@cache
def _formal() -> dict[str, frozenset[str]]:
    """Every short form with the formal names it stands for."""
    formal_of: dict[str, set[str]] = {}
    for line in NICKNAMES.read_text(encoding="utf-8").splitlines():
        formal, *short = line.split(",")
        for name in short:
            formal_of.setdefault(name, set()).add(formal)
    return {name: frozenset(known) for name, known in formal_of.items()}


def formal_names(word: str) -> frozenset[str]:
    """The formal names for which *word* (normalised) is short: bill → william. Empty for a formal name."""
    return _formal().get(word, frozenset())


SHORTEST_NAMED = 3
"""Letters: shorter words of a name are too often something else."""


def names_somebody(text: str, name: str) -> bool:
    """Does *text* hold a word of *name*, as a whole word, in capitals or not?"""
    there = text.casefold()
    words = [word for word in re.findall(r"\w+", name.casefold()) if len(word) >= SHORTEST_NAMED]
    return any(re.search(rf"\b{re.escape(word)}\b", there) for word in words)
