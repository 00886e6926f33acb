"""What a note is evidence of. Signing records it; *When you sign* asks the engine what it would change. Pure."""

from collections.abc import Mapping
from datetime import tzinfo
from uuid import UUID

from goldthread.casework.contacts.rules.written import Written
from goldthread.casework.episodes.models import Episode
from goldthread.casework.tasks.actions.evidence import NewEvidence
from goldthread.casework.tasks.rules.history import Event
from goldthread.foundation.programs.enums import EventKind
from goldthread.people.persons.models import Person


def evidence_of(
    note: Written, *, episode: Episode | None, clients: Mapping[UUID, Person], zone: tzinfo, labels: int
) -> list[NewEvidence]:
    """One piece of evidence for each client in the note; none for a contact of no program, or without times.

    Collateral contacts have no ``client`` among *seen*, tried ones are ``attempted``: they count as what they are.
    """
    span = note.span(zone)
    if episode is None or span is None or note.day is None or note.mode is None:
        return []
    return [
        NewEvidence(
            kind=EventKind.CONTACT,
            episode=episode,
            person=clients[part.person],
            happened_on=note.day,
            happened_at=span[0],
            name=note.kind,
            mode=note.mode.value,
            place=note.place.value if note.place else "",
            minutes=note.minutes(zone),
            activities=[activity.value for activity in note.activities],
            seen=note.seen(part.person),
            attempted=note.attempted,
            labels=labels,
        )
        for part in note.parts
        if part.person in clients
    ]


def events_of(evidence: list[NewEvidence], source: UUID) -> list[Event]:
    """The same as the engine reads it, before it is kept. Each is known by *source* and whom it is about."""
    return [
        Event(
            id=(source, one.person.pk),
            kind=one.kind,
            on=one.happened_on,
            at=one.happened_at,
            person=one.person.pk,
            source=(source,),
            name=one.name,
            mode=one.mode,
            place=one.place,
            minutes=one.minutes,
            activities=frozenset(one.activities),
            seen=frozenset(one.seen),
            attempted=one.attempted,
        )
        for one in evidence
    ]
