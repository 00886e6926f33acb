"""Watching over the log: somebody is told when it is not sealed in time."""

from goldthread.access.notices import tell_of_late_sealer
from goldthread.foundation.audit.queries import seconds_late
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.jobs import job


@job()
def watch_the_sealer(by: Actor) -> None:
    """Tell the administrators, once an hour, that something in the audit log waits too long for its seal."""
    if seconds_late(by.at):
        tell_of_late_sealer(by)
