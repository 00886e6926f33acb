"""What becomes of a person's tasks when their episode ends: closed without a next one, or given to a colleague; and back."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.casework.tasks.models import Task, TaskState
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.workforce.models import Staff

KEPT = ("state", "owner_id", "team_id", "asked_by_id", "note", "episode_id")
"""What these actions change, and ``bring_back`` writes again."""


@transaction.atomic
def close_for_good(*, task: Task, done_on: date | None, note: str, by: Actor) -> dict[str, Any]:
    """Close *task*, done on a day or no longer needed (None); one that repeats makes no next one. Returns how it stood."""
    row = _open(task)
    before = _stand(row)
    row.state = TaskState.DONE if done_on else TaskState.CANCELLED
    row.done_on = done_on
    row.late = bool(done_on and row.due_on and done_on > row.due_on)
    row.note = note[:1000] or row.note
    row.closed_by, row.closed_at, row.snoozed_until = by.staff, by.at, None
    _keep(row, "tasks.done" if done_on else "tasks.cancelled", by)
    return before


@transaction.atomic
def hand_on(*, task: Task, to: Staff, by: Actor) -> dict[str, Any]:
    """Give *task* to a colleague for good: nobody waits for it any more. Returns how it stood."""
    row = _open(task)
    before = _stand(row)
    if to.ended_on and to.ended_on < by.today:
        raise DomainError(_("This worker does not work here any more."), "to_staff")
    row.owner, row.team, row.asked_by = to, None, None
    _keep(row, "tasks.delegated", by, to=str(to.pk))
    return before


@transaction.atomic
def bring_back(*, task: UUID, before: dict[str, Any], version: int, by: Actor) -> bool:
    """The task as it stood, unless somebody changed it since *version*. Returns whether it was brought back."""
    row = Task.objects.select_for_update().filter(pk=task).first()
    if row is None or row.version != version:
        return False
    for name, value in before.items():
        if name in KEPT:
            setattr(row, name, UUID(value) if value and name.endswith("_id") else value)
    row.done_on, row.late, row.closed_by, row.closed_at = None, False, None, None
    _keep(row, "tasks.reopened", by)
    return True


def _stand(row: Task) -> dict[str, Any]:
    return {name: str(value) if isinstance(value := getattr(row, name), UUID) else value for name in KEPT}


def _open(task: Task) -> Task:
    row = Task.objects.select_for_update().get(pk=task.pk)
    if row.state != TaskState.OPEN:
        raise DomainError(_("This task is closed already."), "task")
    return row


def _keep(row: Task, action: str, by: Actor, **details: str) -> None:
    row.version += 1
    row.save()
    record(by=by, action=action, kind="task", object_id=row.pk, client=row.client_id, details=details)
