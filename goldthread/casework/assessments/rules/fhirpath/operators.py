"""Operators between two collections, each as the reference engine takes it: what is empty mostly stays empty."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from goldthread.casework.assessments.rules.fhirpath.budget import Budget
from goldthread.casework.assessments.rules.fhirpath.compare import alike, describe, equal, is_number, order, same
from goldthread.casework.assessments.rules.fhirpath.moments import Clock, Day, Moment, day_of, moment_of, moved
from goldthread.casework.assessments.rules.fhirpath.nodes import Node, value_of
from goldthread.casework.assessments.rules.fhirpath.quantities import Quantity, added, as_quantity
from goldthread.casework.assessments.rules.problems import ExpressionError

Rows = list[Any]


def distinct(rows: Rows, budget: Budget) -> Rows:
    """Each value once, where it stood first."""
    kept: Rows = []
    for row in rows:
        if not any(same(row, other, budget) for other in kept):
            kept.append(row)
    return kept


def contains(rows: Rows, row: Any, budget: Budget) -> bool:
    """Whether one of *rows* is the value of *row*."""
    return any(same(other, row, budget) for other in rows)


def plus(one: Any, other: Any) -> Any:
    """The sum of two values. ExpressionError when they have none."""
    if isinstance(one, str) and isinstance(other, str):
        return one + other
    return _sum(one, other, 1)


def divide(one: Any, other: Any) -> Any:
    """The quotient, None when it is by zero."""
    if isinstance(one, Quantity) or isinstance(other, Quantity):
        return _divide_amounts(as_quantity(_numeric(one)), as_quantity(_numeric(other)))
    _numbers(one, other)
    return None if other == 0 else whole(one / other)


def whole(number: float) -> float | int:
    """A number without a fraction as an integer."""
    return int(number) if isinstance(number, float) and number.is_integer() else number


def _sum(one: Any, other: Any, sign: int) -> Any:
    if isinstance(one, Day | Moment | Clock) and isinstance(other, Quantity):
        return moved(one, other, sign)
    if isinstance(other, Day | Moment | Clock) and isinstance(one, Quantity) and sign > 0:
        return moved(other, one, sign)
    if isinstance(one, str) and isinstance(other, Quantity):
        moment = day_of(one) or moment_of(one)
        if moment:
            return moved(moment, other, sign)
    if isinstance(one, Quantity) or isinstance(other, Quantity):
        return added(as_quantity(_numeric(one)), as_quantity(_numeric(other)), sign)
    _numbers(one, other)
    return whole(one + sign * other)


def _divide_amounts(one: Quantity, other: Quantity) -> Quantity | None:
    if other.value == 0:
        return None
    if other.unit == "'1'":
        return Quantity(whole(one.value / other.value), one.unit)
    converted = other.into(one.unit)
    if converted is None:
        raise ExpressionError(_("%(one)s cannot be divided by %(other)s") % {"one": one, "other": other})
    return Quantity(whole(one.value / converted.value))


def _product(one: Any, other: Any) -> Any:
    if not isinstance(one, Quantity) and not isinstance(other, Quantity):
        _numbers(one, other)
        return whole(one * other)
    a, b = as_quantity(_numeric(one)), as_quantity(_numeric(other))
    if "'1'" not in (a.unit, b.unit):
        raise ExpressionError(_("%(one)s and %(other)s cannot be multiplied") % {"one": a, "other": b})
    return Quantity(whole(a.value * b.value), a.unit if b.unit == "'1'" else b.unit)


def _numeric(value: Any) -> Any:
    if not is_number(value) and not isinstance(value, Quantity):
        raise ExpressionError(_("%(found)s cannot be counted with") % {"found": describe(value)})
    return value


def _numbers(*values: Any) -> None:
    for value in values:
        if not is_number(value):
            raise ExpressionError(_("%(found)s cannot be counted with") % {"found": describe(value)})


def _of_two(work: Callable[[Any, Any], Any]) -> Callable[[Rows, Rows, Budget], Rows]:
    """An operator on one value each; empty where one of them is."""

    def operator(one: Rows, other: Rows, budget: Budget) -> Rows:
        if not one or not other:
            return []
        if len(one) > 1 or len(other) > 1:
            raise ExpressionError(_("several values were counted with where one was expected"))
        a, b = value_of(one[0]), value_of(other[0])
        if a is None or b is None:
            return []
        result = work(a, b)
        return [] if result is None else [result]

    return operator


def _ordered(fits: Callable[[int], bool]) -> Callable[[Rows, Rows, Budget], Rows]:
    def operator(one: Rows, other: Rows, budget: Budget) -> Rows:
        if not one or not other:
            return []
        found = order(one, other)
        return [] if found is None else [fits(found)]

    return operator


def _equal(one: Rows, other: Rows, budget: Budget) -> Rows:
    found = equal(one, other, budget) if one and other else None
    return [] if found is None else [found]


def _unequal(one: Rows, other: Rows, budget: Budget) -> Rows:
    found = equal(one, other, budget) if one and other else None
    return [] if found is None else [not found]


def _alike(one: Rows, other: Rows, budget: Budget) -> Rows:
    return [alike(one, other, budget)]


def _unlike(one: Rows, other: Rows, budget: Budget) -> Rows:
    return [not alike(one, other, budget)]


def _join(one: Rows, other: Rows, budget: Budget) -> Rows:
    return [_text(one) + _text(other)]


def _text(rows: Rows) -> str:
    if len(rows) > 1:
        raise ExpressionError(_("several values were given where one was expected"))
    value = value_of(rows[0]) if rows else None
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ExpressionError(_("a text was expected, not %(found)s") % {"found": describe(value)})
    return value


def _union(one: Rows, other: Rows, budget: Budget) -> Rows:
    budget.rows(len(one) + len(other))
    return distinct([*one, *other], budget)


def _contains(one: Rows, other: Rows, budget: Budget) -> Rows:
    if len(other) > 1:
        raise ExpressionError(_("several values stand after “contains”"))
    return [contains(one, other[0], budget)] if other else []


def _in(one: Rows, other: Rows, budget: Budget) -> Rows:
    if len(one) > 1:
        raise ExpressionError(_("several values stand before “in”"))
    return [contains(other, one[0], budget)] if one else []


def _mod(one: Any, other: Any) -> Any:
    _numbers(one, other)
    if other == 0:
        return None
    return whole(one - other * int(one / other))


def _div(one: Any, other: Any) -> Any:
    _numbers(one, other)
    return None if other == 0 else int(one / other)


def truth(rows: Rows) -> bool | None:
    """Whether *rows* says yes: one value that is no boolean counts as yes; none is neither."""
    if len(rows) > 1:
        raise ExpressionError(_("several values were given where yes or no was expected"))
    value = value_of(rows[0]) if rows else None
    if value is None:
        return None
    return value if isinstance(value, bool) else True


def _and(one: Rows, other: Rows, budget: Budget) -> Rows:
    a, b = truth(one), truth(other)
    if a is False or b is False:
        return [False]
    return [True] if a and b else []


def _or(one: Rows, other: Rows, budget: Budget) -> Rows:
    a, b = truth(one), truth(other)
    if a or b:
        return [True]
    return [] if a is None or b is None else [False]


def _xor(one: Rows, other: Rows, budget: Budget) -> Rows:
    a, b = truth(one), truth(other)
    return [] if a is None or b is None else [a is not b]


def _implies(one: Rows, other: Rows, budget: Budget) -> Rows:
    a, b = truth(one), truth(other)
    if a is False or b:
        return [True]
    return [] if a is None or b is None else [False]


OPERATORS: dict[str, Callable[[Rows, Rows, Budget], Rows]] = {
    "+": _of_two(plus),
    "-": _of_two(lambda one, other: _sum(one, other, -1)),
    "*": _of_two(_product),
    "/": _of_two(divide),
    "mod": _of_two(_mod),
    "div": _of_two(_div),
    "&": _join,
    "<": _ordered(lambda found: found < 0),
    ">": _ordered(lambda found: found > 0),
    "<=": _ordered(lambda found: found <= 0),
    ">=": _ordered(lambda found: found >= 0),
    "=": _equal,
    "!=": _unequal,
    "~": _alike,
    "!~": _unlike,
    "|": _union,
    "contains": _contains,
    "in": _in,
    "and": _and,
    "or": _or,
    "xor": _xor,
    "implies": _implies,
}

__all__ = ["OPERATORS", "Node", "contains", "distinct", "divide", "plus", "truth", "whole"]
