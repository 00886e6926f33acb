"""Making and changing appointments. Whoever is to be there has their row locked first: two clicks at once are seen."""

from dataclasses import dataclass, replace
from datetime import date, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.queries import open_episodes
from goldthread.casework.episodes.rules import labels_for
from goldthread.casework.schedule import queries
from goldthread.casework.schedule.actions.telling import GIVEN, MOVED, OFF, tell_goers
from goldthread.casework.schedule.enums import AppointmentKind, AppointmentState, Ride, Unit, Which
from goldthread.casework.schedule.models import Appointment, AppointmentWorker, Series
from goldthread.casework.schedule.rules import Repeat, Span, check_day, check_open, days_of, span_of
from goldthread.foundation.agency.queries import the_agency
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError, EditConflict
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.models import Staff
from goldthread.foundation.workforce.queries import working_on
from goldthread.people.persons.models import Person


class DoubleBooking(DomainError):
    """A worker already has something at that time. The same again with ``confirmed`` does it all the same."""

    def __init__(self, clashes: list[Appointment]) -> None:
        super().__init__(_("There is already an appointment at that time."), "confirmed")
        self.clashes = clashes


@dataclass(frozen=True, slots=True)
class Wanted:
    """An appointment as somebody wants it, in local time of the agency."""

    kind: AppointmentKind
    day: date
    start: time
    end: time
    workers: tuple[UUID, ...]
    place: str = ""
    title: str = ""
    episode: UUID | None = None
    ride: Ride | None = None
    ride_from: str = ""
    ride_confirmed: bool = False
    repeat: Repeat | None = None
    task: UUID | None = None
    """For which task it is made; of a series the first alone."""
    confirmed: bool = False
    """They know that a worker has something else at that time."""


@transaction.atomic
def make(*, form_id: UUID, wanted: Wanted, client: Person | None, by: Actor) -> Appointment:
    """Make the appointment, or each one of its series; the first is answered. *form_id* is its id: sent twice, made once.

    DomainError: a field is wrong. DoubleBooking: a worker is busy and ``confirmed`` is not set.
    """
    lock_workers(wanted.workers, wanted.day)
    if made := Appointment.objects.filter(pk=form_id).first():
        if made.client_id != (client.pk if client else None):
            raise DomainError(_("This form belongs to something else. Open it again."))
        return made
    check_day(wanted.day, by.today)
    days, spans, zone = spans_of(wanted)
    check_free(wanted, spans)
    episode = _episode(wanted, client)
    series = series_of(wanted.repeat) if len(days) > 1 else None
    rows = [
        new_row(form_id if number == 0 else new_id(), wanted, span, zone, client, episode, series, by)
        for number, span in enumerate(spans)
    ]
    rows[0].task = wanted.task
    insert(rows, wanted.workers)
    _tell(rows[0], "schedule.made", by, many=len(rows))
    tell_goers(GIVEN, rows[0], wanted.workers, by)
    return rows[0]


@transaction.atomic
def change(
    *, appointment: Appointment, wanted: Wanted, which: Which = Which.ONE, by: Actor, version_seen: int | None = None
) -> Appointment:
    """Change *appointment*, or it and all that follow in its series: those get the new time on their own, newly counted days.

    ``wanted.repeat`` counts for *following* alone. DomainError, DoubleBooking as in make; EditConflict: somebody else changed
    it since *version_seen*.
    """
    lock_workers(wanted.workers, wanted.day)
    there = Appointment.objects.select_for_update(no_key=True).get(pk=appointment.pk)
    check_open(there)
    if there.group:
        raise DomainError(_("This is the time of a group. Change it on the page of the group."))
    if version_seen is not None and version_seen != there.version:
        raise EditConflict(_("Somebody else changed this appointment in the meantime. Look at it again."), [])
    check_day(wanted.day, by.today)
    if which == Which.ONE or there.series is None:
        wanted = replace(wanted, repeat=None)
        rows = [there]
    else:
        series = there.series
        wanted = replace(wanted, repeat=wanted.repeat or Repeat(series.every, unit_of(series), series.until))
        rows = queries.following(there)
    days, spans, zone = spans_of(wanted)
    check_free(wanted, spans, without=[row.pk for row in rows])
    episode = _episode(wanted, there.client)
    follows = series_of(wanted.repeat) if wanted.repeat else there.series if which == Which.ONE else None
    went, agreed = goers(there), (there.starts_at, there.ends_at, there.place)
    kept = [_rewritten(row, wanted, span, zone, episode, follows, by) for row, span in zip(rows, spans, strict=False)]
    AppointmentWorker.objects.filter(appointment__in=[row.pk for row in rows]).delete()
    Appointment.objects.filter(pk__in=[row.pk for row in rows[len(spans) :]]).delete()
    new = [new_row(new_id(), wanted, span, zone, there.client, episode, follows, by) for span in spans[len(rows) :]]
    for row in kept:
        row.save()
    Appointment.objects.bulk_create(new)
    put_in_places([*kept, *new], wanted.workers)
    _tell(kept[0], "schedule.changed", by, many=len(days))
    tell_of_change(
        kept[0], went, wanted.workers, by, moved=agreed != (kept[0].starts_at, kept[0].ends_at, kept[0].place)
    )
    return kept[0]


