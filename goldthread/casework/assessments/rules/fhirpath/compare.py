"""Equal, alike, before and after."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from goldthread.casework.assessments.rules.fhirpath.budget import Budget
from goldthread.casework.assessments.rules.fhirpath.moments import Clock, Day, Moment, compare_times
from goldthread.casework.assessments.rules.fhirpath.nodes import Node, value_of
from goldthread.casework.assessments.rules.fhirpath.quantities import Quantity, as_quantity, same_number
from goldthread.casework.assessments.rules.problems import ExpressionError

Rows = list[Any]


def equal(one: Rows, other: Rows, budget: Budget) -> bool | None:
    """Whether two collections are equal, in order; None where a date or an amount leaves it open."""
    if len(one) != len(other):
        return False
    results = [same(mine, theirs, budget) for mine, theirs in zip(one, other, strict=True)]
    if len(results) == 1:
        return results[0]
    return all(results)


def alike(one: Rows, other: Rows, budget: Budget) -> bool:
    """Whether two collections are equivalent (``~``): capitals, kinds of blank and the last decimals do not matter."""
    return len(one) == len(other) and all(
        same(mine, theirs, budget, loosely=True) for mine, theirs in zip(one, other, strict=True)
    )


def same(one: Any, other: Any, budget: Budget, *, loosely: bool = False) -> bool | None:
    """Whether two rows are the same value."""
    budget.spend(1)
    a, b = value_of(one), value_of(other)
    if isinstance(a, Quantity) or isinstance(b, Quantity):
        return _same_amount(a, b)
    if isinstance(a, Day | Moment | Clock) and isinstance(b, Day | Moment | Clock):
        return _same_time(a, b, loosely)
    if is_number(a) and is_number(b):
        return _alike_numbers(a, b) if loosely else same_number(a, b)
    if isinstance(a, str) and isinstance(b, str):
        return (_plain(a) == _plain(b)) if loosely else a == b
    if isinstance(a, Mapping) and isinstance(b, Mapping):
        return _same_object(a, b, budget, loosely)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(same(x, y, budget, loosely=loosely) for x, y in zip(a, b, strict=True))
    return type(a) is type(b) and a == b


def order(one: Rows, other: Rows) -> int | None:
    """-1, 0 or 1 as *one* comes before, with or after *other*; None where it is open. ExpressionError for what has no order."""
    if len(one) > 1 or len(other) > 1:
        raise ExpressionError(_("several values were compared where one was expected"))
    return order_of(value_of(one[0]), value_of(other[0]))


def order_of(a: Any, b: Any) -> int | None:
    """The same of two values."""
    if a is None or b is None:
        return None
    if isinstance(a, Quantity) or isinstance(b, Quantity):
        return _order_amounts(a, b)
    if isinstance(a, Day | Moment | Clock) and isinstance(b, Day | Moment | Clock):
        if isinstance(a, Clock) is isinstance(b, Clock):
            return compare_times(a, b)
    elif (
        (is_number(a) and is_number(b))
        or (isinstance(a, str) and isinstance(b, str))
        or (isinstance(a, bool) and isinstance(b, bool))
    ):
        return int(a > b) - int(a < b)
    said = {"one": describe(a), "other": describe(b)}
    raise ExpressionError(_("%(one)s cannot be compared with %(other)s") % said)


def is_number(value: Any) -> bool:
    """Whether it is a number (a boolean is none)."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def describe(value: Any) -> str:
    """What kind of thing a value is, for messages: never the value, which may be what a client said."""
    if isinstance(value, bool):
        return _("yes or no")
    if is_number(value):
        return _("a number")
    if isinstance(value, str):
        return _("a text")
    if isinstance(value, Mapping | Node):
        return _("an answer with several parts")
    return _("an amount") if isinstance(value, Quantity) else _("a date or time")


def _same_amount(a: Any, b: Any) -> bool | None:
    if not all(isinstance(value, Quantity) or is_number(value) for value in (a, b)):
        return False
    compared = as_quantity(a).compare(as_quantity(b))
    return None if compared is None else compared == 0


def _order_amounts(a: Any, b: Any) -> int | None:
    if not all(isinstance(value, Quantity) or is_number(value) for value in (a, b)):
        said = {"one": describe(a), "other": describe(b)}
        raise ExpressionError(_("%(one)s cannot be compared with %(other)s") % said)
    return as_quantity(a).compare(as_quantity(b))


def _same_time(a: Any, b: Any, loosely: bool) -> bool | None:
    if isinstance(a, Clock) is not isinstance(b, Clock):
        return False
    compared = compare_times(a, b)
    if compared is None:
        return False if loosely else None
    return compared == 0


def _same_object(a: Mapping[str, Any], b: Mapping[str, Any], budget: Budget, loosely: bool) -> bool:
    return a.keys() == b.keys() and all(same(a[key], b[key], budget, loosely=loosely) for key in a)


def _alike_numbers(a: float, b: float) -> bool:
    decimals = min(_decimals(a), _decimals(b))
    return round(a, decimals) == round(b, decimals)


def _decimals(number: float) -> int:
    return (
        len(repr(number).partition(".")[2].rstrip("0")) if isinstance(number, float) and "e" not in repr(number) else 0
    )


def _plain(text: str) -> str:
    return "".join(" " if letter.isspace() else letter for letter in text.upper())
