"""Functions on collections: filter, project, combine, count."""

from typing import Any

from django.utils.translation import gettext as _

from goldthread.casework.assessments.rules.fhirpath.calls import Call
from goldthread.casework.assessments.rules.fhirpath.compare import order_of
from goldthread.casework.assessments.rules.fhirpath.grammar import Tree
from goldthread.casework.assessments.rules.fhirpath.nodes import Node, is_type, type_of, value_of
from goldthread.casework.assessments.rules.fhirpath.operators import contains, distinct, divide, plus, truth
from goldthread.casework.assessments.rules.problems import ExpressionError

Rows = list[Any]


def _is_true(rows: Rows) -> bool:
    return len(rows) == 1 and value_of(rows[0]) is True


def _holds(rows: Rows) -> bool:
    """As the reference engine filters: by the first row, and a node counts, whatever it says."""
    return bool(rows) and (isinstance(rows[0], Node) or bool(rows[0]))


def _where(call: Call, rows: Rows, criteria: Tree) -> Rows:
    return [row for n, row in enumerate(rows) if _holds(call.apply(criteria, [row], n))]


def _select(call: Call, rows: Rows, projection: Tree) -> Rows:
    found: Rows = []
    for n, row in enumerate(rows):
        more = call.apply(projection, [row], n)
        call.budget.rows(len(more), len(found))
        found += more
    return found


def _repeat(call: Call, rows: Rows, projection: Tree) -> Rows:
    found: Rows = []
    waiting = rows
    while waiting:
        fresh: Rows = []
        for row in waiting:
            for new in call.apply(projection, [row]):
                if not contains(found, new, call.budget):
                    found.append(new)
                    fresh.append(new)
        waiting = fresh
    return found


def _all(call: Call, rows: Rows, criteria: Tree) -> Rows:
    return [all(_is_true(call.apply(criteria, [row], n)) for n, row in enumerate(rows))]


def _exists(call: Call, rows: Rows, criteria: Tree | None = None) -> Rows:
    return [bool(rows if criteria is None else _where(call, rows, criteria))]


def _aggregate(call: Call, rows: Rows, step: Tree, start: Rows | None = None) -> Rows:
    total: Rows = start or []
    for n, row in enumerate(rows):
        total = call.apply(step, [row], n, total)
    return total


def _sum(call: Call, rows: Rows) -> Rows:
    if not rows:
        return []
    values = [value_of(row) for row in rows]
    total = values[0]
    for value in values[1:]:
        if value is None or total is None:
            return []
        total = plus(value, total)
    return [rows[0] if len(rows) == 1 else total]


def _average(call: Call, rows: Rows) -> Rows:
    total = _sum(call, rows)
    result = divide(value_of(total[0]), len(rows)) if total else None
    return [] if result is None else [result]


def _extreme(call: Call, rows: Rows, sign: int) -> Rows:
    best: Any = None
    for row in rows:
        if value_of(row) is None:
            return []
        if best is None or order_of(value_of(row), value_of(best)) == sign:
            best = row
    return [] if best is None else [best]


def _iif(call: Call, rows: Rows, criterion: Tree, yes: Tree, no: Tree | None = None) -> Rows:
    if _is_true(call.apply(criterion, rows)):
        return call.apply(yes, rows)
    return call.apply(no, rows) if no is not None else []


def _coalesce(call: Call, rows: Rows, *choices: Tree) -> Rows:
    for choice in choices:
        found = call.here(choice, rows)
        if found:
            return found
    return []


def _single(call: Call, rows: Rows) -> Rows:
    if len(rows) > 1:
        raise ExpressionError(_("single() was asked of several values"))
    return rows


def _booleans(call: Call, rows: Rows) -> list[bool]:
    values = [value_of(row) for row in rows]
    if not all(isinstance(value, bool) for value in values):
        raise ExpressionError(_("%(name)s() was asked of what is not yes or no") % {"name": call.name})
    return values


def _not(call: Call, rows: Rows) -> Rows:
    said = truth(rows)
    return [] if said is None else [not said]


def _intersect(call: Call, rows: Rows, other: Rows) -> Rows:
    return [row for row in distinct(rows, call.budget) if contains(other, row, call.budget)]


def _exclude(call: Call, rows: Rows, other: Rows) -> Rows:
    return [row for row in rows if not contains(other, row, call.budget)]


def _subset(call: Call, rows: Rows, other: Rows) -> bool:
    return len(rows) <= len(other) and all(contains(other, row, call.budget) for row in rows)


def _children(call: Call, rows: Rows) -> Rows:
    found = [child for row in rows if isinstance(row, Node) for child in row.children()]
    call.budget.rows(len(found))
    return found


