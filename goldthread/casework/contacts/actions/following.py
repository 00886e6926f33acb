"""What follows from a signed contact: entries and evidence of each client, the task of the next step."""

from datetime import tzinfo
from typing import Any

from goldthread.casework.contacts.models import Contact
from goldthread.casework.contacts.rules.written import Part, Written
from goldthread.casework.record.actions import write_entry
from goldthread.casework.record.enums import EntryKind
from goldthread.foundation.lib.actor import Actor
from goldthread.people.persons.models import Person

SOURCE = "contact"


def follow(*, contact: Contact, note: Written, zone: tzinfo, by: Actor) -> None:
    """Let everything follow from *contact*, just signed from *note*, in the signature's transaction."""
    clients = Person.objects.in_bulk([part.person for part in note.parts])
    for part in note.parts:
        write_entry(
            kind=EntryKind.ATTEMPT if contact.attempted else EntryKind.CONTACT,
            person=clients[part.person],
            episode=contact.episode,
            happened_at=contact.started_at,
            labels=contact.labels,
            source_kind=SOURCE,
            source_id=contact.pk,
            title="",
            text=_text(contact, part),
            domains=contact.domains,
            facts=_facts(contact, note, part),
            by=by,
        )


def _text(contact: Contact, part: Part) -> str:
    """What everybody's page shows, then what only this client's does."""
    return "\n\n".join(filter(None, [contact.narrative, part.own_part]))


def _facts(contact: Contact, note: Written, part: Part) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "mode": contact.mode,
        "place": contact.place,
        "kind": contact.kind,
        "minutes": contact.minutes,
        "activities": [activity.value for activity in note.activities],
        "seen": note.seen(part.person),
        "late": contact.late,
        "state": contact.state,
        "safety": contact.safety_concern,
    }
    if contact.next_step and contact.next_on and part.person == contact.person_id:
        facts |= {"next_step": contact.next_step, "next_on": contact.next_on.isoformat()}
    return {name: value for name, value in facts.items() if value not in ("", False, [], None)}
