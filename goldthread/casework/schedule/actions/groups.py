"""One time of the same workers with several clients: an appointment for each of them, made, moved and called off together.

As a group's note is a note for each client (ADR 0028), so that nothing on one client's page is another's (ADR 0064).
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.casework.episodes.models import EpisodeMember
from goldthread.casework.episodes.rules import labels_for
from goldthread.casework.schedule import queries
from goldthread.casework.schedule.actions.making import (
    Wanted,
    check_free,
    goers,
    insert,
    lock_workers,
    new_row,
    put_in_places,
    series_of,
    spans_of,
    tell_of_change,
    unit_of,
)
from goldthread.casework.schedule.actions.settling import attend, become_all
from goldthread.casework.schedule.actions.telling import GIVEN, OFF, tell_goers
from goldthread.casework.schedule.enums import CALLED_OFF, AppointmentState, Which
from goldthread.casework.schedule.models import Appointment, AppointmentWorker, Series
from goldthread.casework.schedule.rules import Repeat, Span, check_day, check_group, check_names, check_settling
from goldthread.foundation.audit.actions import record_many
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError, EditConflict
from goldthread.foundation.lib.ids import new_id


@transaction.atomic
def make_group(
    *, form_id: UUID, wanted: Wanted, members: Sequence[EpisodeMember], by: Actor, names_are_right: bool = False
) -> UUID:
    """Make the time of a group, or each one of its series, for all *members*; the first's id, *form_id*, is answered. Sent
    twice, made once.

    DomainError: a field is wrong. NamesSomebody: what all read names one of them. DoubleBooking: as in ``make``.
    """
    lock_workers(wanted.workers, wanted.day)
    if Appointment.objects.filter(group=form_id).exists():
        return form_id
    check_day(wanted.day, by.today)
    days, spans, zone = spans_of(wanted)
    check_group(len(members), len(days))
    if not names_are_right:
        check_names([wanted.title, wanted.place], [one.person.display_name for one in members])
    check_free(wanted, spans)
    series = series_of(wanted.repeat) if len(days) > 1 else None
    rows: list[Appointment] = []
    for number, span in enumerate(spans):
        rows += _rows(new_id() if number else form_id, wanted, span, zone, members, series, by)
    insert(rows, wanted.workers)
    _record("schedule.made", rows, by)
    tell_goers(GIVEN, rows[0], wanted.workers, by)
    return form_id


@transaction.atomic
def change_group(
    *,
    group: UUID,
    wanted: Wanted,
    which: Which = Which.ONE,
    by: Actor,
    version_seen: int | None = None,
    names_are_right: bool = False,
) -> UUID:
    """Give the *group* another time, place or workers, for everybody; with *following*, all that come after it, too, as
    ``change`` does. Who had called it off keeps that, by themselves, when the time changes.

    DomainError, NamesSomebody, DoubleBooking, EditConflict: as in ``make_group`` and ``change``.
    """
    lock_workers(wanted.workers, wanted.day)
    there = _locked(group)
    if any(row.state in (AppointmentState.KEPT, AppointmentState.MISSED) for row in there):
        raise DomainError(_("What became of it is written down. Take that back before you change it."))
    planned = [row for row in there if row.state == AppointmentState.PLANNED]
    if not planned:
        raise DomainError(_("It was called off. Take that back before you change it."))
    if version_seen is not None and version_seen != version_of(there):
        raise EditConflict(_("Somebody else changed this appointment in the meantime. Look at it again."), [])
    check_day(wanted.day, by.today)
    first = planned[0]
    times, follows = [planned], first.series
    if which == Which.FOLLOWING and first.series:
        wanted = replace(wanted, repeat=wanted.repeat or _as_before(first.series))
        times = queries.groups_from(planned)
    else:
        wanted = replace(wanted, repeat=None)
    days, spans, zone = spans_of(wanted)
    check_group(max(len(planned), 2), len(days))
    if not names_are_right:
        check_names([wanted.title, wanted.place], [row.client.display_name for row in planned if row.client])
    check_free(wanted, spans, without=[row.pk for rows in times for row in rows])
    if wanted.repeat:
        follows = series_of(wanted.repeat)
    went, agreed = goers(first), (first.starts_at, first.ends_at, first.place)
    version = version_of(there) + 1
    kept = [
        _moved(row, wanted, span, zone, follows, version, by)
        for rows, span in zip(times, spans, strict=False)
        for row in rows
    ]
    surplus = [row.pk for rows in times[len(spans) :] for row in rows]
    AppointmentWorker.objects.filter(appointment__in=[*surplus, *(row.pk for row in kept)]).delete()
    Appointment.objects.filter(pk__in=surplus).delete()
    new = [row for span in spans[len(times) :] for row in _rows(new_id(), wanted, span, zone, planned, follows, by)]
    Appointment.objects.bulk_update(kept, MOVED_FIELDS)
    Appointment.objects.bulk_create(new)
    put_in_places([*kept, *new], wanted.workers)
    moved = agreed != (first.starts_at, first.ends_at, first.place)
    if agreed[:2] != (first.starts_at, first.ends_at):
        Appointment.objects.filter(group=group, state__in=CALLED_OFF).update(group=None)
    _record("schedule.changed", [*kept, *new], by)
    tell_of_change(first, went, wanted.workers, by, moved=moved)
    return group


@transaction.atomic
def attend_group(*, group: UUID, said: dict[UUID, tuple[AppointmentState, str]], by: Actor) -> int:
    """Write down what became of it for each one of *said* (ids of the appointments of the group), with the reason. Returns for
    how many. Everything or nothing; DomainError as of ``attend``, with the field ``m_`` and the id."""
    for row in _locked(group):
        if row.pk not in said:
            continue
        state, reason = said[row.pk]
        try:
            attend(appointment=row, state=state, reason=reason, by=by)
        except DomainError as error:
            raise DomainError(error.message, f"m_{row.pk}") from error
    return len(said)


@transaction.atomic
def call_off_group(
    *, group: UUID, state: AppointmentState, reason: str, which: Which = Which.ONE, by: Actor
) -> list[Appointment]:
    """The *group* does not take place, for nobody in it; with *following*, nor does what comes after. What somebody said of
    themselves before stays. DomainError: a reason is wanting, or nothing is planned any more."""
    planned = [row for row in _locked(group) if row.state == AppointmentState.PLANNED]
    if not planned:
        return []
    going = planned
    if which == Which.FOLLOWING:
        queries.lock_following(planned)
        going = [row for rows in queries.groups_from(planned) for row in rows]
    for row in going:
        check_settling(row, state, reason, by.at)
    become_all(going, state, reason.strip(), by)
    if planned[0].starts_at > by.at:
        tell_goers(OFF, planned[0], goers(planned[0]), by)
    return planned


@transaction.atomic
def join_group(
    *,
    group: UUID,
    members: Sequence[EpisodeMember],
    which: Which = Which.ONE,
    by: Actor,
    names_are_right: bool = False,
) -> int:
    """*members* come to the *group*, too; with *following*, to all that come after it. Who is in it already is let be. Returns
    how many came new. DomainError: it was called off, or they are too many. NamesSomebody: as in ``make_group``."""
    there = _locked(group)
    times = queries.groups_from(there) if which == Which.FOLLOWING else [there]
    have = {row.client_id for row in there}
    new_ones = [one for one in members if one.person_id not in have]
    if all(row.state in CALLED_OFF for row in there):
        raise DomainError(_("It was called off. Take that back before you change it."))
    check_group(max(len(there) + len(new_ones), 2), len(times))
    if not names_are_right:
        check_names([there[0].title, there[0].place], [one.person.display_name for one in new_ones])
    version = version_of(there) + 1
    made: list[Appointment] = []
    for rows in times:
        here = {row.client_id for row in rows}
        made += [_beside(rows[0], one, version, by) for one in members if one.person_id not in here]
    if made:
        insert(made, tuple(goers(there[0])))
        _touch(there, version, by)
        _record("schedule.joined", made, by)
    return len(new_ones)


@transaction.atomic
def leave_group(*, group: UUID, clients: Collection[UUID], which: Which = Which.ONE, by: Actor) -> int:
    """*clients* (ids) are not in the *group* any more; with *following*, nor in what comes after. Returns how many went.

    DomainError: something was written down about one of them there, or nobody would be left.
    """
    there = _locked(group)
    going = [row for row in there if row.client_id in clients]
    if any(row.state != AppointmentState.PLANNED for row in going):
        raise DomainError(_("What became of it is written down. Take that back before you change it."))
    if going and len(going) == len(there):
        raise DomainError(_("Nobody would be left. Call it off instead."))
    times = queries.groups_from(there) if which == Which.FOLLOWING else [there]
    gone = [row for rows in times for row in rows if row.client_id in clients]
    if gone:
        AppointmentWorker.objects.filter(appointment__in=[row.pk for row in gone]).delete()
        Appointment.objects.filter(pk__in=[row.pk for row in gone]).delete()
        _touch([row for row in there if row not in going], version_of(there) + 1, by)
        _record("schedule.left", gone, by)
    return len(going)


MOVED_FIELDS = ["kind", "title", "place", "starts_at", "ends_at", "zone", "series", "changed_at", "version"]


def version_of(rows: Sequence[Appointment]) -> int:
    """Of the whole group: it grows with each change of it."""
    return max(row.version for row in rows)


def _locked(group: UUID) -> list[Appointment]:
    """The rows of the group, locked. DomainError: there is none."""
    list(Appointment.objects.select_for_update(no_key=True).filter(group=group).order_by("pk").values_list("pk"))
    rows = list(queries.of_group(group))
    if not rows:
        raise DomainError(_("Nobody is in this group any more."))
    return rows


def _as_before(series: Series) -> Repeat:
    return Repeat(series.every, unit_of(series), series.until)


def _rows(
    group: UUID,
    wanted: Wanted,
    span: Span,
    zone: str,
    whom: Sequence[EpisodeMember | Appointment],
    series: Series | None,
    by: Actor,
) -> list[Appointment]:
    """One time of the *group*: for members, or for those who have another time of it."""
    each = [(one.client if isinstance(one, Appointment) else one.person, one.episode) for one in whom]
    made = [new_row(new_id(), wanted, span, zone, client, episode, series, by) for client, episode in each]
    for row in made:
        row.group = group
    return made


def _moved(
    row: Appointment, wanted: Wanted, span: Span, zone: str, series: Series | None, version: int, by: Actor
) -> Appointment:
    """A ride stays: it is one client's own."""
    row.kind, row.title, row.place = wanted.kind.value, wanted.title, wanted.place
    row.starts_at, row.ends_at, row.zone = span.starts_at, span.ends_at, zone
    row.series, row.changed_at, row.version = series, by.at, version
    return row


def _beside(like: Appointment, member: EpisodeMember, version: int, by: Actor) -> Appointment:
    """One more client at the time of *like*."""
    return Appointment(
        client=member.person,
        episode=member.episode,
        group=like.group,
        kind=like.kind,
        title=like.title,
        place=like.place,
        starts_at=like.starts_at,
        ends_at=like.ends_at,
        zone=like.zone,
        series_id=like.series_id,
        labels=labels_for(member.episode),
        made_by_id=by.staff,
        made_at=by.at,
        changed_at=by.at,
        version=version,
    )


def _touch(rows: Sequence[Appointment], version: int, by: Actor) -> None:
    """Whoever has the page of the group open sees that it changed; so do calendars that read the feed."""
    Appointment.objects.filter(pk__in=[row.pk for row in rows]).update(version=version, changed_at=by.at)


def _record(action: str, rows: Sequence[Appointment], by: Actor) -> None:
    clients = list(dict.fromkeys(row.client_id for row in rows if row.client_id))
    details = {"appointments": len({row.group for row in rows}), "group": len(clients)}
    record_many(by=by, action=action, kind="person", clients=clients, details=details)
