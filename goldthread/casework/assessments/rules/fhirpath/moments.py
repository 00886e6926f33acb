"""Dates, times and instants as FHIR writes them, to the precision they were given: ``2026-11`` is a month, not a day."""

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

from django.utils.translation import gettext as _

from goldthread.casework.assessments.rules.fhirpath.quantities import Quantity
from goldthread.casework.assessments.rules.problems import ExpressionError

DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$")
CLOCK = re.compile(r"T?(\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d+))?)?)?$")
MOMENT = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(?:(\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d+))?)?)?(Z|[+-]\d\d:\d\d)?)?)?)?)?$"
)
FINER = ("hour", "minute", "second", "millisecond")


@dataclass(frozen=True, slots=True)
class Day:
    """A date. ``parts``: year, month and day, as many as were given. ``text``: as it was written."""

    parts: tuple[int, ...]
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Moment:
    """A date with a time: ``parts`` from the year to the milliseconds, in UTC when it has an offset."""

    parts: tuple[int, ...]
    text: str
    zoned: bool = False

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day."""

    parts: tuple[int, ...]
    text: str

    def __str__(self) -> str:
        return self.text


AnyTime = Day | Moment | Clock


def day_of(text: str) -> Day | None:
    """The date *text* is; None when it is none."""
    found = DAY.match(text)
    if not found:
        return None
    parts = _numbers(found.groups())
    return Day(parts, text) if _exists(parts) else None


def clock_of(text: str) -> Clock | None:
    """The time of day *text* is; None when it is none."""
    found = CLOCK.match(text)
    if not found:
        return None
    parts = _numbers((*found.groups()[:3], _milliseconds(found.group(4))))
    return Clock(parts, text.removeprefix("T")) if _exists((2000, 1, 1, *parts)) else None


def moment_of(text: str) -> Moment | None:
    """The instant *text* is, or the date with a time left open; None when it is neither."""
    found = MOMENT.match(text)
    if not found:
        return None
    *groups, fraction, offset = found.groups()
    parts = _numbers((*groups, _milliseconds(fraction)))
    if not _exists(parts):
        return None
    if offset and len(parts) > 3:
        try:
            return Moment(_in_utc(parts, offset), text, True)
        except OverflowError:  # the first and the last hours of the calendar have no counterpart in UTC
            return None
    return Moment(parts, text)


def compare_times(one: AnyTime, other: AnyTime) -> int | None:
    """-1, 0, 1; None where the one with fewer parts leaves it open."""
    for mine, theirs in zip(one.parts, other.parts, strict=False):
        if mine != theirs:
            return 1 if mine > theirs else -1
    return 0 if _precision(one) == _precision(other) else None


def moved(moment: AnyTime, by: Quantity, sign: int) -> AnyTime:
    """*moment* plus (or, *sign* -1, minus) a duration, to the precision it has. ExpressionError when it is no duration."""
    word = by.calendar()
    if not word:
        raise ExpressionError(_("%(amount)s is no duration") % {"amount": by})
    amount = int(by.value) * sign if word not in ("second", "millisecond") else by.value * sign
    if abs(amount) > 1e7:
        raise ExpressionError(_("%(amount)s is too long a duration") % {"amount": by})
    if isinstance(moment, Clock):
        return _moved_clock(moment, word, amount)
    try:
        return _moved_day(moment, word, amount)
    except (OverflowError, ValueError) as error:
        raise ExpressionError(_("the date is out of reach")) from error


def _moved_day(moment: Day | Moment, word: str, amount: float) -> Day | Moment:
    parts = moment.parts
    unit, amount = _to_precision(word, amount, len(parts))
    full = (*parts, *(1, 1, 0, 0, 0, 0)[len(parts) - 1 :])
    year, month, day, hour, minute, second, thousandth = full
    if unit in ("year", "month"):
        months = year * 12 + month - 1 + int(amount) * (12 if unit == "year" else 1)
        year, month = divmod(months, 12)
        month += 1
        day = min(day, calendar.monthrange(year, month)[1])
        start = datetime(year, month, day, hour, minute, second, thousandth * 1000)  # noqa: DTZ001  FHIR knows moments without a zone
    else:
        start = datetime(year, month, day, hour, minute, second, thousandth * 1000)  # noqa: DTZ001  FHIR knows moments without a zone
        start += timedelta(**{f"{unit}s": amount})
    return _written(moment, start)


def _to_precision(word: str, amount: float, known: int) -> tuple[str, float]:
    """A duration finer than what is known of a date counts in its whole parts only: 30 days are one month of a month."""
    coarse = {1: "year", 2: "month"}.get(known)
    if not coarse or word == coarse or word == "year":
        return word, amount
    days = {"month": 30, "week": 7, "day": 1, "hour": 1 / 24, "minute": 1 / 1440, "second": 1 / 86400}.get(
        word, 0
    ) * amount
    if coarse == "year":
        return "year", int(amount / 12) if word == "month" else int(days / 365)
    return "month", int(days / 30)


def _moved_clock(clock: Clock, word: str, amount: float) -> Clock:
    if word not in FINER:
        raise ExpressionError(_("a time of day can be moved by hours, minutes and seconds"))
    hour, minute, second, thousandth = (*clock.parts, *(0, 0, 0)[: 4 - len(clock.parts)])
    start = datetime(2000, 1, 1, hour, minute, second, thousandth * 1000)  # noqa: DTZ001  FHIR knows moments without a zone
    end = (start + timedelta(**{f"{word}s": amount})).time()
    text = end.isoformat("milliseconds" if len(clock.parts) == 4 else "seconds")
    return Clock(
        (end.hour, end.minute, end.second, end.microsecond // 1000)[: len(clock.parts)], text[: _length(clock)]
    )


def _length(clock: Clock) -> int:
    return (0, 2, 5, 8, 12)[len(clock.parts)]


def _written(moment: Day | Moment, when: datetime) -> Day | Moment:
    parts = (when.year, when.month, when.day, when.hour, when.minute, when.second, when.microsecond // 1000)
    kept = parts[: len(moment.parts)]
    if isinstance(moment, Day):
        return Day(kept, "-".join(f"{part:0{width}}" for part, width in zip(kept, (4, 2, 2), strict=False)))
    text = when.isoformat(timespec="milliseconds")[: (0, 4, 7, 10, 13, 16, 19, 23)[len(kept)]]
    return Moment(kept, text + ("Z" if moment.zoned else ""), moment.zoned)


def now_as(at: datetime) -> Moment:
    """An instant of the clock."""
    found = moment_of(at.isoformat(timespec="milliseconds").replace("+00:00", "Z"))
    assert found is not None
    return found


def today_as(on: date) -> Day:
    """A day of the calendar."""
    return Day((on.year, on.month, on.day), on.isoformat())


def _numbers(groups: Any) -> tuple[int, ...]:
    return tuple(int(group) for group in groups if group is not None)


def _milliseconds(fraction: str | None) -> str | None:
    return fraction and fraction.ljust(3, "0")[:3]


def _exists(parts: tuple[int, ...]) -> bool:
    year, month, day, *clock = (*parts, 1, 1)[: max(3, len(parts))] if len(parts) < 3 else parts
    try:
        date(year, month, day)
        hour, minute, second, thousandth = (*clock, 0, 0, 0, 0)[:4]
        time(hour, minute, second, thousandth * 1000)
    except ValueError:
        return False
    return True


def _in_utc(parts: tuple[int, ...], offset: str) -> tuple[int, ...]:
    year, month, day, hour, minute, second, thousandth = (*parts, *(0, 0, 0)[: 7 - len(parts)])
    sign = -1 if offset.startswith("-") else 1
    away = timedelta() if offset == "Z" else sign * timedelta(hours=int(offset[1:3]), minutes=int(offset[4:6]))
    local = datetime(year, month, day, hour, minute, second, thousandth * 1000, timezone(away))
    there = local.astimezone(UTC)
    full = (there.year, there.month, there.day, there.hour, there.minute, there.second, there.microsecond // 1000)
    return full[: len(parts)]


def _precision(moment: AnyTime) -> int:
    """How many parts are known; milliseconds belong to the seconds."""
    most = 3 if isinstance(moment, Clock) else 6
    return min(len(moment.parts), most)
