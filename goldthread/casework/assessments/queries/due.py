"""Which rules ask for an assessment, and by when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from goldthread.casework.tasks.models import Task, TaskState
from goldthread.foundation.programs.enums import EventKind
from goldthread.foundation.programs.queries import rules_of
from goldthread.foundation.programs.rules.template import Requirement, Template
from goldthread.people.persons.models import Person


@dataclass(frozen=True, slots=True)
class Due:
    """A task of a rule that an assessment meets. ``instrument``: which one; empty: any."""

    task: Task
    instrument: str

    @property
    def due_on(self) -> date | None:
        """By when."""
        return self.task.due_on


def due_of(person: Person, content: Q, today: date) -> list[Due]:
    """The open tasks of *person* that an assessment would meet, the earliest first. Two queries."""
    rows = Task.objects.filter(
        content, client=person, state=TaskState.OPEN, starts_on__isnull=True
    ) | Task.objects.filter(content, client=person, state=TaskState.OPEN, starts_on__lte=today)
    tasks = list(rows.exclude(requirement="").select_related("episode").order_by("due_on", "pk"))
    templates = _templates({task.episode.program_id for task in tasks if task.episode}, today)
    found = []
    for task in tasks:
        template = templates.get(task.episode.program_id) if task.episode else None
        name = asked_by(template, task.requirement) if template else None
        if name is not None:
            found.append(Due(task, name))
    return found


def asked_by(template: Template, requirement: str) -> str | None:
    """Which instrument the rule *requirement* accepts: its key, empty for any; None when it accepts no assessment."""
    rule = next((one for one in template.requirements if one.key == requirement), None)
    return _accepted(rule) if rule else None


def _accepted(rule: Requirement) -> str | None:
    names = [one.name for one in rule.accepts if one.kind == EventKind.ASSESSMENT]
    return names[0] if names else None


def _templates(programs: Iterable[UUID], today: date) -> dict[UUID, Template]:
    """The rules in force on *today*. None asked, no query."""
    wanted = list(programs)
    if not wanted:
        return {}
    found = {}
    for program, versions in rules_of(wanted).items():
        since = [template for start, template in versions if start <= today]
        if since:
            found[program] = since[-1]
    return found
