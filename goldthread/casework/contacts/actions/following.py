"""What follows from a signed contact: entries and evidence of each client, the next step's task, concerns of a checklist."""

from collections.abc import Mapping
from datetime import tzinfo
from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from goldthread.casework.aftercare.actions import note_signed
from goldthread.casework.contacts.actions.concerns import raise_concern
from goldthread.casework.contacts.actions.toward import take_forward
from goldthread.casework.contacts.enums import RaisedBy
from goldthread.casework.contacts.ground import Ground
from goldthread.casework.contacts.models import Contact
from goldthread.casework.contacts.proof import evidence_of
from goldthread.casework.contacts.rules.checklists import NO, checklists
from goldthread.casework.contacts.rules.toward import goals_told
from goldthread.casework.contacts.rules.written import Part, Written
from goldthread.casework.record.actions import entry_of
from goldthread.casework.record.enums import EntryKind
from goldthread.casework.record.models import Entry
from goldthread.casework.tasks.actions.evidence import record_first_evidence
from goldthread.casework.tasks.actions.tasks import cannot, complete, make_own_task
from goldthread.casework.tasks.models import Task, TaskState
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.writes import Writes
from goldthread.foundation.programs.enums import Reason
from goldthread.foundation.programs.queries import Rules, in_force
from goldthread.people.persons.models import Person

SOURCE = "contact"
OTHER = 3


def follow(*, contact: Contact, note: Written, ground: Ground, writes: Writes, by: Actor) -> list[Event]:
    """Let everything follow from *contact*, signed from *note* just now and with its parts in *writes*, in the signature's transaction,
    which has locked its episode. What only adds rows is written with it; then comes what looks at them. Returns what the audit
    log is to be told of it, beside the signature."""
    clients, episode = ground.clients, contact.episode
    if contact.person_id in clients:
        contact.person = clients[contact.person_id]
    title = _title(contact, ground.around.rules()[episode.program_id] if episode else ())
    writes.insert([_entry(contact, note, part, clients[part.person], title, by) for part in note.parts])
    events = _promise(contact, writes, by)
    if episode:
        proof = evidence_of(note, episode=episode, clients=clients, zone=ground.known.zone, labels=contact.labels)
        record_first_evidence(
            source_kind=SOURCE,
            source_id=contact.pk,
            items=proof,
            locked=episode,
            around=ground.around,
            reread=bool(contact.replaces_id or contact.group),
            writes=writes,
            by=by,
        )
    writes.write()
    take_forward(contact=contact, note=note, by=by)
    _settle(note, clients, ground.known.zone, by)
    if contact.aftercare and episode:
        note_signed(
            contact=contact.pk, episode=episode, done_on=contact.happened_on, attempted=contact.attempted, by=by
        )
    _raise_concerns(contact, note, clients, by)
    return events


def promise_of(contact: UUID) -> UUID:
    """The id of the task that the next step of *contact* becomes: made once, found again."""
    return uuid5(contact, "next step")


def first_version(contact: Contact) -> UUID:
    """The id under which the note was signed first: a new version raises no concern twice."""
    while contact.replaces:
        contact = contact.replaces
    return contact.pk


def take_back_promise(*, contact: Contact, by: Actor) -> None:
    """The next step's task falls with its note, unless it was done."""
    task = Task.objects.filter(pk=promise_of(contact.pk), state=TaskState.OPEN).first()
    if task:
        cannot(task=task, reason=Reason.OTHER, note=_("Its note was voided or replaced."), by=by)


def _entry(contact: Contact, note: Written, part: Part, person: Person, title: str, by: Actor) -> Entry:
    return entry_of(
        kind=EntryKind.ATTEMPT if contact.attempted else EntryKind.CONTACT,
        person=person,
        episode=contact.episode,
        happened_at=contact.started_at,
        labels=contact.labels,
        source_kind=SOURCE,
        source_id=contact.pk,
        title=title,
        text="\n\n".join(filter(None, [contact.narrative, part.own_part])),
        domains=contact.domains,
        facts=_facts(contact, note, part),
        by=by,
    )


def _title(contact: Contact, rules: Rules) -> str:
    """The program's own word for this kind of contact; empty where the way says it all."""
    if not contact.kind or not rules:
        return ""
    kinds = in_force(rules, contact.happened_on).contact_kinds
    return next((kind.title for kind in kinds if kind.key == contact.kind), "")


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
        "group": contact.group is not None,
        "next_step": contact.next_step,
        "next_on": contact.next_on.isoformat() if contact.next_on else "",
        "goals": goals_told(note, part.person),
    }
    return {name: value for name, value in facts.items() if value not in ("", False, [], None)}


def _promise(contact: Contact, writes: Writes, by: Actor) -> list[Event]:
    """The next step becomes a task of who signed."""
    if not contact.next_step or contact.next_on is None:
        return []
    made = make_own_task(
        pk=promise_of(contact.pk),
        title=contact.next_step,
        client=contact.person,
        episode=contact.episode,
        due_on=contact.next_on,
        weight=OTHER,
        labels=contact.labels,
        writes=writes,
        by=by,
    )
    return [made]


def _settle(note: Written, clients: Mapping[UUID, Person], zone: tzinfo, by: Actor) -> None:
    """The task from which the note was opened is done by it, not before the day (in *zone*) on which it was made. One of a rule is done
    by evidence, one of a room by that room."""
    if note.settles is None or note.day is None or note.attempted:
        return
    task = Task.objects.filter(
        pk=note.settles, client__in=clients, state=TaskState.OPEN, requirement="", source_kind=""
    )
    found = task.first()
    if found:
        complete(task=found, done_on=max(note.day, found.made_at.astimezone(zone).date()), by=by)


def _raise_concerns(contact: Contact, note: Written, clients: Mapping[UUID, Person], by: Actor) -> None:
    """What a checklist found wrong becomes a concern of the client on whose page it was written."""
    for said in note.checklists:
        found = checklists()[said.checklist]
        for key, (answer, words) in said.answers.items():
            item = found.item(key)
            if answer != NO or item is None:
                continue
            raise_concern(
                person=clients[contact.person_id],
                episode=contact.episode,
                about=str(found.title),
                what=_("Not so: %(what)s. %(more)s") % {"what": item.words, "more": words},
                raised_by=RaisedBy.WORKER,
                raised_on=contact.happened_on,
                contact=contact,
                form_id=uuid5(first_version(contact), f"{said.checklist} {key}"),
                by=by,
            )
