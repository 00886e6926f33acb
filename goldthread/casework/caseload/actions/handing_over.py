"""Handing clients over from one worker to another: everything or nothing."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goldthread.casework.caseload.actions.assigning import assign
from goldthread.casework.caseload.actions.common import check_works, make_way, record_assignment
from goldthread.casework.caseload.actions.covering import LASTING, cut_covers, extend_covers
from goldthread.casework.caseload.actions.proving import follow_hand_overs, follow_workers
from goldthread.casework.caseload.actions.telling import tell_of_worker
from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.casework.caseload.queries import primaries_of
from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.queries import members_of
from goldthread.foundation.agency.models import Team
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.workforce.models import Staff
from goldthread.foundation.workforce.notices import tell

HANDED_OVER = "handed_over"


def hand_over(
    *,
    from_staff: Staff,
    to_staff: Staff,
    on: date,
    by: Actor,
    reason: str,
    clients: Iterable[UUID] | None = None,
    team: Team | None = None,
    both: bool = False,
) -> list[Assignment]:
    """Give the open assignments of *from_staff* (all, or those of the chosen *clients*) to *to_staff* from the day *on*.

    Who hands over works until the day before; *both*: on the day *on* as well, to hand over in person.
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
        moved = [_move(row, to_staff, on, by, reason, team, has_them, both) for row in rows]
        made = [assignment for assignment in moved if assignment]
        Assignment.objects.bulk_create(made)
        cut_covers(rows)
        extend_covers(made, by)
        for assignment in made:
            record_assignment(by, "caseload.assigned", assignment)
        _tell_everybody(made, by)
        follow_workers([row.episode_id for row in rows if row.episode_id and row.kind == AssignmentKind.PRIMARY], by)
        follow_hand_overs([row for row in made if row.starts_on <= by.today], by)
        return made


def transfer(
    *,
    episode: Episode,
    to_staff: Staff,
    on: date,
    by: Actor,
    reason: str,
    team: Team | None = None,
    cosign: bool = False,
    note: str = "",
) -> list[Assignment]:
    """From the day *on* *to_staff* is the primary worker of *episode*, for everybody served under it, in *team*.

    *team* None: the team it had, else the program's. *note* is what the new worker must know, kept with the hand-over.
    Doing it again moves nothing. Returns the new assignments.
    DomainError: no reason, discharged, the day is outside the episode, or the worker does not work here then.
    """
    if not reason.strip():
        raise DomainError(_("Say why the clients are handed over."), "reason")
    if episode.discharged_on is not None:
        raise DomainError(_("This episode has ended: there is nobody to hand over."))
    if on < episode.enrolled_on:
        raise DomainError(_("The day cannot be before the first day in the program."), "on")
    check_works(to_staff, on, "to_staff")
    with transaction.atomic():
        Episode.objects.select_for_update().get(pk=episode.pk)
        before = {row.client_id: row for row in primaries_of(episode, on)}
        made = []
        for client in [member.person for member in members_of(episode, on)]:
            old = before.get(client.pk)
            if old and old.staff_id == to_staff.pk:
                continue
            row = assign(
                client=client,
                staff=to_staff,
                kind=AssignmentKind.PRIMARY,
                team=team or (old.team if old else None) or episode.program.team,
                starts_on=on,
                episode=episode,
                cosign=cosign,
                reason=reason.strip()[:300],
                by=by,
            )
            row.follows, row.hand_over_note = old, note.strip()[:4000]
            row.save(update_fields=["follows", "hand_over_note"])
            made.append(row)
        _tell_everybody(made, by)
        return made


def confirm_read(*, assignment: Assignment, by: Actor) -> Assignment:
    """The new worker has read the hand-over of *assignment*. Once; later clicks change nothing.

    DomainError: somebody else clicks.
    """
    with transaction.atomic():
        row = Assignment.objects.select_for_update().get(pk=assignment.pk)
        if row.staff_id != by.staff:
            raise DomainError(_("Only the new worker can say that they have read it."))
        if row.read_at is None:
            row.read_at = by.at
            row.save(update_fields=["read_at"])
            record_assignment(by, "caseload.hand_over_read", row)
        return row


def _tell_everybody(made: Iterable[Assignment], by: Actor) -> None:
    """The ledger of each client, and, once, the new worker."""
    rows = list(made)
    for row in rows:
        facts = {"to": row.staff.name, "from": row.follows.staff.name if row.follows else ""}
        tell_of_worker(row, by, facts)
    if rows:
        last = rows[-1]
        tell(
            to=[last.staff],
            kind=HANDED_OVER,
            by=by,
            about_staff=last.follows.staff_id if last.follows else None,
            about_person=last.client_id if len(rows) == 1 else None,
            source_kind="assignment",
            source_id=last.pk,
        )


def _running(from_staff: Staff, on: date, clients: Iterable[UUID] | None) -> list[Assignment]:
    """The assignments still running on the day *on*, locked, in one order so that two hand-overs cannot lock each other."""
    rows = Assignment.objects.select_for_update(of=("self",)).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on), staff=from_staff, kind__in=LASTING
    )
    if clients is not None:
        rows = rows.filter(client__in=list(clients))
    return list(rows.select_related("client", "team", "staff", "episode__program").order_by("client_id", "kind", "pk"))


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
    both: bool,
) -> Assignment | None:
    """End *row*; the same assignment for *to_staff*, not saved yet. None when *to_staff* has it already."""
    starts_on, ends_on = max(on, row.starts_on), row.ends_on
    make_way(row, on, by, reason, both=both)
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
