"""An operation: one thing people do, as the bench measures it."""

from collections.abc import Callable
from dataclasses import dataclass

from bench.session import Ask
from bench.world import World
from goldthread.foundation.workforce.enums import Role

Make = Callable[[World, int], Ask]


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing people do. ``aim_ms``: what its p50 should be at 20 000 clients on PostgreSQL; None: no aim of its own."""

    name: str
    make: Make
    role: Role | None
    aim_ms: float | None
    floor: Make | None
    rounds: int
    who: int = 0
    """Which of the colleagues with that role."""
    threads: bool = False
    """It works with plans, assessments and threads, which are laid over a data set before it is first asked for."""
    asking: bool = False
    """The same of inquiries and waitlists."""

    @property
    def says(self) -> str:
        """What it measures, in a sentence."""
        return (self.make.__doc__ or "").strip()


OPERATIONS: dict[str, Operation] = {}


def operation(
    role: Role | None,
    *,
    aim_ms: float | None = None,
    floor: Make | None = None,
    rounds: int = 200,
    who: int = 0,
    threads: bool = False,
    asking: bool = False,
) -> Callable[[Make], Make]:
    """Measure the decorated function's requests as the *who*-th with *role* (None: not signed in), *rounds* times."""

    def decorate(make: Make) -> Make:
        name = make.__name__
        OPERATIONS[name] = Operation(name, make, role, aim_ms, floor, rounds, who, threads, asking)
        return make

    return decorate
