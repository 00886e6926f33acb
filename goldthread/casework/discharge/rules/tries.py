"""The tries before somebody counts as lost: which are logged, and which are missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from goldthread.casework.schedule.rules import add_months
from goldthread.foundation.programs.enums import Mode, Unit
from goldthread.foundation.programs.rules.values import Span
from goldthread.foundation.programs.rules.way_out import Tries, WayOutRules


@dataclass(frozen=True, slots=True)
class Logged:
    """One try that was logged as an attempted contact."""

    on: date
    mode: str
    source: UUID


@dataclass(frozen=True, slots=True)
class Line:
    """One line of what is asked, and how much of it is logged."""

    asked: Tries
    logged: tuple[Logged, ...]

    @property
    def missing(self) -> int:
        """How many more."""
        return max(0, self.asked.times - len(self.logged))


@dataclass(frozen=True, slots=True)
class Tried:
    """Where the tries stand. ``since``: only later ones count. ``reached``: the last time the person was reached."""

    lines: tuple[Line, ...]
    days: int
    days_asked: int
    since: date
    reached: date | None

    @property
    def days_missing(self) -> int:
        """On how many more days somebody must try."""
        return max(0, self.days_asked - self.days)

    @property
    def enough(self) -> bool:
        """Was everything tried that the program asks for?"""
        return not self.days_missing and not any(line.missing for line in self.lines)


def tried(rules: WayOutRules, logged: Sequence[Logged], reached: date | None, on: date) -> Tried:
    """How the tries *logged* answer *rules* on the day *on*. Whoever was *reached* is looked for anew from then on."""
    since = back(on, rules.within)
    counted = sorted(
        (one for one in logged if since <= one.on <= on and (reached is None or one.on > reached)),
        key=lambda one: (one.on, one.source),
    )
    lines = tuple(Line(asked, tuple(one for one in counted if _is_one(one, asked))) for asked in rules.tries)
    return Tried(lines, len({one.on for one in counted}), rules.days if rules.tries else 0, since, reached)


def _is_one(one: Logged, asked: Tries) -> bool:
    return not asked.modes or one.mode in {str(Mode(mode)) for mode in asked.modes}


def back(day: date, span: Span) -> date:
    """The day so long before *day*; business days are counted as days, hours as whole days."""
    if span.unit in (Unit.MONTHS, Unit.YEARS):
        return add_months(day, -span.count * (12 if span.unit == Unit.YEARS else 1))
    days = {Unit.WEEKS: 7 * span.count, Unit.HOURS: -(-span.count // 24)}.get(span.unit, span.count)
    return day - timedelta(days=days)


def ahead(day: date, span: Span) -> date:
    """The day so long after *day*, counted in the same way."""
    return day + (day - back(day, span)) if span.unit not in (Unit.MONTHS, Unit.YEARS) else _months(day, span)


def _months(day: date, span: Span) -> date:
    return add_months(day, span.count * (12 if span.unit == Unit.YEARS else 1))
