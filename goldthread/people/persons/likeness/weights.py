"""What each level is worth, and where the lines are."""

import csv
from functools import cache
from pathlib import Path

WEIGHTS = Path(__file__).with_name("weights.csv")
"""field, level, bits, source. Those of FEBRL1 are estimated by ``python -m bench.likeness`` on FEBRL1 alone."""
POSSIBLE = 11.5
"""From here on a pair is shown. Fixed on FEBRL1, where lines between 0 and 12 differ by a thousandth (F1 0.999 to 0.998); the lowest that leaves out
a namesake of another birthday (10.6). One pair of a thousand that share a key is one person: 10 bits."""
STRONG = 20.0
"""From here on the agency has to look: what two people share by chance once in a million pairs."""
RULES = "1"
"""Count this up when keys, levels or lines change: what was found of all clients by other rules is then looked for anew. The
weights themselves are watched (``looking.py``)."""
REACH_FOR, REACH_AGAINST = 12.0, -2.0
"""Bounds of what address, telephone and email say together: a household shares them, and the people served here move often."""


def bits_of(level: tuple[str, str]) -> float:
    """The weight of *level* in bits. KeyError: a level without a weight."""
    return _table()[level]


@cache
def _table() -> dict[tuple[str, str], float]:
    with WEIGHTS.open(encoding="utf-8", newline="") as file:
        return {(row["field"], row["level"]): float(row["bits"]) for row in csv.DictReader(file)}
