"""What must hold of roles and teams. Pure: rows and days come in."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol


class Dated(Protocol):
    """Anything held from a day to a day, both included; no last day: until ended."""

    starts_on: date
    ends_on: date | None


def holds(row: Dated, day: date) -> bool:
    """Does *row* hold on *day*?"""
    return row.starts_on <= day and (row.ends_on is None or day <= row.ends_on)


def overlaps(rows: Iterable[Dated], starts_on: date, ends_on: date | None) -> bool:
    """Does any of *rows* share a day with the time from *starts_on* to *ends_on*?"""
    return any(
        (ends_on is None or row.starts_on <= ends_on) and (row.ends_on is None or starts_on <= row.ends_on)
        for row in rows
    )
