"""What is late among the tasks of several workers: counted, and listed. Set-wise: one query, however many workers."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case, Count, F, Q, QuerySet, UUIDField, When

from goldthread.casework.tasks.models import Task, TaskState
from goldthread.casework.tasks.queries.lists import RANK
from goldthread.casework.tasks.queries.states import escalated, missed_without_reason, overdue
from goldthread.foundation.lib.compiled import AnyOf


def late_counts(
    owners: Collection[UUID], may_see: Q, today: date, now: datetime
) -> QuerySet[Task, tuple[UUID, UUID | None, int, int]]:
    """Of each of *owners* (ids) with any: how many tasks are overdue, and how many missed periods lack a reason.

    Each task that is so late that it is passed up stands in a row of its own, with its id: sums are over all rows of an owner.
    So one walk through their tasks finds both.
    """
    late, missed, told = overdue(today, now), missed_without_reason(today), escalated(today)
    rows = Task.objects.filter(late | missed | told, AnyOf(F("owner"), owners), state=TaskState.OPEN).filter(may_see)
    passed_up = Case(When(told, then=F("pk")), default=None, output_field=UUIDField())
    counted = rows.order_by().annotate(passed_up=passed_up).values_list("owner", "passed_up")
    return counted.annotate(late=Count("pk", filter=late), missed=Count("pk", filter=missed))


def late_sums(owners: Collection[UUID], may_see: Q, today: date, now: datetime) -> tuple[int, int]:
    """How many tasks of all *owners* together are overdue, and how many missed periods lack a reason. One query."""
    late, missed = overdue(today, now), missed_without_reason(today)
    rows = Task.objects.filter(late | missed, AnyOf(F("owner"), owners), state=TaskState.OPEN).filter(may_see)
    sums = rows.aggregate(late=Count("pk", filter=late), missed=Count("pk", filter=missed))
    return sums["late"], sums["missed"]


def late_of(owners: Collection[UUID], may_see: Q, today: date, now: datetime) -> QuerySet[Task]:
    """The overdue tasks of *owners*, the weightiest and latest first."""
    return _of(owners, may_see & overdue(today, now))


def missed_of(owners: Collection[UUID], may_see: Q, today: date) -> QuerySet[Task]:
    """The missed periods of *owners* that nobody has given a reason for."""
    return _of(owners, may_see & missed_without_reason(today))


def _of(owners: Collection[UUID], which: Q) -> QuerySet[Task]:
    rows = Task.objects.filter(which, AnyOf(F("owner"), owners), state=TaskState.OPEN)
    return rows.select_related("client", "episode__program", "owner").order_by(*RANK)
