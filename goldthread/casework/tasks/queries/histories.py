"""Episodes read as the engine wants them: a fixed number of queries, however many episodes."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import F, QuerySet, TextField
from django.db.models.functions import Cast

from goldthread.casework.episodes.models import Episode
from goldthread.casework.tasks.models import Evidence
from goldthread.casework.tasks.queries.around import Around, Fact, What, around_of
from goldthread.casework.tasks.rules.history import FOREVER, Event, History, Member, Moment, Rest, in_order
from goldthread.foundation.agency.rules import Calendar, public_holidays
from goldthread.foundation.lib.compiled import AnyOf, Compiled, Given
from goldthread.foundation.programs.enums import Acuity, EventKind
from goldthread.foundation.programs.queries import Rules
from goldthread.foundation.programs.rules.spans import read_span

COLUMNS = (
    "episode_id",
    "id",
    "kind",
    "happened_on",
    "happened_at",
    "name",
    "mode",
    "place",
    "minutes",
    "activities",
    "seen",
    "attempted",
    "details",
)
WHOSE = (*COLUMNS, "person_id", "source_kind", "source_id")
"""Of a household: for whom it counts, and what else comes of the same note."""
WRITTEN_AS_JSON = {name: COLUMNS.index(name) for name in ("activities", "seen", "details")}
NOT_READ = (EventKind.PAUSED, EventKind.RESUMED)
"""They tell the timeline; the days themselves stand in the episode's pauses."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """An episode with its history, its program's rules and whom its tasks are about."""

    episode: Episode
    history: History
    rules: Rules
    client: UUID
    """The person, or the first member of the household who is still there: of tasks that are about all of them."""


def histories_of(episodes: Iterable[Episode], today: date, rules: Mapping[UUID, Rules] | None = None) -> list[Loaded]:
    """*episodes* as the engine reads them. Two queries, however many. *rules* of their programs, when they were read already.
    A discharge planned for later has not happened yet."""
    rows = list(episodes)
    programs = {episode.program_id for episode in rows} if rules is None else set()
    around = around_of([episode.pk for episode in rows], programs)
    return histories_in(around, rows, today, around.rules() if rules is None else rules)


def histories_in(
    around: Around,
    rows: list[Episode],
    today: date,
    rules: Mapping[UUID, Rules],
    new: Iterable[tuple[Any, ...]] = (),
) -> list[Loaded]:
    """The same, where *around* has been read. One query. *new*: evidence (``WHOSE``) that is not written yet."""
    zone, calendar = _calendar(around, min((episode.enrolled_on for episode in rows), default=today), today)
    events = _events(rows, new)
    pauses = _pauses(around)
    members = _members(around)
    return [
        _loaded(episode, today, rules[episode.program_id], zone, calendar, events, pauses, members)
        for episode in rows
        if episode.program_id in rules and members[episode.pk]
    ]


def event_of(row: tuple[Any, ...]) -> Event:
    """One row of evidence (``COLUMNS`` or ``WHOSE``) as an event."""
    _episode, pk, kind, on, at, name, mode, place, minutes, activities, seen, attempted, details, *whose = row
    every = details.get("every") if details else None
    until = details.get("until") if details else None
    level = details.get("level") if details else None
    return Event(
        id=pk,
        kind=EventKind(kind),
        on=on,
        at=at,
        person=whose[0] if whose else None,
        source=tuple(whose[1:]) if whose else None,
        name=name,
        mode=mode,
        place=place,
        minutes=minutes,
        activities=frozenset(activities),
        seen=frozenset(seen),
        attempted=attempted,
        requirement=details.get("requirement", "") if details else "",
        reason=details.get("reason", "") if details else "",
        until=date.fromisoformat(until) if until else None,
        level=Acuity(level) if level else None,
        every=read_span(every) if every else None,
        past=bool(details and details.get("past")),
    )


def calendar_now(since: date, today: date) -> tuple[ZoneInfo, Calendar]:
    """The agency's zone, and its worked days from *since* to some years after *today*. One query."""
    return _calendar(around_of([], []), since, today)


