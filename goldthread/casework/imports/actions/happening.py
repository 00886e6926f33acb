"""Rows that are enrollments or past contacts: whose they are, and what keeps them from coming in."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from goldthread.casework.caseload.actions.telling import NOON
from goldthread.casework.episodes.models import EpisodeMember
from goldthread.casework.episodes.rules import check_life
from goldthread.casework.imports.actions.colleagues import worker_of, worker_told
from goldthread.casework.imports.actions.crowding import Crowding
from goldthread.casework.imports.actions.describing import kept_score
from goldthread.casework.imports.actions.ground import Coming, Ground, Place, ground_of
from goldthread.casework.imports.actions.households import known_by, settle
from goldthread.casework.imports.actions.matching import Match, matched
from goldthread.casework.imports.actions.stays import is_over, take_stay
from goldthread.casework.imports.enums import What
from goldthread.casework.imports.models import Finding, Import
from goldthread.casework.imports.queries import Opened
from goldthread.casework.imports.rules.happenings import Happening, names_whom, read_happening
from goldthread.casework.imports.rules.rows import Told
from goldthread.casework.imports.rules.saying import TRIED, happened_of, left_out_of, without_numbers
from goldthread.casework.record.models import Entry
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.text import plain
from goldthread.foundation.programs.queries import Rules, in_force
from goldthread.people.persons.models import Person

PART = 500
"""Rows that are looked up together."""
BROUGHT = "brought"
"""The kind of source of a contact that came from a file."""


def of_happenings(row: Import, file: Opened) -> Iterator[Finding]:
    """What there is to say of the rows, in their order; what the file's page shows is put on *row*. Nothing is saved."""
    first: list[dict[str, Any]] = []
    ground = ground_of(row, file)
    room = Crowding(ground.rules, file.reading.today)
    rows = comings(row, file, {}, ground=ground)
    for one in rows:
        said = happened_of(one.one)
        if one.stay and one.begins and not one.told and one.stay.closed is None:
            room.take(one.row, one.stay.program)
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
        elif len(first) < TRIED and (who := [one.person] if one.person else one.members):
            names = [person.display_name for person in who]
            first.append({"said": said, "more": names, "kept": len(one.one.who.kept)})
    more = sum(1 for one in rows if not (one.begins or one.told))
    row.shown = {"first": first, "more": more} | left_out_of(file.table) | room.shown()


def comings(
    row: Import,
    file: Opened,
    decided: Mapping[int, UUID],
    *,
    out: Container[int] = (),
    ground: Ground | None = None,
) -> list[Coming]:
    """The rows of *file* in their order, but for those that stay *out*, with whose they are and what is wrong; *decided*: whose a person
    said they are."""
    ground = ground or ground_of(row, file)
    rows = (one for one in file.table.rows if one.number not in out)
    every: list[Coming] = []
    while part := list(islice(rows, PART)):
        read = [(one.number, *read_happening(one, file.table, file.reading, row.what)) for one in part]
        asked = [(number, one) for number, one, _told in read if names_whom(one) or not one.who.household]
        matches = matched(asked, file.reading.fields, decided)
        found = [Coming(number, one, matches.get(number) or Match(), told) for number, one, told in read]
        _place(found, ground)
        every += found
    if row.what == What.EPISODES:
        settle([one.stay for one in every if one.stay and one.stay.number and one.begins], row, ground)
    return every


def _place(found: Sequence[Coming], ground: Ground) -> None:
    """Put each row where it belongs, and tell what keeps it from there. A fixed number of queries."""
    people = Person.objects.in_bulk({one.match.person for one in found if one.match.person})
    for one in found:
        one.told += one.match.told
        one.person = people.get(one.match.person) if one.match.person else None
        one.told += _program_told(one, ground)
        one.told += _worker_told(one, ground)
    people |= _name_members([one for one in found if not one.person and not one.match.among and not one.told], ground)
    places = _places(people)
    there = _there(found, people, ground) if ground.what == What.CONTACTS else set()
    for one in found:
        if one.told or not (one.person or one.members):
            continue
        try:
            if ground.what == What.EPISODES:
                take_stay(one, places, ground)
            elif one.person:
                _check_contact(one, one.person, places.get(one.person.pk, []), there, ground)
        except DomainError as error:
            one.told.append(Told(ground.column(error.field or "day"), str(error.message)))


def _name_members(rows: Sequence[Coming], ground: Ground) -> dict[UUID, Person]:
    """Of *rows*, which name a household alone, who has its number. Two queries."""
    known = known_by(one.one.who.household for one in rows)
    people = Person.objects.in_bulk({pk for groups in known.values() for group in groups for pk in group.people})
    for one in rows:
        groups = known.get(one.one.who.household, [])
        if one.program and one.program.unit != "household":
            told = _("This program enrolls one person, not a household. Write in the row who it is.")
        elif not groups:
            told = _("No household here has this number.")
        elif len(groups) > 1:
            told = _("Two households here have this number. Write in the row who it is.")
        else:
            one.members = [people[pk] for pk in groups[0].people]
            continue
        one.told.append(Told(ground.column("household_number"), told))
    return people


def _worker_told(one: Coming, ground: Ground) -> list[Told]:
    """Why the worker, or whoever wrote a contact, cannot be. Who wrote a contact may be anybody."""
    if ground.what == What.CONTACTS:
        one.staff = worker_of(one.one.author, ground.staff) if one.one.author else None
        return []
    staff = ground.everybody if is_over(one) else ground.staff
    return worker_told(one.one.who.worker, staff, ground.fields, ground.everybody)


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
    check_life(person, said.day, "day")
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
