"""Signing a note: one transaction in which everything that follows from it happens."""

from datetime import tzinfo
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from goldthread.casework.contacts.actions.cosigning import ask_for_cosignature, take_place_of
from goldthread.casework.contacts.actions.following import follow
from goldthread.casework.contacts.enums import ContactState
from goldthread.casework.contacts.ground import Ground, ground_of
from goldthread.casework.contacts.models import ChecklistAnswers, Contact, ContactActivity, ContactPerson
from goldthread.casework.contacts.rules.checks import NoteProblems, problems
from goldthread.casework.contacts.rules.minutes import is_late, split
from goldthread.casework.contacts.rules.toward import goal_as_kept, service_as_kept
from goldthread.casework.contacts.rules.written import Written
from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.rules import labels_for
from goldthread.casework.record.actions import use_up_draft
from goldthread.casework.record.models import Draft
from goldthread.casework.schedule.actions import resettle, settle
from goldthread.foundation.audit.actions import record_together, told
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.compiled import Compiled, Given
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.writes import Writes
from goldthread.foundation.programs.enums import Mode, Seen


def sign(
    *,
    pk: UUID,
    note: Written,
    zone: tzinfo,
    by: Actor,
    version_seen: int | None = None,
    writer: str = "",
    appointment: UUID | None = None,
    read: Event | None = None,
) -> Contact:
    """Sign *note* as the contact *pk*, the id of its draft, which is used up. Signing the same id again returns what was signed.

    Writes the contact, an entry and the evidence of each client, the task of the next step, concerns from checklists, the
    audit event, and settles *appointment* (id), from which it was filled: all or nothing. *zone*: the agency's.
    *version_seen*, *writer*: as in save_draft. *read*: what the audit log is to be told of who came to sign it; when this
    returns, it was.
    NoteProblems: what keeps it from being signed, each at its field. DraftConflict: another device wrote on.
    DomainError: somebody else signed under this id.
    """
    try:
        with transaction.atomic():
            contact, events = _sign(pk, note, zone, by, version_seen, writer, appointment)
            record_together([*([read] if read else []), *events])
            return contact
    except IntegrityError:
        # two workers under one number at the same moment lock nothing of each other's: the key decides
        if Contact.objects.filter(pk=pk).exists():
            raise DomainError(_("This note is already signed.")) from None
        raise


def _sign(
    pk: UUID,
    note: Written,
    zone: tzinfo,
    by: Actor,
    version_seen: int | None,
    writer: str,
    appointment: UUID | None,
) -> tuple[Contact, list[Event]]:
    draft = use_up_draft(pk=pk, by=by, version_seen=version_seen, writer=writer)
    signed = None if draft else _SIGNED.first(pk=pk)  # the signature takes the draft away, and no save brings it back
    if signed:
        return _same(signed, note, by), []
    ground = ground_of(note, zone, by)
    found = problems(note, ground.known)
    if found:
        raise NoteProblems(found)
    return put_down(pk=pk, note=note, ground=ground, by=by, draft=draft, appointment=appointment)


def put_down(
    *, pk: UUID, note: Written, ground: Ground, by: Actor, draft: Draft | None, appointment: UUID | None = None
) -> tuple[Contact, list[Event]]:
    """Write the contact *pk* and all that follows from *note*, which was checked, within the signature's transaction. With the
    contact comes what the audit log is to be told: the caller adds it."""
    before = take_place_of(note=note, by=by) if note.replaces else None
    writes = Writes()
    contact = _write(pk, note, ground, by, draft, before, writes)
    events = follow(contact=contact, note=note, ground=ground, writes=writes, by=by)
    if before:
        resettle(before=before.pk, contact=contact.pk, kept=not contact.attempted, by=by)
    if appointment:
        settle(appointment=appointment, contact=contact.pk, kept=not contact.attempted, by=by)
    if contact.state == ContactState.WAITING:
        ask_for_cosignature(contact=contact, by=by)
    signed = told(
        by=by,
        action="contacts.signed",
        kind="contact",
        object_id=contact.pk,
        client=contact.person_id,
        details={
            "state": contact.state,
            "late": contact.late,
            "attempted": contact.attempted,
            "group": contact.group is not None,
        },
    )
    return contact, [*events, signed]


