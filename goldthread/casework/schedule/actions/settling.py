"""What became of an appointment: said by a click, or by the note that was signed about it."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from goldthread.casework.record.actions import correct_entries, entry_of, void_entries, void_entries_of
from goldthread.casework.record.enums import EntryKind
from goldthread.casework.record.models import Entry
from goldthread.casework.schedule.actions.making import lock_goers
from goldthread.casework.schedule.actions.telling import OFF, tell_goers
from goldthread.casework.schedule.enums import CALLED_OFF, AppointmentState, Which
from goldthread.casework.schedule.models import Appointment
from goldthread.casework.schedule.queries import following
from goldthread.casework.schedule.rules import check_settling
from goldthread.foundation.audit.actions import record, record_each
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.writes import Writes
from goldthread.people.persons.models import Person

SOURCE = "appointment"


@transaction.atomic
def attend(
    *, appointment: Appointment, state: AppointmentState, reason: str = "", which: Which = Which.ONE, by: Actor
) -> Appointment:
    """Write down what became of *appointment*; ``PLANNED`` takes it back. Said twice, it is written once.

    *which*: a cancellation can reach all that follow in the series. Taken back, it may collide with what was agreed since:
    ``queries.beside`` tells. DomainError: it has not begun, a reason is wanting, a signed note says otherwise.
    """
    if state == AppointmentState.PLANNED:
        lock_goers(appointment)  # their time may be taken again: whoever books them meanwhile sees it, or is seen
    there = Appointment.objects.select_for_update(no_key=True).get(pk=appointment.pk)
    if there.state == state and there.reason == reason.strip():
        return there
    if there.state not in (AppointmentState.PLANNED, state) and state != AppointmentState.PLANNED and there.contact:
        raise DomainError(_("A signed note already says that it took place. Correct the note."))
    rows = following(there) if which == Which.FOLLOWING and state == AppointmentState.CANCELLED_BY_US else [there]
    for row in rows:
        check_settling(row, state, reason, by.at)
    become_all(rows, state, reason.strip() if state != AppointmentState.PLANNED else "", by)
    if state in CALLED_OFF and rows[0].starts_at > by.at:
        tell_goers(OFF, rows[0], rows[0].places.values_list("staff_id", flat=True), by)
    return rows[0]


@transaction.atomic
def settle(*, appointment: UUID, contact: UUID, kept: bool, by: Actor) -> bool:
    """The signed *contact* (id) tells what became of *appointment* (id): kept, or (an attempted contact) missed.

    Its line in the ledger is the contact's own: document once. False when another contact settled it before, or there is none.
    """
    row = Appointment.objects.select_for_update(no_key=True).filter(pk=appointment).first()
    if row is None or row.contact not in (None, contact):
        return False
    if row.contact == contact:
        return True
    _settled_by(row, contact, kept, by)
    return True


@transaction.atomic
def resettle(*, before: UUID, contact: UUID, kept: bool, by: Actor) -> None:
    """The signed *contact* (id) took the place of *before* (id), which came back: what that one settled is now told by it."""
    for row in Appointment.objects.select_for_update(no_key=True).filter(contact=before):
        _settled_by(row, contact, kept, by)


@transaction.atomic
def unsettle(*, contact: UUID, by: Actor) -> None:
    """The *contact* (id) was voided: what it settled is planned again, and somebody says what became of it."""
    for row in Appointment.objects.select_for_update(no_key=True).filter(contact=contact):
        row.contact = None
        become(row, AppointmentState.PLANNED, "", by)


def _settled_by(row: Appointment, contact: UUID, kept: bool, by: Actor) -> None:
    """The note says it, and why; what a click said before counts no more."""
    row.contact, row.reason = contact, ""
    row.state = AppointmentState.KEPT if kept else AppointmentState.MISSED
    row.changed_at = by.at
    row.version += 1
    row.save()
    void_entries(source_kind=SOURCE, source_id=row.pk, by=by)
    _tell(row, by)


def become(row: Appointment, state: AppointmentState, reason: str, by: Actor) -> None:
    """Write *state* and its line in the ledger. Whoever calls holds the row, and has checked."""
    become_all([row], state, reason, by)


def become_all(rows: Sequence[Appointment], state: AppointmentState, reason: str, by: Actor) -> None:
    """The same of many: three statements on PostgreSQL, four on SQLite, however many."""
    for row in rows:
        row.state, row.reason = state, reason
        row.changed_at = by.at
        row.version += 1
    writes = Writes()
    writes.update(rows, SETTLED)
    of_clients = [row for row in rows if row.client_id]
    if state == AppointmentState.PLANNED:
        void_entries_of(source_kind=SOURCE, sources=[row.pk for row in of_clients], by=by)
    else:
        correct_entries([_entry(row, row.client, state, reason, by) for row in of_clients if row.client], writes)
    writes.write()
    record_each(
        by=by,
        action=TOLD,
        kind="appointment",
        objects=[(row.pk, row.client_id) for row in rows],
        details={"state": str(state)},
    )


SETTLED = ("state", "reason", "contact", "changed_at", "version")
TOLD = "schedule.settled"


def _entry(row: Appointment, client: Person, state: AppointmentState, reason: str, by: Actor) -> Entry:
    return entry_of(
        kind=EntryKind.APPOINTMENT,
        person=client,
        episode=row.episode,
        happened_at=row.starts_at,
        labels=row.labels,
        source_kind=SOURCE,
        source_id=row.pk,
        title=row.title,
        text=reason,
        facts={"state": state.value, "kind": row.kind, "place": row.place},
        by=by,
    )


def _tell(row: Appointment, by: Actor) -> None:
    record(
        by=by,
        action=TOLD,
        kind="appointment",
        object_id=row.pk,
        client=row.client_id,
        details={"state": str(row.state)},
    )
