"""Rows that are enrollments or past contacts: whose they are, and what keeps them from coming in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from goldthread.casework.caseload.actions.telling import NOON
from goldthread.casework.episodes.models import EpisodeMember
from goldthread.casework.episodes.rules import check_life
from goldthread.casework.imports.actions.colleagues import staff_by_words, worker_of, worker_told
from goldthread.casework.imports.actions.crowding import Crowding
from goldthread.casework.imports.actions.describing import kept_score
from goldthread.casework.imports.actions.matching import Match, matched
from goldthread.casework.imports.enums import What
from goldthread.casework.imports.models import Finding, Import
from goldthread.casework.imports.queries import Opened
from goldthread.casework.imports.rules.happenings import Happening, read_happening
from goldthread.casework.imports.rules.rows import Told
from goldthread.casework.imports.rules.saying import TRIED, happened_of, left_out_of, without_numbers
from goldthread.casework.record.models import Entry
from goldthread.foundation.agency.queries import the_agency
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.text import plain
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.queries import Rules, all_programs, in_force, rules_of
from goldthread.people.persons.models import Person

PART = 500
"""Rows that are looked up together."""
BROUGHT = "brought"
"""The kind of source of a contact that came from a file."""


@dataclass(frozen=True, slots=True)
class Place:
    """Days on which somebody is in a program. ``labels``: the episode's."""

    episode: UUID
    program: UUID
    labels: int
    starts_on: date
    ends_on: date | None

    def covers(self, day: date) -> bool:
        """Is *day* one of them?"""
        return self.starts_on <= day <= (self.ends_on or date.max)


@dataclass(slots=True)
class Coming:
    """A row on its way in. ``told``: why it is refused; ``match``: whose it is."""

    row: int
    one: Happening
    match: Match
    told: list[Told]
    program: Program | None = None
    person: Person | None = None
    place: Place | None = None
    staff: UUID | None = None


@dataclass(slots=True)
class Ground:
    """What rows are held against: programs by words, their rules, colleagues; and what earlier rows of the file said."""

    what: str
    fields: Mapping[str, str]
    zone: ZoneInfo
    programs: dict[str, Program]
    rules: Mapping[UUID, Rules]
    staff: Mapping[str, UUID | None]
    earlier: dict[Any, int] = field(default_factory=dict)
    stays: dict[tuple[UUID, UUID], list[tuple[date, date, int]]] = field(default_factory=lambda: defaultdict(list))

    def column(self, key: str) -> str:
        """The caption of the column that holds *key*."""
        return next((caption for caption, found in self.fields.items() if found == key), "")


def ground_of(row: Import, file: Opened) -> Ground:
    """Read it. Three queries."""
    programs = all_programs()
    agency = the_agency()
    named = {plain(words): one for one in programs for words in (one.key, one.name)}
    zone = ZoneInfo(agency.time_zone if agency else "UTC")
    return Ground(row.what, file.reading.fields, zone, named, rules_of([one.pk for one in programs]), staff_by_words())


def of_happenings(row: Import, file: Opened) -> Iterator[Finding]:
    """What there is to say of the rows, in their order; what the file's page shows is put on *row*. Nothing is saved."""
    first: list[dict[str, Any]] = []
    ground = ground_of(row, file)
    room = Crowding(ground.rules, file.reading.today)
    for one in comings(row, file, {}, ground):
        said = happened_of(one.one)
        if row.what == What.EPISODES and one.program and not one.told and one.one.closed is None:
            room.take(one.row, one.program)
        if one.told or one.match.among:
            yield Finding(
                run=row,
                row=one.row,
                told=[[reason.column, without_numbers(reason.reason)] for reason in one.told],
                twin_id=None if one.told else one.match.among[0],
                among=[] if one.told else [str(pk) for pk in one.match.among],
                said=said,
                why=kept_score(one.match.score),
            )
        elif len(first) < TRIED and one.person:
            first.append({"said": said, "more": [one.person.display_name], "kept": len(one.one.who.kept)})
    row.shown = {"first": first} | left_out_of(file.table) | room.shown()


def comings(row: Import, file: Opened, decided: Mapping[int, UUID], ground: Ground | None = None) -> Iterator[Coming]:
    """The rows of *file* in their order, with whose they are and what is wrong; *decided*: whose a person said they are."""
    ground = ground or ground_of(row, file)
    rows = iter(file.table.rows)
    while part := list(islice(rows, PART)):
        read = [(one.number, *read_happening(one, file.table, file.reading, row.what)) for one in part]
        matches = matched([(number, one) for number, one, _told in read], file.reading.fields, decided)
        found = [Coming(number, one, matches[number], told) for number, one, told in read]
        _place(found, ground)
        yield from found


