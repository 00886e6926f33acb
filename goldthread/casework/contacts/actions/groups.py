"""Signing a group: written once, one contact for each client, all or nothing."""

from datetime import tzinfo

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.casework.contacts import queries
from goldthread.casework.contacts.actions.sign import put_down
from goldthread.casework.contacts.models import Contact
from goldthread.casework.contacts.rules.checks import NoteProblems
from goldthread.casework.contacts.rules.groups import Group, group_problems, note_of
from goldthread.casework.record.actions import use_up_draft
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError


@transaction.atomic
def sign_group(
    *, group: Group, zone: tzinfo, by: Actor, version_seen: int | None = None, writer: str = ""
) -> list[Contact]:
    """Sign *group*: a contact of its own for each client, with its entry, evidence, task and co-signature. Signing the same
    id again returns what was signed.

    *zone*: the agency's. *version_seen*, *writer*: as in save_draft. NoteProblems, DraftConflict: as in ``sign``.
    DomainError: somebody else signed under this id.
    """
    draft = use_up_draft(pk=group.pk, by=by, version_seen=version_seen, writer=writer)
    signed = list(queries.of_group(group.pk).filter(replaces__isnull=True))
    if signed:
        return _same(signed, by)
    notes = {member.person: note_of(group, member, zone) for member in group.members}
    known = {person: queries.known_for(note, zone=zone, by=by) for person, note in notes.items()}
    found = group_problems(group, known)
    if found:
        raise NoteProblems(found)
    return [
        put_down(pk=group.contact_of(member), note=notes[member.person], known=known[member.person], by=by, draft=draft)
        for member in group.members
    ]


def _same(signed: list[Contact], by: Actor) -> list[Contact]:
    if any(one.staff_id != by.staff for one in signed):
        raise DomainError(_("This note is already signed."))
    return signed
