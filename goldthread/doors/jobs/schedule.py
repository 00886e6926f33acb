"""What happens again and again, by itself. A job that is late is run once, not once for each time it was missed."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django_tasks.base import Task

from goldthread.access.tasks import watch_the_sealer
from goldthread.casework.caseload.tasks import tasks_follow_workers
from goldthread.casework.documents.tasks import end_papers
from goldthread.casework.imports.tasks import look_after_imports
from goldthread.casework.intake.tasks import look_after_waitlists
from goldthread.casework.merging.tasks import gather_after_merges, look_for_pairs
from goldthread.casework.tasks.tasks import look_again
from goldthread.casework.thread.tasks import tasks_of_threads
from goldthread.doors.morning.tasks import mail_the_morning
from goldthread.foundation.audit.tasks import seal_audit_log
from goldthread.foundation.files.tasks import sweep


@dataclass(frozen=True, slots=True)
class Scheduled:
    """One line of the schedule: run *job* for every agency, *every* so often."""

    name: str
    every: timedelta
    job: Task[Any, None]


SCHEDULE: list[Scheduled] = [
    Scheduled("seal the audit log", timedelta(seconds=20), seal_audit_log),
    Scheduled("watch the sealer", timedelta(minutes=1), watch_the_sealer),
    Scheduled("tasks follow the workers", timedelta(hours=1), tasks_follow_workers),
    Scheduled("sweep unfinished uploads", timedelta(hours=6), sweep),
    Scheduled("mail the morning", timedelta(minutes=5), mail_the_morning),
    Scheduled("tasks of broken threads", timedelta(hours=6), tasks_of_threads),
    Scheduled("go on with files that come in", timedelta(minutes=15), look_after_imports),
    Scheduled("look after the waitlists", timedelta(hours=1), look_after_waitlists),
    Scheduled("look for records of one person", timedelta(hours=1), look_for_pairs),
    Scheduled("gather what merges left", timedelta(hours=6), gather_after_merges),
    Scheduled("end what papers proved", timedelta(hours=3), end_papers),
    Scheduled("make the periods to come", timedelta(hours=3), look_again),
]
