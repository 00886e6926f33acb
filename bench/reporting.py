"""Shows figures: a table for people, JSON lines for machines."""

import json
import sys
from collections.abc import Iterable, Sequence

from bench.measuring import Figure

HEADS = (
    "operation",
    "clients",
    "database",
    "p50 ms",
    "p95 ms",
    "cpu ms",
    "audit p95",
    "queries",
    "bytes",
    "floor ms",
    "× floor",
    "aim ms",
)


def show(figures: Iterable[Figure], *, as_json: bool) -> None:
    """Print *figures* as they come when *as_json*, else as one table at the end."""
    if as_json:
        for figure in figures:
            say(json.dumps(figure.as_json()))
        return
    rows = [_row(figure) for figure in figures]
    table(HEADS, rows)


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table with columns as wide as what stands in them."""
    widths = [max(len(row[n]) for row in (heads, *rows)) for n in range(len(heads))]
    for row in (heads, *rows):
        cells = [
            cell.ljust(width) if n == 0 else cell.rjust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        say("  ".join(cells).rstrip())


def say(line: str) -> None:
    """One line on standard output, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _row(figure: Figure) -> list[str]:
    if figure.error:
        return [figure.name, str(figure.clients), figure.database, *["–"] * (len(HEADS) - 4), figure.error[:60]]
    values = (
        figure.p50_ms,
        figure.p95_ms,
        figure.cpu_ms,
        figure.audit_p95_ms,
        figure.queries,
        figure.bytes,
        figure.floor_ms,
        figure.floor_ratio,
        figure.aim_ms,
    )
    return [figure.name, str(figure.clients), figure.database, *("–" if v is None else str(v) for v in values)]
