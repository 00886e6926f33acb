"""The end of an episode: discharge with a reason, and taking back a discharge made by mistake."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from goldthread.casework.caseload.actions.covering import LASTING
from goldthread.casework.caseload.actions.proving import follow_workers, prove_discharge, resumed
from goldthread.casework.caseload.actions.telling import tell_ledger
from goldthread.casework.caseload.models import Assignment
from goldthread.casework.episodes.models import Episode, EpisodeMember, Pause
from goldthread.casework.episodes.queries import served_on
from goldthread.casework.episodes.rules import check_discharge, may_undo
from goldthread.casework.record.actions import void_entries
from goldthread.casework.record.enums import EntryKind
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.people.persons.models import Person


def discharge(
    *, episode: Episode, discharged_on: date, reason: str, by: Actor, note: str = "", version_seen: int | None = None
) -> Episode:
    """End *episode* with *discharged_on* as its last day; *reason* is a key of its template's discharge reasons.

    Its assignments, members and pause end with that day. Discharging it again changes nothing.
    DomainError: no reason, the day is in the future or before the first day, or somebody changed the episode since.
    """
    if not reason.strip():
        raise DomainError(_("Choose why the episode ends."), "reason")
    with transaction.atomic():
        row = _locked(episode)
        if row.discharged_on is not None:
            return row
        if version_seen is not None and version_seen != row.version:
            raise DomainError(_("Somebody else has just changed this. Look again, then decide."))
        check_discharge(row.enrolled_on, discharged_on, by.today)
        _check_members(row, discharged_on)
        served = served_on(row, discharged_on)
        row.discharged_on, row.discharge_reason, row.discharge_note = discharged_on, reason.strip()[:60], note.strip()
        row.discharged_by, row.discharged_at = by.staff, by.at
        row.version += 1
        row.save()
        _end_what_hangs_on(row, discharged_on, by)
        _record(by, "episodes.discharged", row, served)
        tell_ledger(
            EntryKind.DISCHARGED,
            row,
            served,
            discharged_on,
            row.pk,
            by,
            text=row.discharge_note,
            facts={"reason": reason},
        )
        prove_discharge(row, served, by)
        return row


def undo_discharge(*, episode: Episode, by: Actor) -> Episode:
    """Take back a discharge made by mistake, with the workers and members that it ended. Undoing it again changes nothing.

    DomainError: it was too long ago, or the client has been enrolled in the program again.
    """
    try:
        with transaction.atomic():
            row = _locked(episode)
            last_day, at = row.discharged_on, row.discharged_at
            if last_day is None or at is None:
                return row
            if not may_undo(at, by.at):
                raise DomainError(_("It is too late to take this back. Enroll the client again."))
            served = served_on(row, last_day)
            _check_not_again(row, served, last_day)
            row.discharged_on, row.discharge_reason, row.discharge_note = None, "", ""
            row.discharged_by, row.discharged_at = None, None
            row.version += 1
            row.save()
            EpisodeMember.objects.filter(episode=row, ends_on=last_day, left_at__isnull=True).update(ends_on=None)
            Pause.objects.filter(episode=row, ends_on=last_day).exclude(pk__in=resumed(row)).update(ends_on=None)
            ended = Assignment.objects.filter(episode=row, kind__in=LASTING, ended_at=at)
            ended.update(ends_on=None, ended_by=None, ended_at=None)
            _cover_again(row, at)
            void_entries(source_kind=EntryKind.DISCHARGED, source_id=row.pk, by=by)
            _record(by, "episodes.discharge_undone", row, served)
            follow_workers([row.pk], by)
            prove_discharge(row, served, by)
            return row
    except IntegrityError as error:
        raise DomainError(
            _("It cannot be taken back: something has changed since. Enroll the client again.")
        ) from error


def _locked(episode: Episode) -> Episode:
    return Episode.objects.select_for_update(of=("self",)).select_related("program").get(pk=episode.pk)


def _check_members(episode: Episode, discharged_on: date) -> None:
    """Nobody joined or left a household's episode after its last day."""
    later = Q(starts_on__gt=discharged_on) | Q(left_at__isnull=False, ends_on__gt=discharged_on)
    if EpisodeMember.objects.filter(later, episode=episode).exists():
        raise DomainError(_("Somebody joined or left after that day. Choose a later one."), "discharged_on")


def _end_what_hangs_on(episode: Episode, last_day: date, by: Actor) -> None:
    """Members, pause and assignments end with *last_day*; an assignment that began later, with its own first day."""
    beyond = Q(ends_on__isnull=True) | Q(ends_on__gt=last_day)
    EpisodeMember.objects.filter(beyond, episode=episode, starts_on__lte=last_day).update(ends_on=last_day)
    Pause.objects.filter(episode=episode, ends_on__isnull=True, starts_on__lte=last_day).update(ends_on=last_day)
    for row in Assignment.objects.filter(beyond, episode=episode):
        row.ends_on = max(last_day, row.starts_on)
        row.ended_by, row.ended_at = by.staff, by.at
        row.save(update_fields=["ends_on", "ended_by", "ended_at"])


def _check_not_again(episode: Episode, served: list[Person], last_day: date) -> None:
    """Nobody was enrolled in the program again, be it that this has ended, too."""
    since = Q(episode__discharged_on__isnull=True) | Q(episode__discharged_on__gt=last_day)
    others = EpisodeMember.objects.filter(
        since, episode__program=episode.program_id, person__in=[person.pk for person in served]
    )
    if others.exclude(episode=episode).exists():
        raise DomainError(_("The client has been enrolled in this program again since. It cannot be taken back."))


def _cover_again(episode: Episode, at: datetime) -> None:
    """A colleague's cover that the discharge cut short goes on until its own last day."""
    for one in Assignment.objects.filter(episode=episode, cover__isnull=False, ended_at=at).select_related("cover"):
        one.ends_on = one.cover.ends_on if one.cover else one.ends_on
        one.ended_by, one.ended_at = None, None
        one.save(update_fields=["ends_on", "ended_by", "ended_at"])


def _record(by: Actor, action: str, episode: Episode, served: list[Person]) -> None:
    for person in served:
        record(by=by, action=action, kind="episode", object_id=episode.pk, client=person.pk)
