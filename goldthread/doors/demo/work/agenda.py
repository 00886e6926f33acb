"""Appointments: those that notes tell of, what was not kept, series, and the weeks ahead. Nobody is at two places at once."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from goldthread.casework.contacts.models import Contact
from goldthread.casework.record.enums import EntryKind
from goldthread.casework.record.models import Entry
from goldthread.casework.record.rules import searchable
from goldthread.casework.schedule.enums import AppointmentKind as Kind
from goldthread.casework.schedule.enums import AppointmentState as State
from goldthread.casework.schedule.enums import Ride, Unit
from goldthread.casework.schedule.models import Appointment, AppointmentWorker, Series
from goldthread.doors.demo.agency import FAMILIES, MENTAL_HEALTH, OLDER_ADULTS, SUNNIVA, TIME_ZONE
from goldthread.doors.demo.bulk import write_rows
from goldthread.doors.demo.past import ZONE, Past
from goldthread.doors.demo.work.enrolling import Care
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.models import Staff

BACK, AHEAD, SERIES_AHEAD = 45, 20, 70
SLOTS = (time(9), time(10, 30), time(13), time(14, 30), time(16))
TODAY_SLOTS = {True: (time(9), time(11), time(13, 30), time(15, 30)), False: (time(10), time(14))}
"""By whether the worker carries many."""
FULL = 20
WITH_A_STORY = ("Lucía Ferreira", "Marcus Ellery", "Wren Castellano", "Dolores Quintana", "Curtis Boyd", "Theo Rivers")
"""They stand first today."""
SATURDAY = 5
AT = {"residence": "At home", "office": "Our office", "school": "At school", "clinic": "Harbor Clinic"}


@dataclass(frozen=True, slots=True)
class What:
    """Something that workers of a team go to."""

    kind: Kind
    titles: str
    """One is chosen, between bars."""
    place: str
    minutes: int = 45
    ride: Ride | None = None
    confirmed: bool = False


HOME = What(Kind.VISIT, "", "At home", 60)
GOES_TO: dict[str, tuple[What, ...]] = {
    MENTAL_HEALTH: (
        HOME,
        HOME,
        HOME,
        What(Kind.MEETING, "Goals for the winter|Letter to the landlord|Budget for December", "Our office"),
        What(
            Kind.BENEFITS_OFFICE,
            "SSI interview|Food benefits renewal|Proof of address",
            "Social Security, Millbrace",
            60,
            Ride.WORKER,
        ),
        What(Kind.MEDICAL, "New prescription|Blood test|Dr. Ansah|Dentist", "Harbor Clinic", 30, Ride.BUS),
        What(Kind.PROBATION, "Monthly report", "Probation, 3 Court Street", 30),
    ),
    OLDER_ADULTS: (
        HOME,
        HOME,
        HOME,
        What(Kind.MEDICAL, "Eye doctor|New glasses", "Alderquay Eye Center", 60, Ride.MEDICAL_TRANSPORT, True),
        What(Kind.MEDICAL, "Blood pressure|Foot care|Dr. Ansah", "Harbor Clinic", 30, Ride.MEDICAL_TRANSPORT),
        What(Kind.MEETING, "Hours of the aide|Meals at home|The stairs", "By the kitchen table, with the agency"),
    ),
    FAMILIES: (
        HOME,
        HOME,
        What(Kind.COURT, "Review hearing", "Family court, room 4", 90, Ride.WORKER),
        What(Kind.MEETING, "School team|Reading plan", "Netherby School", 60),
        What(Kind.VISIT, "With the mother|With the grandparents", "Lantern House", 60, Ride.FAMILY),
    ),
}
THERAPY = {
    MENTAL_HEALTH: What(Kind.THERAPY, "Weekly group", "Alder Counseling, second floor", 60, Ride.BUS),
    FAMILIES: What(Kind.THERAPY, "Play therapy", "Tern Street Child Center", 60, Ride.FAMILY, True),
}
NOT_KEPT = (
    (State.MISSED, "The van did not come, and the bus was gone."),
    (State.CANCELLED_BY_CLIENT, "Ill, called in the morning."),
    (State.RESCHEDULED, "The doctor moved the time."),
    (State.MISSED, "Forgot. We looked at the calendar together."),
    (State.CANCELLED_BY_US, "Snow: the roads were closed."),
)


@dataclass
class Agenda:
    """Collects the rows, and knows who is busy when."""

    past: Past
    rng: Random
    series: list[Series] = field(default_factory=list)
    rows: list[Appointment] = field(default_factory=list)
    places: list[AppointmentWorker] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    busy: dict[UUID, list[tuple[datetime, datetime]]] = field(default_factory=lambda: defaultdict(list))

    def add(
        self,
        care: Care | None,
        staff: Sequence[Staff],
        starts_at: datetime,
        what: What,
        *,
        state: State = State.PLANNED,
        reason: str = "",
        **more: Any,
    ) -> bool:
        """Put it down unless one of *staff* is busy then."""
        ends_at = starts_at + timedelta(minutes=what.minutes)
        spans = [span for one in staff for span in self.busy[one.pk]]
        if any(starts_at < last and first < ends_at for first, last in spans):
            return False
        made_at = min(self.past.now, starts_at - timedelta(days=self.rng.randint(5, 20)))
        row = Appointment(
            id=new_id(),
            client=care.clients[0] if care else None,
            episode=care.episode if care else None,
            kind=what.kind.value,
            title=self.rng.choice(what.titles.split("|")),
            place=what.place,
            starts_at=starts_at.astimezone(UTC),
            ends_at=ends_at.astimezone(UTC),
            zone=TIME_ZONE,
            state=state.value,
            reason=reason,
            ride=what.ride.value if what.ride else "",
            ride_confirmed=bool(what.ride) and (what.confirmed or self.rng.random() < 0.6),
            labels=care.episode.labels if care else 0,
            made_by=staff[0],
            made_at=made_at,
            changed_at=made_at,
            **more,
        )
        self.rows.append(row)
        for one in staff:
            self.busy[one.pk].append((starts_at, ends_at))
            self.places.append(AppointmentWorker(appointment=row, staff=one, starts_at=row.starts_at))
        if care and state != State.PLANNED and not row.contact:
            self._tell(row, staff[0])
        return True

    def _tell(self, row: Appointment, staff: Staff) -> None:
        """What became of it, in the ledger: where a note tells, the note's own line does."""
        self.entries.append(
            Entry(
                id=new_id(),
                kind=EntryKind.APPOINTMENT.value,
                person=row.client,
                episode=row.episode,
                actor=staff,
                happened_at=row.starts_at,
                written_at=min(row.ends_at, self.past.now),
                labels=row.labels,
                source_kind="appointment",
                source_id=row.pk,
                title=row.title,
                text=row.reason,
                words=searchable(row.title, row.reason),
                domains=[],
                facts={"state": row.state, "kind": row.kind, "place": row.place},
            )
        )

    def write(self) -> None:
        for model, rows in (
            (Series, self.series),
            (Appointment, self.rows),
            (AppointmentWorker, self.places),
            (Entry, self.entries),
        ):
            write_rows(model, rows)


