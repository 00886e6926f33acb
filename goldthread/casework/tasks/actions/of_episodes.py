"""An episode ends: tasks that other rooms had made for it end with it; taking the end back opens them again."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from goldthread.casework.tasks.models import Task, TaskState
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor


@transaction.atomic
def cancel_of_episode(*, episode: UUID, kinds: Collection[str], by: Actor) -> int:
    """Close the open tasks of *episode* that come from sources of *kinds*: nobody owes them any more. Returns how many."""
    rows = Task.objects.select_for_update().filter(episode=episode, source_kind__in=kinds, state=TaskState.OPEN)
    found = list(rows.order_by("pk"))
    for row in found:
        row.state, row.closed_by, row.closed_at, row.snoozed_until = TaskState.CANCELLED, by.staff, by.at, None
        _keep(row, "tasks.cancelled", by)
    return len(found)


@transaction.atomic
def reopen_of_episode(*, episode: UUID, kinds: Collection[str], at: datetime, by: Actor) -> int:
    """Open those that were closed so at the instant *at*. Returns how many."""
    rows = Task.objects.select_for_update().filter(
        episode=episode, source_kind__in=kinds, state=TaskState.CANCELLED, closed_at=at
    )
    found = list(rows.order_by("pk"))
    for row in found:
        row.state, row.closed_by, row.closed_at = TaskState.OPEN, None, None
        _keep(row, "tasks.reopened", by)
    return len(found)


def _keep(row: Task, action: str, by: Actor) -> None:
    row.version += 1
    row.save()
    record(by=by, action=action, kind="task", object_id=row.pk, client=row.client_id, details={})
