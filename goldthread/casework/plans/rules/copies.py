"""What of a plan that began as a copy still reads as the plan it was copied from. Pure."""

from collections.abc import Mapping
from typing import Any

from goldthread.casework.plans.rules.document import everything, part
from goldthread.casework.plans.rules.shape import KINDS, PARTS, How

Said = tuple[str, tuple[Any, ...]]


def untouched(content: Mapping[str, Any], earlier: Mapping[str, Any]) -> frozenset[str]:
    """Keys of parts and ids of lines of *content* that say, word for word, what *earlier* says: nobody has looked at them since,
    or nobody says so. Lines have ids of their own in a copy, so they are compared by their words, within their kind."""
    parts = {key for key in PARTS if part(content, key) and part(content, key) == part(earlier, key)}
    there = {_said(kind, one) for kind, one in everything(earlier)}
    return frozenset(parts | {one["id"] for kind, one in everything(content) if _said(kind, one) in there})


def _said(kind: str, line: Mapping[str, Any]) -> Said:
    """What a line says, without where it hangs: ids differ between the two plans."""
    shown = [one for one in KINDS[kind].fields if one.how not in (How.ID, How.IDS)]
    return kind, tuple(line.get(one.name) or "" for one in shown)
