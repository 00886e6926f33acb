"""What an expression can see, and what a function needs to work parts of it out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from goldthread.casework.assessments.rules.fhirpath.budget import Budget
from goldthread.casework.assessments.rules.fhirpath.grammar import Tree
from goldthread.casework.assessments.rules.fhirpath.nodes import Node

Rows = list[Any]


@dataclass(frozen=True, slots=True)
class World:
    """What an expression can see."""

    resource: Mapping[str, Any]
    """The QuestionnaireResponse."""
    variables: Mapping[str, Any] = field(default_factory=dict)
    """By name, without ``%``: a resource, a value, or a list of rows."""
    weights: Callable[[Node], Rows] | None = None
    """The weights of one row: ``weight()`` and ``ordinal()``."""
    at: datetime | None = None
    """What ``now()`` and ``today()`` say, in the agency's zone; an expression that asks without it fails."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What ``$this``, ``$index`` and ``$total`` are, and the variables defined on the way."""

    this: Rows
    index: int | None = None
    total: Rows | None = None
    defined: dict[str, Rows] = field(default_factory=dict)


class WorksOut(Protocol):
    """The machine, as a function knows it."""

    @property
    def budget(self) -> Budget: ...

    @property
    def world(self) -> World: ...

    def work_out(self, tree: Tree, rows: Rows, scope: Scope) -> Rows: ...


class Call:
    """What a function needs besides its rows: to apply an expression, to define a variable, to know the world."""

    __slots__ = ("machine", "name", "scope")

    def __init__(self, machine: WorksOut, scope: Scope, name: str) -> None:
        self.machine = machine
        self.scope = scope
        self.name = name

    @property
    def budget(self) -> Budget:
        """The steps left."""
        return self.machine.budget

    @property
    def world(self) -> World:
        """What the expression can see."""
        return self.machine.world

    def apply(self, tree: Tree, rows: Rows, index: int | None = None, total: Rows | None = None) -> Rows:
        """*tree* worked out with *rows* as ``$this``."""
        scope = self.scope
        inner = Scope(
            rows,
            scope.index if index is None else index,
            scope.total if total is None else total,
            dict(scope.defined),
        )
        return self.machine.work_out(tree, rows, inner)

    def here(self, tree: Tree, rows: Rows) -> Rows:
        """*tree* worked out from *rows*, with ``$this`` as it is."""
        return self.machine.work_out(tree, rows, self.scope)
