"""What a culture's names look like in the demo, and what often goes with them. Written for Goldthread; no real person is meant."""

from dataclasses import dataclass


def names(words: str) -> tuple[str, ...]:
    """The names in *words*, parted by spaces; an underscore stands for a space inside a name."""
    return tuple(word.replace("_", " ") for word in words.split())


@dataclass(frozen=True, slots=True)
class Culture:
    """A pool of names.

    ``share`` is its weight among the clients. ``language`` is an ISO 639 code, the home language of a part of the
    people (``speaks``, 0 to 1); of those, ``interpreter`` (0 to 1) want an interpreter. ``race`` holds values of
    RaceEthnicity.
    """

    key: str
    share: int
    women: tuple[str, ...]
    men: tuple[str, ...]
    families: tuple[str, ...]
    race: tuple[str, ...]
    language: str = "en"
    speaks: float = 0.0
    interpreter: float = 0.0
