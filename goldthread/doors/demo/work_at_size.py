"""The work with clients made at size: episodes with evidence and tasks, signed notes, the ledger, appointments; written as lines.

Who stands where in their course is drawn from ``courses``; every row but its ids is prepared once and written hundreds of times.
"""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import models

from goldthread.casework.contacts.enums import ContactState
from goldthread.casework.contacts.models import Contact, ContactActivity, ContactPerson
from goldthread.casework.contacts.rules.minutes import split
from goldthread.casework.episodes.models import Episode, EpisodeMember
from goldthread.casework.record.enums import EntryKind
from goldthread.casework.record.models import Entry
from goldthread.casework.record.rules import searchable
from goldthread.casework.schedule.enums import AppointmentKind
from goldthread.casework.schedule.models import Appointment, AppointmentWorker
from goldthread.casework.tasks.models import Elsewhere, Evidence, Reckoning, Task
from goldthread.doors.demo.agency import TIME_ZONE
from goldthread.doors.demo.bulk import Stencil, write_filled, write_rows
from goldthread.doors.demo.courses import COURSES, TEMPLATE, Course, Meeting, courses, name_of
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.actions import open_program
from goldthread.foundation.programs.enums import EventKind, Seen
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.shipped import shipped
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person

ORDER: tuple[type[models.Model], ...] = (
    Episode,
    EpisodeMember,
    Reckoning,
    Elsewhere,
    Contact,
    ContactPerson,
    ContactActivity,
    Evidence,
    Entry,
    Task,
    Appointment,
    AppointmentWorker,
)
ZONE = ZoneInfo(TIME_ZONE)
LONG = 20_000
"""Entries of the one client with a long life in the agency."""
BUSY_CLIENTS, BUSY_TASKS = 90, 400
EVERY_FIFTH = 5
"""One client in five has a task that somebody made; one in two an appointment in this week or the next."""
SLOTS = 50
OWN = ("Ask the clinic for the letter", "Bring the spare key", "Call the school back", "Take the form to the office")