def _descendants(call: Call, rows: Rows) -> Rows:
    found: Rows = []
    level = _children(call, rows)
    while level:
        call.budget.rows(len(level), len(found))
        found += level
        level = _children(call, level)
    return found


def _extension(call: Call, rows: Rows, url: str | None) -> Rows:
    found = [one for row in rows if isinstance(row, Node) for one in row.child("extension")]
    return [one for one in found if isinstance(one.data, dict) and one.data.get("url") == url]


def _define(call: Call, rows: Rows, name: str | None, expression: Tree | None = None) -> Rows:
    known = call.scope.defined
    if not name or name in known or name in call.world.variables:
        raise ExpressionError(_("%%%(name)s is defined twice") % {"name": name or ""})
    known[name] = rows if expression is None else call.apply(expression, rows)
    return rows


def _weight(call: Call, rows: Rows) -> Rows:
    weights = call.world.weights
    if weights is None:
        raise ExpressionError(_("weight() has no questionnaire to look in"))
    return [weight for row in rows if isinstance(row, Node) for weight in weights(row)]


def _type(call: Call, rows: Rows) -> Rows:
    return [Node(dict(zip(("namespace", "name"), type_of(row), strict=True))) for row in rows]


def _one(call: Call, rows: Rows) -> Rows:
    if len(rows) > 1:
        raise ExpressionError(_("%(name)s() was asked of several values") % {"name": call.name})
    return rows


def _has_value(call: Call, rows: Rows) -> Rows:
    return [len(rows) == 1 and isinstance(value_of(rows[0]), bool | int | float | str)]


Entry = tuple[Any, ...]
ROWS, EXPRESSION = ("rows",), ("expression",)

TABLE: dict[str, Entry] = {
    "where": (_where, EXPRESSION, 1),
    "select": (_select, EXPRESSION, 1),
    "repeat": (_repeat, EXPRESSION, 1),
    "all": (_all, EXPRESSION, 1),
    "exists": (_exists, EXPRESSION, 0),
    "empty": (lambda call, rows: [not rows],),
    "not": (_not,),
    "count": (lambda call, rows: [len(rows)],),
    "aggregate": (_aggregate, ("expression", "rows"), 1),
    "sum": (_sum,),
    "avg": (_average,),
    "min": (lambda call, rows: _extreme(call, rows, -1),),
    "max": (lambda call, rows: _extreme(call, rows, 1),),
    "iif": (_iif, ("expression", "expression", "expression"), 2),
    "coalesce": (_coalesce, ("expression",) * 20, 1),
    "single": (_single,),
    "first": (lambda call, rows: rows[:1],),
    "last": (lambda call, rows: rows[-1:],),
    "tail": (lambda call, rows: rows[1:],),
    "take": (lambda call, rows, n: rows[: n or 0], ("whole",), 1),
    "skip": (lambda call, rows, n: rows[n or 0 :], ("whole",), 1),
    "allTrue": (lambda call, rows: [all(_booleans(call, rows))],),
    "anyTrue": (lambda call, rows: [any(_booleans(call, rows))],),
    "allFalse": (lambda call, rows: [not any(_booleans(call, rows))],),
    "anyFalse": (lambda call, rows: [not all(_booleans(call, rows))],),
    "distinct": (lambda call, rows: distinct(rows, call.budget),),
    "isDistinct": (lambda call, rows: [len(distinct(rows, call.budget)) == len(rows)],),
    "union": (lambda call, rows, other: distinct([*rows, *other], call.budget), ROWS, 1),
    "combine": (lambda call, rows, other: [*rows, *other], ROWS, 1),
    "intersect": (_intersect, ROWS, 1),
    "exclude": (_exclude, ROWS, 1),
    "subsetOf": (lambda call, rows, other: [_subset(call, rows, other)], ROWS, 1),
    "supersetOf": (lambda call, rows, other: [_subset(call, other, rows)], ROWS, 1),
    "children": (_children,),
    "descendants": (_descendants,),
    "extension": (_extension, ("text",), 1),
    "ofType": (lambda call, rows, kind: [row for row in rows if is_type(row, kind, loosely=True)], ("type",), 1),
    "as": (lambda call, rows, kind: [row for row in _one(call, rows) if is_type(row, kind)], ("type",), 1),
    "is": (lambda call, rows, kind: [is_type(row, kind) for row in _one(call, rows)], ("type",), 1),
    "type": (_type,),
    "trace": (lambda call, rows, *_ignored: rows, ("text", "expression"), 1),
    "defineVariable": (_define, ("text", "expression"), 1),
    "weight": (_weight,),
    "ordinal": (_weight,),
    "hasValue": (_has_value,),
    "getValue": (lambda call, rows: [value_of(row) for row in rows if _has_value(call, rows)[0]],),
}
