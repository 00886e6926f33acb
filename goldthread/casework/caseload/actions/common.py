"""What every change of an assignment shares: may it be, ending a row, writing it down."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person


def check_assignment(client: Person, staff: Staff, kind: AssignmentKind, starts_on: date, ends_on: date | None) -> None:
    """DomainError when *client* cannot be assigned to *staff* for those days."""
    if client.client_number is None:
        raise DomainError(_("Only a client can be assigned. Make this person a client first."), "client")
    if client.deceased:
        raise DomainError(_("This client has died and cannot be assigned."), "client")
    if kind == AssignmentKind.COVER and ends_on is None:
        raise DomainError(_("Say until when the cover lasts."), "ends_on")
    if ends_on is not None and ends_on < starts_on:
        raise DomainError(_("The last day cannot be before the first day."), "ends_on")
    check_works(staff, starts_on, "staff")


def check_works(staff: Staff, day: date, field: str) -> None:
    """DomainError, for *field*, when *staff* does not work here on *day*."""
    if day < staff.started_on or (staff.ended_on is not None and staff.ended_on < day):
        raise DomainError(_("This worker does not work here on that day."), field)


SAME_DAY = _("Given to somebody else on its first day.")


def last_day(row: Assignment, next_starts_on: date, *, both: bool = False) -> date:
    """The day before *next_starts_on*; *both*: that day itself, to hand over in person (ADR 0017).

    Never before the row's first day: what was in force for some hours is not made undone, it ends with that day.
    """
    return max(next_starts_on - timedelta(days=0 if both else 1), row.starts_on)


def make_way(row: Assignment, next_starts_on: date, by: Actor, reason: str, *, both: bool = False) -> None:
    """End *row* because somebody else starts on *next_starts_on*. What began on that same day says so as its reason."""
    last = last_day(row, next_starts_on, both=both)
    same_day = row.starts_on == next_starts_on and not both
    if row.ends_on != last:
        end_row(row, last, by, reason or (str(SAME_DAY) if same_day else ""))


def end_row(row: Assignment, ends_on: date, by: Actor, reason: str) -> None:
    """End *row* with *ends_on* as its last day, and write it down."""
    row.ends_on = ends_on
    row.ended_by = by.staff
    row.ended_at = by.at
    if reason:
        row.reason = reason
    row.save(update_fields=["ends_on", "ended_by", "ended_at", "reason"])
    record_assignment(by, "caseload.ended", row)


def record_assignment(by: Actor, action: str, assignment: Assignment) -> None:
    """One audit event about *assignment*."""
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
        }
        | ({"episode": str(assignment.episode_id)} if assignment.episode_id else {}),
    )
