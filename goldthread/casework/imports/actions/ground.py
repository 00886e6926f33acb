"""What the rows of enrollments and past contacts are held against, and what they become on their way."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from goldthread.casework.imports.actions.colleagues import everybody_by_words, staff_by_words
from goldthread.casework.imports.actions.matching import Match
from goldthread.casework.imports.models import Import
from goldthread.casework.imports.queries import Opened
from goldthread.casework.imports.rules.happenings import Happening
from goldthread.casework.imports.rules.rows import Told
from goldthread.foundation.agency.queries import the_agency
from goldthread.foundation.lib.text import plain
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.queries import Rules, all_programs, rules_of
from goldthread.people.persons.models import Person


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
class Line:
    """What one row says of an enrollment: that *person* is served (``serves``) from ``first`` to ``last``; that *worker* had them
    from ``since`` (None: the first day) to ``until`` (None: the last, or still)."""

    row: int
    person: Person
    kept: dict[str, str]
    first: date
    last: date | None
    serves: bool = True
    worker: UUID | None = None
    since: date | None = None
    until: date | None = None


@dataclass(slots=True)
class Stay:
    """An enrollment of the file, of one row or several. ``number``: the household's in the file, where it is a household's."""

    program: Program
    opened: date
    closed: date | None
    number: str = ""
    lines: list[Line] = field(default_factory=list)
    rows: list["Coming"] = field(default_factory=list)
    household: UUID | None = None

    @property
    def last(self) -> date:
        """Its last day."""
        return self.closed or date.max

    def worker_on(self, day: date) -> UUID | None:
        """Whose client it is on *day*."""
        on_day = (
            line
            for line in self.lines
            if line.worker and (line.since or self.opened) <= day <= (line.until or self.last)
        )
        found = max(on_day, key=lambda line: line.since or self.opened, default=None)
        return found.worker if found else None


@dataclass(slots=True)
class Coming:
    """A row on its way in. ``told``: why it is refused; ``match``: whose it is; ``members``: of a row that names a household alone,
    who has its number; ``stay``: the enrollment of which it tells."""

    row: int
    one: Happening
    match: Match
    told: list[Told]
    program: Program | None = None
    person: Person | None = None
    members: list[Person] = field(default_factory=list)
    place: Place | None = None
    staff: UUID | None = None
    stay: Stay | None = None

    @property
    def begins(self) -> bool:
        """Is it more than another row for an enrollment that an earlier row began?"""
        return self.stay is None or self.stay.rows[0] is self


@dataclass(slots=True)
class Ground:
    """What rows are held against: programs by words, their rules, colleagues, those who have left among them (``everybody``); and what
    earlier rows of the file said."""

    what: str
    fields: Mapping[str, str]
    today: date
    zone: ZoneInfo
    programs: dict[str, Program]
    rules: Mapping[UUID, Rules]
    staff: Mapping[str, UUID | None]
    everybody: Mapping[str, UUID | None]
    earlier: dict[Any, int] = field(default_factory=dict)
    stays: dict[tuple[Any, UUID], list[Stay]] = field(default_factory=lambda: defaultdict(list))
    """By the client, or the number of the household, and the program."""

    def column(self, key: str) -> str:
        """The caption of the column that holds *key*."""
        return next((caption for caption, found in self.fields.items() if found == key), "")


def ground_of(row: Import, file: Opened) -> Ground:
    """Read it. Five queries."""
    programs = all_programs()
    agency = the_agency()
    named = {plain(words): one for one in programs for words in (one.key, one.name)}
    zone = ZoneInfo(agency.time_zone if agency else "UTC")
    rules = rules_of([one.pk for one in programs])
    fields, today = file.reading.fields, file.reading.today
    return Ground(row.what, fields, today, zone, named, rules, staff_by_words(), everybody_by_words())
