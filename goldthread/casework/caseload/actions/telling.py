"""What happens to an episode, told to the ledger: one entry for each client served under it."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from goldthread.casework.caseload.models import Assignment
from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.rules import labels_for
from goldthread.casework.record.actions import write_entry
from goldthread.casework.record.enums import EntryKind
from goldthread.foundation.lib.actor import Actor
from goldthread.people.persons.models import Person

NOON = time(12, tzinfo=UTC)
"""Of a day whose hour nobody knows: the same date in every zone from Hawaii to New York."""


def moment(day: date, by: Actor) -> datetime:
    """The instant at which something of the day *day* stands on the timeline."""
    return by.at if day == by.today else datetime.combine(day, NOON)


def tell_ledger(
    kind: EntryKind,
    episode: Episode,
    served: Iterable[Person],
    day: date,
    source_id: UUID,
    by: Actor,
    *,
    text: str = "",
    facts: dict[str, Any] | None = None,
) -> None:
    """Write that *kind* happened on *day* to each of *served* in *episode*. The source is named like the kind."""
    for person in served:
        write_entry(
            kind=kind,
            person=person,
            episode=episode,
            happened_at=moment(day, by),
            labels=labels_for(episode),
            source_kind=kind,
            source_id=source_id,
            title=episode.program.name,
            text=text,
            facts=facts,
            by=by,
        )


def tell_of_worker(assignment: Assignment, by: Actor, facts: dict[str, Any]) -> None:
    """Write that the client got another worker."""
    episode = assignment.episode
    write_entry(
        kind=EntryKind.ASSIGNED,
        person=assignment.client,
        episode=episode,
        happened_at=moment(assignment.starts_on, by),
        labels=assignment.labels,
        source_kind=EntryKind.ASSIGNED,
        source_id=assignment.pk,
        title=episode.program.name if episode else "",
        text=assignment.reason,
        facts=facts,
        by=by,
    )