def goers(row: Appointment) -> list[UUID]:
    """Ids of who goes."""
    return list(row.places.values_list("staff_id", flat=True))


def tell_of_change(row: Appointment, went: list[UUID], go: tuple[UUID, ...], by: Actor, *, moved: bool) -> None:
    """Who is new, who stays and must know another time or place, and who is free again."""
    tell_goers(GIVEN, row, [pk for pk in go if pk not in went], by)
    tell_goers(OFF, row, [pk for pk in went if pk not in go], by)
    if moved:
        tell_goers(MOVED, row, [pk for pk in went if pk in go], by)


def lock_workers(workers: tuple[UUID, ...], day: date) -> None:
    """Lock the rows of who is to be there, in one order. DomainError when somebody does not work here on that day."""
    if not workers:
        raise DomainError(_("Choose who goes."), "workers")
    rows = (
        Staff.objects.select_for_update(no_key=True, of=("self",))
        .filter(working_on(day), pk__in=workers)
        .order_by("pk")
    )
    if len(list(rows.values_list("pk", flat=True))) != len(set(workers)):
        raise DomainError(_("One of them does not work here on that day."), "workers")


def lock_goers(row: Appointment) -> None:
    """Lock the rows of who goes, in the order in which appointments are made."""
    rows = Staff.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=goers(row)).order_by("pk")
    list(rows.values_list("pk"))


def spans_of(wanted: Wanted) -> tuple[list[date], list[Span], str]:
    """The days that are *wanted*, each one's instants, and the agency's zone."""
    agency = the_agency()
    zone = agency.time_zone if agency else "UTC"
    days = days_of(wanted.day, wanted.repeat)
    return days, [span_of(day, wanted.start, wanted.end, ZoneInfo(zone)) for day in days], zone


def check_free(wanted: Wanted, spans: list[Span], without: list[UUID] | None = None) -> None:
    """DoubleBooking: somebody is busy, and nobody said that it be made all the same. *without*: what is being moved."""
    if wanted.confirmed:
        return
    if found := queries.clashes(wanted.workers, spans, without or ()):
        raise DoubleBooking(found)


def _episode(wanted: Wanted, client: Person | None) -> Episode | None:
    """The episode it belongs to. DomainError when the client is not in it on that day."""
    if wanted.episode is None:
        return None
    found = {one.pk: one for one in open_episodes(client, wanted.day)} if client else {}
    if wanted.episode not in found:
        raise DomainError(_("They are not in this program on that day."), "episode")
    return found[wanted.episode]


def series_of(repeat: Repeat | None) -> Series | None:
    """A new series; None for a single appointment."""
    if repeat is None:
        return None
    return Series.objects.create(every=repeat.every, unit=repeat.unit, until=repeat.until)


def unit_of(series: Series) -> Unit:
    """How *series* counts."""
    return Unit(series.unit)


def new_row(
    pk: UUID,
    wanted: Wanted,
    span: Span,
    zone: str,
    client: Person | None,
    episode: Episode | None,
    series: Series | None,
    by: Actor,
) -> Appointment:
    """What is *wanted*, once, not yet kept."""
    row = Appointment(
        id=pk,
        client=client,
        state=AppointmentState.PLANNED,
        made_by_id=by.staff,
        made_at=by.at,
        version=0,
    )
    return _rewritten(row, wanted, span, zone, episode, series, by)


def _rewritten(
    row: Appointment, wanted: Wanted, span: Span, zone: str, episode: Episode | None, series: Series | None, by: Actor
) -> Appointment:
    row.kind, row.title, row.place = wanted.kind.value, wanted.title, wanted.place
    row.starts_at, row.ends_at, row.zone = span.starts_at, span.ends_at, zone
    row.ride = wanted.ride.value if wanted.ride else ""
    row.ride_from, row.ride_confirmed = wanted.ride_from, wanted.ride_confirmed
    row.episode, row.series = episode, series
    row.labels = labels_for(episode) if episode else 0
    row.changed_at = by.at
    row.version += 1
    return row


def insert(rows: list[Appointment], workers: tuple[UUID, ...]) -> None:
    """Keep new *rows*, to which *workers* (ids) go."""
    Appointment.objects.bulk_create(rows)
    put_in_places(rows, workers)


def put_in_places(rows: list[Appointment], workers: tuple[UUID, ...]) -> None:
    """*workers* (ids) go to *rows*."""
    AppointmentWorker.objects.bulk_create(
        AppointmentWorker(appointment=row, staff_id=worker, starts_at=row.starts_at)
        for row in rows
        for worker in dict.fromkeys(workers)
    )


def _tell(row: Appointment, action: str, by: Actor, many: int) -> None:
    record(
        by=by, action=action, kind="appointment", object_id=row.pk, client=row.client_id, details={"appointments": many}
    )
