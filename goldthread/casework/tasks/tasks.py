"""Jobs of this room: runs after a change of rules, and the look that time alone asks for."""

from uuid import UUID

from goldthread.casework.tasks.actions import runs
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.jobs import job


@job()
def work_on_run(by: Actor, run: str) -> None:
    """Work on a run for a while; what is left goes to the end of the queue."""
    if runs.carry_on(run=UUID(run), by=by):
        work_on_run.enqueue(run)


@job()
def look_again(by: Actor) -> None:
    """Make the periods to come, let rules of a later day come into force."""
    if runs.refresh(by=by):
        look_again.enqueue()
