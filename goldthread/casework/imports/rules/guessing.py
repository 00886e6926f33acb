"""Which field a caption means, by the words that agencies write above their columns."""

import re
from collections.abc import Iterable
from functools import cache

from goldthread.casework.imports.enums import What
from goldthread.casework.imports.rules.fields import KEEP, fields_of
from goldthread.casework.imports.rules.words import captions_of
from goldthread.foundation.lib.names import words_of
from goldthread.foundation.lib.text import plain

_FILLERS = frozenset(
    words_of(
        "client clients participant member patient consumer resident student individual the of s their cliente del de la el"
    )
)
"""Words that say whose, not what: taken away where something is left."""


def field_for(caption: str, what: str = What.CLIENTS) -> str:
    """The key of the field that *caption* means where rows are *what*; KEEP when it means none that Goldthread knows."""
    words = squeezed(caption)
    known = _by_words(what)
    if words in known:
        return known[words]
    bare = " ".join(word for word in words.split() if word not in _FILLERS)
    return known.get(bare, KEEP) if bare else KEEP


def is_known(caption: str) -> bool:
    """Does *caption* mean a field, whatever the rows are?"""
    return any(field_for(caption, what) != KEEP for what in What)


def guessed(captions: Iterable[str], what: str = What.CLIENTS) -> dict[str, str]:
    """A field for each caption. A field that holds one value goes to the first caption that means it."""
    taken: set[str] = set()
    found: dict[str, str] = {}
    for caption, key in _meant(captions, what).items():
        once = key != KEEP and not fields_of(what)[key].several
        found[caption] = KEEP if once and key in taken else key
        taken.add(key)
    return _without_whole_name(found)


def _meant(captions: Iterable[str], what: str) -> dict[str, str]:
    """What each caption means. *Assigned to* is somebody, or a day: a day where it stands beside *assigned from* and a worker."""
    meant = {caption: field_for(caption, what) for caption in captions}
    either = [caption for caption, key in meant.items() if key == "assigned_to" and squeezed(caption) == "assigned to"]
    if not {"assigned_from", "worker"} <= set(meant.values()):
        meant |= dict.fromkeys(either, "worker")
    return meant


def _without_whole_name(found: dict[str, str]) -> dict[str, str]:
    """Where first and last name have columns of their own, a column with the whole name is only kept."""
    keys = set(found.values())
    if {"given", "family"} <= keys:
        return {caption: KEEP if key == "name" else key for caption, key in found.items()}
    return found


def squeezed(caption: str) -> str:
    """*caption* as captions are compared: ``FirstName``, ``first_name`` and ``First name:`` are the same."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", re.sub(r"\s*\(\d+\)$", "", caption))
    return plain(parted)


@cache
def _by_words(what: str) -> dict[str, str]:
    return {squeezed(word): key for key in fields_of(what) for word in (key.replace("_", " "), *captions_of(key))}
