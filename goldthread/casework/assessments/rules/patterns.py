"""Regular expressions of definitions. They are strangers' code: each match has a time limit that truly ends it."""

from functools import lru_cache
from time import perf_counter
from typing import Any

import regex
from django.utils.translation import gettext as _

LONGEST = 1_000
LONGEST_TEXT = 20_000
SECONDS = 0.2
"""Of one match."""
PATIENCE = 2.0
"""Seconds of all matches of one check: a form of a thousand slow patterns holds nobody up."""


class PatternError(ValueError):
    """A pattern that cannot be used, or that took too long."""


class Patience:
    """The time that the patterns of one check may take together."""

    __slots__ = ("left",)

    def __init__(self, seconds: float = PATIENCE) -> None:
        self.left = seconds

    def matches(self, pattern: str, text: str) -> bool:
        """Whether all of *text* is as *pattern* says. PatternError when it takes too long, or others have taken it all."""
        if self.left <= 0:
            raise PatternError(_("it took longer than %(seconds)s seconds") % {"seconds": PATIENCE})
        began = perf_counter()
        try:
            return matches(pattern, text)
        finally:
            self.left -= perf_counter() - began


def check_pattern(pattern: str) -> None:
    """PatternError with the reason when *pattern* cannot be used."""
    compiled(pattern)


@lru_cache(maxsize=512)
def compiled(pattern: str, flags: str = "") -> Any:
    """*pattern* ready to match. *flags*: ``i`` letters alike, ``m`` line by line. PatternError when it cannot be read."""
    if len(pattern) > LONGEST:
        raise PatternError(_("it is longer than %(most)s characters") % {"most": LONGEST})
    chosen = regex.V0
    if "i" in flags:
        chosen |= regex.IGNORECASE
    if "m" in flags:
        chosen |= regex.MULTILINE
    try:
        return regex.compile(pattern, chosen)
    except (regex.error, RecursionError, OverflowError) as error:
        raise PatternError(str(error)) from error


def matches(pattern: str, text: str) -> bool:
    """Whether all of *text* is as *pattern* says."""
    return within_time(compiled(pattern).fullmatch, text) is not None


def within_time(what: Any, text: str, *more: Any) -> Any:
    """``what(*more, text)`` of a compiled pattern, ended after SECONDS with a PatternError."""
    if len(text) > LONGEST_TEXT:
        raise PatternError(_("the text is longer than %(most)s characters") % {"most": LONGEST_TEXT})
    try:
        return what(*more, text, timeout=SECONDS)
    except TimeoutError as error:
        raise PatternError(_("it took longer than %(seconds)s seconds") % {"seconds": SECONDS}) from error
    except regex.error as error:
        raise PatternError(str(error)) from error
