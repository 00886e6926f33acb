"""What is asked for next about many clients, and what of it is late: for lists of clients.

Everything here starts from a client and reads the index of that client's open tasks by due date: what it costs depends on the
clients it is asked of and never on the tasks of the agency.
"""

from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import IsNull

from goldthread.casework.tasks.models import Task
from goldthread.casework.tasks.queries.lists import WEEK
from goldthread.casework.tasks.queries.states import SHARE, live, overdue
from goldthread.foundation.lib.compiled import AnyOf, Given


class Lateness(StrEnum):
    """What a list of clients can be narrowed to."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    """Due today or in the seven days after."""
    NONE = "none"
    """Nothing is late, whatever is due."""


def with_lateness(which: Lateness, may_see: Q, today: date, now: datetime) -> Q:
    """Of persons: those with a task that is *which*, among the tasks that *may_see* lets through.

    Compared with one task looked up by client, and not by EXISTS: that, PostgreSQL turns into a join, which may begin with all
    that is late in the agency.
    """
    asked = {
        Lateness.OVERDUE: overdue(today, now),
        Lateness.NONE: overdue(today, now),
        Lateness.TODAY: _to_come(today, now) & Q(due_on=today),
        Lateness.WEEK: _to_come(today, now) & Q(due_on__gte=today, due_on__lte=today + WEEK),
    }[which]
    found = Task.objects.filter(asked, client=OuterRef("pk")).filter(may_see)
    return Q(IsNull(Subquery(found.values("client")[:1]), which == Lateness.NONE))


def nearest(
    clients: Collection[UUID] | Given, may_see: Q, today: date, now: datetime
) -> QuerySet[Any, tuple[UUID, date, int]]:
    """Of each of *clients* (ids) with any: the soonest date of what is open, and how many are late. One query."""
    rows = Task.objects.filter(live(today), ~Q(clock=SHARE), AnyOf(F("client"), clients), due_on__isnull=False)
    counted = rows.filter(may_see).order_by().values_list("client").annotate(soonest=Min("due_on"))
    return counted.annotate(late=Count("pk", filter=overdue(today, now)))


def _to_come(today: date, now: datetime) -> Q:
    """Live tasks with a date, or an hour, that is not over. A reminder of a share has none to meet."""
    return live(today) & (Q(due_at__isnull=True) | Q(due_at__gte=now)) & ~Q(clock=SHARE)