_SIGNED: Compiled[Contact] = Compiled(lambda: Contact.objects.filter(pk=Given("pk")))


def _same(signed: Contact, note: Written, by: Actor) -> Contact:
    if signed.staff_id != by.staff or signed.person_id != note.person:
        raise DomainError(_("This note is already signed."))
    return signed


def worker_of(by: Actor) -> UUID:
    """Who signs. Only people do."""
    if by.staff is None:
        raise ValueError("notes are signed by people")
    return by.staff


def _write(
    pk: UUID,
    note: Written,
    ground: Ground,
    by: Actor,
    draft: Draft | None,
    before: Contact | None,
    writes: Writes,
) -> Contact:
    known, episode = ground.known, ground.episode
    span = note.span(known.zone)
    if span is None or note.day is None or note.mode is None:
        raise ValueError("a note without times passed the checks")
    labels = labels_for(episode) if episode else 0
    contact = Contact(
        id=pk,
        person_id=note.person,
        episode=episode,
        staff_id=worker_of(by),
        kind=note.kind,
        mode=note.mode.value,
        place=note.place.value if note.place and note.mode == Mode.IN_PERSON else "",
        place_words=note.place_words,
        happened_on=note.day,
        started_at=span[0],
        ended_at=span[1],
        minutes=note.minutes(known.zone),
        travel_minutes=note.travel_minutes,
        miles=None if note.miles is None else note.miles.quantize(Decimal("0.1")),
        attempted=note.attempted,
        aftercare=note.aftercare,
        narrative=note.narrative,
        goals=[goal_as_kept(goal) for goal in note.goals],
        domains=list(note.domains),
        barriers=list(note.barriers),
        monitoring=_monitoring(note),
        next_step=note.next_step,
        next_on=note.next_on,
        safety_concern=note.safety_concern,
        late=before.late if before else is_late(note.day, known.today, known.late_after),
        replaces=before,
        group=before.group if before else note.group,
        overlaps=bool(known.overlapping),
        writing_since=draft.started_at if draft else None,
        signed_at=by.at,
        state=ContactState.WAITING if known.cosign else ContactState.SIGNED,
        labels=labels,
    )
    writes.insert([contact])
    _write_parts(contact, note, episode, writes)
    return contact


def _write_parts(contact: Contact, note: Written, episode: Episode | None, writes: Writes) -> None:
    clients = [
        ContactPerson(
            contact=contact,
            person_id=part.person,
            role=Seen.CLIENT.value,
            client=True,
            present=part.present and not note.attempted,
            episode=episode,
            own_part=part.own_part,
            labels=contact.labels,
        )
        for part in note.parts
    ]
    others = [
        ContactPerson(
            contact=contact,
            person_id=one.person,
            name=one.name[:120],
            role=one.role.value,
            labels=contact.labels,
        )
        for one in note.others
    ]
    writes.insert([*clients, *others])
    minutes = split(contact.minutes, note.activities)
    writes.insert(
        ContactActivity(contact=contact, activity=activity.value, minutes=value) for activity, value in minutes.items()
    )
    writes.insert(
        ChecklistAnswers(
            contact=contact,
            checklist=one.checklist,
            edition=one.edition,
            answers={item: {"answer": answer, "note": words} for item, (answer, words) in one.answers.items()},
            labels=contact.labels,
        )
        for one in note.checklists
    )


def _monitoring(note: Written) -> dict[str, Any]:
    said = {
        "furnished": note.furnished,
        "adequate": note.adequate,
        "changed": note.changed,
        "note": note.monitoring_note,
    }
    kept: dict[str, Any] = {name: value for name, value in said.items() if value}
    if note.services:
        kept["services"] = [service_as_kept(one) for one in note.services]
    return kept
