"""Co-signing: a note that needs a second signature counts from the worker's own; it may come back with a comment.

A note that came back is not edited: its worker signs a new version, which takes its place in timeline and evidence; the
first text stays readable behind it.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from goldthread.casework.aftercare.actions import note_taken_back
from goldthread.casework.contacts.actions.following import SOURCE, take_back_promise
from goldthread.casework.contacts.actions.toward import take_back
from goldthread.casework.contacts.enums import ContactState
from goldthread.casework.contacts.models import Contact
from goldthread.casework.contacts.rules.written import Written
from goldthread.casework.record.actions import hide_entries, mark_entries
from goldthread.casework.tasks.actions.evidence import void_evidence
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.workforce.notices import tell
from goldthread.foundation.workforce.queries import supervisors_of


def ask_for_cosignature(*, contact: Contact, by: Actor) -> None:
    """Tell the worker's supervisors that a note waits, in the signature's transaction; the notes of a group are told of once."""
    together = contact.group is not None and contact.replaces_id is None
    if together and _of_group(contact.group).filter(signed_at=by.at).exclude(pk=contact.pk).exists():
        return
    tell(
        to=supervisors_of(contact.staff, by.today),
        kind="cosign_group" if together else "cosign_waiting",
        about_staff=contact.staff_id,
        about_person=None if together else contact.person_id,
        source_kind=SOURCE,
        source_id=contact.pk,
        by=by,
    )


@transaction.atomic
def cosign(*, contact: Contact, by: Actor) -> Contact:
    """Co-sign a waiting note. Twice is once. DomainError: it is one's own, or does not wait any more."""
    row = _locked(contact)
    if row.state == ContactState.COSIGNED and row.cosigned_by_id == by.staff:
        return row
    _check_waiting(row, by)
    row.state, row.cosigned_by_id, row.cosigned_at = ContactState.COSIGNED, by.staff, by.at
    return _kept(row, "contacts.cosigned", by)


@transaction.atomic
def cosign_group(*, group: UUID, notes: Iterable[UUID], by: Actor) -> list[Contact]:
    """Co-sign *notes* (ids) of *group* in one go: those that were read, all or none. Twice is once.

    DomainError: one of them is one's own, or does not wait any more; nothing is signed then.
    """
    asked = set(notes)
    found = list(Contact.objects.filter(group=group, pk__in=asked).order_by("pk"))
    if not found or len(found) != len(asked):
        raise DomainError(_("These notes are not of one group. Open the page again."))
    return [cosign(contact=one, by=by) for one in found]


@transaction.atomic
def send_back(*, contact: Contact, comment: str, by: Actor) -> Contact:
    """Return a waiting note with a comment; its worker is told. It goes on counting until a new version takes its place."""
    if not comment.strip():
        raise DomainError(_("Say what is to be changed."), "comment")
    row = _locked(contact)
    _check_waiting(row, by)
    row.state, row.returned_by_id, row.returned_at = ContactState.RETURNED, by.staff, by.at
    row.return_comment = comment.strip()[:4000]
    tell(
        to=[row.staff],
        kind="note_returned",
        about_person=row.person_id,
        source_kind=SOURCE,
        source_id=row.pk,
        by=by,
    )
    return _kept(row, "contacts.returned", by)


def take_place_of(*, note: Written, by: Actor) -> Contact:
    """Make room for the new version that *note* is: the returned one counts no more. Within the signature's transaction."""
    if note.replaces is None:
        raise ValueError("a note that replaces none")
    before = Contact.objects.select_for_update().filter(pk=note.replaces, person=note.person, staff=by.staff).first()
    if before is None or before.state != ContactState.RETURNED:
        raise DomainError(_("The note of which this is a new version did not come back, or has a new version already."))
    before.state = ContactState.REPLACED
    before.save(update_fields=["state"])
    hide_entries(source_kind=SOURCE, source_id=before.pk, by=by)
    void_evidence(source_kind=SOURCE, source_id=before.pk, by=by)
    take_back_promise(contact=before, by=by)
    take_back(contact=before, by=by)
    if before.aftercare:
        note_taken_back(contact=before.pk, by=by)
    return before


def _of_group(group: UUID | None) -> QuerySet[Contact]:
    return Contact.objects.filter(group=group, state=ContactState.WAITING, replaces__isnull=True)


def _locked(contact: Contact) -> Contact:
    return Contact.objects.select_for_update(of=("self",)).select_related("staff").get(pk=contact.pk)


def _check_waiting(row: Contact, by: Actor) -> None:
    if row.state != ContactState.WAITING:
        raise DomainError(_("This note does not wait for a co-signature any more."))
    if row.staff_id == by.staff:
        raise DomainError(_("Nobody co-signs their own note."))


def _kept(row: Contact, action: str, by: Actor) -> Contact:
    row.save()
    mark_entries(source_kind=SOURCE, source_id=row.pk, facts={"state": row.state}, by=by)
    record(by=by, action=action, kind=SOURCE, object_id=row.pk, client=row.person_id)
    return row
