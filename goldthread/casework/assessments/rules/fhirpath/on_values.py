"""Functions on one number, date or amount; conversions from one type to another; the clock."""

import math
import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from goldthread.casework.assessments.rules.fhirpath.calls import Call
from goldthread.casework.assessments.rules.fhirpath.compare import describe, is_number
from goldthread.casework.assessments.rules.fhirpath.moments import (
    Clock,
    Day,
    Moment,
    clock_of,
    day_of,
    moment_of,
    now_as,
    today_as,
)
from goldthread.casework.assessments.rules.fhirpath.nodes import Node, value_of
from goldthread.casework.assessments.rules.fhirpath.operators import whole
from goldthread.casework.assessments.rules.fhirpath.quantities import CALENDAR, Quantity
from goldthread.casework.assessments.rules.problems import ExpressionError

Rows = list[Any]
WHOLE = re.compile(r"[+-]?\d{1,30}$")
NUMBER = re.compile(r"[+-]?\d{1,30}(\.\d{1,30})?$")
AMOUNT = re.compile(r"([+-]?\d{1,30}(?:\.\d{1,30})?)\s*('[^']+'|[a-zA-Z]+)?$")
YES, NO = ("true", "t", "yes", "y", "1", "1.0"), ("false", "f", "no", "n", "0", "0.0")


def _value(call: Call, rows: Rows) -> Any:
    if len(rows) > 1:
        raise ExpressionError(_("%(name)s() was asked of several values") % {"name": call.name})
    return value_of(rows[0]) if rows else None


def _on_number(work: Any, amounts: bool = True) -> Any:
    """A function on one number (or, with *amounts*, on the number of an amount)."""

    def function(call: Call, rows: Rows, *values: Any) -> Rows:
        value = _value(call, rows)
        if value is None:
            return []
        if isinstance(value, Quantity) and amounts:
            return [replace(value, value=work(value.value, *values))]
        if not is_number(value):
            said = {"name": call.name, "found": describe(value)}
            raise ExpressionError(_("%(name)s() was asked of %(found)s, not of a number") % said)
        result = work(value, *values)
        return [] if result is None else [whole(result)]

    return function


def _round(number: float, places: int | None = None) -> float:
    """Halves go up, as in the reference engine: 2.5 is 3, -2.5 is -2."""
    scale = 10.0 ** min(places or 0, 20)
    return math.floor(number * scale + 0.5) / scale


def _power(number: float, exponent: float | None) -> float | None:
    if exponent is None:
        return None
    if abs(exponent) > 1000:
        raise ExpressionError(_("a number is too large"))
    if number < 0 and exponent != int(exponent):
        return None
    return None if number == 0 and exponent < 0 else float(number) ** exponent


def _log(number: float, base: float | None) -> float | None:
    return None if base is None or number <= 0 or base <= 0 or base == 1 else math.log(number) / math.log(base)


def _converted(work: Any) -> tuple[Any, Any]:
    """``toX`` and ``convertsToX``."""

    def to(call: Call, rows: Rows, *values: Any) -> Rows:
        value = _value(call, _as_written(rows))
        found = None if value is None else work(value, *values)
        return [] if found is None else [found]

    def converts(call: Call, rows: Rows) -> Rows:
        if len(rows) != 1:
            return []
        value = value_of(_as_written(rows)[0])
        return [value is not None and work(value) is not None]

    return to, converts


def _as_written(rows: Rows) -> Rows:
    """Rows with texts, dates and times of a resource as the texts they are: the reference engine converts those."""
    return [row.data if isinstance(row, Node) and isinstance(row.data, str) else row for row in rows]


def _integer(value: Any) -> int | None:
    if isinstance(value, bool):
        return int(value)
    if is_number(value):
        return int(value) if value == int(value) else None
    return int(value) if isinstance(value, str) and WHOLE.match(value) else None


