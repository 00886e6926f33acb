"""``bench growth``: each operation from 2 000 to 200 000 clients. ``bench load``: eight people at once."""

import threading
import time
from collections import defaultdict

from bench.measuring import Figure, percentile
from bench.operations import OPERATIONS
from bench.reporting import table
from bench.serving import Server
from bench.session import Session
from bench.world import World
from goldthread.doors.demo.agency import PASSWORD, email_of
from goldthread.foundation.workforce.enums import Role

SIZES = (2_000, 20_000, 200_000)
PEOPLE = 8
SECONDS = 10.0


def show_growth(figures: list[Figure]) -> None:
    """A row an operation and database: p50 at each size, and the last through the first."""
    by_name: dict[tuple[str, str], dict[int, float]] = defaultdict(dict)
    for figure in figures:
        if figure.p50_ms is not None:
            by_name[figure.name, figure.database][figure.clients] = figure.p50_ms
    rows = [[name, database, *_cells(p50)] for (name, database), p50 in by_name.items()]
    table(("operation", "database", *(f"{size} clients" for size in SIZES), "growth"), rows)


def load(world: World, server: Server, *, people: int = PEOPLE, seconds: float = SECONDS) -> dict[str, object]:
    """*people* case managers open My day as fast as they are answered. Requests a second, memory."""
    sessions = [Session(world.port) for _ in range(people)]
    for number, session in enumerate(sessions):
        session.sign_in(email_of(Role.CASE_MANAGER, number), PASSWORD)
    times: list[float] = []
    end = time.monotonic() + seconds
    threads = [threading.Thread(target=_work, args=(world, session, end, times)) for session in sessions]
    started = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.monotonic() - started
    return {
        "name": "load",
        "clients": world.data.clients,
        "database": world.data.database,
        "people": people,
        "requests_a_second": round(len(times) / took, 1),
        "p50_ms": round(percentile(times, 50), 1),
        "p95_ms": round(percentile(times, 95), 1),
        "memory_mb": round(server.memory_mb(), 1),
    }


def _work(world: World, session: Session, end: float, times: list[float]) -> None:
    make = OPERATIONS["my_day"].make
    number = 0
    while time.monotonic() < end:
        times.append(session.ask(make(world, number)).milliseconds)
        number += 1


def _cells(p50: dict[int, float]) -> list[str]:
    values = [str(p50.get(size, "–")) for size in SIZES]
    first, last = p50.get(SIZES[0]), p50.get(SIZES[-1])
    return [*values, f"× {last / first:.2f}" if first and last else "–"]
