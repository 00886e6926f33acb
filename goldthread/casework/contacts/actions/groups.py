"""Signing a group: written once, one contact for each client, all or nothing."""

from collections.abc import Mapping
from datetime import tzinfo
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.casework.contacts import queries
from goldthread.casework.contacts.actions.sign import put_down
from goldthread.casework.contacts.ground import ground_of
from goldthread.casework.contacts.models import Contact
from goldthread.casework.contacts.rules.checks import NoteProblems
from goldthread.casework.contacts.rules.groups import Group, group_problems, note_of
from goldthread.casework.record.actions import use_up_draft
from goldthread.foundation.audit.actions import record_together
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError


@transaction.atomic
def sign_group(
    *,
    group: Group,
    zone: tzinfo,
    by: Actor,
    version_seen: int | None = None,
    writer: str = "",
    appointments: Mapping[UUID, UUID] | None = None,
) -> list[Contact]:
    """Sign *group*: a contact of its own for each client, with its entry, evidence, task and co-signature. Signing the same
    id again returns what was signed.

    *zone*: the agency's. *appointments*: client → the appointment (id) that their note settles. *version_seen*, *writer*: as in
    save_draft. NoteProblems, DraftConflict: as in ``sign``.
    DomainError: somebody else signed under this id.
    """
    draft = use_up_draft(pk=group.pk, by=by, version_seen=version_seen, writer=writer)
    signed = list(queries.of_group(group.pk).filter(replaces__isnull=True))
    if signed:
        return _same(signed, by)
    notes = {member.person: note_of(group, member, zone) for member in group.members}
    in_order = sorted(notes, key=lambda person: str(notes[person].episode))  # two groups lock shared episodes alike
    grounds = {person: ground_of(notes[person], zone, by) for person in in_order}
    found = group_problems(group, {person: ground.known for person, ground in grounds.items()})
    if found:
        raise NoteProblems(found)
    written = [
        put_down(
            pk=group.contact_of(member),
            note=notes[member.person],
            ground=grounds[member.person],
            by=by,
            draft=draft,
            appointment=(appointments or {}).get(member.person),
        )
        for member in group.members
    ]
    record_together([event for _contact, events in written for event in events])
    return [contact for contact, _events in written]


def _same(signed: list[Contact], by: Actor) -> list[Contact]:
    if any(one.staff_id != by.staff for one in signed):
        raise DomainError(_("This note is already signed."))
    return signed
