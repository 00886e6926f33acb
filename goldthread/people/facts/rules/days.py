"""Days of facts of which only one holds at a time."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

MORNING = date.min
NIGHT = date.max


class Dated(Protocol):
    starts_on: date | None
    ends_on: date | None


def overlaps(starts_on: date | None, ends_on: date | None, other: Dated) -> bool:
    """Do the days share more than the day on which one ends and the other begins? Who moves lives in two places that day."""
    first, last = starts_on or MORNING, ends_on or NIGHT
    other_first, other_last = other.starts_on or MORNING, other.ends_on or NIGHT
    if first == last or other_first == other_last:
        return first < other_last and other_first < last
    return max(first, other_first) < min(last, other_last)


def next_of_its_kind(starts_on: date | None, others: Iterable[Dated]) -> date | None:
    """The first day after *starts_on* on which one of *others* begins: until then the new one can hold. None: nothing follows."""
    later = [one.starts_on for one in others if one.starts_on and one.starts_on > (starts_on or MORNING)]
    return min(later, default=None)
