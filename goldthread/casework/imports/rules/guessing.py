"""Which field a caption means, by the words that agencies write above their columns."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import islice

from goldthread.casework.imports.enums import What
from goldthread.casework.imports.rules.fields import KEEP, fields_of
from goldthread.casework.imports.rules.words import captions_of
from goldthread.foundation.lib.names import words_of
from goldthread.foundation.lib.text import plain

LONGEST_CAPTION = 80
_PEOPLE = frozenset(
    words_of(
        "client clients participant member patient consumer resident student individual cliente clientes participante"
    )
)
"""Whom columns are about."""
_FILLERS = _PEOPLE | frozenset(words_of("the of s their del de la el mm dd yy yyyy"))
"""Words that say whose, or how it is written, and not what: taken away where something is left."""


def field_for(caption: str, what: str = What.CLIENTS) -> str:
    """The key of the field that *caption* means where rows are *what*; KEEP when it means none that Goldthread knows."""
    words, known = squeezed(caption), _by_words(what)
    bare = " ".join(word for word in words.split() if word not in _FILLERS)
    found = known.get(words) or known.get(bare)
    if not found and "#" in caption:
        return field_for(caption.replace("#", " "), what)
    return found or KEEP


def is_known(caption: str) -> bool:
    """Does *caption* mean a field, whatever the rows are?"""
    return 0 < len(caption) <= LONGEST_CAPTION and any(field_for(caption, what) != KEEP for what in What)


def guessed(captions: Iterable[str], what: str = What.CLIENTS, said: Mapping[str, str] | None = None) -> dict[str, str]:
    """A field for each caption: what was *said* of it before, else what its words mean. A field that holds one value goes to the first
    caption of which that was said, else to the first that means it."""
    said = dict(said or {})
    meant = _meant(captions, what) | said
    taken: set[str] = set()
    found: dict[str, str] = {}
    for caption in sorted(meant, key=lambda one: one not in said):
        key = meant[caption]
        field = fields_of(what).get(key)
        found[caption] = KEEP if field and not field.several and key in taken else key
        taken.add(key)
    return _without_whole_name({caption: found[caption] for caption in meant}, said)


def _meant(captions: Iterable[str], what: str) -> dict[str, str]:
    """What each caption means. *Assigned to* is somebody, or a day: a day where it stands beside *assigned from* and a worker. *Address*
    is the street where the city has a column of its own, else all of it. *Client* is the name where no other column holds one."""
    meant = {caption: field_for(caption, what) for caption in captions}
    either = [caption for caption, key in meant.items() if key == "assigned_to" and squeezed(caption) == "assigned to"]
    if not {"assigned_from", "worker"} <= set(meant.values()):
        meant |= dict.fromkeys(either, "worker")
    if not {"name", "given", "family"} & set(meant.values()):
        whom = (caption for caption, key in meant.items() if key == KEEP and squeezed(caption) in _PEOPLE)
        meant |= dict.fromkeys(islice(whom, 1), "name")
    if not {"city", "postal_code", "address"} & set(meant.values()):
        meant |= {caption: "address" for caption, key in meant.items() if key == "line1"}
    return meant


def _without_whole_name(found: dict[str, str], said: Mapping[str, str]) -> dict[str, str]:
    """Where first and last name have columns of their own, a column with the whole name is only kept, unless somebody said otherwise."""
    if not {"given", "family"} <= set(found.values()):
        return found
    return {caption: KEEP if key == "name" and caption not in said else key for caption, key in found.items()}


def squeezed(caption: str) -> str:
    """*caption* as captions are compared: ``FirstName``, ``first_name`` and ``First name:`` are the same; ``Client #`` is a number."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", re.sub(r"\s*\(\d+\)$", "", caption))
    return plain(parted.replace("#", " number "))


@cache
def _by_words(what: str) -> dict[str, str]:
    return {squeezed(word): key for key in fields_of(what) for word in (key.replace("_", " "), *captions_of(key))}
