"""What is done with files after hours."""

from datetime import timedelta

from goldthread.foundation.files.actions import sweep_orphans
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.jobs import job

AGE = timedelta(days=1)


@job()
def sweep(by: Actor) -> None:
    """Remove the files of uploads that were never finished, a day later."""
    sweep_orphans(older_than=by.at - AGE, by=by)
