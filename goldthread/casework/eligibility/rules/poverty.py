"""The federal poverty level: a dated table (``poverty.yaml``, with its sources beside it)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).parent / "poverty.yaml"
OWN_TABLES = {"AK": "alaska", "HI": "hawaii"}
"""The states with a table of their own; all others, and the District of Columbia, share one."""
CONTIGUOUS = "contiguous"


@dataclass(frozen=True, slots=True)
class Guideline:
    """One year's levels: by table, what a household of one has a year and what each further person adds, in dollars."""

    year: int
    in_force_from: date
    source: str
    verified: bool
    tables: Mapping[str, tuple[int, int]]

    def a_year(self, people: int, table: str) -> Decimal:
        """The level of a household of *people* by *table*, in dollars a year. ValueError: nobody in it."""
        if people < 1:
            raise ValueError(people)
        one, more = self.tables[table]
        return Decimal(one + more * (people - 1))

    def a_month(self, people: int, table: str, percent: int) -> Decimal:
        """*percent* of it, in dollars a month, exact."""
        return self.a_year(people, table) * percent / 100 / 12


@cache
def guidelines() -> tuple[Guideline, ...]:
    """Every year's levels, oldest first. Read once."""
    return tuple(_read(one) for one in yaml.safe_load(FILE.read_text("utf-8")))


def _read(one: dict[str, Any]) -> Guideline:
    tables = {name: (one[name]["one"], one[name]["more"]) for name in (CONTIGUOUS, *OWN_TABLES.values())}
    return Guideline(one["year"], one["in_force_from"], one["source"], one["verified"], tables)


def guideline_on(day: date, among: Iterable[Guideline] | None = None) -> Guideline | None:
    """The levels in force on *day*: the newest that had begun. None before the first."""
    begun = [one for one in (guidelines() if among is None else among) if one.in_force_from <= day]
    return begun[-1] if begun else None


def table_of(state: str) -> str:
    """Which table holds in *state* (two letters)."""
    return OWN_TABLES.get(state.upper(), CONTIGUOUS)
