"""After the signature: an addendum, or the note voided with its reason. What was signed is never edited."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.casework.aftercare.actions import note_taken_back
from goldthread.casework.caseload.queries import primary_of
from goldthread.casework.contacts.actions.following import SOURCE, take_back_promise
from goldthread.casework.contacts.actions.toward import take_back
from goldthread.casework.contacts.enums import ContactState
from goldthread.casework.contacts.models import Addendum, Contact
from goldthread.casework.contacts.rules.written import LONGEST
from goldthread.casework.record.actions import mark_entries, void_entries, write_entry
from goldthread.casework.record.enums import EntryKind
from goldthread.casework.schedule.actions import unsettle
from goldthread.casework.tasks.actions.evidence import void_evidence
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.once import made_before
from goldthread.foundation.workforce.models import Staff
from goldthread.foundation.workforce.notices import tell
from goldthread.foundation.workforce.queries import supervisors_of
from goldthread.people.persons.models import Person


@transaction.atomic
def addend(*, contact: Contact, person: Person, text: str, by: Actor, form_id: UUID | None = None) -> Addendum:
    """Add *text* to a signed note, on the page of *person*, one of its clients. The same *form_id* adds once.

    DomainError: no text, one that is too long, or a note that a newer version has replaced.
    """
    if made := made_before(Addendum, form_id, contact_id=contact.pk):
        return made
    if not text.strip():
        raise DomainError(_("Write what is to be added."), "text")
    if len(text) > LONGEST:
        raise DomainError(_("This is too long for one addendum. Write two."), "text")
    if contact.state == ContactState.REPLACED:
        raise DomainError(_("A newer version took this note's place. Add to that one."))
    if by.staff is None:
        raise ValueError("addenda are written by people")
    addendum = Addendum.objects.create(
        id=form_id or new_id(),
        contact=contact,
        person=person,
        staff_id=by.staff,
        text=text,
        at=by.at,
        labels=contact.labels,
    )
    write_entry(
        kind=EntryKind.ADDENDUM,
        person=person,
        episode=contact.episode,
        happened_at=by.at,
        labels=contact.labels,
        source_kind="addendum",
        source_id=addendum.pk,
        text=text,
        facts={"of": str(contact.pk), "of_day": contact.happened_on.isoformat()},
        by=by,
    )
    _record(by, "contacts.addendum", contact)
    return addendum


@transaction.atomic
def void(*, contact: Contact, reason: str, by: Actor) -> Contact:
    """Take a signed note back: struck through, still readable, evidence of nothing. Twice is once. The appointment that it
    settled is open again. Who may have relied on it is told (``_who_relied``).

    DomainError: no reason, or a note that a newer version has replaced.
    """
    if not reason.strip():
        raise DomainError(_("Say why the note is voided."), "reason")
    row = Contact.objects.select_for_update(of=("self",)).select_related("staff", "cosigned_by").get(pk=contact.pk)
    if row.state == ContactState.VOIDED:
        return row
    if row.state == ContactState.REPLACED:
        raise DomainError(_("A newer version took this note's place. Void that one."))
    row.state, row.voided_by_id, row.voided_at, row.void_reason = (
        ContactState.VOIDED,
        by.staff,
        by.at,
        reason.strip()[:300],
    )
    row.save()
    void_evidence(source_kind=SOURCE, source_id=row.pk, by=by)
    void_entries(source_kind=SOURCE, source_id=row.pk, by=by)
    mark_entries(source_kind=SOURCE, source_id=row.pk, facts={"state": row.state}, by=by)
    for addendum in row.addenda.all():
        void_entries(source_kind="addendum", source_id=addendum.pk, by=by)
    take_back_promise(contact=row, by=by)
    take_back(contact=row, by=by)
    if row.aftercare:
        note_taken_back(contact=row.pk, by=by)
    unsettle(contact=row.pk, by=by)
    tell(
        to=_who_relied(row, by),
        kind="note_voided",
        about_staff=by.staff,
        about_person=row.person_id,
        source_kind=SOURCE,
        source_id=row.pk,
        by=by,
    )
    _record(by, "contacts.voided", row)
    return row


def _who_relied(row: Contact, by: Actor) -> list[Staff]:
    """Who wrote it, who co-signed it, who supervises its worker, and whose client it is today; whoever left is not among them."""
    worker = primary_of(row.episode_id, by.today) if row.episode_id else None
    found = [row.staff, row.cosigned_by, worker, *supervisors_of(row.staff, by.today)]
    return [one for one in found if one and (one.ended_on is None or one.ended_on >= by.today)]


def _record(by: Actor, action: str, contact: Contact) -> None:
    record(by=by, action=action, kind=SOURCE, object_id=contact.pk, client=contact.person_id)
