"""What people do with jobs."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks.base import TaskResultStatus

from goldthread.doors.jobs.queries import failed_jobs
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError


def retry(*, job: UUID, by: Actor) -> None:
    """Put a failed job of this agency back in the queue with all its tries. DomainError when it is not there any more."""
    with transaction.atomic():
        changed = (
            failed_jobs()
            .filter(pk=job)
            .order_by()
            .update(status=TaskResultStatus.READY, run_after=by.at, finished_at=None, worker_ids=[])
        )
        if not changed:
            raise DomainError(_("This job is not waiting for anybody any more. Somebody may have started it again."))
