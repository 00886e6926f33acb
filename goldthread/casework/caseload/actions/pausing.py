"""Days on which an episode rests: in hospital, in jail, away. The clocks of its requirements stop."""

from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from goldthread.casework.caseload.actions.proving import disprove_pause, prove_pause
from goldthread.casework.caseload.actions.telling import tell_ledger
from goldthread.casework.episodes.models import Episode, Pause
from goldthread.casework.episodes.queries import served_on
from goldthread.casework.episodes.rules import check_pause
from goldthread.casework.record.actions import void_entries
from goldthread.casework.record.enums import EntryKind
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id


def pause(*, episode: Episode, starts_on: date, reason: str, by: Actor, form_id: UUID | None = None) -> Pause:
    """*episode* rests from *starts_on* on, until it is resumed. The same *form_id* twice makes one pause.

    DomainError: no reason, discharged, paused already, or a day outside the episode, in the future or in an earlier pause.
    """
    if not reason.strip():
        raise DomainError(_("Say why it is paused."), "reason")
    try:
        with transaction.atomic():
            row = _locked(episode)
            if form_id and (made := Pause.objects.filter(pk=form_id, episode=row).first()):
                return made
            check_pause(row, starts_on, Pause.objects.filter(episode=row), by.today)
            made = Pause.objects.create(
                id=form_id or new_id(),
                episode=row,
                starts_on=starts_on,
                reason=reason.strip()[:300],
                made_by=by.staff,
                made_at=by.at,
            )
            _record(by, "episodes.paused", row, made)
            tell_ledger(EntryKind.PAUSED, row, served_on(row, starts_on), starts_on, made.pk, by, text=made.reason)
            prove_pause(row, made, None, served_on(row, starts_on), by)
            return made
    except IntegrityError as error:
        raise DomainError(_("Somebody else has just paused this. Look again, then decide."), "starts_on") from error


def resume(*, episode: Episode, on: date, by: Actor) -> Pause | None:
    """*episode* goes on with the day *on*. On the day the pause began, or before: it never was. None: not paused any more.

    DomainError: *on* is in the future.
    """
    if on > by.today:
        raise DomainError(_("The day it goes on cannot be in the future."), "on")
    with transaction.atomic():
        row = _locked(episode)
        open_one = Pause.objects.filter(episode=row, ends_on__isnull=True).first()
        if open_one is None:
            return None
        if on <= open_one.starts_on:
            return _withdraw(open_one, row, by)
        open_one.ends_on = on - timedelta(days=1)
        open_one.save(update_fields=["ends_on"])
        _record(by, "episodes.resumed", row, open_one)
        tell_ledger(EntryKind.RESUMED, row, served_on(row, on), on, open_one.pk, by)
        prove_pause(row, open_one, on, served_on(row, on), by)
        return open_one


def _withdraw(made: Pause, episode: Episode, by: Actor) -> Pause:
    """The pause was a mistake: what was written of it is voided, and no day is paused."""
    _record(by, "episodes.pause_withdrawn", episode, made)
    void_entries(source_kind=EntryKind.PAUSED, source_id=made.pk, by=by)
    pk = made.pk
    made.delete()
    disprove_pause(pk, by)
    return made


def _locked(episode: Episode) -> Episode:
    return Episode.objects.select_for_update(of=("self",)).select_related("program").get(pk=episode.pk)


def _record(by: Actor, action: str, episode: Episode, made: Pause) -> None:
    for person in served_on(episode, made.starts_on):
        record(
            by=by,
            action=action,
            kind="episode",
            object_id=episode.pk,
            client=person.pk,
            details={
                "starts_on": made.starts_on.isoformat(),
                "ends_on": made.ends_on.isoformat() if made.ends_on else None,
            },
        )
