"""Appointments that outlive an episode: the person goes without us, or with a colleague; and back when the end is taken back."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from goldthread.casework.schedule.actions.making import lock_goers
from goldthread.casework.schedule.actions.settling import become_all
from goldthread.casework.schedule.actions.telling import GIVEN, OFF, tell_goers
from goldthread.casework.schedule.enums import AppointmentState
from goldthread.casework.schedule.models import Appointment, AppointmentWorker
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.workforce.models import Staff


@transaction.atomic
def let_stand(*, rows: Sequence[Appointment], to: Staff | None, by: Actor) -> dict[str, Any]:
    """*rows* (one, or what is left of a series) stay agreed with the client, in no program; *to* goes along, or nobody of ours.

    Whoever went is told. Returns how they stood. The colleague may have something else then: the calendar says so.
    """
    before: dict[str, Any] = {}
    went: set[UUID] = set()
    for one in rows:
        lock_goers(one)
        row = Appointment.objects.select_for_update(no_key=True).get(pk=one.pk)
        goers = list(row.places.values_list("staff_id", flat=True))
        before[str(row.pk)] = {
            "episode": str(row.episode_id or ""),
            "staff": [str(pk) for pk in goers],
            "group": str(row.group or ""),
        }
        went.update(goers)
        row.group = None  # of a group: they go on by themselves
        _with(row, None, [to.pk] if to else [], by)
    if rows and rows[0].starts_at > by.at:
        tell_goers(OFF, rows[0], went - {to.pk if to else None}, by)
        if to and to.pk not in went:
            tell_goers(GIVEN, rows[0], [to.pk], by)
    return before


@transaction.atomic
def bring_back(*, before: dict[str, Any], version_sum: int, by: Actor) -> bool:
    """As they stood, unless one of them changed since (*version_sum*: all their versions together)."""
    rows = list(Appointment.objects.select_for_update(no_key=True).filter(pk__in=before).order_by("pk"))
    if sum(row.version for row in rows) != version_sum or len(rows) != len(before):
        return False
    for row in rows:
        stood = before[str(row.pk)]
        row.group = UUID(stood["group"]) if stood.get("group") else None
        _with(row, UUID(stood["episode"]) if stood["episode"] else None, [UUID(pk) for pk in stood["staff"]], by)
    return True


@transaction.atomic
def plan_again(*, rows: Sequence[UUID], at: Any, by: Actor) -> int:
    """Those of *rows* that were called off at the instant *at* and not touched since are planned again. Returns how many."""
    found = Appointment.objects.select_for_update(no_key=True).filter(
        pk__in=list(rows), state=AppointmentState.CANCELLED_BY_US, changed_at=at, contact__isnull=True
    )
    planned = list(found)
    become_all(planned, AppointmentState.PLANNED, "", by)
    return len(planned)


def _with(row: Appointment, episode: UUID | None, staff: Sequence[UUID], by: Actor) -> None:
    row.episode_id = episode
    row.version += 1
    row.changed_at = by.at
    row.save(update_fields=["episode", "group", "version", "changed_at"])
    AppointmentWorker.objects.filter(appointment=row).delete()
    AppointmentWorker.objects.bulk_create(
        AppointmentWorker(appointment=row, staff_id=pk, starts_at=row.starts_at) for pk in staff
    )
    record(
        by=by,
        action="schedule.changed",
        kind="appointment",
        object_id=row.pk,
        client=row.client_id,
        details={"appointments": 1},
    )
