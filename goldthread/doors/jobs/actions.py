"""What people do with jobs."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from goldthread.doors.jobs import queue
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.jobs import current_agency


@transaction.atomic
def retry(*, job: UUID, by: Actor) -> None:
    """Put a failed job of this agency back in the queue with all its tries. DomainError when it is not there any more."""
    agency = current_agency()
    with queue.outside_agencies():
        mine = DBTaskResult.objects.failed().filter(pk=job, args_kwargs__agency=agency)
        changed = mine.order_by().update(
            status=TaskResultStatus.READY, run_after=by.at, finished_at=None, worker_ids=[]
        )
    if not changed:
        raise DomainError(_("This job is not waiting for anybody any more. Somebody may have started it again."))
    record(by=by, action="jobs.retried", kind="job", object_id=job)
