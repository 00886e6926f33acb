"""Enrollments and past contacts, written unseen: they hang on a stand-in whom nobody can see, until one statement a table gives
each of them to its client. What the requirements read (evidence) counts as voided until then."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Model, OuterRef, Subquery

from goldthread.casework.caseload.actions.proving import DISCHARGE, ENROLMENT
from goldthread.casework.caseload.actions.telling import moment
from goldthread.casework.episodes.models import Episode, EpisodeMember
from goldthread.casework.episodes.rules import is_child, labels_for
from goldthread.casework.imports.actions.happening import BROUGHT, Coming, happened_at, kind_of
from goldthread.casework.imports.actions.writing import told_of, words_by_which, words_ready
from goldthread.casework.imports.enums import What
from goldthread.casework.imports.models import Brought, Import
from goldthread.casework.record.enums import EntryKind
from goldthread.casework.record.models import Entry
from goldthread.casework.record.rules import searchable
from goldthread.casework.tasks.models import Evidence, Reckoning
from goldthread.foundation.agency.queries import the_agency
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.bulk import ready_to_insert, run_ready
from goldthread.foundation.lib.text import plain
from goldthread.foundation.programs.enums import EventKind, Seen
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.queries import Rules, in_force, rules_of
from goldthread.people.persons.models import Person

TABLES: tuple[type[Model], ...] = (Episode, EpisodeMember, Entry, Evidence, Reckoning, Brought)
"""In the order in which their rows hang on each other."""


def unseen_happenings(run: Import, batch: Sequence[Coming], place: int, by: Actor) -> Callable[[], None]:
    """The rows of *batch*, numbered from *place*, as what nobody sees yet. All of it is made ready now; what is returned writes it, in a
    transaction."""
    programs = {one.place.program for one in batch if one.place} | {one.program.pk for one in batch if one.program}
    made = Made(run, by, rules_of(programs))
    for number, one in enumerate(batch, start=place):
        made.add(one, number)
    return made.ready()


def stand_in(run: Import) -> UUID:
    """On whom rows hang until they come in: a person without a client number, whom no gate lets through and no search finds."""
    return run.pk


class Made:
    """Rows that wait to be written together."""

    def __init__(self, run: Import, by: Actor, rules: Mapping[UUID, Rules]) -> None:
        self.run, self.by, self.rules = run, by, rules
        agency = the_agency()
        self.zone = ZoneInfo(agency.time_zone if agency else "UTC")
        self.rows: dict[type[Model], list[Any]] = {model: [] for model in TABLES}
        self.words: list[tuple[str, UUID]] = []

    def add(self, one: Coming, place: int) -> None:
        """One row of the file, with all that comes of it. Its id is the episode's, or that by which the contact is known."""
        if one.person is None:
            raise ValueError("a row that is nobody's does not come in")
        labels = labels_for(one.program) if one.program else (one.place.labels if one.place else 0)
        brought = Brought(
            run=self.run,
            person=one.person,
            row=one.row,
            place=place,
            kept=one.one.who.kept,
            worker=one.staff,
            closes_on=one.one.closed,
            labels=labels,
        )
        self.rows[Brought].append(brought)
        self.words += [(word, brought.pk) for word in words_by_which(one.one.who.kept.values())]
        if self.run.what == What.EPISODES:
            self._episode(one, one.person, brought)
        else:
            self._contact(one, brought)

    def ready(self) -> Callable[[], None]:
        """Everything that waits."""
        rows = [*(ready_to_insert(rows) for rows in self.rows.values()), words_ready(self.words)]
        clients = [row.person_id for row in self.rows[Brought]]
        new = {"version": 0, "created_at": self.by.at, "created_by": self.by.staff}

        def write() -> None:
            Person.objects.get_or_create(pk=stand_in(self.run), defaults=new)
            run_ready(rows)
            told_of(self.run, clients, self.by)

        return write

    # --- Enrollments -----------------------------------------------------------------------------------
    def _episode(self, one: Coming, person: Person, brought: Brought) -> None:
        """Of a single day while nobody sees it: two open ones in one program would not be let in to one stand-in."""
        said, program = one.one, one.program
        if program is None or said.opened is None:
            raise ValueError("an enrollment has a program and a first day")
        key, note = self._reason(program, said.reason, said.closed)
        episode = Episode(
            id=brought.pk,
            program=program,
            person_id=stand_in(self.run),
            referred_on=said.referred,
            enrolled_on=said.opened,
            discharged_on=said.opened,
            discharge_reason=key,
            discharge_note=note,
            asked_from=self.by.today,
            labels=brought.labels,
            enrolled_by=self.by.staff,
            enrolled_at=self.by.at,
            discharged_by=self.by.staff if said.closed else None,
            discharged_at=self.by.at if said.closed else None,
        )
        self.rows[Episode].append(episode)
        self.rows[EpisodeMember].append(
            EpisodeMember(
                episode=episode,
                person_id=stand_in(self.run),
                child=is_child(person, said.opened),
                starts_on=said.opened,
                ends_on=said.closed,
            )
        )
        self.rows[Reckoning].append(
            Reckoning(
                episode=episode,
                owner_id=one.staff,
                team_id=None if one.staff else program.team_id,
                worked_out_at=self.by.at,
                version=0,
            )
        )
        days = [(EventKind.REFERRED, ENROLMENT, said.referred), (EventKind.ENROLLED, ENROLMENT, said.opened)]
        for kind, source, day in (*days, (EventKind.DISCHARGED, DISCHARGE, said.closed)):
            if day:
                self._evidence(kind, source, brought, episode, day)
        self._entry(EntryKind.ENROLLED, brought, episode, program.name, said.opened, {})
        if said.closed:
            self._entry(EntryKind.DISCHARGED, brought, episode, program.name, said.closed, {"reason": key}, note)

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
        episode: Episode,
        title: str,
        day: date,
        facts: dict[str, Any],
        text: str = "",
    ) -> None:
        self.rows[Entry].append(
            Entry(
                kind=kind,
                person_id=stand_in(self.run),
                episode=episode,
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

    def _evidence(self, kind: EventKind, source: str, brought: Brought, episode: Episode, day: date) -> None:
        self.rows[Evidence].append(
            Evidence(
                kind=kind,
                episode=episode,
                person_id=stand_in(self.run),
                happened_on=day,
                source_kind=source,
                source_id=brought.pk,
                voided=True,
                labels=brought.labels,
                recorded_by=self.by.staff,
                recorded_at=self.by.at,
            )
        )


def give_to_clients(run: Import) -> None:
    """The unseen rows of *run* become those of their clients: one statement a table."""
    of_row = Brought.objects.filter(pk=OuterRef("pk"))
    of_source = Subquery(Brought.objects.filter(pk=OuterRef("source_id")).values("person")[:1])
    theirs = {"person": stand_in(run)}
    EpisodeMember.objects.filter(**theirs).update(
        person=Subquery(Brought.objects.filter(pk=OuterRef("episode")).values("person")[:1])
    )
    Entry.objects.filter(**theirs).update(person=of_source)
    Evidence.objects.filter(**theirs).update(person=of_source, voided=False)
    Episode.objects.filter(**theirs).update(
        person=Subquery(of_row.values("person")[:1]), discharged_on=Subquery(of_row.values("closes_on")[:1])
    )
    Person.objects.filter(pk=stand_in(run)).delete()
