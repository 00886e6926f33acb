"""What a signed note about aftercare does to what was planned, and what its voiding takes back."""

from datetime import date
from uuid import UUID

from goldthread.casework.aftercare.actions.common import SOURCE, keep, let_go, locked, put_on_list, told
from goldthread.casework.aftercare.enums import AfterState, Ended
from goldthread.casework.aftercare.models import Aftercare, AftercareContact
from goldthread.casework.aftercare.queries import open_aftercare
from goldthread.casework.aftercare.rules import counts_for
from goldthread.casework.episodes.models import Episode
from goldthread.casework.tasks.actions.tasks import settle_source
from goldthread.foundation.lib.actor import Actor


def note_signed(
    *, contact: UUID, episode: Episode, done_on: date, attempted: bool, by: Actor
) -> AftercareContact | None:
    """The note *contact* (id) was signed as aftercare of *episode*: the planned contact for which it counts is made, or was tried.

    None: it counts for none. Within the signature's transaction, which has locked the episode.
    """
    aftercare = open_aftercare(episode)
    if aftercare is None or episode.discharged_on is None:
        return None
    row = locked(aftercare)
    lines = list(AftercareContact.objects.select_for_update().filter(aftercare=row).order_by("due_on", "pk"))
    planned = [one for one in lines if one.state == AfterState.PLANNED]
    before = [one for one in lines if planned and lines.index(one) < lines.index(planned[0])]
    last = before[-1].due_on if before else None
    which = counts_for(done_on, episode.discharged_on, planned, last)
    found = next((one for one in planned if one.pk == which), None)
    if found is None:
        return None
    if attempted:
        found.tries += 1
        keep(found, "tries")
        return found
    found.state, found.made_on, found.contact = AfterState.MADE, done_on, contact
    found.closed_by, found.closed_at = by.staff, by.at
    keep(found, "state", "made_on", "contact", "closed_by", "closed_at")
    settle_source(SOURCE, found.pk, by)
    told(by, "aftercare.made", row, contact=str(found.pk))
    let_go(row, found.staff, by)
    return found


def note_taken_back(*, contact: UUID, by: Actor) -> None:
    """The note *contact* (id) was voided or replaced: what it had made is planned again, and the worker reaches the client for it."""
    for found in AftercareContact.objects.filter(contact=contact, state=AfterState.MADE).select_related("aftercare"):
        row = locked(found.aftercare)
        if row.how_ended in (Ended.BACK, Ended.UNDONE) or _another_is_open(row):
            continue
        if row.how_ended:
            row.how_ended, row.ended_by, row.ended_at = "", None, None
            keep(row, "how_ended", "ended_by", "ended_at")
        line = AftercareContact.objects.select_for_update(of=("self",)).select_related("staff").get(pk=found.pk)
        line.state, line.made_on, line.contact = AfterState.PLANNED, None, None
        line.closed_by, line.closed_at = None, None
        keep(line, "state", "made_on", "contact", "closed_by", "closed_at")
        put_on_list(line, row, by)
        told(by, "aftercare.taken_back", row, contact=str(line.pk))


def _another_is_open(row: Aftercare) -> bool:
    """Was the aftercare of this episode begun anew since this one ended?"""
    return bool(row.how_ended) and open_aftercare(row.episode_id) is not None
