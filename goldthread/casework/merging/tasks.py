"""Jobs of this room: the nightly look for pairs, and what was written while two records became one."""

from datetime import timedelta
from uuid import UUID

from goldthread.casework.merging.actions.looking import look_on
from goldthread.casework.merging.actions.merging import gather_strays
from goldthread.casework.merging.models import Merge
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.jobs import job

STAGES = 25
"""Stages a turn: then other jobs have theirs."""
AGAIN = timedelta(minutes=2)
"""So long after a merge the gathering is done once more: reading a large file takes most of a minute."""
WATCHED = timedelta(days=2)
"""For so long after a merge, what is still written on the record that is gone is moved along."""


@job()
def look_for_pairs(by: Actor) -> None:
    """Compare all clients once, then those of whom something has changed, in stages."""
    for _stage in range(STAGES):
        if not look_on(by=by):
            return
    look_for_pairs.enqueue()


def gather_later(merge: Merge) -> None:
    """At once, and again when whoever was let in to the record a moment before has sent what they were writing."""
    gather_after_merge.enqueue(str(merge.pk))
    gather_after_merge.using(run_after=merge.at + AGAIN).enqueue(str(merge.pk))


@job()
def gather_after_merge(by: Actor, merge: str) -> None:
    """Move what was signed in the moment of a merge."""
    found = Merge.objects.filter(pk=UUID(merge), undone_at__isnull=True).first()
    if found:
        gather_strays(merge=found, by=by)


@job()
def gather_after_merges(by: Actor) -> None:
    """The same for all merges of the last days."""
    for merge in Merge.objects.filter(undone_at__isnull=True, at__gte=by.at - WATCHED):
        gather_strays(merge=merge, by=by)
