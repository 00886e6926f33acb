"""Enrollments and past contacts, written unseen: they hang on a stand-in whom nobody can see, until one statement a table gives
each of them to its client. What the requirements read (evidence) counts as voided until then."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import count
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.db.models import Max, Model, OuterRef, Subquery

from goldthread.casework.caseload.actions.proving import DISCHARGE, ENROLMENT
from goldthread.casework.caseload.actions.telling import moment
from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.casework.episodes.models import Episode, EpisodeMember
from goldthread.casework.episodes.rules import is_child, labels_for
from goldthread.casework.imports.actions.ground import Coming, Line, Stay
from goldthread.casework.imports.actions.happening import BROUGHT, happened_at, kind_of
from goldthread.casework.imports.actions.households import unseen_households
from goldthread.casework.imports.actions.stays import MOST_MEMBERS, days_together
from goldthread.casework.imports.actions.writing import told_of, words_by_which, words_ready
from goldthread.casework.imports.models import Brought, Import
from goldthread.casework.record.enums import EntryKind
from goldthread.casework.record.models import Entry
from goldthread.casework.record.rules import searchable
from goldthread.casework.tasks.models import Evidence, Reckoning
from goldthread.foundation.agency.queries import the_agency
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.bulk import delete_rows, insert_new, ready_to_insert, run_ready
from goldthread.foundation.lib.text import plain
from goldthread.foundation.programs.enums import EventKind, Seen
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.queries import Rules, in_force, rules_of
from goldthread.people.persons.models import Household, Person

TABLES: tuple[type[Model], ...] = (Episode, EpisodeMember, Assignment, Entry, Evidence, Reckoning, Brought)
"""In the order in which their rows hang on each other."""


def unseen_happenings(run: Import, batch: Sequence[Coming], place: int, by: Actor) -> Callable[[], None]:
    """The rows of *batch*, numbered from *place*, as what nobody sees yet. All of it is made ready now; what is returned writes it, in a
    transaction."""
    programs = {one.place.program for one in batch if one.place} | {one.program.pk for one in batch if one.program}
    made = Made(run, by, rules_of(programs))
    for number, one in enumerate(batch, start=place):
        made.add(one, number)
    made.households = unseen_households([one.stay for one in batch if one.stay], run)
    return made.ready()


def stand_in(run: Import, seat: int = 0) -> UUID:
    """On whom rows hang until they come in: a person without a client number, whom no gate lets through and no search finds. Each of a
    household's members hangs on one of their own, by their seat."""
    return uuid5(run.pk, f"seat {seat}") if seat else run.pk


def stand_ins(run: Import) -> list[UUID]:
    """All that there may be."""
    return [stand_in(run, seat) for seat in range(MOST_MEMBERS)]


def forget_stand_ins(run: Import) -> None:
    """Nothing hangs on them any more."""
    delete_rows(Person, Person.objects.filter(pk__in=stand_ins(run)).values_list("pk", flat=True))


