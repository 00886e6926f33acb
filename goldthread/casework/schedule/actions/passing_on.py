"""Appointments go with their client: whoever gets the client gets the agreed times, in the hand-over's own transaction."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from goldthread.casework.caseload import actions as caseload
from goldthread.casework.caseload.models import Assignment
from goldthread.casework.caseload.queries import primaries_of
from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.queries import members_of
from goldthread.casework.schedule import queries
from goldthread.casework.schedule.actions.making import DoubleBooking
from goldthread.casework.schedule.models import Appointment, AppointmentWorker
from goldthread.casework.schedule.rules import Span
from goldthread.foundation.audit.actions import record_many
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.workforce.models import Staff


@dataclass(frozen=True, slots=True)
class Passed:
    """What was handed over: the new assignments, the appointments that went with them, and what *to_staff* has at the same time."""

    assignments: list[Assignment]
    appointments: list[Appointment]
    clashes: list[Appointment]


@transaction.atomic
def transfer(
    *,
    episode: Episode,
    to_staff: Staff,
    on: date,
    by: Actor,
    staying: Collection[UUID] = (),
    confirmed: bool = False,
    **said: Any,
) -> Passed:
    """As ``caseload.actions.transfer``; from the day *on* the appointments of who had the episode go to *to_staff*, too.

    *staying*: ids of appointments, or of whole series, that stay with who has them. Those of other programs stay anyway.
    DoubleBooking: *to_staff* is busy at one of those times and *confirmed* is not set. DomainError: as there.
    """
    _lock(to_staff)
    clients = [member.person_id for member in members_of(episode, on)]
    before = [row.staff_id for row in primaries_of(episode, on) if row.staff_id != to_staff.pk]
    rows = queries.passed_on(clients, [episode.pk], before, on)
    moving = [row for row in rows if not {row.pk, row.series_id, row.group} & set(staying)]
    clashes = clashes_of(to_staff, moving)
    if clashes and not confirmed:
        raise DoubleBooking(clashes)
    made = caseload.transfer(episode=episode, to_staff=to_staff, on=on, by=by, **said)
    pass_on(moving, before, to_staff, by)
    return Passed(made, moving, clashes)


@transaction.atomic
def hand_over(*, from_staff: Staff, to_staff: Staff, on: date, by: Actor, **said: Any) -> Passed:
    """As ``caseload.actions.hand_over``; from the day *on* the appointments with those clients go to *to_staff*, too.

    Many at once are not asked about one by one: what *to_staff* has at the same time is answered, for the page to say.
    """
    _lock(to_staff)
    made = caseload.hand_over(from_staff=from_staff, to_staff=to_staff, on=on, by=by, **said)
    if not made:
        return Passed([], [], [])
    episodes = [row.episode_id for row in made if row.episode_id]
    rows = queries.passed_on([row.client_id for row in made], episodes, [from_staff.pk], on)
    clashes = clashes_of(to_staff, rows)
    pass_on(rows, [from_staff.pk], to_staff, by)
    return Passed(made, rows, clashes)


def _lock(to_staff: Staff) -> None:
    """Whose time is taken is locked first, before any client: the order in which appointments are made, too."""
    Staff.objects.select_for_update(no_key=True, of=("self",)).get(pk=to_staff.pk)


def clashes_of(to_staff: Staff, rows: list[Appointment]) -> list[Appointment]:
    """What else *to_staff* has at the times of *rows*."""
    spans = [Span(row.starts_at, row.ends_at) for row in rows]
    return queries.clashes([to_staff.pk], spans, without=[row.pk for row in rows])


def pass_on(rows: list[Appointment], before: Iterable[UUID], to_staff: Staff, by: Actor) -> None:
    """*to_staff* goes instead of *before*. Who else goes, goes on."""
    if not rows:
        return
    places = AppointmentWorker.objects.filter(appointment__in=[row.pk for row in rows])
    places.filter(staff__in=list(before)).delete()
    there = set(places.filter(staff=to_staff).values_list("appointment_id", flat=True))
    AppointmentWorker.objects.bulk_create(
        AppointmentWorker(appointment=row, staff=to_staff, starts_at=row.starts_at)
        for row in rows
        if row.pk not in there
    )
    for row in rows:
        row.changed_at = by.at
        row.version += 1
    Appointment.objects.bulk_update(rows, ["changed_at", "version"])
    record_many(
        by=by,
        action="schedule.passed_on",
        kind="person",
        clients=list(dict.fromkeys(row.client_id for row in rows if row.client_id)),
        details={"to": str(to_staff.pk), "appointments": len(rows)},
    )
