"""Handing clients over from one worker to another: everything or nothing."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goldthread.casework.caseload.actions.common import check_works, end_row, last_day, record_assignment
from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.foundation.agency.models import Team
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.workforce.models import Staff

LASTING = (AssignmentKind.PRIMARY, AssignmentKind.SECONDARY)


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
    check_works(to_staff, on, "to_staff")
    with transaction.atomic():
        rows = _running(from_staff, on, clients)
        has_them = _held(to_staff, on, rows)
        moved = [_move(row, to_staff, on, by, reason, team, has_them) for row in rows]
        made = [assignment for assignment in moved if assignment]
        Assignment.objects.bulk_create(made)
        for assignment in made:
            record_assignment(by, "caseload.assigned", assignment)
        return made


def _running(from_staff: Staff, on: date, clients: Iterable[UUID] | None) -> list[Assignment]:
    """The assignments still running on the day *on*, locked, in one order so that two hand-overs cannot lock each other."""
    rows = Assignment.objects.select_for_update(of=("self",)).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on), staff=from_staff, kind__in=LASTING
    )
    if clients is not None:
        rows = rows.filter(client__in=list(clients))
    return list(rows.select_related("client", "team", "episode").order_by("client_id", "kind", "pk"))


def _held(to_staff: Staff, on: date, rows: Iterable[Assignment]) -> set[tuple[UUID, UUID | None, str]]:
    """Client, episode and kind of what *to_staff* has already on the day *on*."""
    held = Assignment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on), staff=to_staff, client__in=[row.client_id for row in rows]
    )
    return set(held.values_list("client_id", "episode_id", "kind"))


def _move(
    row: Assignment,
    to_staff: Staff,
    on: date,
    by: Actor,
    reason: str,
    team: Team | None,
    has_them: set[tuple[UUID, UUID | None, str]],
) -> Assignment | None:
    """End *row*; the same assignment for *to_staff*, not saved yet. None when *to_staff* has it already."""
    starts_on, ends_on = max(on, row.starts_on), row.ends_on
    last = last_day(row, on)
    if row.ends_on != last:
        end_row(row, last, by, reason)
    if (row.client_id, row.episode_id, row.kind) in has_them:
        return None
    return Assignment(
        client=row.client,
        staff=to_staff,
        team=team or row.team,
        episode=row.episode,
        labels=row.labels,
        kind=row.kind,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason,
        cosign=row.cosign,
        follows=row,
        given_by=by.staff,
        given_at=by.at,
    )
