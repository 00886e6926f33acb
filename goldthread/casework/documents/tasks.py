"""What is done with documents after hours."""

from goldthread.casework.documents.actions import papers_that_ended
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.jobs import job

AT_ONCE = 200


@job()
def end_papers(by: Actor) -> None:
    """What has run out meets no rule any more."""
    if papers_that_ended(by=by, most=AT_ONCE) == AT_ONCE:
        end_papers.enqueue()
