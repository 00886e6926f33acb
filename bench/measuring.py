"""Takes the figures: warm-ups, then timed requests, one after another."""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from bench.operation import Make, Operation
from bench.session import Answer, Session, Wrong
from bench.world import World

WARM_UPS = 20


@dataclass(frozen=True, slots=True)
class Figure:
    """What one operation costs. ``floor_ratio`` is None where the floor has no such operation, or no floor runs."""

    name: str
    clients: int
    database: str
    p50_ms: float | None
    p95_ms: float | None
    queries: int | None
    bytes: int | None
    floor_ratio: float | None
    floor_ms: float | None = None
    cpu_ms: float | None = None
    """Processor time of the web server's thread, p50: steadier than the clock where others share the machine."""
    audit_p95_ms: float | None = None
    """What adding to the audit log takes of a request, p95: the inserts, with their commits where they have their own."""
    aim_ms: float | None = None
    error: str = ""

    def as_json(self) -> dict[str, object]:
        """The figures as one line of JSON has them."""
        return asdict(self)


def measure(world: World, operation: Operation) -> Figure:
    """Measure one operation and, where there is one, its floor."""
    figure = {
        "name": operation.name,
        "clients": world.data.clients,
        "database": world.data.database,
        "aim_ms": operation.aim_ms,
    }
    try:
        counted, timed = _answers(world, operation)
    except (Wrong, OSError) as wrong:
        empty = dict.fromkeys(("p50_ms", "p95_ms", "queries", "bytes", "floor_ratio"))
        return Figure(**figure, **empty, error=str(wrong))  # type: ignore[arg-type]  # fields by name
    times = [answer.milliseconds for answer in timed]
    p50 = percentile(times, 50)
    floor_ms = _floor(world, operation)
    return Figure(
        **figure,  # type: ignore[arg-type]  # fields by name
        p50_ms=round(p50, 2),
        p95_ms=round(percentile(times, 95), 2),
        queries=_middle([answer.statements for answer in counted if answer.statements is not None]),
        bytes=_middle([answer.size for answer in timed]),
        floor_ratio=round(p50 / floor_ms, 1) if floor_ms else None,
        floor_ms=round(floor_ms, 2) if floor_ms else None,
        cpu_ms=_p50([answer.cpu for answer in timed if answer.cpu is not None]),
        audit_p95_ms=_p95([answer.audit for answer in timed if answer.audit is not None]),
    )


def percentile(values: Sequence[float], percent: int) -> float:
    """The smallest value that *percent* percent of *values* do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def _answers(world: World, operation: Operation) -> tuple[list[Answer], list[Answer]]:
    """The warm-ups, with their statements counted, and the timed answers, without."""
    session = world.session(operation.role, operation.who) if operation.role else Session(world.port)

    def send(n: int, *, count: bool) -> Answer:
        ask = operation.make(world, n)
        return (ask.via or session).ask(ask, count=count)

    warm_ups = min(WARM_UPS, operation.rounds)
    counted = [send(n, count=True) for n in range(warm_ups)]
    return counted, [send(n, count=False) for n in range(warm_ups, warm_ups + operation.rounds)]


def _floor(world: World, operation: Operation) -> float | None:
    if operation.floor is None or not world.floor_port:
        return None
    return _floor_p50(world, operation.floor, operation.rounds)


def _floor_p50(world: World, make: Make, rounds: int) -> float:
    session = Session(world.floor_port)
    for n in range(WARM_UPS):
        session.ask(make(world, n))
    return percentile([session.ask(make(world, n)).milliseconds for n in range(WARM_UPS, WARM_UPS + rounds)], 50)


def _p50(values: list[float]) -> float | None:
    return round(percentile(values, 50), 2) if values else None


def _p95(values: list[float]) -> float | None:
    return round(percentile(values, 95), 2) if values else None


def _middle(values: list[int]) -> int | None:
    return sorted(values)[len(values) // 2] if values else None
