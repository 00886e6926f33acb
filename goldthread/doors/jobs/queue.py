"""The queue as the worker sees it: claim, finish, try again, give up. No row ever holds more than ids, kinds and times."""

from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction
from django_tenants.utils import get_tenant_domain_model, schema_context

from goldthread.foundation.lib.jobs import TRIES, tries_of
from goldthread.foundation.lib.logs import places
from goldthread.foundation.tenancy import setup
from goldthread.foundation.tenancy.roles import PUBLIC

Row = DBTaskResult[Any, Any]
LEASE = timedelta(seconds=60)
"""A running job whose worker has not said for this long that it is alive is taken up again."""
FIRST_PAUSE = timedelta(seconds=10)
KEEP_DONE = timedelta(hours=1)


def agency_of(row: Row) -> str:
    """The schema that the job is for; empty on SQLite."""
    return str(row.args_kwargs.get("agency", ""))


def within(agency: str) -> AbstractContextManager[Any]:
    """Inside it the connection works for *agency*, in its schema and under its role; afterwards as before."""
    return schema_context(agency) if settings.MULTI_AGENCY else nullcontext()


def outside_agencies() -> AbstractContextManager[Any]:
    """Inside it the connection works for no agency: only so can the queue be read, which is of all of them."""
    return within(PUBLIC)


def agencies() -> list[str]:
    """Every agency of this installation; on SQLite the one without a name."""
    if not settings.MULTI_AGENCY:
        return [""]
    return [place.schema for place in setup.agencies()]


def origin_of(agency: str) -> str:
    """Where people reach *agency*, for links in its mail: its first domain, by the scheme and port of GOLDTHREAD_ORIGIN.
    Empty on SQLite, where that one is right as it stands. One query; asked outside the agencies."""
    if not settings.MULTI_AGENCY or not agency:
        return ""
    domains = get_tenant_domain_model().objects.filter(tenant__schema_name=agency)
    domain = domains.order_by("-is_primary", "domain").values_list("domain", flat=True).first()
    known = urlsplit(settings.ORIGIN)
    return f"{known.scheme}://{domain}{f':{known.port}' if known.port else ''}" if domain else ""


def claim(worker: str) -> Row | None:
    """Take the next job that is due. No other worker gets it as long as this one lives."""
    with exclusive_transaction():
        row = DBTaskResult.objects.ready().get_locked()
        if row:
            row.claim(worker)
        return row


def still_alive(row: Row, now: datetime) -> None:
    """Renew the lease of a running job."""
    DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.RUNNING).update(started_at=now)


def finish(row: Row) -> None:
    """The job is done. What it returned is not kept: it could be content."""
    row.set_successful(None)


def fail(row: Row, error: BaseException | None, now: datetime) -> None:
    """Try again after a pause (10 s, then four times as long each time), or give up after the last try.

    Of the error only its kind and the lines of code are kept: its message could hold client content.
    """
    tried = len(row.worker_ids)
    if error is not None:
        row.exception_class_path = f"{type(error).__module__}.{type(error).__qualname__}"
        row.traceback = "\n".join(places(error.__traceback__))
    if tried < _tries(row):
        row.status = TaskResultStatus.READY
        row.run_after = now + FIRST_PAUSE * 4 ** (tried - 1)
    else:
        row.status = TaskResultStatus.FAILED
        row.finished_at = now
    row.save(update_fields=["status", "run_after", "finished_at", "exception_class_path", "traceback"])


def reap(now: datetime, lease: timedelta = LEASE) -> int:
    """Take up again the jobs whose worker was killed; how many. The killed try counts: a job that kills is given up."""
    with exclusive_transaction():
        lost = DBTaskResult.objects.running().filter(started_at__lt=now - lease).select_for_update(skip_locked=True)
        rows = list(lost)
        for row in rows:
            row.exception_class_path = "goldthread.WorkerLost"
            fail(row, None, now)
            DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.READY).update(run_after=now)
    return len(rows)


def forget_done(now: datetime) -> None:
    """Drop what succeeded more than an hour ago. What failed stays until a person looks."""
    DBTaskResult.objects.successful().filter(finished_at__lt=now - KEEP_DONE).delete()


def enqueued_since(path: str, agency: str, since: datetime) -> bool:
    """Is this job waiting, running, or was it put in the queue after *since*?"""
    unfinished = Q(status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING])
    mine = DBTaskResult.objects.filter(task_path=path, args_kwargs__agency=agency)
    return mine.filter(unfinished | Q(enqueued_at__gt=since)).exists()


def _tries(row: Row) -> int:
    try:
        return tries_of(row.task.func)
    except ImportError:  # the job is gone from the code
        return TRIES
