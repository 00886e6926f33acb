"""A signature as it was drawn: the points that a browser sends, and the lines made of them."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from goldthread.casework.plans.models import Signature

LONGEST = 400_000
"""Letters of the points of one signature, as JSON."""


def read_strokes(text: str) -> list[Any]:
    """The strokes in *text* (JSON); none for nonsense. The action says what of it is a signature."""
    if len(text) > LONGEST:
        return []
    try:
        found = json.loads(text or "[]")
    except (ValueError, RecursionError):
        return []
    return found if isinstance(found, list) else []


def with_paths(signatures: Iterable[Signature]) -> list[Signature]:
    """The signatures, each with ``path``: the lines of an SVG in a box of 1000 by 1000, stretched to the field's shape."""
    found = list(signatures)
    for one in found:
        one.path = " ".join(_line(stroke) for stroke in one.strokes if stroke)  # type: ignore[attr-defined]  # for the template
    return found


def _line(stroke: Sequence[Sequence[int]]) -> str:
    first, *rest = [f"{int(x)} {int(y)}" for x, y in stroke]
    return f"M{first}" + "".join(f"L{point}" for point in rest or [first])
