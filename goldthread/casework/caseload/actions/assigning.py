"""Assigning a client to a worker, and ending it."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goldthread.casework.caseload.actions.common import check_assignment, end_row, make_way, record_assignment
from goldthread.casework.caseload.actions.covering import cut_covers, extend_covers, mend_covers
from goldthread.casework.caseload.actions.proving import follow_workers
from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.rules import labels_for
from goldthread.foundation.agency.models import Team
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
    episode: Episode | None = None,
    cosign: bool = False,
    both: bool = False,
) -> Assignment:
    """Give *client* to *staff* from *starts_on* to *ends_on* (both included; None: until ended). Cover needs a last day.

    In *episode* (None: as a whole) a new primary worker ends the one before on the day before; *both*: on the same day, to hand
    over. *cosign*: their notes need a co-signature. Doing the same again returns what is there.
    DomainError: the person is no client, has died, the worker does not work here then, or the dates cannot be.
    """
    check_assignment(client, staff, kind, starts_on, ends_on)
    try:
        with transaction.atomic():
            Person.objects.select_for_update().get(pk=client.pk)  # two hands at once: one after the other
            made = _same(form_id, client, staff, kind, starts_on, episode)
            if made:
                return made
            if kind == AssignmentKind.PRIMARY:
                _make_room(client, episode, starts_on, by, both)
            assignment = Assignment(
                id=form_id or new_id(),
                client=client,
                staff=staff,
                team=team,
                episode=episode,
                labels=labels_for(episode) if episode else 0,
                kind=kind,
                starts_on=starts_on,
                ends_on=ends_on,
                reason=reason,
                cosign=cosign,
                given_by=by.staff,
                given_at=by.at,
            )
            assignment.save(force_insert=True)
            record_assignment(by, "caseload.assigned", assignment)
            extend_covers([assignment], by)
            _follow(assignment, by)
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
        if row.kind == AssignmentKind.AFTERCARE:
            raise DomainError(_("Aftercare ends with its last contact. Close what is still planned."))
        if ends_on < row.starts_on:
            raise DomainError(_("The last day cannot be before the first day."), "ends_on")
        end_row(row, ends_on, by, reason)
        cut_covers([row])
        _follow(row, by)
        return row


def _follow(row: Assignment, by: Actor) -> None:
    """The tasks of its episode go with the primary worker."""
    if row.episode_id and row.kind == AssignmentKind.PRIMARY:
        follow_workers([row.episode_id], by)


TOO_LATE = _("This was changed since, so it cannot be undone. Look at it again and change it by hand.")


def reopen(*, assignment: Assignment, ended_at: datetime, ends_on: date | None, reason: str, by: Actor) -> Assignment:
    """Undo the ending of *ended_at*: the assignment runs until *ends_on* again, for its *reason* of before.

    DomainError: it was ended otherwise since, or another worker has been assigned meanwhile.
    """
    try:
        with transaction.atomic():
            Person.objects.select_for_update().get(pk=assignment.client_id)
            row = Assignment.objects.select_for_update().get(pk=assignment.pk)
            if row.ended_at != ended_at:
                raise DomainError(TOO_LATE)
            if row.kind == AssignmentKind.PRIMARY and _others_have_it(row, ends_on):
                raise DomainError(_("Somebody else is assigned meanwhile. End that first."))
            last, row.ends_on, row.reason, row.ended_by, row.ended_at = row.ends_on, ends_on, reason, None, None
            row.save(update_fields=["ends_on", "reason", "ended_by", "ended_at"])
            record_assignment(by, "caseload.reopened", row)
            if last:
                mend_covers(row, last, by)
            _follow(row, by)
            return row
    except IntegrityError as error:
        raise DomainError(TOO_LATE) from error


def _others_have_it(row: Assignment, ends_on: date | None) -> bool:
    """Is there another primary worker after the day on which *row* ends now, and until *ends_on*?"""
    others = Assignment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=row.ends_on),
        client=row.client_id,
        episode=row.episode_id,
        kind=AssignmentKind.PRIMARY,
    ).exclude(pk=row.pk)
    return others.filter(starts_on__lte=ends_on).exists() if ends_on else others.exists()


def _same(
    form_id: UUID | None, client: Person, staff: Staff, kind: AssignmentKind, starts_on: date, episode: Episode | None
) -> Assignment | None:
    """The assignment that an earlier sending of the same form made, or that already says the same."""
    if form_id and (made := Assignment.objects.filter(pk=form_id, client=client).first()):
        return made
    if kind == AssignmentKind.COVER:
        return None
    open_rows = Assignment.objects.filter(client=client, staff=staff, kind=kind, episode=episode, ends_on__isnull=True)
    return open_rows.filter(starts_on__lte=starts_on).first()


def _make_room(client: Person, episode: Episode | None, starts_on: date, by: Actor, both: bool) -> None:
    """End the primary assignment that runs on *starts_on*, so that somebody else can have it from then on."""
    rows = Assignment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on),
        client=client,
        episode=episode,
        kind=AssignmentKind.PRIMARY,
    )
    for row in rows:
        if row.starts_on > starts_on:
            raise DomainError(_("Another worker is already assigned from a later day. End that first."), "starts_on")
        make_way(row, starts_on, by, "", both=both)
        cut_covers([row])
