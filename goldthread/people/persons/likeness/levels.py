"""How one field of two people compares: a level. Words are plain (foundation/lib/text.plain)."""

from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.fuzz import token_sort_ratio

from goldthread.foundation.lib.names import also_called
from goldthread.people.persons.likeness.described import DAY, YEAR, Described, Name
from goldthread.people.persons.likeness.sounds import sound_of

MISSING = "missing"
"""One of both does not say it: it counts for nothing."""


@lru_cache(maxsize=50_000)
def word_level(one: str, other: str, nicknames: bool = False) -> str:
    """Of a first or a last name. A *slip* is one letter too many, too few, wrong, or two that changed places."""
    if not one or not other:
        return MISSING
    if one == other or one.replace(" ", "") == other.replace(" ", ""):
        return "same"
    if nicknames and (other in also_called(one) or one in also_called(other)):
        return "nickname"
    if 1 in (len(one), len(other)):
        return "initial" if one[0] == other[0] else "different"
    return _spelled(one, other, first_name=nicknames)


def _spelled(one: str, other: str, *, first_name: bool) -> str:
    """Of two words that are not the same: how near they are by letters and by sound."""
    apart, longest = OSA.distance(one, other), max(len(one), len(other))
    if apart == 1 and longest >= 4:
        return "first_letter" if first_name and one[0] != other[0] and one[1:] == other[1:] else "slip"
    if set(one.split()) & set(other.split()):
        return "part"
    if sound_of(one) == sound_of(other):
        return "sound"
    alike = JaroWinkler.similarity(one, other)
    if alike >= 0.9 or (apart == 2 and longest >= 6):
        return "close"
    return "near" if alike >= 0.78 else "different"


def middle_level(one: Name, other: Name) -> str:
    """Of middle names, which are often initials."""
    if not one.middle or not other.middle:
        return MISSING
    if one.middle == other.middle:
        return "same"
    return "initial" if one.middle[0] == other.middle[0] else "different"


def birth_level(one: Described, other: Described) -> str:
    """Of dates of birth: the same; day and month swapped; a digit or two off; one of year, month and day the same."""
    a, b = one.birth, other.birth
    if not a or not b:
        return MISSING
    known = min(one.birth_parts, other.birth_parts)
    if known < DAY:
        if a[:known] == b[:known]:
            return "same_year" if known == YEAR else "same_month"
        return "near_year" if abs(int(a[:4]) - int(b[:4])) <= 1 else "different"
    if a == b:
        return "same"
    parts, others = (a[:4], a[4:6], a[6:]), (b[:4], b[4:6], b[6:])
    if (parts[0], parts[1], parts[2]) == (others[0], others[2], others[1]):
        return "swapped"
    apart = OSA.distance(a, b)
    if apart == 1:
        return "slip"
    same = sum(x == y for x, y in zip(parts, others, strict=True))
    if apart == 2 or same == 2:
        return "two_slips"
    return "part" if same == 1 and apart == 3 else "different"


def number_level(one: str, other: str) -> str:
    """Of the number of a house, or a ZIP code."""
    if not one or not other:
        return MISSING
    if one == other:
        return "same"
    return "slip" if OSA.distance(one, other) == 1 and min(len(one), len(other)) >= 2 else "different"


@lru_cache(maxsize=50_000)
def line_level(one: str, other: str) -> str:
    """Of several words: a street, a city."""
    if not one or not other:
        return MISSING
    if one == other:
        return "same"
    alike = max(token_sort_ratio(one, other), token_sort_ratio(one.replace(" ", ""), other.replace(" ", "")))
    if alike >= 85:
        return "close"
    return "near" if alike >= 70 else "different"
