"""Breaking glass and judging it; setting and lifting blocks."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from goldthread.access import gate, relations
from goldthread.access.acts import Act
from goldthread.access.bonds import client_with_bonds
from goldthread.access.models import Block, BreakGlass
from goldthread.access.notices import tell_of_block, tell_of_broken_glass
from goldthread.access.rules import Relation, ways_of
from goldthread.access.viewer import Viewer
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person

GLASS_HOURS = 4
REASON_LETTERS = 10
OUTCOMES = ("justified", "not")


def can_break(viewer: Viewer, pk: UUID) -> Person | None:
    """The client whose glass this viewer could break now. None when there is no such client, a block, or a label whose glass holds."""
    client, bonds = client_with_bonds(viewer, pk)
    if client is None or bonds is None or bonds.blocked or not gate.may(viewer, Act.BREAK_GLASS):
        return None
    ways = [way for way in ways_of(viewer.roles, Act.READ) if way.to == Relation.GLASS]
    return client if any(not client.labels & ~way.cleared for way in ways) else None


def break_glass(*, viewer: Viewer, pk: UUID, reason: str, form_id: UUID | None = None) -> BreakGlass:
    """Open one client's record to *viewer* for four hours. Supervisors and quality are told at once.

    Doing it again while it is open returns what is open. Http404, recorded as a refusal: the glass does not break for
    this viewer. DomainError: a reason of fewer than ten letters.
    """
    client = can_break(viewer, pk)
    if client is None:
        gate.refuse(viewer, Act.BREAK_GLASS, pk, why="glass")
        raise Http404
    reason = " ".join(reason.split())
    if len(reason) < REASON_LETTERS:
        raise DomainError(_("Say why you must see this record now, in a few words."), "reason")
    if form_id and BreakGlass.objects.filter(pk=form_id).exists():  # of an earlier time, or somebody else's
        form_id = None
    with transaction.atomic():
        Staff.objects.select_for_update().get(pk=viewer.staff.pk)  # two clicks at once: one glass
        still_open = relations.glasses(viewer).filter(client=client).first()
        if still_open:
            return still_open
        glass = BreakGlass.objects.create(
            id=form_id or new_id(),
            staff=viewer.staff,
            client=client,
            reason=reason[:500],
            opened_at=viewer.at,
            ends_at=viewer.at + timedelta(hours=GLASS_HOURS),
        )
        told = tell_of_broken_glass(viewer, glass)
        record(
            by=viewer.actor, action="glass.broken", kind="glass", object_id=glass.pk, client=pk, details={"told": told}
        )
        return glass


def review_glass(*, glass: BreakGlass, outcome: str, note: str, by: Actor) -> BreakGlass:
    """Judge a broken glass: *outcome* is ``justified`` or ``not``, *note* says why. Only once.

    DomainError: judged already, one's own, or without a note.
    """
    if outcome not in OUTCOMES:
        raise DomainError(_("Say whether it was justified."), "outcome")
    if not note.strip():
        raise DomainError(_("Say how you looked into it."), "note")
    if glass.staff_id == by.staff:
        raise DomainError(_("Somebody else must review what you opened."), "outcome")
    with transaction.atomic():
        row = BreakGlass.objects.select_for_update().get(pk=glass.pk)
        if row.reviewed_at:
            raise DomainError(_("This has been reviewed already."), "outcome")
        row.reviewed_by_id, row.reviewed_at = by.staff, by.at
        row.outcome, row.review_note = outcome, note.strip()[:500]
        row.save(update_fields=["reviewed_by", "reviewed_at", "outcome", "review_note"])
        record(
            by=by,
            action="glass.reviewed",
            kind="glass",
            object_id=row.pk,
            client=row.client_id,
            details={"outcome": outcome},
        )
        return row


def set_block(*, person: Person, staff: Staff, reason: str, by: Actor) -> Block:
    """From today on *staff* may not see *person*'s record; who supervises *staff* is told. Again: returns the block there is.

    DomainError: without a reason.
    """
    if not reason.strip():
        raise DomainError(_("Say why, in words that may be read by others."), "reason")
    with transaction.atomic():
        Staff.objects.select_for_update().get(pk=staff.pk)
        standing = Block.objects.filter(person=person, staff=staff, ends_on__isnull=True).first()
        if standing:
            return standing
        block = Block.objects.create(
            person=person, staff=staff, reason=reason.strip()[:300], starts_on=by.today, set_by=by.staff, set_at=by.at
        )
        _record_block(by, "block.set", block)
        return block


def lift_block(*, block: Block, ends_on: date, by: Actor) -> Block:
    """End *block* with *ends_on* as its last day; who supervises the worker is told. One that has ended by then stays as it is.

    DomainError: the day is before the block's first day, or somebody lifts a block on themselves.
    """
    if block.staff_id == by.staff:
        raise DomainError(_("Somebody else must lift a block that concerns you."), "ends_on")
    with transaction.atomic():
        row = Block.objects.select_for_update().get(pk=block.pk)
        if row.ends_on is not None and row.ends_on <= ends_on:
            return row
        if ends_on < row.starts_on:
            raise DomainError(_("The last day cannot be before the first day."), "ends_on")
        row.ends_on = ends_on
        row.save(update_fields=["ends_on"])
        _record_block(by, "block.lifted", row)
        return row


def _record_block(by: Actor, action: str, block: Block) -> None:
    """Tell who supervises the worker, and write down that it happened and how many were told."""
    told = tell_of_block(block, by, lifted=action == "block.lifted")
    ends_on = block.ends_on.isoformat() if block.ends_on else None
    record(
        by=by,
        action=action,
        kind="block",
        object_id=block.pk,
        client=block.person_id,
        details={"staff": str(block.staff_id), "ends_on": ends_on, "told": told},
    )
