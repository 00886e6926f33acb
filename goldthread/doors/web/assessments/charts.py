"""A score over time as a small drawing: points, the line through them, the bands behind. The table beside it says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from goldthread.casework.assessments.models import Score

WIDTH, HEIGHT = 240, 72
LEFT, RIGHT, TOP, FOOT = 6, 6, 8, 8


@dataclass(frozen=True, slots=True)
class Point:
    """One value in the drawing."""

    x: float
    y: float
    value: str
    on: date


@dataclass(frozen=True, slots=True)
class Chart:
    """What the template draws; None of a score without values."""

    points: list[Point]
    line: str
    low: str
    high: str
    width: int = WIDTH
    height: int = HEIGHT


def chart_of(scores: Sequence[Score]) -> Chart | None:
    """The drawing of *scores*, the oldest first: days to scale from left to right, the scale of the score from its ends."""
    known = [(score.on, float(score.value)) for score in scores if score.value is not None]
    if not known:
        return None
    values = [value for _on, value in known]
    low = min([*values, *(float(one.lowest) for one in scores if one.lowest is not None)])
    high = max([*values, *(float(one.highest) for one in scores if one.highest is not None)])
    first, last = known[0][0], known[-1][0]
    points = [
        Point(_across(on, first, last, place, len(known)), _up(value, low, high), plain(value), on)
        for place, (on, value) in enumerate(known)
    ]
    return Chart(points, " ".join(f"{point.x},{point.y}" for point in points), plain(low), plain(high))


def plain(value: float) -> str:
    """14.0 → 14, 2.5 → 2.5."""
    return f"{value:.3f}".rstrip("0").rstrip(".")


def _across(on: date, first: date, last: date, place: int, many: int) -> float:
    """By the days; several of one day alone are spread in their order."""
    span, wide = (last - first).days, WIDTH - LEFT - RIGHT
    share = (on - first).days / span if span else (place / (many - 1) if many > 1 else 0.5)
    return round(LEFT + wide * share, 1)


def _up(value: float, low: float, high: float) -> float:
    tall = HEIGHT - TOP - FOOT
    return round(TOP + (tall * (1 - (value - low) / (high - low)) if high > low else tall / 2), 1)
