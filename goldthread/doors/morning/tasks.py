"""The job of the morning."""

from goldthread.doors.morning.sending import send_some
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.jobs import job


@job()
def mail_the_morning(by: Actor) -> None:
    """Mail some workers their day; those who are left are the next job's."""
    if send_some(by):
        mail_the_morning.enqueue()
