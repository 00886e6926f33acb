"""How a name sounds, so that ``Katherine`` and ``Catherine`` are looked for together."""

import re
from functools import lru_cache

from jellyfish import metaphone

_SPANISH = (
    (re.compile(r"\bh"), ""),
    (re.compile("v"), "b"),
    (re.compile("z|c(?=[ei])"), "s"),
    (re.compile("ll"), "y"),
    (re.compile("[jx]|g(?=[ei])"), "h"),
)
"""Sounds that Spanish writes in several ways: Valdez and Baldes, Xavier and Javier, Hernandez and Ernandes."""


@lru_cache(maxsize=50_000)
def sound_of(words: str) -> str:
    """The sound of *words* (plain letters), without the breaks between them: Metaphone (L. Philips, Hanging on the Metaphone,
    Computer Language 7, 1990) of what is left when Spanish spellings of one sound are made one."""
    joined = words.replace(" ", "")
    for spelling, one in _SPANISH:
        joined = spelling.sub(one, joined)
    return str(metaphone(joined)) or joined
