"""What lies around the evidence of episodes, in one statement: their members and pauses, the rules of their programs, the agency and
its own days. A room that reads more at the same moment adds its own rows to the statement."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from enum import IntEnum
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    F,
    IntegerField,
    Model,
    QuerySet,
    UUIDField,
    Value,
)
from django.db.models.functions import Cast

from goldthread.casework.episodes.models import EpisodeMember, Pause
from goldthread.casework.tasks.models import Reckoning
from goldthread.foundation.agency.models import Agency, ClosedDay
from goldthread.foundation.lib.compiled import AnyOf, Compiled, Given
from goldthread.foundation.lib.labels import LabelsField
from goldthread.foundation.programs.models import ProgramVersion
from goldthread.foundation.programs.queries import Rules, rules_from


class What(IntEnum):
    """What a row tells of. From ``OTHER`` on they are those of the room that adds them."""

    MEMBER = 0
    PAUSE = 1
    AGENCY = 2
    DAY = 3
    VERSION = 4
    RECKONING = 5
    OTHER = 6


class Fact(NamedTuple):
    """One row: what it tells of, and its values by their kind; what it has no value for stays empty."""

    what: int
    id: UUID | None
    person: UUID | None
    team: UUID | None
    first: date | None
    last: date | None
    born: date | None
    yes: bool | None
    word: str
    more: str
    region: str
    number: int | None
    bits: int
    starts_at: Any
    ends_at: Any


EMPTY: dict[str, Any] = {
    "id": Cast(Value(None), UUIDField()),
    "person": Cast(Value(None), UUIDField()),
    "team": Cast(Value(None), UUIDField()),
    "first": Cast(Value(None), DateField()),
    "last": Cast(Value(None), DateField()),
    "born": Cast(Value(None), DateField()),
    "yes": Cast(Value(None), BooleanField()),
    "word": Value("", CharField()),
    "more": Value("", CharField()),
    "region": Value("", CharField()),
    "number": Cast(Value(None), IntegerField()),
    "bits": Value(0, LabelsField()),
    "starts_at": Cast(Value(None), DateTimeField()),
    "ends_at": Cast(Value(None), DateTimeField()),
}


def facts(what: int, rows: "QuerySet[Any, Any]", **columns: Any) -> "QuerySet[Any, Any]":
    """*rows* as facts of one kind: of each the *columns* named, the rest empty."""
    return rows.values_list(Value(what, IntegerField()), *(columns.get(name, empty) for name, empty in EMPTY.items()))


def around(*more: "QuerySet[Any, Any]") -> "QuerySet[Any, Any]":
    """All of it for the episodes ``ids`` and the ``programs`` (both Given), with the facts of *more*."""
    members = facts(
        What.MEMBER,
        _of(EpisodeMember),
        id="episode_id",
        person="person_id",
        first="starts_on",
        last="ends_on",
        born="person__birth_date",
        yes="child",
    )
    pauses = facts(What.PAUSE, _of(Pause), id="episode_id", first="starts_on", last="ends_on")
    agency = facts(What.AGENCY, Agency.objects.all(), word="time_zone", more="holiday_country", region="holiday_region")
    days = facts(What.DAY, ClosedDay.objects.all(), first="day", yes="open")
    versions = facts(
        What.VERSION,
        ProgramVersion.objects.filter(AnyOf(F("program"), Given("programs"))),
        id="program_id",
        person="pk",
        first="in_force_from",
        number="number",
    )
    return members.union(pauses, agency, days, versions, *more, all=True)


RECKONED = ["episode_id", "owner_id", "team_id", "refresh_on", "version"]
"""In the order of the model."""


def reckonings() -> "QuerySet[Any, Any]":
    """The reckonings of the episodes ``ids``, as facts to add. Asked after the episodes were locked, they are of now."""
    return facts(
        What.RECKONING,
        _of(Reckoning),
        id="episode_id",
        person="owner_id",
        team="team_id",
        first="refresh_on",
        number="version",
    )


def _of(model: type[Model]) -> "QuerySet[Any, Any]":
    return model._default_manager.filter(AnyOf(F("episode"), Given("ids")))


class Around:
    """The rows, by what they tell of."""

    def __init__(self, rows: Iterable[Sequence[Any]]) -> None:
        self._facts: dict[int, list[Fact]] = defaultdict(list)
        for row in rows:
            self._facts[row[0]].append(Fact._make(row))

    def of(self, what: int) -> list[Fact]:
        """Those of one kind."""
        return self._facts.get(what, [])

    def reckoning_of(self, episode: UUID) -> Reckoning | None:
        """That of *episode*, where ``reckonings`` were asked for."""
        row = next((one for one in self.of(What.RECKONING) if one.id == episode), None)
        return row and Reckoning.from_db(
            connection.alias, RECKONED, [row.id, row.person, row.team, row.first, row.number]
        )

    def rules(self) -> dict[UUID, Rules]:
        """The rules of the programs that were asked for. One query more where a version was not read before."""
        found = sorted(self.of(What.VERSION), key=lambda row: (row.first, row.number))
        return rules_from([(row.id, row.first, row.person) for row in found])  # type: ignore[misc]  # a version has all three


_AROUND: Compiled[tuple[Any, ...]] = Compiled(around)


def around_of(episodes: Iterable[UUID], programs: Iterable[UUID]) -> Around:
    """What lies around *episodes*, with the rules of *programs* (both ids)."""
    return Around(_AROUND.ask(ids=list(episodes), programs=list(programs)))
