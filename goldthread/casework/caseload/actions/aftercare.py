"""Who still reaches a client after the discharge, to ask how it goes: a dated assignment of a kind of its own."""

from collections.abc import Iterable
from datetime import date, timedelta

from goldthread.casework.caseload.actions.common import check_works, end_row, record_assignment
from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.rules import labels_for
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person


def give_aftercare(*, episode: Episode, clients: Iterable[Person], staff: Staff, by: Actor) -> None:
    """*staff* reaches *clients*, whom *episode* served to the end, from the day after the last one on, until it is ended. Twice
    changes nothing; what ran out goes on. Within the caller's transaction.

    No team: a team serves a client, aftercare is one worker's. DomainError: they do not work here today.
    """
    if episode.discharged_on is None:
        raise ValueError("aftercare follows a discharge")
    check_works(staff, by.today, "staff")
    starts_on = episode.discharged_on + timedelta(days=1)
    for client in clients:
        rows = Assignment.objects.select_for_update().filter(
            client=client, staff=staff, episode=episode, kind=AssignmentKind.AFTERCARE
        )
        row = rows.order_by("-starts_on").first()
        if row and row.ends_on is None:
            continue
        if row and row.ends_on and row.ends_on >= by.today:
            row.ends_on, row.ended_by, row.ended_at = None, None, None
            row.save(update_fields=["ends_on", "ended_by", "ended_at"])
        else:
            row = Assignment.objects.create(
                client=client,
                staff=staff,
                episode=episode,
                labels=labels_for(episode),
                kind=AssignmentKind.AFTERCARE,
                starts_on=max(starts_on, by.today) if row else starts_on,
                given_by=by.staff,
                given_at=by.at,
            )
        record_assignment(by, "caseload.aftercare_given", row)


def end_aftercare(*, episode: Episode, staff: Staff | None, ends_on: date, by: Actor) -> None:
    """*staff* (None: everybody) reaches those clients until *ends_on* and no longer; what had not begun by then never does. Within
    the caller's transaction."""
    rows = Assignment.objects.select_for_update().filter(
        episode=episode, kind=AssignmentKind.AFTERCARE, ends_on__isnull=True
    )
    for row in rows.filter(staff=staff) if staff else rows:
        if row.starts_on > ends_on:
            record_assignment(by, "caseload.aftercare_cancelled", row)
            row.delete()
        else:
            end_row(row, ends_on, by, "")