def _place(found: Sequence[Coming], ground: Ground) -> None:
    """Put each row where it belongs, and tell what keeps it from there. Three queries."""
    people = Person.objects.in_bulk({one.match.person for one in found if one.match.person})
    places = _places(people)
    there = _there(found, people, ground) if ground.what == What.CONTACTS else set()
    for one in found:
        one.told += one.match.told
        one.person = people.get(one.match.person) if one.match.person else None
        one.told += _program_told(one, ground)
        if ground.what == What.EPISODES:
            one.told += worker_told(one.one.who.worker, ground.staff, ground.fields)
            one.staff = worker_of(one.one.who.worker, ground.staff) if one.one.who.worker else None
        else:
            one.staff = worker_of(one.one.author, ground.staff) if one.one.author else None
        if one.told or one.person is None:
            continue
        own = places.get(one.person.pk, [])
        try:
            check = _check_stay if ground.what == What.EPISODES else _check_contact
            check(one, one.person, own, there, ground)
        except DomainError as error:
            column = ground.column({"closed_on": "closed", "program": "program"}.get(error.field or "", "opened"))
            if ground.what == What.CONTACTS:
                column = ground.column("program" if error.field == "program" else "day")
            one.told.append(Told(column, str(error.message)))


def _places(people: Iterable[UUID]) -> dict[UUID, list[Place]]:
    rows = EpisodeMember.objects.filter(person__in=list(people)).select_related("episode")
    found: dict[UUID, list[Place]] = defaultdict(list)
    for row in rows:
        ended = min(filter(None, (row.ends_on, row.episode.discharged_on)), default=None)
        found[row.person_id].append(
            Place(row.episode_id, row.episode.program_id, row.episode.labels, row.starts_on, ended)
        )
    return found


def _program_told(one: Coming, ground: Ground) -> list[Told]:
    if not one.one.program:
        return []
    one.program = ground.programs.get(plain(one.one.program))
    if one.program:
        return []
    reason = _("There is no program called %(name)s here. Set it up first, or write its name as it is here.")
    return [Told(ground.column("program"), reason % {"name": one.one.program[:60]})]


# --- Enrollments ---------------------------------------------------------------------------------------
def _check_stay(one: Coming, person: Person, own: list[Place], _there: set[Any], ground: Ground) -> None:
    """DomainError when the enrollment cannot be. That the program was not open here yet is no reason: the old list knew it before."""
    said, program = one.one, one.program
    if program is None or said.opened is None:
        return
    if program.closed_on is not None and said.opened >= program.closed_on:
        raise DomainError(_("The program was closed on that day."))
    check_life(person, said.opened)
    last = said.closed or date.max
    for place in own:
        if place.program == program.pk and place.starts_on <= last and said.opened <= (place.ends_on or date.max):
            if (place.starts_on, place.ends_on) == (said.opened, said.closed):
                raise DomainError(_("This enrollment is here already."))
            raise DomainError(_("The client is in this program on some of these days already."))
    for first, end, row in ground.stays[person.pk, program.pk]:
        if first <= last and said.opened <= end:
            raise DomainError(
                _("Row %(row)d has the same client in this program on some of these days.") % {"row": row}
            )
    ground.stays[person.pk, program.pk].append((said.opened, last, one.row))


# --- Contacts ------------------------------------------------------------------------------------------
def happened_at(one: Happening, zone: ZoneInfo) -> datetime:
    """The instant at which the contact stands on the timeline; noon of a day whose hour nobody knows."""
    day = one.day or date.min
    return datetime.combine(day, one.at, tzinfo=zone) if one.at else datetime.combine(day, NOON)


def _same(person: UUID, one: Happening, at: datetime) -> tuple[UUID, datetime, str]:
    return person, at, " ".join(one.words.split())


def _there(found: Sequence[Coming], people: Mapping[UUID, Person], ground: Ground) -> set[Any]:
    """Contacts that another file brought before."""
    days = {happened_at(one.one, ground.zone) for one in found if one.one.day}
    rows = Entry.objects.filter(person__in=list(people), source_kind=BROUGHT, happened_at__in=days)
    return {(pk, at, " ".join(text.split())) for pk, at, text in rows.values_list("person", "happened_at", "text")}


def _check_contact(one: Coming, person: Person, own: list[Place], there: set[Any], ground: Ground) -> None:
    """DomainError when it is here already, or belongs to one of several programs without saying to which."""
    said = one.one
    if said.day is None:
        return
    key = _same(person.pk, said, happened_at(said, ground.zone))
    if key in there:
        raise DomainError(_("This contact came with another file before."))
    if earlier := ground.earlier.get(key):
        raise DomainError(_("Row %(row)d is the same contact.") % {"row": earlier})
    check_life(person, said.day)
    on_that_day = [place for place in own if place.covers(said.day)]
    if one.program:
        on_that_day = [place for place in on_that_day if place.program == one.program.pk]
        if not on_that_day:
            raise DomainError(_("The client was not in this program on that day."), "program")
    else:
        on_that_day = [place for place in on_that_day if not place.labels]
    if len({place.episode for place in on_that_day}) > 1:
        raise DomainError(_("The client was in more than one program on that day: say in a column, which."), "program")
    one.place = on_that_day[0] if on_that_day else None
    ground.earlier[key] = one.row


def kind_of(one: Happening, place: Place | None, rules: Mapping[UUID, Rules]) -> tuple[str, str, str, str]:
    """The program's own kind of contact that the row names: its key and title, and how and where it takes place."""
    if not one.kind or place is None or one.day is None or not rules.get(place.program):
        return "", one.kind, one.mode, one.place
    words = plain(one.kind)
    for kind in in_force(rules[place.program], one.day).contact_kinds:
        if words in (plain(kind.key), plain(kind.title)):
            return kind.key, kind.title, one.mode or str(kind.mode), one.place or str(kind.place or "")
    return "", one.kind, one.mode, one.place