class Work:
    """Collects the work with clients, row by row, and writes it. Call ``write`` at the end, too."""

    def __init__(self, today: date, at: datetime, clients: int) -> None:
        self.by = Actor(at=at, today=today)
        self.program = _program(self.by)
        self.courses = courses(self.program, self.by, min(clients, COURSES))
        self._stencils = [_Printed(course, self) for course in self.courses]
        few = sorted(range(len(self.courses)), key=lambda number: self.courses[number].listed)
        self._light = few[: max(1, len(few) // 30)]
        self._rows: dict[type[models.Model], list[Any]] = {model: [] for model in ORDER}
        self._slots = [self._appointment(number) for number in range(SLOTS)]

    def enrol(self, person: Person, staff: Staff, number: int, *, light: bool = False) -> Episode:
        """Give the *number*-th client an episode with *staff*, and everything in it. *light*: one with few tasks."""
        which = self._light[number % len(self._light)] if light else number * 7 % len(self.courses)
        printed = self._stencils[which]
        episode = printed.print(self._rows, person.pk.hex, staff.pk.hex)
        if number % 2 == 0:
            self._agree(person.pk.hex, staff.pk.hex, episode.hex, number // 2 % SLOTS)
        if number % EVERY_FIFTH == 0 and not light:
            self.ask(person, episode, staff, number)
        return Episode(id=episode, labels=self.program.labels)

    def listed(self, number: int) -> int:
        """How many tasks of the *number*-th client stand on a list, if their course is a light one."""
        return self.courses[self._light[number % len(self._light)]].listed

    def ask(self, person: Person, episode: UUID, staff: Staff, number: int) -> None:
        """A task that *staff* made."""
        task = Task(
            title=OWN[number % len(OWN)],
            client_id=person.pk,
            episode_id=episode,
            owner_id=staff.pk,
            due_on=self.by.today + timedelta(days=number % 23 - 6),
            remind_on=self.by.today + timedelta(days=number % 23 - 6),
            action="task",
            labels=self.program.labels,
            made_by=staff.pk,
            made_at=self.by.at,
        )
        self._rows[Task].append(Stencil(task).fill())

    def live_long(self, person: Person, episode: Episode, staff: Staff, entries: int) -> None:
        """Give *person* so many *entries* more: tasks that were done, over ten years."""
        step = timedelta(days=3650) / max(1, entries)
        rows = [
            Entry(
                kind=str(EntryKind.TASK),
                person=person,
                episode=episode,
                actor=staff,
                happened_at=self.by.at - step * (number + 1),
                written_at=self.by.at - step * (number + 1),
                labels=self.program.labels,
                source_kind="task",
                source_id=new_id(),
                title=OWN[number % len(OWN)],
                words=searchable(OWN[number % len(OWN)], ""),
            )
            for number in range(entries)
        ]
        write_rows(Entry, rows)

    def write(self) -> None:
        """Write what waits."""
        for model in ORDER:
            rows, self._rows[model] = self._rows[model], []
            write_filled(model, rows)

    def _appointment(self, slot: int) -> tuple[Stencil, Stencil]:
        """The *slot*-th of fifty times on the ten working days from this Monday on."""
        monday = self.by.today - timedelta(days=self.by.today.weekday())
        on = monday + timedelta(days=slot % 10 // 5 * 7 + slot % 5)
        starts_at = datetime.combine(on, time(9 + slot // 10, 15), ZONE)
        row = Appointment(
            kind=str(AppointmentKind.VISIT),
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=40),
            zone=TIME_ZONE,
            labels=self.program.labels,
            made_at=self.by.at,
            changed_at=self.by.at,
        )
        place = AppointmentWorker(starts_at=starts_at)
        return Stencil(row, "id", "client_id", "episode_id", "made_by_id"), Stencil(
            place, "id", "appointment_id", "staff_id"
        )

    def _agree(self, person: str, staff: str, episode: str, slot: int) -> None:
        row, place = self._slots[slot]
        pk = new_id().hex
        self._rows[Appointment].append(row.fill(pk, person, episode, staff))
        self._rows[AppointmentWorker].append(place.fill(new_id().hex, pk, staff))


class _Printed:
    """The stencils of one course."""

    def __init__(self, course: Course, work: Work) -> None:
        self.course, self.work = course, work
        labels, at = work.program.labels, work.by.at
        self.episode = Stencil(
            Episode(program=work.program, enrolled_on=course.enrolled_on, labels=labels, enrolled_at=at),
            "id",
            "person_id",
        )
        self.member = Stencil(EpisodeMember(starts_on=course.enrolled_on), "id", "episode_id", "person_id")
        self.reckoning = Stencil(Reckoning(refresh_on=course.refresh_on, worked_out_at=at), "episode_id", "owner_id")
        self.enrolled = self._source(EventKind.ENROLLED, course.enrolled_on, "episode", work.program.name, "")
        self.papers = [
            (
                Stencil(
                    Elsewhere(
                        kind=str(paper.kind),
                        name=paper.name,
                        done_on=paper.on,
                        who="The worker before",
                        labels=labels,
                        recorded_at=at,
                    ),
                    "id",
                    "episode_id",
                    "person_id",
                ),
                self._source(paper.kind, paper.on, "elsewhere", "", paper.name),
            )
            for paper in course.papers
        ]
        self.meetings = [self._meeting(meeting) for meeting in course.meetings]
        self.tasks = [self._task(task) for task in course.tasks]

    def print(self, rows: dict[type[models.Model], list[Any]], person: str, staff: str) -> UUID:
        """Add the rows of this course for *person* with *staff* (ids as hex digits). Returns the episode's id."""
        episode_id = new_id()
        episode = episode_id.hex
        proof: list[UUID] = []

        def tell(pair: tuple[Stencil, Stencil], source: str) -> None:
            evidence, entry = pair
            proof.append(new_id())
            rows[Evidence].append(evidence.fill(proof[-1].hex, episode, person, source))
            rows[Entry].append(entry.fill(new_id().hex, person, episode, staff, source))

        rows[Episode].append(self.episode.fill(episode, person))
        rows[EpisodeMember].append(self.member.fill(new_id().hex, episode, person))
        rows[Reckoning].append(self.reckoning.fill(episode, staff))
        tell(self.enrolled, episode)
        for elsewhere, told in self.papers:
            source = new_id().hex
            rows[Elsewhere].append(elsewhere.fill(source, episode, person))
            tell(told, source)
        for contact, there, activities, told in self.meetings:
            source = new_id().hex
            rows[Contact].append(contact.fill(source, person, episode, staff))
            rows[ContactPerson].append(there.fill(new_id().hex, source, person, episode))
            rows[ContactActivity] += [one.fill(new_id().hex, source) for one in activities]
            tell(told, source)
        for task, counts_from, met_by in self.tasks:
            given = [new_id().hex, person, episode, staff]
            if counts_from is not None:
                given.append(str(proof[counts_from]))
            if met_by is not None:
                given.append(proof[met_by].hex)
            rows[Task].append(task.fill(*given))
        return episode_id

    def _source(self, kind: EventKind, on: date, source: str, title: str, name: str) -> tuple[Stencil, Stencil]:
        """Evidence and entry of what has only a day."""
        noon = datetime.combine(on, time(12), ZONE)
        labels = self.work.program.labels
        evidence = Evidence(
            kind=kind.value, happened_on=on, name=name, source_kind=source, labels=labels, recorded_at=noon
        )
        entry = Entry(
            kind=str(kind),
            happened_at=noon,
            written_at=noon,
            labels=labels,
            source_kind=source,
            title=title,
            words=searchable(title, ""),
        )
        return _pair(evidence, entry)

    def _meeting(self, one: Meeting) -> tuple[Stencil, Stencil, list[Stencil], tuple[Stencil, Stencil]]:
        labels, place = self.work.program.labels, one.place.value if one.place else ""
        ended_at = one.at + timedelta(minutes=one.minutes)
        contact = Contact(
            kind=one.kind,
            mode=one.mode.value,
            place=place,
            happened_on=one.at.date(),
            started_at=one.at,
            ended_at=ended_at,
            minutes=one.minutes,
            narrative=one.narrative,
            signed_at=ended_at + timedelta(minutes=20),
            state=ContactState.SIGNED.value,
            labels=labels,
        )
        there = ContactPerson(role=Seen.CLIENT.value, client=True, labels=labels)
        shares = split(one.minutes, dict.fromkeys(one.activities))
        activities = [
            Stencil(ContactActivity(activity=str(activity), minutes=minutes), "id", "contact_id")
            for activity, minutes in shares.items()
        ]
        facts = {
            "mode": one.mode.value,
            "place": place,
            "kind": one.kind,
            "minutes": one.minutes,
            "activities": [str(activity) for activity in one.activities],
            "seen": [Seen.CLIENT.value],
            "state": ContactState.SIGNED.value,
        }
        title = next(kind.title for kind in shipped()[TEMPLATE].contact_kinds if kind.key == one.kind)
        entry = Entry(
            kind=str(EntryKind.CONTACT),
            happened_at=one.at,
            written_at=contact.signed_at,
            labels=labels,
            source_kind="contact",
            title=title,
            text=one.narrative,
            words=searchable(title, one.narrative),
            facts={name: value for name, value in facts.items() if value},
        )
        evidence = Evidence(
            kind=EventKind.CONTACT.value,
            happened_on=one.at.date(),
            happened_at=one.at,
            name=one.kind,
            mode=one.mode.value,
            place=place,
            minutes=one.minutes,
            activities=facts["activities"],
            seen=facts["seen"],
            source_kind="contact",
            labels=labels,
            recorded_at=contact.signed_at,
        )
        return (
            Stencil(contact, "id", "person_id", "episode_id", "staff_id"),
            Stencil(there, "id", "contact_id", "person_id", "episode_id"),
            activities,
            _pair(evidence, entry),
        )

    def _task(self, task: Task) -> tuple[Stencil, int | None, int | None]:
        """The stencil; and which evidence its occasion is named after, and which met it, by number."""
        many = 1 + len(self.course.papers) + len(self.course.meetings)
        numbers = {name_of(number): number for number in range(many)}
        words = {str(name): number for name, number in numbers.items()}
        counts_from, met_by = words.get(task.occurrence), numbers.get(task.met_by) if task.met_by else None
        slots = ["id", "client_id", "episode_id", "owner_id"]
        slots += ["occurrence"] if counts_from is not None else []
        slots += ["met_by"] if met_by is not None else []
        return Stencil(task, *slots), counts_from, met_by


def _pair(evidence: Evidence, entry: Entry) -> tuple[Stencil, Stencil]:
    return (
        Stencil(evidence, "id", "episode_id", "person_id", "source_id"),
        Stencil(entry, "id", "person_id", "episode_id", "actor_id", "source_id"),
    )


def _program(by: Actor) -> Program:
    return open_program(
        key=TEMPLATE,
        name="Foster care",
        template=shipped()[TEMPLATE],
        template_key=TEMPLATE,
        team=None,
        opened_on=by.today - timedelta(days=1_500),
        by=by,
    )
