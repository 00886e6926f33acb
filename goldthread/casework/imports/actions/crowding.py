"""Enrollments of a file that are more than their programs have places for: told row by row, and no reason to refuse them. What the old
list says is so already (ADR 79)."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from goldthread.casework.imports.rules.saying import LISTED
from goldthread.casework.intake.queries.vacancies import vacancies
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.queries import Rules, in_force


class Crowding:
    """Counts the places that are left, row by row. Two queries at the start; none where no program says how many it has."""

    def __init__(self, rules: Mapping[UUID, Rules], today: date) -> None:
        self.places = vacancies({pk: in_force(one, today).waitlist for pk, one in rules.items()})
        self.free = {pk: one.free for pk, one in self.places.items()}
        self.rows: list[list[Any]] = []
        self.count = 0

    def take(self, row: int, program: Program) -> None:
        """The enrollment of *row* goes on: it takes a place of *program*, or is one more than there are."""
        if program.pk not in self.free:
            return
        if self.free[program.pk]:
            self.free[program.pk] -= 1
            return
        self.count += 1
        if len(self.rows) < LISTED:
            self.rows.append([row, program.name, self.places[program.pk].places])

    def shown(self) -> dict[str, Any]:
        """What the page of the file shows; nothing where there is room for all."""
        return {"over": self.rows, "over_count": self.count} if self.count else {}
