"""The ladder and the residences as small drawings. The table beside each says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from goldthread.casework.skills.enums import Level
from goldthread.casework.skills.models import SkillStep
from goldthread.people.facts.models import Fact
from goldthread.people.facts.rules import level_of

WIDTH, HEIGHT = 240, 56
EDGE = 6
LEVELS = len(Level)
HOMES_WIDTH, HOMES_HEIGHT = 640, 120
MOST_RESTRICTIVE = 10


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    y: float
    on: date
    words: str


@dataclass(frozen=True, slots=True)
class Ladder:
    """One skill: a point for each time that it was seen, joined as steps."""

    points: list[Point]
    line: str
    rungs: list[float]
    """How high each level stands, the lowest first."""


@dataclass(frozen=True, slots=True)
class Home:
    """One residence: a box as wide as the time and as high as the setting is restrictive. *level*: None, no home."""

    x: float
    width: float
    y: float
    height: float
    level: int | None
    first: date
    last: date
    words: str


def ladder_drawn(steps: Sequence[SkillStep], today: date) -> Ladder:
    """*steps* from the first to the last, days to scale up to *today*."""
    first = steps[0].on
    points = [
        Point(_across(one.on, first, today, WIDTH), _up(one.level), one.on, str(Level(one.level).label))
        for one in steps
    ]
    corners: list[tuple[float, float]] = []
    for point in points:
        if corners:
            corners.append((point.x, corners[-1][1]))
        corners.append((point.x, point.y))
    corners.append((_across(today, first, today, WIDTH), corners[-1][1]))
    return Ladder(points, " ".join(f"{x},{y}" for x, y in corners), [_up(level) for level in Level.values])


def homes_drawn(facts: Sequence[Fact], words: Sequence[str], today: date) -> list[Home]:
    """*facts* of housing, the first to the last, each with its *words*; those without a first day begin with the drawing."""
    shown = [
        (fact, said) for fact, said in zip(facts, words, strict=True) if not fact.starts_on or fact.starts_on <= today
    ]
    days = [day for fact, _said in shown for day in (fact.starts_on, fact.ends_on) if day]
    begin = min(days, default=today)
    homes = []
    for fact, said in shown:
        first, last = fact.starts_on or begin, min(fact.ends_on or today, today)
        left, right = _across(first, begin, today, HOMES_WIDTH), _across(last, begin, today, HOMES_WIDTH)
        level = level_of(fact.code)
        tall = round((HOMES_HEIGHT - 2 * EDGE) * (level or 0) / MOST_RESTRICTIVE, 1) if level else 4
        box = (left, max(round(right - left, 1), 2), HOMES_HEIGHT - EDGE - tall, tall)
        homes.append(Home(*box, level, first, last, said))
    return homes


def _up(level: int) -> float:
    return round(EDGE + (HEIGHT - 2 * EDGE) * (LEVELS - level) / (LEVELS - 1), 1)


def _across(on: date, first: date, last: date, width: int) -> float:
    span = (last - first).days
    wide = width - 2 * EDGE
    return round(EDGE + (wide * (on - first).days / span if span else 0), 1)
