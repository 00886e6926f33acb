"""Reads of the queue for the failed-jobs page."""

from datetime import datetime

from django.db.models import Min, Q
from django_tasks_db.models import DBTaskResult

from goldthread.doors.jobs import queue
from goldthread.doors.jobs.queue import Row
from goldthread.foundation.lib.jobs import current_agency


def failed_jobs(*, limit: int = 50, before: datetime | None = None) -> list[Row]:
    """The jobs of this agency that were given up, newest first; *before*: those given up earlier than this moment."""
    agency = current_agency()
    with queue.outside_agencies():
        rows = DBTaskResult.objects.failed().filter(args_kwargs__agency=agency)
        if before:
            rows = rows.filter(finished_at__lt=before)
        return list(rows.order_by("-finished_at", "-id")[:limit])


def seconds_behind(now: datetime) -> int:
    """How long the oldest job that is due has waited, over all agencies; 0 when none waits."""
    with queue.outside_agencies():
        due = DBTaskResult.objects.ready().aggregate(
            planned=Min("run_after", filter=Q(run_after__lte=now)),
            at_once=Min("enqueued_at", filter=Q(run_after__gt=now)),
        )
    oldest = [moment for moment in due.values() if moment]
    return int((now - min(oldest)).total_seconds()) if oldest else 0
