"""Reading the schedule. What may be seen is said by the caller (``gate.content_in``, ``gate.content``)."""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import F, Q, QuerySet

from goldthread.casework.caseload.models import Cover
from goldthread.casework.episodes.models import Episode
from goldthread.casework.schedule.enums import CALLED_OFF, AppointmentState
from goldthread.casework.schedule.models import Appointment, AppointmentWorker, CalendarFeed
from goldthread.casework.schedule.rules import Span, overlapping
from goldthread.foundation.agency.queries import the_agency
from goldthread.foundation.lib.compiled import AnyOf, Compiled, Given
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person

NO_CLIENT = Q(client__isnull=True)
LONGEST_DAY = timedelta(days=1)
"""No appointment lasts longer: those that overlap an instant began within this time before it."""
FEED_BACK, FEED_AHEAD = timedelta(days=31), timedelta(days=184)


def day_span(day: date, zone: tzinfo, days: int = 1) -> Span:
    """From midnight of *day* to midnight *days* later, in *zone*."""
    end = day + timedelta(days=days)
    return Span(datetime.combine(day, time(), tzinfo=zone), datetime.combine(end, time(), tzinfo=zone))


def of_worker(staff: Staff | UUID, span: Span, covers: Collection[Cover] = ()) -> QuerySet[Appointment]:
    """The appointments of *staff* that begin within *span*, by time, with client; those with clients, too, of whoever they
    look after on one of *covers*, on its days (in the zone of *span*)."""
    mine = _places(staff, span)
    wanted = mine
    for one in covers:
        away = day_span(one.starts_on, span.starts_at.tzinfo or UTC, (one.ends_on - one.starts_on).days + 1)
        both = Span(max(span.starts_at, away.starts_at), min(span.ends_at, away.ends_at))
        wanted |= _places(one.absent_id, both)
    found = Appointment.objects.filter(pk__in=_appointments(wanted))
    if covers:
        found = found.filter(Q(client__isnull=False) | Q(pk__in=_appointments(mine)))
    return found.select_related("client").order_by("starts_at", "pk")


def _places(staff: Staff | UUID, span: Span) -> Q:
    """Places of *staff* that begin within *span*."""
    return Q(staff=staff, starts_at__gte=span.starts_at, starts_at__lt=span.ends_at)


def _appointments(places: Q) -> QuerySet[AppointmentWorker, Any]:
    return AppointmentWorker.objects.filter(places).values("appointment")


_GOERS: Compiled[tuple[UUID, UUID, str]] = Compiled(
    lambda: (
        AppointmentWorker.objects.filter(AnyOf(F("appointment"), Given("appointments")))
        .order_by("staff__name", "pk")
        .values_list("appointment_id", "staff_id", "staff__name")
    )
)


def goers_of(appointments: Collection[UUID]) -> dict[UUID, dict[UUID, str]]:
    """Who goes to each of *appointments* (ids): names by worker's id. One query, none without appointments."""
    found: dict[UUID, dict[UUID, str]] = {pk: {} for pk in appointments}
    if found:
        for appointment, staff, name in _GOERS.ask(appointments=list(found)):
            found[appointment][staff] = name
    return found


def of_client(client: Person, seen: Q) -> QuerySet[Appointment]:
    """Every appointment of *client* that may be seen."""
    return (
        Appointment.objects.filter(seen, client=client)
        .select_related("client", "episode__program")
        .prefetch_related("workers")
    )


_NEXT = Compiled(
    lambda: Appointment.objects.filter(
        client=Given("client"), state=AppointmentState.PLANNED, ends_at__gt=Given("at")
    ).order_by("starts_at", "pk")[:20]
)


def next_of(client: Person | UUID, at: datetime) -> list[Appointment]:
    """The next appointments of *client* that are not over at the instant *at*, soonest first: twenty at most, for the caller
    to take the first that the reader may see. One query."""
    return _NEXT.ask(client=client if isinstance(client, UUID) else client.pk, at=at)


class Booked(NamedTuple):
    """An appointment that stands in the calendar for a *task* (id), as the line of that task tells of it."""

    task: UUID
    pk: UUID
    client_id: UUID
    starts_at: datetime


def planned_for(tasks: Any, seen: Q) -> QuerySet[Appointment, Any]:
    """The appointments with clients that stand in the calendar for one of *tasks* (ids, or a Given of them), as ``Booked``; the
    last first, so that the first of a task is what a dictionary keeps."""
    rows = Appointment.objects.filter(
        seen, AnyOf(F("task"), tasks), state=AppointmentState.PLANNED, client__isnull=False
    )
    return rows.order_by("-starts_at").values_list(*Booked._fields)


def clashes(staff: Iterable[UUID], spans: list[Span], without: Iterable[UUID] = ()) -> list[Appointment]:
    """The appointments of one of *staff* that share a moment with one of *spans*, soonest first; of a group the first, with
    ``alike``: of how many clients. One query."""
    if not spans:
        return []
    first, last = min(one.starts_at for one in spans), max(one.ends_at for one in spans)
    found = Appointment.objects.filter(
        places__staff__in=list(staff), places__starts_at__gt=first - LONGEST_DAY, places__starts_at__lt=last
    )
    found = found.exclude(state__in=CALLED_OFF).exclude(pk__in=list(without)).distinct().order_by("starts_at", "pk")
    return [_counted(some) for some in by_group(found) if overlapping(Span(some[0].starts_at, some[0].ends_at), spans)]


