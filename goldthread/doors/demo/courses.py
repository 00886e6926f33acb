"""Some hundreds of invented courses of care, each with what the requirement engine makes of it, to be given to any number of clients.

The engine is pure: who has the same history has the same tasks. So each course is worked out once, by the very functions
that work out an episode after a signature, and written for hundreds of clients; only ids differ.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cached_property
from random import Random
from uuid import UUID

from goldthread.casework.episodes.models import Episode
from goldthread.casework.tasks.actions.publishing import next_look, work_out_tasks
from goldthread.casework.tasks.models import Reckoning, Task
from goldthread.casework.tasks.queries.histories import Loaded, calendar_now
from goldthread.casework.tasks.queries.states import state_of
from goldthread.casework.tasks.rules.history import Event, History, Moment, in_order
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.programs.enums import Activity, EventKind, Mode, Place, Seen, State
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.queries import rules_of

TEMPLATE = "foster-care-child"
"""Eight requirements, a share among them."""
CONTACTS = 10
COURSES = 400
NOWHERE = UUID(int=0)
ON_NO_LIST = (None, State.PAUSED, State.EXCEPTED, State.MET)
WAYS = (
    ("home-visit", Mode.IN_PERSON, Place.RESIDENCE, (Activity.MONITORING, Activity.EMOTIONAL_SUPPORT)),
    ("home-visit", Mode.IN_PERSON, Place.RESIDENCE, (Activity.MONITORING,)),
    ("school-visit", Mode.IN_PERSON, Place.SCHOOL, (Activity.MONITORING,)),
    ("office-visit", Mode.IN_PERSON, Place.OFFICE, (Activity.CARE_PLANNING, Activity.MONITORING)),
    ("call", Mode.PHONE, None, (Activity.REFERRAL_LINKAGE,)),
)
SENTENCES = (
    "We sat at the kitchen table and went through the week.",
    "The letter from the office came; we read it together, and it is clear now what they want.",
    "School goes better since the seat was changed.",
    "The rent is paid until the end of the month, the deposit is still open.",
    "Sleep is still short, mostly because of the noise from the street.",
    "We called the clinic from there and moved the appointment to the morning.",
    "Aunt and uncle came in at the end and will drive next time.",
    "The form is filled in but for the two questions about income.",
    "Medication is taken as agreed, the next refill is ordered.",
    "We talked about the summer and who could look after the little one.",
    "The landlord has not answered; we agreed to write to him by mail.",
    "New shoes are needed before the trip; the fund may pay for them.",
)


@dataclass(frozen=True, slots=True)
class Meeting:
    """One contact."""

    at: datetime
    minutes: int
    kind: str
    mode: Mode
    place: Place | None
    activities: tuple[Activity, ...]
    narrative: str


@dataclass(frozen=True, slots=True)
class Paper:
    """What was done elsewhere on a day."""

    on: date
    kind: EventKind
    name: str = ""


@dataclass(frozen=True)
class Course:
    """The history of an episode and its tasks. Evidence is numbered: 0 the enrolment, then the papers, then the meetings."""

    enrolled_on: date
    papers: tuple[Paper, ...]
    meetings: tuple[Meeting, ...]
    tasks: tuple[Task, ...]
    refresh_on: date | None
    today: date

    @cached_property
    def listed(self) -> int:
        """How many of the tasks stand on somebody's list today."""
        return sum(state_of(task, self.today) not in ON_NO_LIST and not task.reason for task in self.tasks)


def name_of(number: int) -> UUID:
    """What the evidence with this number is called until it has an id."""
    return UUID(int=number + 1)


def courses(program: Program, by: Actor, many: int) -> list[Course]:
    """*many* courses in *program* up to the actor's day, the same every time, their requirements worked out."""
    zone, calendar = calendar_now(by.today - timedelta(days=400), by.today)
    rules = rules_of([program.pk])[program.pk]
    found = []
    for number in range(many):
        rng = Random(number * 7919 + 5)  # noqa: S311  chance, not secrets
        enrolled_on = by.today - timedelta(days=rng.randint(285, 318))
        papers = tuple(_papers(enrolled_on, by.today, rng))
        meetings = tuple(_meetings(enrolled_on, by, zone, rng))
        history = History(
            enrolled=Moment(enrolled_on),
            events=in_order(_events(enrolled_on, papers, meetings), zone),
            calendar=calendar,
            zone=zone,
        )
        episode = Episode(id=NOWHERE, program=program, enrolled_on=enrolled_on, labels=program.labels)
        loaded = Loaded(episode, history, rules, NOWHERE)
        made = work_out_tasks(loaded, (), Reckoning(owner_id=NOWHERE), by).made
        found.append(Course(enrolled_on, papers, meetings, tuple(made), next_look(loaded, by.today), by.today))
    return found


def _papers(enrolled_on: date, today: date, rng: Random) -> Iterator[Paper]:
    """Most in time, some late, some not yet; never two on one day."""
    assessed = enrolled_on + timedelta(days=rng.randint(20, 64))
    planned = assessed + timedelta(days=rng.randint(3, 30))
    yield Paper(assessed, EventKind.ASSESSMENT)
    yield Paper(planned, EventKind.PLAN_SIGNED)
    if rng.random() < 0.9:
        yield Paper(enrolled_on + timedelta(days=rng.randint(150, 182)), EventKind.PLAN_REVIEW)
    if rng.random() < 0.3:
        yield Paper(today - timedelta(days=rng.randint(5, 60)), EventKind.HEARING, "permanency")


def _meetings(enrolled_on: date, by: Actor, zone: tzinfo, rng: Random) -> Iterator[Meeting]:
    """Ten, in as many different months: one or two months, this one among them, go without."""
    months = sorted({(day.year, day.month) for day in _days(enrolled_on, by.today)})
    for year, month in sorted(rng.sample(months, CONTACTS)):
        days = [day for day in _days(enrolled_on, by.today) if (day.year, day.month) == (year, month)]
        on = rng.choice([day for day in days if day.weekday() < 5] or days)
        kind, mode, place, activities = rng.choice(WAYS)
        at = datetime.combine(on, time(rng.randint(8, 15), rng.choice((0, 15, 30, 45))), zone)
        text = " ".join(rng.sample(SENTENCES, 5))
        yield Meeting(at, rng.randrange(20, 80, 5), kind, mode, place, activities, text)


def _days(first: date, today: date) -> list[date]:
    """The days after *first* and before *today*."""
    return [date.fromordinal(number) for number in range(first.toordinal() + 1, today.toordinal())]


def _events(enrolled_on: date, papers: tuple[Paper, ...], meetings: tuple[Meeting, ...]) -> Iterator[Event]:
    """As the engine will read them from the evidence that is written."""
    yield Event(name_of(0), EventKind.ENROLLED, enrolled_on)
    for number, paper in enumerate(papers, 1):
        yield Event(name_of(number), paper.kind, paper.on, name=paper.name)
    for number, one in enumerate(meetings, 1 + len(papers)):
        yield Event(
            id=name_of(number),
            kind=EventKind.CONTACT,
            on=one.at.date(),
            at=one.at,
            name=one.kind,
            mode=one.mode.value,
            place=one.place.value if one.place else "",
            minutes=one.minutes,
            activities=frozenset(str(activity) for activity in one.activities),
            seen=frozenset([Seen.CLIENT.value]),
        )