class Made:
    """Rows that wait to be written together."""

    def __init__(self, run: Import, by: Actor, rules: Mapping[UUID, Rules]) -> None:
        self.run, self.by, self.rules = run, by, rules
        agency = the_agency()
        self.zone = ZoneInfo(agency.time_zone if agency else "UTC")
        self.rows: dict[type[Model], list[Any]] = {model: [] for model in TABLES}
        self.words: list[tuple[str, UUID]] = []
        self.households: list[Household] = []
        self.seats = 0

    def add(self, one: Coming, place: int) -> None:
        """A contact, or an enrollment with all its rows. The id of the first row is the episode's, or that by which the contact is known."""
        if one.stay:
            self._stay(one, one.stay, place)
            return
        if one.person is None:
            raise ValueError("a row that is nobody's does not come in")
        labels = labels_for(one.program) if one.program else (one.place.labels if one.place else 0)
        brought = Brought(
            run=self.run, person=one.person, row=one.row, place=place, kept=one.one.who.kept, labels=labels
        )
        self._brought(brought)
        self._contact(one, brought)

    def _brought(self, row: Brought) -> None:
        self.rows[Brought].append(row)
        self.words += [(word, row.pk) for word in words_by_which(row.kept.values())]

    def _stay(self, one: Coming, stay: Stay, place: int) -> None:
        first: Brought | None = None
        seats = count()
        for line in stay.lines:
            row = Brought(
                run=self.run,
                person=line.person,
                row=line.row,
                place=place,
                of=first,
                seat=next(seats) if line.serves else None,
                kept=line.kept,
                household_number=stay.number,
                household_id=stay.household,
                worker=line.worker,
                worker_since=line.since,
                worker_until=line.until,
                closes_on=line.last if first else stay.closed,
                labels=labels_for(stay.program),
            )
            self._brought(row)
            first = first or row
            if row.seat is not None:
                self.seats = max(self.seats, row.seat)
                self._seat(one, stay, line, row.seat, first)
                self._past_workers(stay, line, row.seat, first)

    def ready(self) -> Callable[[], None]:
        """Everything that waits."""
        rows = [*(ready_to_insert(rows) for rows in self.rows.values()), words_ready(self.words)]
        clients = [row.person_id for row in self.rows[Brought]]
        new = {"version": 0, "created_at": self.by.at, "created_by": self.by.staff}
        nobody = [Person(pk=stand_in(self.run, seat), **new) for seat in range(self.seats + 1)]

        def write() -> None:
            insert_new(nobody)
            insert_new(self.households)
            run_ready(rows)
            told_of(self.run, clients, self.by)

        return write

    # --- Enrollments -----------------------------------------------------------------------------------
    def _seat(self, one: Coming, stay: Stay, line: Line, seat: int, brought: Brought) -> None:
        """One who is served; with the first of them the episode itself."""
        key, note = self._reason(stay.program, one.one.reason, stay.closed)
        if seat == 0:
            self._episode(one, stay, brought, key, note)
        client = stand_in(self.run, seat)
        self.rows[EpisodeMember].append(
            EpisodeMember(
                episode_id=brought.pk,
                person_id=client,
                child=is_child(line.person, line.first),
                starts_on=line.first,
                ends_on=line.last,
            )
        )
        days = [(EventKind.REFERRED, ENROLMENT, one.one.referred), (EventKind.ENROLLED, ENROLMENT, line.first)]
        for kind, source, day in (*days, (EventKind.DISCHARGED, DISCHARGE, line.last)):
            if day:
                self._evidence(kind, source, brought, client, day)
        self._entry(EntryKind.ENROLLED, brought, client, stay.program.name, line.first, {})
        if line.last:
            self._entry(EntryKind.DISCHARGED, brought, client, stay.program.name, line.last, {"reason": key}, note)

    def _past_workers(self, stay: Stay, line: Line, seat: int, brought: Brought) -> None:
        """Who had them and has them no more. In which team the worker was then nobody knows; who has them today comes in with the rest."""
        for other in stay.lines:
            days = days_together((line.first, line.last), (other.since, other.until))
            if other.worker is None or days is None or days[1] is None:
                continue
            self.rows[Assignment].append(
                Assignment(
                    client_id=stand_in(self.run, seat),
                    staff_id=other.worker,
                    episode_id=brought.pk,
                    labels=brought.labels,
                    kind=AssignmentKind.PRIMARY,
                    starts_on=days[0],
                    ends_on=days[1],
                    given_by=self.by.staff,
                    given_at=self.by.at,
                )
            )

    def _episode(self, one: Coming, stay: Stay, brought: Brought, key: str, note: str) -> None:
        """Of a single day while nobody sees it: two open ones in one program would not be let in to one stand-in."""
        self.rows[Episode].append(
            Episode(
                id=brought.pk,
                program=stay.program,
                person_id=stand_in(self.run),
                referred_on=one.one.referred,
                enrolled_on=stay.opened,
                discharged_on=stay.opened,
                discharge_reason=key,
                discharge_note=note,
                asked_from=self.by.today,
                labels=brought.labels,
                enrolled_by=self.by.staff,
                enrolled_at=self.by.at,
                discharged_by=self.by.staff if stay.closed else None,
                discharged_at=self.by.at if stay.closed else None,
            )
        )
        worker = None if stay.closed else stay.worker_on(self.by.today)
        self.rows[Reckoning].append(
            Reckoning(
                episode_id=brought.pk,
                owner_id=worker,
                team_id=None if worker else stay.program.team_id,
                worked_out_at=self.by.at,
                version=0,
            )
        )

    def _reason(self, program: Program, said: str, closed: date | None) -> tuple[str, str]:
        """The program's own reason that the row names, and a note; the row's words where the program knows none such."""
        if not closed or not said:
            return "", ""
        words = plain(said)
        known = in_force(self.rules[program.pk], closed).discharge_reasons if self.rules.get(program.pk) else ()
        key = next((one.key for one in known if words in (plain(one.key), plain(one.title))), "")
        return (key, "") if key else (said[:60], said if len(said) > 60 else "")

    # --- Contacts --------------------------------------------------------------------------------------
    def _contact(self, one: Coming, brought: Brought) -> None:
        said, place = one.one, one.place
        if said.day is None:
            raise ValueError("a contact has a day")
        key, title, mode, where = kind_of(said, place, self.rules)
        seen = [] if said.tried else [Seen.CLIENT.value]
        facts = {
            "mode": mode,
            "place": where,
            "kind": key,
            "minutes": said.minutes,
            "seen": seen,
            "author": "" if one.staff else said.author,
        }
        self.rows[Entry].append(
            Entry(
                kind=EntryKind.ATTEMPT if said.tried else EntryKind.CONTACT,
                person_id=stand_in(self.run),
                episode_id=place.episode if place else None,
                actor_id=one.staff,
                happened_at=happened_at(said, self.zone),
                written_at=self.by.at,
                labels=brought.labels,
                source_kind=BROUGHT,
                source_id=brought.pk,
                title=title,
                text=said.words,
                words=searchable(title, said.words),
                facts=self._from_file() | {name: value for name, value in facts.items() if value},
                served=True,  # which goal it served nobody can say any more: the thread does not miss it
            )
        )
        if place:
            self.rows[Evidence].append(
                Evidence(
                    kind=EventKind.CONTACT,
                    episode_id=place.episode,
                    person_id=stand_in(self.run),
                    happened_on=said.day,
                    happened_at=happened_at(said, self.zone) if said.at else None,
                    name=key,
                    mode=mode,
                    place=where,
                    minutes=said.minutes,
                    seen=seen,
                    attempted=said.tried,
                    details={"past": True},
                    source_kind=BROUGHT,
                    source_id=brought.pk,
                    voided=True,
                    labels=brought.labels,
                    recorded_by=self.by.staff,
                    recorded_at=self.by.at,
                )
            )

    # --- Both ------------------------------------------------------------------------------------------
    def _from_file(self) -> dict[str, Any]:
        return {"file": self.run.name}

    def _entry(
        self,
        kind: EntryKind,
        brought: Brought,
        client: UUID,
        title: str,
        day: date,
        facts: dict[str, Any],
        text: str = "",
    ) -> None:
        self.rows[Entry].append(
            Entry(
                kind=kind,
                person_id=client,
                episode_id=brought.pk,
                actor_id=self.by.staff,
                happened_at=moment(day, self.by),
                written_at=self.by.at,
                labels=brought.labels,
                source_kind=kind,
                source_id=brought.pk,
                title=title,
                text=text,
                words=searchable(title, text),
                facts=self._from_file() | facts,
            )
        )

    def _evidence(self, kind: EventKind, source: str, brought: Brought, client: UUID, day: date) -> None:
        self.rows[Evidence].append(
            Evidence(
                kind=kind,
                episode_id=brought.pk,
                person_id=client,
                happened_on=day,
                source_kind=source,
                source_id=brought.pk,
                voided=True,
                labels=brought.labels,
                recorded_by=self.by.staff,
                recorded_at=self.by.at,
            )
        )


