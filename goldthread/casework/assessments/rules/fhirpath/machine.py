"""The machine that works an expression out: step by step over the tree, every step counted.

It behaves as the reference engine (npm ``fhirpath``) does, with the R4 model. ``fhirpathpy``'s own evaluation is not used: it
forgets ``$this`` after a nested ``where``, keeps the clock and the model in globals shared by threads, adds up an empty
collection to 0, and cannot be stopped (ADR 0040 has the list).
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from goldthread.casework.assessments.rules.fhirpath.budget import LARGEST, Budget
from goldthread.casework.assessments.rules.fhirpath.calls import Call, Rows, Scope, World
from goldthread.casework.assessments.rules.fhirpath.compare import describe, is_number
from goldthread.casework.assessments.rules.fhirpath.functions import FUNCTIONS, Function
from goldthread.casework.assessments.rules.fhirpath.grammar import Compiled, Tree, unquoted, variable_name
from goldthread.casework.assessments.rules.fhirpath.moments import clock_of, day_of, moment_of
from goldthread.casework.assessments.rules.fhirpath.nodes import Node, is_type, value_of
from goldthread.casework.assessments.rules.fhirpath.operators import OPERATORS
from goldthread.casework.assessments.rules.fhirpath.quantities import CALENDAR, Quantity
from goldthread.casework.assessments.rules.problems import ExpressionError


def evaluate(expression: Compiled, world: World, budget: Budget, focus: Rows | None = None) -> Rows:
    """The rows *expression* comes to. *focus*: what it starts from, otherwise the resource. ExpressionError says why it fails."""
    start = [Node(world.resource)] if focus is None else focus
    machine = Machine(world, budget)
    try:
        return machine.work_out(expression.tree, start, Scope(start))
    except RecursionError as error:
        raise ExpressionError(_("it is nested too deep")) from error
    except (ArithmeticError, ValueError) as error:
        if isinstance(error, ExpressionError):
            raise
        raise ExpressionError(_("a value is out of reach")) from error


class Machine:
    """One working-out."""

    def __init__(self, world: World, budget: Budget) -> None:
        self.world = world
        self.budget = budget

    def work_out(self, tree: Tree, rows: Rows, scope: Scope) -> Rows:
        """The rows *tree* comes to, started from *rows*."""
        self.budget.spend(1)
        return WORKERS[tree.kind](self, tree, rows, scope)

    def chain(self, tree: Tree, rows: Rows, scope: Scope) -> Rows:
        for part in tree.below:
            rows = self.work_out(part, rows, scope)
        return rows

    def member(self, tree: Tree, rows: Rows, scope: Scope) -> Rows:
        name = unquoted(tree.below[0].text)
        self.budget.rows(len(rows))
        found: Rows = []
        for row in rows:
            node = row if isinstance(row, Node) else Node(_pieces(row))
            if (isinstance(node.data, Mapping) and node.data.get("resourceType") == name) or (
                name[:1].isupper() and node.path and rows is scope.this and is_type(node, name)
            ):
                found.append(node)
            else:
                found += node.child(name)
        self.budget.rows(len(found))
        return found

    def constant(self, tree: Tree, rows: Rows, scope: Scope) -> Rows:
        name = variable_name(tree)
        if name in scope.defined:
            return scope.defined[name]
        if name not in self.world.variables:
            if name not in FIXED:
                raise ExpressionError(_("%%%(name)s is not known") % {"name": name})
            return [FIXED[name]]
        value = self.world.variables[name]
        given = value if isinstance(value, list) else [] if value is None else [value]
        return [Node(row) if isinstance(row, Mapping) else row for row in given]

    def index(self, tree: Tree, rows: Rows, scope: Scope) -> Rows:
        found, at = self.work_out(tree.below[0], rows, scope), self.work_out(tree.below[1], rows, scope)
        if not at:
            return []
        place = value_of(at[0])
        if not is_number(place):
            raise ExpressionError(_("a place in a list must be a number"))
        return [found[int(place)]] if 0 <= int(place) < len(found) else []

    def polarity(self, tree: Tree, rows: Rows, scope: Scope) -> Rows:
        found = self.work_out(tree.below[0], rows, scope)
        value = value_of(found[0]) if len(found) == 1 else None
        if isinstance(value, Quantity):
            return [replace(value, value=-value.value)] if tree.text == "-" else [value]
        if value is None or not is_number(value):
            raise ExpressionError(_("“%(sign)s” stands before something that is no number") % {"sign": tree.text})
        return [-value if tree.text == "-" else value]

    def operator(self, tree: Tree, rows: Rows, scope: Scope) -> Rows:
        """Both sides are worked out from ``$this``, also where a path leads up to them."""
        one, other = (self.work_out(part, scope.this, scope) for part in tree.below)
        return self.checked(OPERATORS[tree.text](one, other, self.budget))

    def type_operator(self, tree: Tree, rows: Rows, scope: Scope) -> Rows:
        found, wanted = self.work_out(tree.below[0], scope.this, scope), tree.below[1].text
        if len(found) > 1:
            raise ExpressionError(_("several values stand before “%(word)s”") % {"word": tree.text})
        if tree.text == "as":
            return [row for row in found if is_type(row, wanted)]
        return [is_type(row, wanted) for row in found]

    def call(self, tree: Tree, rows: Rows, scope: Scope) -> Rows:
        called = tree.below[0]
        name = unquoted(called.below[0].text)
        given = called.below[1].below if len(called.below) > 1 else ()
        function = FUNCTIONS.get(name)
        if function is None:
            raise ExpressionError(_("%(name)s() is not known") % {"name": name})
        if not function.least <= len(given) <= len(function.kinds):
            raise ExpressionError(_("%(name)s() takes another number of values") % {"name": name})
        self.budget.spend(1 + len(rows) // 4)
        arguments = [self.argument(kind, part, scope) for kind, part in zip(function.kinds, given, strict=False)]
        return self.checked(function.work(Call(self, scope, name), rows, *arguments))

    def argument(self, kind: str, tree: Tree, scope: Scope) -> Any:
        """A value for a function: an expression to apply, rows, a type, or one text or number (None where it is empty)."""
        if kind == "expression":
            return tree
        if kind == "type":
            return "".join(part.text for part in _names(tree)) if tree.kind != "TypeSpecifier" else tree.text
        found = self.work_out(tree, scope.this, scope)
        return found if kind == "rows" else single(found, kind)

    def checked(self, rows: Rows) -> Rows:
        """Rows that are within bounds."""
        self.budget.rows(len(rows))
        for row in rows:
            if isinstance(row, str):
                self.budget.text(len(row))
            elif is_number(row) and not -LARGEST < row < LARGEST:
                raise ExpressionError(_("a number is too large"))
        return rows


def single(rows: Rows, kind: str) -> Any:
    """The one value of *rows* as *kind* (``text``, ``whole``, ``number``), None when there is none."""
    if len(rows) > 1:
        raise ExpressionError(_("several values were given where one was expected"))
    value = value_of(rows[0]) if rows else None
    if value is None:
        return None
    fits = isinstance(value, str) if kind == "text" else is_number(value) and (kind == "number" or value == int(value))
    if not fits:
        wanted = {"text": _("a text"), "whole": _("a whole number"), "number": _("a number")}[kind]
        raise ExpressionError(
            _("%(wanted)s was expected, not %(found)s") % {"wanted": wanted, "found": describe(value)}
        )
    return int(value) if kind == "whole" else value


FIXED = {
    "ucum": "http://unitsofmeasure.org",
    "sct": "http://snomed.info/sct",
    "loinc": "http://loinc.org",
    "vs-administrative-gender": "http://hl7.org/fhir/ValueSet/administrative-gender",
}


def _names(tree: Tree) -> list[Tree]:
    """The identifiers of a type written as a path (``FHIR.Coding``), with their dots."""
    if tree.kind == "Identifier":
        return [tree]
    found: list[Tree] = []
    for number, part in enumerate(tree.below):
        if number and tree.kind == "InvocationExpression":
            found.append(Tree("Dot", ".", ()))
        found += _names(part)
    return found


def _pieces(value: Any) -> Any:
    """An amount opened: its ``value`` and ``unit`` can be asked for."""
    return {"value": value.value, "unit": value.unit} if isinstance(value, Quantity) else value


def _text(machine: Machine, tree: Tree, rows: Rows, scope: Scope) -> Rows:
    return [unquoted(tree.text)]


def _number(machine: Machine, tree: Tree, rows: Rows, scope: Scope) -> Rows:
    return [float(tree.text) if "." in tree.text else int(tree.text)]


def _boolean(machine: Machine, tree: Tree, rows: Rows, scope: Scope) -> Rows:
    return [tree.text == "true"]


def _amount(machine: Machine, tree: Tree, rows: Rows, scope: Scope) -> Rows:
    quantity = tree.below[0]
    (number,) = _number(machine, quantity, rows, scope)
    unit = quantity.below[0]
    words = unit.text or unit.below[0].text
    if words.startswith("'") and words.strip("'").removesuffix("s") in CALENDAR:
        raise ExpressionError(_("%(unit)s is no unit") % {"unit": words})
    return [Quantity(number, words)]


def _moment(machine: Machine, tree: Tree, rows: Rows, scope: Scope) -> Rows:
    words = tree.text[1:]
    found = (
        clock_of(words)
        if tree.kind == "TimeLiteral"
        else moment_of(words.rstrip("T"))
        if "T" in words
        else day_of(words)
    )
    if found is None:
        raise ExpressionError(_("%(text)s is no date or time") % {"text": tree.text})
    return [found]


def _this(machine: Machine, tree: Tree, rows: Rows, scope: Scope) -> Rows:
    return scope.this


def _index(machine: Machine, tree: Tree, rows: Rows, scope: Scope) -> Rows:
    return [] if scope.index is None else [scope.index]


def _total(machine: Machine, tree: Tree, rows: Rows, scope: Scope) -> Rows:
    return scope.total or []


def _nothing(machine: Machine, tree: Tree, rows: Rows, scope: Scope) -> Rows:
    return []


Worker = Callable[[Machine, Tree, Rows, Scope], Rows]
WORKERS: dict[str, Worker] = {
    "InvocationExpression": Machine.chain,
    "MemberInvocation": Machine.member,
    "FunctionInvocation": Machine.call,
    "ExternalConstant": Machine.constant,
    "IndexerExpression": Machine.index,
    "PolarityExpression": Machine.polarity,
    "TypeExpression": Machine.type_operator,
    "StringLiteral": _text,
    "NumberLiteral": _number,
    "BooleanLiteral": _boolean,
    "QuantityLiteral": _amount,
    "DateTimeLiteral": _moment,
    "DateLiteral": _moment,
    "TimeLiteral": _moment,
    "NullLiteral": _nothing,
    "ThisInvocation": _this,
    "IndexInvocation": _index,
    "TotalInvocation": _total,
    **dict.fromkeys(
        (
            "AdditiveExpression",
            "MultiplicativeExpression",
            "EqualityExpression",
            "InequalityExpression",
            "MembershipExpression",
            "UnionExpression",
            "AndExpression",
            "OrExpression",
            "ImpliesExpression",
        ),
        Machine.operator,
    ),
}

__all__ = ["Call", "Function", "Machine", "Scope", "World", "evaluate", "single"]
