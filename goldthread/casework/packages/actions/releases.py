"""What a release says is read from its document by a person, and revoked."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.casework.documents.enums import DocumentKind
from goldthread.casework.documents.models import Document
from goldthread.casework.packages.enums import Section
from goldthread.casework.packages.models import Release
from goldthread.casework.packages.rules import check_release
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.once import made_before
from goldthread.foundation.lib.text import tidy

LONGEST = 200


@transaction.atomic
def read_release(
    *,
    document: Document,
    recipient: str,
    purpose: str,
    sections: Sequence[str],
    named: int,
    signed_on: date,
    until_on: date,
    by: Actor,
    form_id: UUID | None = None,
) -> Release:
    """Write down what *document*, a signed release, says. The same *form_id* writes once.

    *named*: labels of protected content that it names, as bits. DomainError: it is no release, it was removed, or it cannot say that.
    """
    if made := made_before(Release, form_id, document_id=document.pk):
        return made
    row = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if row.kind != DocumentKind.RELEASE or row.removed_at is not None:
        raise DomainError(_("Choose a signed release among the documents."), "document")
    check_release(
        sections=sections,
        named=named,
        signed_on=signed_on,
        until_on=until_on,
        today=by.today,
        purpose=purpose,
        recipient=recipient,
    )
    made = Release.objects.create(
        id=form_id or new_id(),
        document=row,
        person_id=row.person_id,
        recipient=tidy(recipient)[:LONGEST],
        purpose=tidy(purpose)[:LONGEST],
        sections=[one for one in Section.values if one in set(sections)],
        named_labels=named,
        signed_on=signed_on,
        until_on=until_on,
        made_by=by.staff,
        made_at=by.at,
        labels=row.labels,
    )
    _record(by, "packages.release_read", made)
    return made


@transaction.atomic
def revoke(*, release: Release, revoked_on: date, why: str, by: Actor) -> Release:
    """The client took it back: nothing more goes out under it. What went out before stays as it was recorded. Twice changes
    nothing. DomainError: nobody said how it is known, or a day that cannot be."""
    row = Release.objects.select_for_update(of=("self",)).get(pk=release.pk)
    if row.revoked_on is not None:
        return row
    words = tidy(why)
    if not words:
        raise DomainError(_("Say how we know: who said so, or which paper."), "why")
    if revoked_on > by.today:
        raise DomainError(_("This day has not come yet."), "revoked_on")
    if revoked_on < row.signed_on:
        raise DomainError(_("It cannot be revoked before it was signed."), "revoked_on")
    row.revoked_on, row.revoked_why = revoked_on, words[:300]
    row.revoked_by, row.revoked_at = by.staff, by.at
    row.save(update_fields=["revoked_on", "revoked_why", "revoked_by", "revoked_at"])
    _record(by, "packages.release_revoked", row)
    return row


def _record(by: Actor, action: str, row: Release) -> None:
    record(by=by, action=action, kind="release", object_id=row.pk, client=row.person_id)