def _calendar(around: Around, since: date, today: date) -> tuple[ZoneInfo, Calendar]:
    own = [(row.first, row.yes) for row in around.of(What.DAY) if row.first]
    closed, worked = (frozenset(day for day, is_open in own if is_open is wanted) for wanted in (False, True))
    agency = next(iter(around.of(What.AGENCY)), None)
    if agency is None:
        return ZoneInfo("UTC"), Calendar({}, closed, worked)
    zone, country, region = agency.word, agency.more, agency.region
    first = max(since.year - 1, today.year - 10)
    return ZoneInfo(zone), Calendar(_holidays(country, region, first // 5 * 5, today.year + 4), closed, worked)


@lru_cache(maxsize=64)
def _holidays(country: str, region: str, first: int, last: int) -> dict[date, str]:
    return public_holidays(country, region, range(first, last + 1))


def _loaded(
    episode: Episode,
    today: date,
    rules: Rules,
    zone: ZoneInfo,
    calendar: Calendar,
    events: dict[UUID, list[Event]],
    pauses: dict[UUID, list[Rest]],
    members: dict[UUID, list[tuple[Member, bool]]],
) -> Loaded:
    served = members[episode.pk]
    own = in_order(events[episode.pk], zone)
    household, ended = episode.household_id is not None, episode.discharged_on
    history = History(
        enrolled=Moment(episode.enrolled_on, _hour_of_enrolment(own, episode.enrolled_on)),
        referred=episode.referred_on,
        discharged=ended if ended and ended <= today else None,
        birth_date=None if household else served[0][0].birth_date,
        asked_from=episode.asked_from,
        events=own,
        pauses=tuple(pauses[episode.pk]),
        members=tuple(member for member, child in served if child) if household else (),
        calendar=calendar,
        zone=zone,
    )
    return Loaded(episode, history, rules, _first_there(served, min(today, ended or today)))


def _first_there(served: list[tuple[Member, bool]], day: date) -> UUID:
    """Of a household's members the first who stays; else who is there on *day*; when it has nobody then, whoever came first.

    Who leaves today is left at once: tomorrow nobody would see the family's tasks with them, and no clock looks that soon.
    """
    stay = [member.id for member, _child in served if member.ends_on is None]
    there = [member.id for member, _child in served if member.ends_on and member.ends_on >= day]
    return (stay or there or [served[0][0].id])[0]  # type: ignore[return-value]  # from the database it is a UUID


def _hour_of_enrolment(events: Iterable[Event], enrolled_on: date) -> datetime | None:
    """The instant of the enrolment, where its evidence tells one."""
    return next((one.at for one in events if one.kind == EventKind.ENROLLED and one.on == enrolled_on), None)


def _evidence(columns: tuple[str, ...]) -> Compiled[tuple[Any, ...]]:
    def build() -> QuerySet[Evidence, tuple[Any, ...]]:
        rows = Evidence.objects.filter(AnyOf(F("episode"), Given("ids")), voided=False)
        as_read = [Cast(name, TextField()) if name in WRITTEN_AS_JSON else name for name in columns]
        return rows.exclude(kind__in=NOT_READ).values_list(*as_read)

    return Compiled(build)


_OF_PERSONS, _OF_HOUSEHOLDS = _evidence(COLUMNS), _evidence(WHOSE)


def _events(episodes: list[Episode], new: Iterable[tuple[Any, ...]]) -> dict[UUID, list[Event]]:
    """The evidence of each episode; whose it is, is only read where there are several. That which is *new* comes with it."""
    found: dict[UUID, list[Event]] = defaultdict(list)
    persons = [episode.pk for episode in episodes if episode.household_id is None]
    households = [episode.pk for episode in episodes if episode.household_id is not None]
    for query, ids in ((_OF_PERSONS, persons), (_OF_HOUSEHOLDS, households)):
        for row in query.ask(ids=ids) if ids else ():
            found[row[0]].append(event_of(_read(row)))
    for row in new:
        found[row[0]].append(event_of(row if row[0] in households else row[: len(COLUMNS)]))
    return found


def _read(row: tuple[Any, ...]) -> tuple[Any, ...]:
    values = list(row)
    for place in WRITTEN_AS_JSON.values():
        values[place] = _from_json(values[place])
    return tuple(values)


@lru_cache(maxsize=2000)
def _from_json(text: str) -> Any:
    """What *text* says. Few texts stand in most rows, and reading them was a quarter of reading a history; nobody writes to what
    comes of it."""
    return json.loads(text)


def _pauses(around: Around) -> dict[UUID, list[Rest]]:
    found: dict[UUID, list[Rest]] = defaultdict(list)
    for row in around.of(What.PAUSE):
        if row.id and row.first:
            found[row.id].append(Rest(row.first, row.last or FOREVER))
    return found


def _members(around: Around) -> dict[UUID, list[tuple[Member, bool]]]:
    """The members of each episode, those who came first before, each with whether they count as a child."""
    found: dict[UUID, list[tuple[Member, bool]]] = defaultdict(list)
    for row in sorted(around.of(What.MEMBER), key=_came):
        if row.id and row.first:
            again = any(member.id == row.person for member, _child in found[row.id])
            found[row.id].append((Member(row.person, row.first, row.last, row.born, again), bool(row.yes)))
    return found


def _came(row: Fact) -> tuple[date | None, UUID | None]:
    return row.first, row.person
