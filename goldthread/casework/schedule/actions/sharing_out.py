"""Sharing out the work of a team: some clients of one worker go to another with what is agreed, and, by a slip of the hand,
back again."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from goldthread.casework.caseload.actions.assigning import TOO_LATE, assign, reopen
from goldthread.casework.caseload.actions.common import record_assignment
from goldthread.casework.caseload.actions.covering import LASTING, cut_covers, extend_covers
from goldthread.casework.caseload.actions.handing_over import HANDED_OVER
from goldthread.casework.caseload.actions.proving import follow_workers
from goldthread.casework.caseload.actions.telling import tell_of_worker
from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.casework.episodes.models import Episode
from goldthread.casework.record.actions import void_entries
from goldthread.casework.record.enums import EntryKind
from goldthread.casework.schedule import queries
from goldthread.casework.schedule.actions.passing_on import clashes_of, pass_on, transfer
from goldthread.casework.schedule.enums import AppointmentState
from goldthread.casework.schedule.models import Appointment, AppointmentWorker
from goldthread.casework.tasks.actions.going_along import go_along
from goldthread.foundation.agency.models import Team
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.workforce.models import Notice, Staff
from goldthread.foundation.workforce.notices import tell

UNDO_FOR = timedelta(hours=12)
"""For so long a move can be taken back as if it had not been: within the working day (product judgement)."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One assignment that was made by a move, and what the one before said: ``ends_on`` and ``reason``."""

    made: UUID
    before: UUID | None
    ends_on: date | None = None
    reason: str = ""


@dataclass(slots=True)
class Shared:
    """A move, as much as it takes to undo it. ``appointments`` went along (ids); to those in ``joined`` *to_staff* went anyway.

    ``clashes``: how many other things *to_staff* has at those times, for the page to say.
    """

    from_staff: UUID
    to_staff: UUID
    moved: list[Moved] = field(default_factory=list)
    appointments: list[UUID] = field(default_factory=list)
    joined: list[UUID] = field(default_factory=list)
    clashes: int = 0


def share_out(
    *,
    rows: Iterable[Assignment],
    to_staff: Staff,
    on: date,
    by: Actor,
    reason: str,
    note: str = "",
    team_for: Callable[[Episode | None], Team | None],
    staying: Collection[UUID] = (),
) -> Shared:
    """From the day *on*, *to_staff* is the primary worker of the clients of *rows* (primary assignments of one worker).

    An episode goes as a whole, with everybody served under it and the appointments agreed. *team_for* says in which team
    *to_staff* serves an episode (None: a client of no program). *staying*: ids of appointments, or of whole series, that stay with
    who has them. Notes need a co-signature when those of *to_staff* do elsewhere.
    Everything or nothing. DomainError: nobody, no reason, or as of ``transfer``.
    """
    moving = [row for row in rows if row.staff_id != to_staff.pk]
    if not moving:
        raise DomainError(_("Choose whom to move."), "move")
    if not reason.strip():
        raise DomainError(_("Say why the clients are handed over."), "reason")
    shared = Shared(moving[0].staff_id, to_staff.pk)
    with transaction.atomic():
        cosign = Assignment.objects.filter(staff=to_staff, cosign=True, ends_on__isnull=True).exists()
        there = _places(to_staff, moving)
        for episode in {row.episode_id: row.episode for row in moving if row.episode}.values():
            passed = transfer(
                episode=episode,
                to_staff=to_staff,
                on=on,
                by=by,
                staying=staying,
                confirmed=True,
                reason=reason,
                team=team_for(episode),
                cosign=cosign,
                note=note,
            )
            shared.moved += [_remembered(row) for row in passed.assignments]
            _remember(shared, passed.appointments, there, len(passed.clashes))
        for row in moving:
            if row.episode_id is None:
                made = _of_no_program(row, to_staff, on, by, reason, note, team_for(None), cosign)
                shared.moved.append(_remembered(made))
                agreed = _going(queries.passed_on([row.client_id], [], [row.staff_id], on), staying)
                _remember(shared, agreed, there, len(clashes_of(to_staff, agreed)))
                pass_on(agreed, [row.staff_id], to_staff, by)
        _groups_too(moving, to_staff, on, there, shared, staying, by)
    return shared


def _going(rows: list[Appointment], staying: Collection[UUID]) -> list[Appointment]:
    return [row for row in rows if not {row.pk, row.series_id, row.group} & set(staying)]


def _groups_too(
    moving: list[Assignment],
    to_staff: Staff,
    on: date,
    there: set[UUID],
    shared: Shared,
    staying: Collection[UUID],
    by: Actor,
) -> None:
    """A group all of whose clients were moved, one after the other, goes with them; any other stays with who leads it."""
    episodes = [row.episode_id for row in moving if row.episode_id]
    rows = queries.passed_on([row.client_id for row in moving], episodes, [shared.from_staff], on)
    groups = [row for row in _going(rows, staying) if row.group]
    _remember(shared, groups, there, len(clashes_of(to_staff, groups)))
    pass_on(groups, [shared.from_staff], to_staff, by)


