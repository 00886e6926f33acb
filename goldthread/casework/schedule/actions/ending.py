"""When an episode ends, for everybody or for one of a family, what was agreed for later is called off, in the same
transaction; taking the end back plans it again."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.casework.aftercare import actions as aftercare
from goldthread.casework.caseload import actions as caseload
from goldthread.casework.episodes.models import Episode, EpisodeMember
from goldthread.casework.plans import actions as plans
from goldthread.casework.schedule import queries
from goldthread.casework.schedule.actions.settling import become_all
from goldthread.casework.schedule.actions.telling import OFF, tell_goers
from goldthread.casework.schedule.enums import AppointmentState
from goldthread.casework.schedule.models import Appointment
from goldthread.foundation.lib.actor import Actor
from goldthread.people.persons.models import Person


@transaction.atomic
def discharge(
    *,
    episode: Episode,
    by: Actor,
    goes_on: bool = False,
    begun_for: Person | None = None,
    calls_kept: bool = False,
    **said: Any,
) -> Episode:
    """As ``caseload.actions.discharge``; appointments of the episode after its last day are called off, steps of its plan are
    nobody's task any more, a version that was being made is given up, and the program's aftercare is planned; not
    where the client *goes_on* in another program that takes this one's place. *begun_for*, *calls_kept*: as ``aftercare.plan``."""
    row = caseload.discharge(episode=episode, by=by, **said)
    if row.discharged_on:
        _call_off(row, None, row.discharged_on, by)
        plans.end_with_episode(episode=row, by=by)
        if not goes_on:
            aftercare.plan(episode=row, begun_for=begun_for, calls_kept=calls_kept, by=by)
    return row


@transaction.atomic
def undo_discharge(*, episode: Episode, by: Actor) -> Episode:
    """As ``caseload.actions.undo_discharge``; what ended with it is planned, owed and being made again."""
    at = Episode.objects.get(pk=episode.pk).discharged_at
    row = caseload.undo_discharge(episode=episode, by=by)
    if at and row.discharged_on is None:
        _plan_again(row, None, at, by)
        plans.begin_again_with_episode(episode=row, at=at, by=by)
        aftercare.call_off(episode=row, by=by)
    return row


@transaction.atomic
def leave(*, member: EpisodeMember, left_on: date, reason: str, by: Actor) -> EpisodeMember:
    """As ``caseload.actions.leave``; appointments with that member after their last day are called off."""
    row = caseload.leave(member=member, left_on=left_on, reason=reason, by=by)
    if row.ends_on:
        _call_off(row.episode, row.person_id, row.ends_on, by)
    return row


@transaction.atomic
def undo_leave(*, member: EpisodeMember, by: Actor) -> EpisodeMember:
    """As ``caseload.actions.undo_leave``; what was called off with it is planned again."""
    at = EpisodeMember.objects.get(pk=member.pk).left_at
    row = caseload.undo_leave(member=member, by=by)
    if at and row.left_at is None:
        _plan_again(row.episode, row.person_id, at, by)
    return row


def _call_off(episode: Episode, client: UUID | None, last_day: date, by: Actor) -> None:
    told: set[UUID] = set()
    agreed = queries.agreed_in(episode, last_day + timedelta(days=1), client)
    rows = list(agreed.select_for_update(no_key=True, of=("self",)).select_related("client", "episode"))
    become_all(rows, AppointmentState.CANCELLED_BY_US, _("The program has ended."), by)
    for row in rows:
        if (key := row.series_id or row.pk) not in told:
            told.add(key)
            tell_goers(OFF, row, row.places.values_list("staff_id", flat=True), by)


def _plan_again(episode: Episode, client: UUID | None, at: datetime, by: Actor) -> None:
    """What was called off at the instant *at*, when the end was written down."""
    rows = Appointment.objects.filter(
        episode=episode, state=AppointmentState.CANCELLED_BY_US, changed_at=at, contact__isnull=True
    )
    gone = (rows.filter(client=client) if client else rows).select_for_update(no_key=True)
    become_all(list(gone), AppointmentState.PLANNED, "", by)