def _counted(rows: list[Appointment]) -> Appointment:
    rows[0].alike = len(rows)  # type: ignore[attr-defined]  # ours, for the lines
    return rows[0]


def by_group(rows: Iterable[Appointment]) -> list[list[Appointment]]:
    """Those of one group together, where the first of them stands; every other one by itself."""
    together: dict[UUID, list[Appointment]] = {}
    for row in rows:
        together.setdefault(row.group or row.pk, []).append(row)
    return list(together.values())


def beside(row: Appointment) -> list[Appointment]:
    """What those who go to *row* have at the same time besides. Two queries."""
    goers = list(row.places.values_list("staff", flat=True))
    found = clashes(goers, [Span(row.starts_at, row.ends_at)], without=[row.pk])
    return [one for one in found if not row.group or one.group != row.group]


def of_group(group: UUID) -> QuerySet[Appointment]:
    """Each client's appointment of one group, by name."""
    rows = Appointment.objects.filter(group=group, client__isnull=False).select_related("client", "series", "episode")
    return rows.order_by("client__sort_key", "pk")


def groups_from(rows: Sequence[Appointment]) -> list[list[Appointment]]:
    """*rows* (of one group), and what is still planned of the same series later, by time: a list for each time."""
    if rows[0].series_id is None:
        return [list(rows)]
    return [list(rows), *by_group(_later(rows).select_related("client", "episode").order_by("starts_at", "pk"))]


def lock_following(rows: Sequence[Appointment]) -> None:
    """Lock what ``groups_from`` adds to them, until the transaction ends: what is said of one of them meanwhile is not written over."""
    if rows[0].series_id is not None:
        list(_later(rows).select_for_update(no_key=True).order_by("pk").values_list("pk"))


def _later(rows: Sequence[Appointment]) -> QuerySet[Appointment]:
    return Appointment.objects.filter(
        series=rows[0].series_id, group__isnull=False, starts_at__gt=rows[0].starts_at, state=AppointmentState.PLANNED
    )


def passed_on(
    clients: Iterable[UUID], episodes: Iterable[UUID], workers: Iterable[UUID], on: date
) -> list[Appointment]:
    """What *workers* have agreed with *clients* from the day *on*, in *episodes* or in no program: it goes with the client. A
    group goes when all in it do; else it stays with who leads it. One query (two), and the agency's zone."""
    begins = _begin_of(on)
    found = Appointment.objects.filter(
        Q(episode__in=list(episodes)) | Q(episode__isnull=True),
        client__in=list(clients),
        starts_at__gte=begins,
        state=AppointmentState.PLANNED,
        pk__in=AppointmentWorker.objects.filter(staff__in=list(workers), starts_at__gte=begins).values("appointment"),
    )
    rows = list(found.select_related("client", "series").order_by("starts_at", "pk"))
    groups = {row.group for row in rows if row.group}
    if not groups:
        return rows
    others = Appointment.objects.filter(group__in=groups, state=AppointmentState.PLANNED)
    staying = set(others.exclude(pk__in=[row.pk for row in rows]).values_list("group", flat=True))
    return [row for row in rows if row.group not in staying]


def agreed_in(episode: Episode | UUID, since: date, client: UUID | None = None) -> QuerySet[Appointment]:
    """What is planned in *episode* (with one *client* of it) from the day *since* on, by time. Asks for the agency's zone first."""
    found = Appointment.objects.filter(episode=episode, state=AppointmentState.PLANNED, starts_at__gte=_begin_of(since))
    return (found.filter(client=client) if client else found).order_by("starts_at", "pk")


def _begin_of(day: date) -> datetime:
    agency = the_agency()
    return datetime.combine(day, time(), tzinfo=ZoneInfo(agency.time_zone if agency else "UTC"))


def following(appointment: Appointment) -> list[Appointment]:
    """Those of the same series with the same client from *appointment* on, itself first, that are still planned."""
    if appointment.series_id is None:
        return [appointment]
    later = Appointment.objects.filter(
        series=appointment.series_id, client=appointment.client_id, starts_at__gt=appointment.starts_at
    )
    planned = later.filter(state=AppointmentState.PLANNED).select_related("client", "episode")
    return [appointment, *planned.order_by("starts_at", "pk")]


def feed_of(token_hash: str) -> CalendarFeed | None:
    """The calendar with this secret's hash, with its worker and their account."""
    return CalendarFeed.objects.select_related("staff__user").filter(token_hash=token_hash).first()


def feed_rows(staff: Staff, at: datetime, seen: Q, covers: Collection[Cover] = ()) -> list[Appointment]:
    """What a worker's calendar program is told: a month back, half a year ahead. *at* is in the agency's zone."""
    rows = of_worker(staff, Span(at - FEED_BACK, at + FEED_AHEAD), covers).filter(NO_CLIENT | seen)
    return list(rows.exclude(state__in=CALLED_OFF))
