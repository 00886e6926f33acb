"""A discharge is taken back: the episode as before, and what was decided with it, as far as nobody changed it since."""

from django.db import transaction

from goldthread.casework.discharge.actions.applying import bring_back
from goldthread.casework.discharge.actions.common import SOURCE, locked, told
from goldthread.casework.discharge.enums import WayState
from goldthread.casework.discharge.models import WayOut
from goldthread.casework.episodes.models import Episode
from goldthread.casework.intake.actions.enrolling import tell_why_over
from goldthread.casework.intake.actions.room import check_free, one_at_a_time
from goldthread.casework.record.actions import void_entries
from goldthread.casework.schedule import actions as schedule
from goldthread.foundation.lib.actor import Actor


@transaction.atomic
def undo_discharge(*, episode: Episode, by: Actor, reason: str = "", why_over: str = "") -> tuple[Episode, list[str]]:
    """As ``schedule.actions.undo_discharge``; *reason* is kept with the way out. Where the episode ended without one (it moved on to
    another program, or ended before there were goodbyes), *why_over* stands on the timeline.

    Returns the episode, and what stays as it became, by name: it changed since, or was said of the past. That somebody has died
    stays on their record: who takes that back does so there. DomainError: no place of the program is free, and nobody said why one
    more all the same (*why_over*); whoever ends episodes may give one more.
    """
    one_at_a_time(episode.program_id)
    way = WayOut.objects.filter(episode=episode, state=WayState.DONE).first()
    row = locked(way) if way else None
    before = Episode.objects.get(pk=episode.pk)
    ended = before.discharged_on is not None
    over = ended and check_free(before.program_id, why_over, "reason", may_exceed=True, by=by)
    found = schedule.undo_discharge(episode=episode, by=by)
    if over and row is None:
        tell_why_over(found, why_over, by)
    if row is None or not ended or found.discharged_on is not None:
        return found, []
    stays = [
        one.title
        for one in row.settlements.exclude(stamp_after="").order_by("-made_at", "-pk")
        if not bring_back(one, by, row.ended_at)
    ]
    row.state, row.undone_by_id, row.undone_at = WayState.UNDONE, by.staff, by.at
    row.undone_why = reason.strip()[:300]
    row.version += 1
    row.save(update_fields=["state", "undone_by", "undone_at", "undone_why", "version"])
    void_entries(source_kind=SOURCE, source_id=row.pk, by=by)
    told(row, "discharge.undone", by, stays=len(stays))
    return found, stays