def _decimal(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    if is_number(value):
        return value
    return whole(float(value)) if isinstance(value, str) and NUMBER.match(value) else None


def _boolean(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    if is_number(value):
        return {1: True, 0: False}.get(value)
    if isinstance(value, str):
        return True if value.lower() in YES else False if value.lower() in NO else None
    return None


def written(value: Any) -> str | None:
    """A value as text; None for what has several parts."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if is_number(value):
        return repr(value)
    return str(value) if isinstance(value, str | Day | Moment | Clock | Quantity) else None


def _day(value: Any) -> Day | None:
    if isinstance(value, Day):
        return value
    text = value.text.partition("T")[0] if isinstance(value, Moment) else value
    return day_of(text) if isinstance(text, str) else None


def _moment(value: Any) -> Moment | None:
    if isinstance(value, Moment):
        return value
    text = value.text if isinstance(value, Day) else value
    return moment_of(text) if isinstance(text, str) else None


def _clock(value: Any) -> Clock | None:
    if isinstance(value, Clock):
        return value
    return clock_of(value) if isinstance(value, str) else None


def _amount(value: Any, unit: str | None = None) -> Quantity | None:
    found: Quantity | None = None
    if isinstance(value, Quantity):
        found = value
    elif isinstance(value, bool) or is_number(value):
        found = Quantity(int(value) if isinstance(value, bool) else value)
    elif isinstance(value, str) and (match := AMOUNT.match(value)):
        word = match.group(2) or "'1'"
        if word.startswith("'") or word.removesuffix("s") in CALENDAR:
            found = Quantity(whole(float(match.group(1))), word)
    if found is None or unit is None:
        return found
    wanted = unit if unit.removesuffix("s") in CALENDAR else f"'{unit}'"
    return found if found.unit == wanted else found.into(wanted)


def _now(call: Call) -> datetime:
    if call.world.at is None:
        raise ExpressionError(_("%(name)s() has no clock to look at") % {"name": call.name})
    return call.world.at


def _time_of_day(call: Call, rows: Rows) -> Rows:
    return [clock_of(_now(call).strftime("%H:%M:%S"))]


def _part(place: int, of_clock: bool = False) -> Any:
    """One part of a date or time, empty where it is not known."""

    def function(call: Call, rows: Rows) -> Rows:
        value = _value(call, rows)
        if not isinstance(value, Day | Moment | Clock):
            return []
        at = place - 3 if isinstance(value, Clock) else place
        return [value.parts[at]] if 0 <= at < len(value.parts) else []

    return function


def _date_of(call: Call, rows: Rows) -> Rows:
    found = _day(_value(call, rows))
    return [] if found is None else [found]


def _time_of(call: Call, rows: Rows) -> Rows:
    value = _value(call, rows)
    words = re.split(r"[Z+-]", value.text.partition("T")[2])[0] if isinstance(value, Moment) else ""
    return [clock_of(words)] if words else []


TABLE: dict[str, tuple[Any, ...]] = {
    "abs": (_on_number(abs),),
    "ceiling": (_on_number(math.ceil),),
    "floor": (_on_number(math.floor),),
    "truncate": (_on_number(math.trunc),),
    "round": (_on_number(_round), ("whole",), 0),
    "sqrt": (_on_number(lambda number: math.sqrt(number) if number >= 0 else None, False),),
    "exp": (_on_number(lambda number: math.exp(min(number, 700)), False),),
    "ln": (_on_number(lambda number: math.log(number) if number > 0 else None, False),),
    "log": (_on_number(_log, False), ("number",), 1),
    "power": (_on_number(_power, False), ("number",), 1),
    "now": (lambda call, rows: [now_as(_now(call))],),
    "today": (lambda call, rows: [today_as(_now(call).date())],),
    "timeOfDay": (_time_of_day,),
    "yearOf": (_part(0),),
    "monthOf": (_part(1),),
    "dayOf": (_part(2),),
    "hourOf": (_part(3),),
    "minuteOf": (_part(4),),
    "secondOf": (_part(5),),
    "millisecondOf": (_part(6),),
    "dateOf": (_date_of,),
    "timeOf": (_time_of,),
}
CONVERSIONS = {
    "Integer": _integer,
    "Decimal": _decimal,
    "Boolean": _boolean,
    "String": written,
    "Date": _day,
    "DateTime": _moment,
    "Time": _clock,
    "Quantity": _amount,
}
for _name, _work in CONVERSIONS.items():
    _to, _converts = _converted(_work)
    TABLE[f"to{_name}"] = (_to, ("text",), 0) if _name == "Quantity" else (_to,)
    TABLE[f"convertsTo{_name}"] = (_converts,)
