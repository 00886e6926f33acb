"""Rows of many models, kept until all are there."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from goldthread.casework.needs.models import Need
from goldthread.casework.plans.models import (
    Goal,
    GoalNeed,
    Objective,
    Plan,
    PlannedService,
    PlanVersion,
    Progress,
    Signature,
    Step,
)
from goldthread.casework.record.models import Entry
from goldthread.casework.tasks.models import Task


@dataclass
class Loom:
    """Rows by their model, written at the end."""

    rows: dict[type, list[Any]] = field(default_factory=lambda: defaultdict(list))

    def add(self, row: Any) -> Any:
        self.rows[type(row)].append(row)
        return row

    def write(self) -> None:
        order = (
            Need,
            Plan,
            PlanVersion,
            Signature,
            Goal,
            GoalNeed,
            Objective,
            Step,
            PlannedService,
            Progress,
            Task,
            Entry,
        )
        for model in order:
            model.objects.bulk_create(self.rows[model], batch_size=500)
