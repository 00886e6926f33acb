"""What is late among the tasks of several workers: counted, and listed. Set-wise: one query, however many workers."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from goldthread.casework.tasks.models import Task, TaskState
from goldthread.casework.tasks.queries.lists import RANK
from goldthread.casework.tasks.queries.states import missed_without_reason, overdue
from goldthread.foundation.lib.compiled import AnyOf


def late_counts(
    owners: Collection[UUID], may_see: Q, today: date, now: datetime
) -> QuerySet[Task, tuple[UUID, int, int]]:
    """Of each of *owners* (ids) with any: how many tasks are overdue, and how many missed periods lack a reason."""
    late, missed = overdue(today, now), missed_without_reason(today)
    rows = Task.objects.filter(late | missed, AnyOf(F("owner"), owners), state=TaskState.OPEN).filter(may_see)
    counted = rows.order_by().values_list("owner").annotate(late=Count("pk", filter=late))
    return counted.annotate(missed=Count("pk", filter=missed))


def late_of(owners: Collection[UUID], may_see: Q, today: date, now: datetime) -> QuerySet[Task]:
    """The overdue tasks of *owners*, the weightiest and latest first."""
    return _of(owners, may_see & overdue(today, now))


def missed_of(owners: Collection[UUID], may_see: Q, today: date) -> QuerySet[Task]:
    """The missed periods of *owners* that nobody has given a reason for."""
    return _of(owners, may_see & missed_without_reason(today))


def _of(owners: Collection[UUID], which: Q) -> QuerySet[Task]:
    rows = Task.objects.filter(which, AnyOf(F("owner"), owners), state=TaskState.OPEN)
    return rows.select_related("client", "episode__program", "owner").order_by(*RANK)
