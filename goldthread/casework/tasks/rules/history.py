"""What has happened in one episode, as plain values: all that the engine knows."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from goldthread.foundation.agency.rules import Calendar
from goldthread.foundation.programs.enums import Acuity, EventKind
from goldthread.foundation.programs.rules.template import Span

FOREVER = date.max
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Moment:
    """A local date, and the instant where one is known: only clocks in hours ask for it."""

    on: date
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: a trigger, evidence, or what moves a clock. ``id`` is the evidence's, or a number."""

    id: Hashable
    kind: EventKind
    on: date
    at: datetime | None = None
    person: Hashable | None = None
    """Whom it counts for in a household; None: everybody."""
    source: Hashable | None = None
    """What it comes from: one note for three children is three events of one source."""
    name: str = ""
    mode: str = ""
    place: str = ""
    minutes: int = 0
    activities: frozenset[str] = frozenset()
    seen: frozenset[str] = frozenset()
    attempted: bool = False
    requirement: str = ""
    """Of an exception or an interval: which rule. An exception without one is for every rule that knows its reason."""
    reason: str = ""
    until: date | None = None
    level: Acuity | None = None
    every: Span | None = None
    past: bool = False
    """Told by a file of past contacts: it proves what was done, and starts nothing."""

    @property
    def moment(self) -> Moment:
        """When it happened."""
        return Moment(self.on, self.at)


@dataclass(frozen=True, slots=True)
class Rest:
    """Days, both included, on which clocks stand still. An open pause has no end yet: ``FOREVER``."""

    starts_on: date
    ends_on: date = FOREVER

    def covers(self, day: date) -> bool:
        """Is *day* one of them?"""
        return self.starts_on <= day <= self.ends_on


@dataclass(frozen=True, slots=True)
class Member:
    """One child of a household, for the rules that each child must be served by. Who left and came back is there twice."""

    id: Hashable
    starts_on: date
    ends_on: date | None = None
    birth_date: date | None = None
    again: bool = False
    """Back after having left: what is asked for now is asked anew."""

    def occurrence(self, occurrence: str) -> str:
        """The name of an occasion, so that the second stay does not write over the first."""
        return f"{occurrence} {self.starts_on.isoformat()}" if self.again else occurrence


@dataclass(frozen=True)
class History:
    """One episode. ``events`` are in the order in which things happened (``in_order``)."""

    enrolled: Moment
    referred: date | None = None
    discharged: date | None = None
    birth_date: date | None = None
    asked_from: date | None = None
    """Of an episode that came from a file: nothing is asked that was due before this day (ADR 0058)."""
    events: tuple[Event, ...] = ()
    pauses: tuple[Rest, ...] = ()
    members: tuple[Member, ...] = ()
    calendar: Calendar = field(default_factory=Calendar)
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))

    @cached_property
    def rests(self) -> tuple[Rest, ...]:
        """Every pause, declared or told by events, in order and without overlap."""
        return _joined([*self.pauses, *_told(self.events)])

    @cached_property
    def first_day(self) -> date:
        """The first day on which anything can be asked: of the referral, else of the enrolment."""
        days = [self.enrolled.on, *([self.referred] if self.referred else [])]
        return min(days + [event.on for event in self.events if event.kind == EventKind.REFERRED])

    def known_on(self, day: date) -> "History":
        """The history as it was known at the end of *day*: what came later had not happened yet."""
        return replace(
            self,
            discharged=self.discharged if self.discharged and self.discharged <= day else None,
            events=tuple(event for event in self.events if event.on <= day),
            pauses=tuple(pause for pause in self.pauses if pause.starts_on <= day),
            members=tuple(member for member in self.members if member.starts_on <= day),
        )

    def of(self, member: Member) -> "History":
        """The part of the history that is about one child."""
        return replace(
            self,
            enrolled=self.enrolled if member.starts_on <= self.enrolled.on else Moment(member.starts_on),
            discharged=_earlier(self.discharged, member.ends_on),
            birth_date=member.birth_date,
            events=tuple(event for event in self.events if event.person in (None, member.id)),
        )

    @cached_property
    def as_one(self) -> "History":
        """The household as a whole, whomever of it something was about."""
        return replace(self, events=_together(self.events)) if self.members else self

    def level_on(self, day: date) -> "Event | None":
        """What said the level of acuity that is in force on *day*."""
        said = [event for event in self.events if event.kind == EventKind.ACUITY and event.on <= day and event.level]
        return said[-1] if said else None

    def planned_on(self, requirement: str, day: date) -> "Event | None":
        """What said how often the plan in force on *day* wants *requirement* met."""
        said = (event for event in self.events if event.kind == EventKind.INTERVAL and event.on <= day and event.every)
        found = [event for event in said if event.requirement == requirement]
        return found[-1] if found else None


def in_order(events: Iterable[Event], zone: ZoneInfo) -> tuple[Event, ...]:
    """*events* by day and hour; what has no hour comes first on its day, and ids decide the rest, whatever order they came in."""

    def when(event: Event) -> tuple[date, datetime, str]:
        return event.on, event.at or datetime.combine(event.on, time.min, zone).astimezone(UTC), str(event.id)

    return tuple(sorted(events, key=when))


def _together(events: Iterable[Event]) -> tuple[Event, ...]:
    """What comes from one source is one event for the household as a whole."""
    joined: dict[Hashable, Event] = {}
    for event in events:
        key = event.id if event.source is None else (event.source, event.kind)
        before = joined.get(key)
        joined[key] = event if before is None else _both(before, event)
    return tuple(joined.values())


def _both(one: Event, other: Event) -> Event:
    return replace(
        one,
        id=min(one.id, other.id, key=str),
        person=None,
        minutes=max(one.minutes, other.minutes),
        seen=one.seen | other.seen,
        activities=one.activities | other.activities,
        attempted=one.attempted and other.attempted,
    )


def _earlier(one: date | None, other: date | None) -> date | None:
    return min(one, other) if one and other else one or other


def _told(events: Iterable[Event]) -> list[Rest]:
    """Pauses from the events *paused* (from that day) and *resumed* (on that day the clock runs again)."""
    rests: list[Rest] = []
    since: date | None = None
    for event in events:
        if event.kind == EventKind.PAUSED:
            since = since or event.on
            if event.until:
                rests.append(Rest(since, event.until))
                since = None
        elif event.kind == EventKind.RESUMED:
            if since and since < event.on:
                rests.append(Rest(since, event.on - DAY))
            rests = [rest if rest.ends_on < event.on else Rest(rest.starts_on, event.on - DAY) for rest in rests]
            since = None
    return [*rests, *([Rest(since)] if since else [])]


def _joined(rests: Iterable[Rest]) -> tuple[Rest, ...]:
    joined: list[Rest] = []
    for rest in sorted(rests, key=lambda rest: (rest.starts_on, rest.ends_on)):
        if rest.ends_on < rest.starts_on:
            continue
        if joined and rest.starts_on <= joined[-1].ends_on:
            joined[-1] = Rest(joined[-1].starts_on, max(rest.ends_on, joined[-1].ends_on))
        else:
            joined.append(rest)
    return tuple(joined)
