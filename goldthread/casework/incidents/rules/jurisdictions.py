"""The table of jurisdictions: who must be told how soon, and by which number. Kept as YAML, every row with source and day."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from goldthread.casework.incidents.enums import Population

TABLE = Path(__file__).resolve().parent.parent / "jurisdictions.yaml"
FALLBACK_HOURS = 24
"""Where no rule of the state is known to us: oral at once, written within so many hours (product judgement)."""


@dataclass(frozen=True, slots=True)
class Span:
    """Time to do something, from the suspicion on. Neither hours nor working days: at once."""

    hours: int = 0
    working_days: int = 0

    @property
    def at_once(self) -> bool:
        return not self.hours and not self.working_days


@dataclass(frozen=True, slots=True)
class Line:
    """A number to call, and where it was read. *verified*: somebody checked it with the office itself."""

    phone: str
    name: str
    source: str
    as_of: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Ruling:
    """What holds for one state and population.

    *known*: the table has the spans. Where it has none, they are the fallback. *verified*: the spans were checked.
    *own_line*: ``line`` is the state's; otherwise it is a national one, which finds the right office.
    """

    state: str
    population: str
    oral: Span
    written: Span
    known: bool
    verified: bool
    source: str
    effective: str
    line: Line
    national: Line
    own_line: bool


@dataclass(frozen=True, slots=True)
class Table:
    """The rows by (state, population), the phones by the same, the national lines by population, the states by code."""

    rules: dict[tuple[str, str], dict[str, Any]]
    phones: dict[tuple[str, str], Line]
    national: dict[str, Line]
    states: dict[str, str]


@cache
def table() -> Table:
    """The table of the file. Read once. ValueError for a row that makes no sense."""
    return read_table(TABLE.read_text("utf-8"))


def read_table(text: str) -> Table:
    """The table written in *text*. ValueError: an unknown state or population, a span that is none, a row twice."""
    said = yaml.safe_load(text)
    states = dict(said["states"])
    rules: dict[tuple[str, str], dict[str, Any]] = {}
    for row in said["rules"]:
        for population in row["populations"]:
            key = _key(row["state"], population, states)
            if key in rules:
                raise ValueError(f"{key} stands twice in the table.")
            rules[key] = row | {"oral": _span(row["oral"]), "written": _span(row["written"])}
    phones = {}
    for source in said["phones"]:
        for state, phone in source["numbers"].items():
            phones[_key(state, source["population"], states)] = _line(source | {"phone": phone})
    national = {population: _line(row) for population, row in said["national"].items()}
    if set(national) != set(Population.values):
        raise ValueError("Every population needs a national number.")
    return Table(rules, phones, national, states)


def ruling_for(state: str, population: str, on: date) -> Ruling:
    """What holds in *state* for *population* on the day *on*. A state that the table does not know has the fallback."""
    known = table()
    row = known.rules.get((state, population))
    if row and row.get("effective") and date.fromisoformat(str(row["effective"])) > on:
        row = None
    national = known.national[population]
    line = known.phones.get((state, population))
    return Ruling(
        state=state,
        population=population,
        oral=row["oral"] if row else Span(),
        written=row["written"] if row else Span(hours=FALLBACK_HOURS),
        known=row is not None,
        verified=bool(row and row["verified"]),
        source=row["source"] if row else "",
        effective=str(row.get("effective") or "") if row else "",
        line=line or national,
        national=national,
        own_line=line is not None,
    )


def _key(state: str, population: str, states: dict[str, str]) -> tuple[str, str]:
    if state not in states or population not in Population.values:
        raise ValueError(f"The table knows no {state!r} or {population!r}.")
    return state, population


def _span(said: Any) -> Span:
    if said == "at_once":
        return Span()
    if isinstance(said, dict) and len(said) == 1 and set(said) <= {"hours", "working_days"}:
        (unit, number), *_none = said.items()
        if isinstance(number, int) and number > 0:
            return Span(**{unit: number})
    raise ValueError(f"{said!r} is no span: at_once, hours or working_days.")


def _line(row: dict[str, Any]) -> Line:
    return Line(row["phone"], row["name"], row["source"], str(row["as_of"]), bool(row["verified"]))
