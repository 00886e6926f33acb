"""A note as it was written, before it is signed: plain values. Signing and *When you sign* work on the same ones."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, tzinfo
from decimal import Decimal
from uuid import UUID

from django_stubs_ext import StrOrPromise

from goldthread.foundation.programs.enums import Activity, Mode, Place, Seen

LONGEST = 40_000
"""Letters of one text."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that keeps a note from being signed. ``confirm``: the box that, ticked, lets it through after all."""

    field: str
    message: StrOrPromise
    confirm: str = ""


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal that was touched, in the person's words, and how it went (a word of Went).

    ``id``, ``person``: of a goal of the plan, and whose it is. ``values``: objective → its value on its own scale. ``steps``:
    those done in this contact, with their words.
    """

    words: str
    went: str
    note: str = ""
    id: UUID | None = None
    person: UUID | None = None
    values: tuple[tuple[UUID, str, str], ...] = ()
    """(objective, its words, its value)."""
    steps: tuple[tuple[UUID, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Service:
    """A service of the plan that was checked on. *confirms*: it is given; *news*: which nobody knew yet."""

    id: UUID
    person: UUID
    words: str
    confirms: bool = False
    news: bool = False
    ended: bool = False
    helped: str = ""


@dataclass(frozen=True, slots=True)
class Somebody:
    """Somebody else who was there: known (``person``) or by name alone."""

    role: Seen
    person: UUID | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A client's part in a contact: were they there, and what is only about them."""

    person: UUID
    present: bool = True
    own_part: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """A checklist, item by item: item → (answer, note)."""

    checklist: str
    edition: int
    answers: dict[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Written:
    """Everything a note says. What could not be read is empty here and a Problem in ``unread``."""

    person: UUID
    episode: UUID | None = None
    kind: str = ""
    mode: Mode | None = None
    place: Place | None = None
    place_words: str = ""
    day: date | None = None
    start: time | None = None
    end: time | None = None
    next_day: bool = False
    """It went past midnight: the end is on the day after."""
    travel_minutes: int = 0
    miles: Decimal | None = None
    attempted: bool = False
    aftercare: bool = False
    overlap_is_right: bool = False
    parts: tuple[Part, ...] = ()
    """The clients; the one on whose page it is written among them."""
    others: tuple[Somebody, ...] = ()
    activities: dict[Activity, int | None] = field(default_factory=dict)
    """Each with its minutes, when somebody wrote them."""
    goals: tuple[Goal, ...] = ()
    domains: tuple[str, ...] = ()
    barriers: tuple[str, ...] = ()
    furnished: str = ""
    adequate: str = ""
    changed: str = ""
    monitoring_note: str = ""
    services: tuple[Service, ...] = ()
    """Those of the plan that the three questions were about."""
    narrative: str = ""
    next_step: str = ""
    next_on: date | None = None
    safety_concern: bool = False
    replaces: UUID | None = None
    """The contact that came back with a comment, of which this is the new version."""
    group: UUID | None = None
    """The group of which this is one client's note."""
    settles: UUID | None = None
    """The task that this note settles."""
    checklists: tuple[Answers, ...] = ()
    unread: tuple[Problem, ...] = ()

    def span(self, zone: tzinfo) -> tuple[datetime, datetime] | None:
        """The instants of start and end in the agency's zone; None when day, start or end is missing."""
        if self.day is None or self.start is None or self.end is None:
            return None
        ends_on = date.fromordinal(self.day.toordinal() + 1) if self.next_day else self.day
        return (
            datetime.combine(self.day, self.start, tzinfo=zone),
            datetime.combine(ends_on, self.end, tzinfo=zone),
        )

    def minutes(self, zone: tzinfo) -> int:
        """How long, in whole minutes; 0 when that is not known or cannot be. Daylight saving is minded."""
        span = self.span(zone)
        if span is None:
            return 0
        return max(0, int(span[1].timestamp() - span[0].timestamp()) // 60)

    def seen(self, person: UUID) -> list[str]:
        """Who was there, as the requirements of *person*'s episode see it."""
        words = {other.role.value for other in self.others}
        for part in self.parts:
            if part.present:
                words.add(Seen.CLIENT.value if part.person == person else Seen.FAMILY.value)
        return [] if self.attempted else sorted(words)