def give_to_clients(run: Import, by: Actor) -> None:
    """The unseen rows of *run* become those of their clients: one statement a table, and one more for each further member of the
    largest household."""
    last: int | None = Brought.objects.filter(run=run).aggregate(last=Max("seat"))["last"]
    for seat in range((last or 0) + 1):
        theirs = {"person": stand_in(run, seat)}
        EpisodeMember.objects.filter(**theirs).update(person=_client_of("episode", seat))
        past = Assignment.objects.filter(client=stand_in(run, seat))
        past.update(client=_client_of("episode", seat), given_at=by.at)
        Entry.objects.filter(**theirs).update(person=_client_of("source_id", seat))
        Evidence.objects.filter(**theirs).update(person=_client_of("source_id", seat), voided=False)
    of_row = Brought.objects.filter(pk=OuterRef("pk"))
    Episode.objects.filter(person=stand_in(run)).update(
        person=Subquery(of_row.filter(household__isnull=True).values("person")[:1]),
        household=Subquery(of_row.values("household")[:1]),
        discharged_on=Subquery(of_row.values("closes_on")[:1]),
    )
    forget_stand_ins(run)


def _client_of(of: str, seat: int) -> Subquery:
    """Who has the *seat* in the enrollment, or contact, whose id stands in the field *of*."""
    rows = Brought.objects.filter(of=OuterRef(of), seat=seat) if seat else Brought.objects.filter(pk=OuterRef(of))
    return Subquery(rows.values("person")[:1])
