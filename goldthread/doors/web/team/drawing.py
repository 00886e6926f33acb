"""Bars and lines as points of SVG, for templates: 1 KB, prints, and is read out by its title."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 84, 24
EDGE = 4
LIMIT = 70
"""Where on the bar, in percent of its length, the limit stands: there is room for what is beyond."""


@dataclass(frozen=True, slots=True)
class Bar:
    """``full`` up to the limit and ``past`` (empty: nothing) beyond it, in percent of the bar's length; with a point in every language."""

    full: str
    past: str
    limit: str = str(LIMIT)


@dataclass(frozen=True, slots=True)
class Spark:
    """``points`` of a line in a box of 84 by 24; its end is marked."""

    points: str
    x: str
    y: str


def bar(percent: int) -> Bar:
    """The bar of a load: at 100 percent it ends at the limit."""
    length = min(percent * LIMIT / 100, 100)
    return Bar(full=f"{min(length, LIMIT):.1f}", past=f"{length - LIMIT:.1f}" if length > LIMIT else "")


def spark(values: Sequence[int], most: int) -> Spark:
    """The line of *values*, the oldest first; *most* is the highest value of any line beside it, so that they compare."""
    step = (WIDTH - 2 * EDGE) / max(1, len(values) - 1)
    rise = (HEIGHT - 2 * EDGE) / max(1, most)
    places = [(f"{EDGE + step * at:.1f}", f"{HEIGHT - EDGE - rise * value:.1f}") for at, value in enumerate(values)]
    return Spark(" ".join(f"{x},{y}" for x, y in places), *places[-1])