def agree(past: Past, cares: Sequence[Care], rng: Random) -> None:
    """Write everybody's appointments, from the notes of the last weeks to the weeks ahead."""
    agenda = Agenda(past, rng)
    _that_notes_tell_of(agenda, {care.episode.pk: care for care in cares})
    by_worker: dict[UUID, list[Care]] = defaultdict(list)
    for care in cares:
        if care.worker and care.episode.discharged_on is None:
            by_worker[care.worker.pk].append(care)
    known = {past.people[name].pk for name in WITH_A_STORY}
    teams: dict[UUID | None, list[Staff]] = defaultdict(list)
    for theirs in by_worker.values():
        if theirs[0].worker:
            teams[theirs[0].episode.program.team_id].append(theirs[0].worker)
    for together in teams.values():
        _team_meetings(agenda, together)
    for theirs in by_worker.values():
        rng.shuffle(theirs)
        theirs.sort(key=lambda care: care.clients[0].pk not in known)  # those with a story come first today
        _of_worker(agenda, theirs)
    agenda.write()


def _that_notes_tell_of(agenda: Agenda, cares: dict[UUID, Care]) -> None:
    """Two of three visits were agreed before; so were most at which nobody was met."""
    since = agenda.past.day(BACK)
    rows = Contact.objects.filter(happened_on__gte=since, mode="in_person").select_related("staff")
    for note in rows.order_by("started_at", "pk"):
        care = cares.get(note.episode_id)  # type: ignore[arg-type]  # those without an episode are not found
        if care is None or agenda.rng.random() > (0.8 if note.attempted else 0.65):
            continue
        begun = note.started_at.astimezone(ZONE)
        starts_at = begun.replace(minute=begun.minute // 15 * 15)
        kind = Kind.MEETING if note.place == "office" else Kind.VISIT
        what = What(kind, "", AT.get(note.place, ""), max(30, -(-note.minutes // 15) * 15))
        state = State.MISSED if note.attempted else State.KEPT
        agenda.add(care, [note.staff], starts_at, what, state=state, contact=note.pk)


def _team_meetings(agenda: Agenda, together: list[Staff]) -> None:
    """Every Monday at nine, before anybody is on the road."""
    monday = agenda.past.today - timedelta(days=agenda.past.today.weekday())
    meeting = What(Kind.MEETING, "Team meeting", "Our office", 60)
    for weeks in range(4):
        agenda.add(None, together, _at(monday + timedelta(weeks=weeks), time(9)), meeting)


def _of_worker(agenda: Agenda, theirs: list[Care]) -> None:
    staff, rng, today = theirs[0].worker, agenda.rng, agenda.past.today
    if staff is None:
        return
    team = theirs[0].episode.program.team
    goes_to = GOES_TO[team.name if team else MENTAL_HEALTH]
    many = len(theirs) >= FULL and staff.name != SUNNIVA  # she is away: what could wait was not agreed
    turn = iter(theirs * 12)
    for slot in TODAY_SLOTS[many]:
        agenda.add(next(turn), [staff], _at(today, slot), HOME if slot.hour < 12 else rng.choice(goes_to))
    if team and team.name in THERAPY:
        for care in theirs[4:6]:
            _series(agenda, care, staff, THERAPY[team.name])
    for days in range(1, AHEAD + 1):
        day = today + timedelta(days=days)
        if day.weekday() >= SATURDAY:
            continue
        some = rng.choice((2, 3, 4) if days < 8 else (1, 2)) if many else rng.choice((0, 1))
        for slot in sorted(rng.sample(SLOTS, some)):
            agenda.add(next(turn), [staff], _at(day, slot), rng.choice(goes_to))
    _not_kept(agenda, staff, theirs[6:], rng.sample(NOT_KEPT, 4 if many else 1))
    yesterday = _at(_workday_before(today), time(16, 30))
    agenda.add(theirs[-1], [staff], yesterday, HOME)  # nobody said yet what became of it


def _series(agenda: Agenda, care: Care, staff: Staff, what: What) -> None:
    """Once a week: some weeks back, and a good while ahead. One of them was missed."""
    today = agenda.past.today
    weekday, at = agenda.rng.randrange(5), agenda.rng.choice((time(15, 30), time(17)))
    first = today - timedelta(days=35 + (today.weekday() - weekday) % 7)
    series = Series(id=new_id(), every=1, unit=Unit.WEEK.value, until=today + timedelta(days=SERIES_AHEAD))
    agenda.series.append(series)
    missed = agenda.rng.randrange(1, 4)
    for number in range((series.until - first).days // 7 + 1):
        day = first + timedelta(weeks=number)
        if day < max(care.episode.enrolled_on, staff.started_on):
            continue
        over = day < today
        state = State.PLANNED if not over else State.MISSED if number == missed else State.KEPT
        reason = "No ride." if state == State.MISSED else ""
        agenda.add(care, [staff], _at(day, at), what, state=state, reason=reason, series=series)


def _not_kept(agenda: Agenda, staff: Staff, cares: list[Care], became: Sequence[tuple[State, str]]) -> None:
    for care, (state, reason) in zip(cares, became, strict=False):
        day = _workday_before(agenda.past.day(agenda.rng.randint(2, 28)))
        if day > max(care.episode.enrolled_on, staff.started_on):
            agenda.add(care, [staff], _at(day, time(17, 30)), HOME, state=state, reason=reason)


def _workday_before(day: date) -> date:
    before = day - timedelta(days=1)
    while before.weekday() >= SATURDAY:
        before -= timedelta(days=1)
    return before


def _at(day: date, at: time) -> datetime:
    return datetime.combine(day, at, ZONE)
