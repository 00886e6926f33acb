"""What becomes of each link to a person when two records are made one. Read from links.csv; pure."""

import csv
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

LINKS = Path(__file__).with_name("links.csv")
"""link: model and field; rule: move, stays (with the record that is gone), index (made again); clash: where both may not hang
on one person: drop, stay, close, former, second, refuse."""
UNDO_DAYS = 90


@dataclass(frozen=True, slots=True)
class Rule:
    """What becomes of the rows of one link."""

    link: str
    rule: str
    clash: str


@cache
def the_links() -> dict[str, Rule]:
    """Every link by ``app.Model.field``."""
    with LINKS.open(encoding="utf-8", newline="") as file:
        return {row["link"]: Rule(row["link"], row["rule"], row["clash"]) for row in csv.DictReader(file)}


def undo_until(merged_at: datetime) -> datetime:
    """The last instant at which a merge can be taken back."""
    return merged_at + timedelta(days=UNDO_DAYS)


def first_second(one: object, other: object) -> bool:
    """Is *one* the first of the two, as pairs are kept?"""
    return str(one) < str(other)
