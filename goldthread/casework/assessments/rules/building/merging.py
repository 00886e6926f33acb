"""Two people change the same thing: what only one of them changed is taken, what both changed otherwise is told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from goldthread.casework.assessments.rules.building.elements import Row
from goldthread.casework.assessments.rules.building.parts import Values
from goldthread.casework.assessments.rules.model import Json


@dataclass(frozen=True, slots=True)
class Difference:
    """One part that both changed."""

    name: str
    mine: Any
    theirs: Any


class Clash(Exception):
    """Both changed the same parts. ``merged``: what to show, mine laid over theirs; nothing was written."""

    def __init__(self, differences: list[Difference], merged: Values) -> None:
        super().__init__()
        self.differences = differences
        self.merged = merged


def merged(base: Mapping[str, Any] | None, now: Mapping[str, Any], mine: Mapping[str, Any]) -> Values:
    """*now* with what *mine* changed of *base* (what its writer saw; None: nobody knows any more). Clash where *now* changed it, too."""
    seen = now if base is None else base
    changed = {name: value for name, value in mine.items() if value != seen.get(name)}
    both = [
        Difference(name, value, now.get(name))
        for name, value in changed.items()
        if value != now.get(name) and (base is None or now.get(name) != seen.get(name))
    ]
    result = {**now, **changed}
    if both:
        raise Clash(both, result)
    return result


def write_merged(
    now: Json,
    base: Json | None,
    mine: Mapping[str, Any],
    *,
    same: bool,
    read: Callable[[Json], Values],
    write: Callable[[Json, Values], Row],
) -> Row:
    """The element *now* with *mine*. *same*: nothing was changed since its writer saw it; else *base* is what they saw."""
    if same:
        return write(now, dict(mine))
    return write(now, merged(read(base) if base is not None else None, read(now), mine))