def take_back(*, shared: Shared, by: Actor) -> None:
    """Undo a move of today: as if it had not been, but for the audit log. Everything or nothing.

    DomainError: too long ago, by somebody else, the new worker has confirmed the hand-over, or something changed since.
    """
    with transaction.atomic():
        for one in shared.moved:
            made = Assignment.objects.select_for_update().filter(pk=one.made).first()
            if made is None or not _untouched(made, by):
                raise DomainError(TOO_LATE)
            before = Assignment.objects.filter(pk=one.before).first() if one.before else None
            _forget(made, by)
            if before and before.ended_at == made.given_at:
                reopen(assignment=before, ended_at=made.given_at, ends_on=one.ends_on, reason=one.reason, by=by)
            elif made.episode_id:
                follow_workers([made.episode_id], by)
            if before and not made.episode_id:
                _bring_tasks_back(made, before, by)
        _give_back(shared, by)


def _bring_tasks_back(made: Assignment, before: Assignment, by: Actor) -> None:
    """Of a client as a whole; those of a program follow its primary worker."""
    go_along(episode=None, clients=[made.client_id], from_staff=made.staff_id, to_staff=before.staff, by=by)


def _places(staff: Staff, moving: Iterable[Assignment]) -> set[UUID]:
    """The appointments with those clients to which *staff* goes already."""
    rows = AppointmentWorker.objects.filter(staff=staff, appointment__client__in=[row.client_id for row in moving])
    return set(rows.values_list("appointment_id", flat=True))


def _remember(shared: Shared, passed: Iterable[Appointment], there: set[UUID], clashes: int) -> None:
    keys = [row.pk for row in passed]
    shared.appointments += keys
    shared.joined += [key for key in keys if key in there]
    shared.clashes += clashes


def _give_back(shared: Shared, by: Actor) -> None:
    """What is still planned goes back to who had it; *to_staff* stays where they went anyway."""
    rows = list(Appointment.objects.filter(pk__in=shared.appointments, state=AppointmentState.PLANNED).order_by("pk"))
    from_staff = Staff.objects.get(pk=shared.from_staff)
    pass_on([row for row in rows if row.pk not in shared.joined], [shared.to_staff], from_staff, by)
    pass_on([row for row in rows if row.pk in shared.joined], [], from_staff, by)


def _of_no_program(
    row: Assignment, to_staff: Staff, on: date, by: Actor, reason: str, note: str, team: Team | None, cosign: bool
) -> Assignment:
    """A client as a whole, from before programs."""
    made = assign(
        client=row.client,
        staff=to_staff,
        kind=AssignmentKind.PRIMARY,
        team=team or row.team,
        starts_on=on,
        reason=reason.strip()[:300],
        cosign=cosign,
        by=by,
    )
    made.follows, made.hand_over_note = row, note.strip()[:4000]
    made.save(update_fields=["follows", "hand_over_note"])
    tell_of_worker(made, by, {"to": to_staff.name, "from": row.staff.name})
    tell(
        to=[to_staff],
        kind=HANDED_OVER,
        by=by,
        about_staff=row.staff_id,
        about_person=row.client_id,
        source_kind="assignment",
        source_id=made.pk,
    )
    return made


def _remembered(made: Assignment) -> Moved:
    """``follows`` was read before it was ended."""
    before = made.follows
    return Moved(made.pk, before.pk, before.ends_on, before.reason) if before else Moved(made.pk, None)


def _untouched(made: Assignment, by: Actor) -> bool:
    """Is *made* still as it was made, lately, and by the same person?"""
    fresh = made.given_by == by.staff and by.at - made.given_at <= UNDO_FOR
    return fresh and made.ended_at is None and made.read_at is None and not made.followed_by.exists()


def _forget(made: Assignment, by: Actor) -> None:
    """*made* never was: its line on the timeline is voided, an unread notice and the cover that came with it are gone."""
    void_entries(source_kind=EntryKind.ASSIGNED, source_id=made.pk, by=by)
    Notice.objects.filter(source_kind="assignment", source_id=made.pk, seen_at__isnull=True).delete()
    record_assignment(by, "caseload.move_undone", made)
    pk, made.ends_on = made.pk, made.starts_on - timedelta(days=1)
    cut_covers([made])
    Assignment.objects.filter(pk=pk).delete()
    others = Assignment.objects.filter(
        staff=made.staff_id, client=made.client_id, episode=made.episode_id, kind__in=LASTING, ends_on__isnull=True
    )
    extend_covers(list(others), by)
