"""Assigning clients to workers. Whoever calls has asked the gate; history and audit are written in the same transaction."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.foundation.agency.models import Team
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person


def assign(
    *,
    client: Person,
    staff: Staff,
    kind: AssignmentKind,
    team: Team | None,
    starts_on: date,
    by: Actor,
    reason: str = "",
    ends_on: date | None = None,
    form_id: UUID | None = None,
) -> Assignment:
    """Give *client* to *staff* from *starts_on* to *ends_on* (both included; None: until ended). Cover needs a last day.

    A new primary worker ends the one before on the day before. Doing the same again returns what is there.
    DomainError: the person is no client, has died, the worker does not work here then, or the dates cannot be.
    """
    _check(client, staff, kind, starts_on, ends_on)
    try:
        with transaction.atomic():
            Person.objects.select_for_update().get(pk=client.pk)  # two hands at once: one after the other
            made = _same(form_id, client, staff, kind, starts_on)
            if made:
                return made
            if kind == AssignmentKind.PRIMARY:
                _make_room(client, starts_on, by)
            assignment = Assignment(
                id=form_id or new_id(),
                client=client,
                staff=staff,
                team=team,
                kind=kind,
                starts_on=starts_on,
                ends_on=ends_on,
                reason=reason,
                given_by=by.staff,
                given_at=by.at,
            )
            assignment.save(force_insert=True)
            _record(by, "caseload.assigned", assignment)
            return assignment
    except IntegrityError as error:
        raise DomainError(
            _("Somebody else has just assigned this client. Look again, then decide."), "staff"
        ) from error


def end(*, assignment: Assignment, ends_on: date, by: Actor, reason: str) -> Assignment:
    """End *assignment* with *ends_on* as its last day. Ending it again with the same day changes nothing.

    DomainError: the day is before the first day, or no reason is given.
    """
    if not reason.strip():
        raise DomainError(_("Say why the assignment ends."), "reason")
    with transaction.atomic():
        row = Assignment.objects.select_for_update().get(pk=assignment.pk)
        if row.ends_on == ends_on:
            return row
        if ends_on < row.starts_on:
            raise DomainError(_("The last day cannot be before the first day."), "ends_on")
        _end(row, ends_on, by, reason)
        return row


def hand_over(
    *,
    from_staff: Staff,
    to_staff: Staff,
    on: date,
    by: Actor,
    reason: str,
    clients: Iterable[UUID] | None = None,
    team: Team | None = None,
) -> list[Assignment]:
    """Give the open assignments of *from_staff* (all, or those of the chosen *clients*) to *to_staff* from the day *on*.

    Everything or nothing; doing it again moves nothing. *team* (None: the team each assignment has) is where they go.
    Cover is not handed over: it belongs to the person absent. Returns the new assignments.
    DomainError: the same worker twice, no reason, or a worker who does not work here on that day.
    """
    if from_staff.pk == to_staff.pk:
        raise DomainError(_("Choose another worker to hand over to."), "to_staff")
    if not reason.strip():
        raise DomainError(_("Say why the clients are handed over."), "reason")
    _check_works(to_staff, on, "to_staff")
    with transaction.atomic():
        rows = _to_hand_over(from_staff, on, clients)
        moved = [_move(row, to_staff, on, by, reason, team) for row in rows]
        return [assignment for assignment in moved if assignment]


def _check(client: Person, staff: Staff, kind: AssignmentKind, starts_on: date, ends_on: date | None) -> None:
    if client.client_number is None:
        raise DomainError(_("Only a client can be assigned. Make this person a client first."), "client")
    if client.deceased:
        raise DomainError(_("This client has died and cannot be assigned."), "client")
    if kind == AssignmentKind.COVER and ends_on is None:
        raise DomainError(_("Say until when the cover lasts."), "ends_on")
    if ends_on is not None and ends_on < starts_on:
        raise DomainError(_("The last day cannot be before the first day."), "ends_on")
    _check_works(staff, starts_on, "staff")


def _check_works(staff: Staff, day: date, field: str) -> None:
    if day < staff.started_on or (staff.ended_on is not None and staff.ended_on < day):
        raise DomainError(_("This worker does not work here on that day."), field)


def _same(
    form_id: UUID | None, client: Person, staff: Staff, kind: AssignmentKind, starts_on: date
) -> Assignment | None:
    """The assignment that an earlier sending of the same form made, or that already says the same."""
    if form_id and (made := Assignment.objects.filter(pk=form_id, client=client).first()):
        return made
    if kind == AssignmentKind.COVER:
        return None
    open_rows = Assignment.objects.filter(client=client, staff=staff, kind=kind, ends_on__isnull=True)
    return open_rows.filter(starts_on__lte=starts_on).first()


def _make_room(client: Person, starts_on: date, by: Actor) -> None:
    """End the primary assignment that runs on *starts_on*: with the day before, or with its own first day if that is the same."""
    rows = Assignment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on), client=client, kind=AssignmentKind.PRIMARY
    )
    for row in rows:
        if row.starts_on > starts_on:
            raise DomainError(_("Another worker is already assigned from a later day. End that first."), "starts_on")
        _end(row, _last_day(row, starts_on), by, "")


def _last_day(row: Assignment, next_starts_on: date) -> date:
    """The day before *next_starts_on*, but never before the row's first day: an assignment holds for one day at least."""
    return max(next_starts_on - timedelta(days=1), row.starts_on)


def _end(row: Assignment, ends_on: date, by: Actor, reason: str) -> None:
    row.ends_on = ends_on
    row.ended_by = by.staff
    row.ended_at = by.at
    if reason:
        row.reason = reason
    row.save(update_fields=["ends_on", "ended_by", "ended_at", "reason"])
    _record(by, "caseload.ended", row)


def _to_hand_over(from_staff: Staff, on: date, clients: Iterable[UUID] | None) -> list[Assignment]:
    """The assignments still running on the day *on*, locked, in one order so that two hand-overs cannot lock each other."""
    rows = Assignment.objects.select_for_update(of=("self",)).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on), staff=from_staff, kind__in=["primary", "secondary"]
    )
    if clients is not None:
        rows = rows.filter(client__in=list(clients))
    return list(rows.select_related("client", "team").order_by("client_id", "kind"))


def _move(row: Assignment, to_staff: Staff, on: date, by: Actor, reason: str, team: Team | None) -> Assignment | None:
    """End *row* and make the same assignment for *to_staff*. None when *to_staff* has it already."""
    starts_on, ends_on = max(on, row.starts_on), row.ends_on
    has_it = Assignment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on), client=row.client, staff=to_staff, kind=row.kind
    ).exists()
    last_day = _last_day(row, on)
    if row.ends_on != last_day:
        _end(row, last_day, by, reason)
    if has_it:
        return None
    made = Assignment(
        client=row.client,
        staff=to_staff,
        team=team or row.team,
        kind=row.kind,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason,
        given_by=by.staff,
        given_at=by.at,
    )
    made.save(force_insert=True)
    _record(by, "caseload.assigned", made)
    return made


def _record(by: Actor, action: str, assignment: Assignment) -> None:
    record(
        by=by,
        action=action,
        kind="assignment",
        object_id=assignment.pk,
        client=assignment.client_id,
        details={
            "staff": str(assignment.staff_id),
            "kind": assignment.kind,
            "starts_on": assignment.starts_on.isoformat(),
            "ends_on": assignment.ends_on.isoformat() if assignment.ends_on else None,
        },
    )
