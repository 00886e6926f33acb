"""Coming back within the program's window: the new episode goes on with the story of the one before. Nothing is carried over here:
plan, goals and assessments are offered, and somebody chooses."""

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.casework.aftercare.actions.common import SOURCE
from goldthread.casework.aftercare.actions.planning import end_because_back
from goldthread.casework.aftercare.queries import last_before, rules_at
from goldthread.casework.aftercare.rules import in_time
from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.queries import served_on
from goldthread.casework.record.actions import write_entry
from goldthread.casework.record.enums import EntryKind
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor


@transaction.atomic
def come_back(*, episode: Episode, by: Actor) -> Episode | None:
    """*episode* has just begun: the one that it continues, when who left comes back within the window that the program had then.

    The aftercare of the one before is over either way. None: a new enrollment. Twice changes nothing.
    """
    row = Episode.objects.select_for_update(of=("self",)).get(pk=episode.pk)
    if row.continues_id:
        return row.continues
    before = last_before(row)
    if before is None:
        return None
    end_because_back(before, by)
    if not in_time(before.discharged_on, row.enrolled_on, rules_at(before).re_entry_days):
        return None
    row.continues = before
    row.version += 1
    row.save(update_fields=["continues", "version"])
    episode.continues, episode.version = before, row.version
    for person in served_on(row, row.enrolled_on):
        write_entry(
            kind=EntryKind.ENROLLED,
            person=person,
            episode=row,
            happened_at=by.at,
            labels=row.labels,
            source_kind=SOURCE,
            source_id=row.pk,
            title=_("Came back"),
            text=_("Goes on with the enrollment of %(first)s to %(last)s.")
            % {"first": before.enrolled_on, "last": before.discharged_on},
            by=by,
        )
        record(by=by, action="aftercare.came_back", kind="episode", object_id=row.pk, client=person.pk)
    return before
