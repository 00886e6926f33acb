"""When what happened with a client, over two years: visits and calls, assessments, plans and reviews. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from goldthread.doors.demo.work.programs import Offer
from goldthread.foundation.programs.enums import Activity, EventKind, Mode, Place

LATEST = 26
"""No planned visit is later in the month: what is due by its end is done by then."""


@dataclass(frozen=True, slots=True)
class Way:
    """A kind of contact: key in the program's template, how, where, minutes (least, most), what is done."""

    key: str
    mode: Mode
    place: Place | None
    minutes: tuple[int, int]
    activities: tuple[Activity, ...]


HOME = Way("home-visit", Mode.IN_PERSON, Place.RESIDENCE, (40, 75), (Activity.MONITORING, Activity.EMOTIONAL_SUPPORT))
HELP = Way("home-visit", Mode.IN_PERSON, Place.RESIDENCE, (45, 90), (Activity.MONITORING, Activity.DIRECT_SUPPORT))
OFFICE = Way("office-visit", Mode.IN_PERSON, Place.OFFICE, (30, 60), (Activity.CARE_PLANNING, Activity.MONITORING))
SCHOOL = Way("school-visit", Mode.IN_PERSON, Place.SCHOOL, (30, 50), (Activity.MONITORING,))
CLINIC = Way("clinic-visit", Mode.IN_PERSON, Place.CLINIC, (45, 95), (Activity.ACCOMPANIMENT, Activity.MONITORING))
CALL = Way("call", Mode.PHONE, None, (8, 25), (Activity.MONITORING,))
LINK = Way("call", Mode.PHONE, None, (10, 30), (Activity.REFERRAL_LINKAGE,))
WAYS = {
    "mental-health-tcm": (HOME, HOME, HELP, OFFICE, OFFICE, CLINIC, CALL, CALL),
    "geriatric-mltss": (HOME, HOME, HELP, HELP, CLINIC, CALL, CALL, CALL),
    "child-welfare": (HOME, HOME, HELP),
    "foster-care-child": (HOME, HOME, HOME, SCHOOL, OFFICE),
}
MORE = (CALL, LINK)


@dataclass(frozen=True, slots=True)
class Visit:
    """One contact on a day."""

    on: date
    way: Way
    attempted: bool = False
    first: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """An assessment, a plan, a review or a hearing on a day."""

    on: date
    kind: EventKind
    name: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """The days of an episode, what its program asks for, and what is to be so today. ``until``: the day before which it happened."""

    offer: Offer
    starts_on: date
    until: date
    today: date
    review_due: date | None = None
    missed: bool = False
    small: bool = False
    """Too small for a school."""


def visits(course: Course, rng: Random) -> list[Visit]:
    """The contacts, in the order of their days. Every whole month (quarter) has one, but for the last when it was missed."""
    first = _workday(course.starts_on + timedelta(days=rng.randint(1, 6)))
    found = [Visit(first, HOME, first=True)]
    usual = rng.randint(1, LATEST)
    for month in _months(course.starts_on, course.until):
        found += _of_month(course, month, usual, rng)
    kept = sorted((one for one in found if course.starts_on <= one.on < course.until), key=lambda one: one.on)
    return list({one.on: one for one in reversed(kept)}.values())[::-1]


def papers(course: Course, rng: Random) -> list[Paper]:
    """Assessments, plan, reviews and hearings. Nothing is due, or late, but what is to be so."""
    offer = course.offer
    assessed = _workday(course.starts_on + timedelta(days=rng.randint(*offer.assessed)))
    planned = _workday(
        max(assessed + timedelta(days=5), course.starts_on + timedelta(days=rng.randint(*offer.planned)))
    )
    found = [Paper(assessed, EventKind.ASSESSMENT), Paper(planned, EventKind.PLAN_SIGNED)]
    base = planned if offer.from_plan else course.starts_on
    found += [Paper(day, EventKind.PLAN_REVIEW) for day in _reviews(course, base, rng)]
    if offer.assessed_again:
        found += [Paper(day, EventKind.ASSESSMENT) for day in _turns(assessed, 12, course.until, rng)]
    if offer.court:
        days = _turns(course.starts_on, 12, course.until, rng)
        found += [Paper(day, EventKind.HEARING, "permanency") for day in days]
    return sorted((one for one in found if one.on < course.until), key=lambda one: one.on)


def months_before(day: date, months: int) -> date:
    """The day so many months before *day*; the last of the month where it has no such day."""
    number = day.year * 12 + day.month - 1 - months
    first = date(number // 12, number % 12 + 1, 1)
    following = (first + timedelta(days=32)).replace(day=1)
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))


def _of_month(course: Course, first: date, usual: int, rng: Random) -> Iterator[Visit]:
    day = min(max(usual + rng.randint(-3, 3), 1), LATEST)
    draw, more, hour = rng.random(), rng.random(), rng.choice(WAYS[course.offer.template])
    if course.small and hour == SCHOOL:
        hour = HOME
    if course.offer.missing and rng.random() < course.offer.missing:
        return
    if course.missed and _in_last_period(course, first):
        if draw < 0.6:
            yield Visit(_workday(first.replace(day=day)), CALL, attempted=True)
        return
    if course.offer.quarterly and draw < 0.35 and first.month % 3 != 2:
        return
    yield Visit(_workday(first.replace(day=day)), hour)
    if more < 0.22:
        yield Visit(_workday(first.replace(day=1) + timedelta(days=(day + 10) % 25)), rng.choice(MORE))


def _in_last_period(course: Course, first: date) -> bool:
    """Is the month that begins with *first* in the last month (quarter) that is over?"""
    months = (course.today.year - first.year) * 12 + course.today.month - first.month
    if not course.offer.quarterly:
        return months == 1
    begun = (course.today.month - 1) % 3
    return begun < months <= begun + 3


def _reviews(course: Course, base: date, rng: Random) -> list[date]:
    months = course.offer.review_months
    if course.review_due is None:
        return _turns(base, months, course.until, rng)
    last = months_before(course.review_due, months)
    before = [day for day in _turns(base, months, course.until, rng) if (last - day).days > 30]
    return [*before, last]


def _turns(base: date, months: int, until: date, rng: Random) -> list[date]:
    """Days, each some weeks before it would have been due."""
    found: list[date] = []
    day = base
    while True:
        day = _workday(day + timedelta(days=months * 30 - rng.randint(14, 40)))
        if day >= until:
            return found
        found.append(day)


def _months(start: date, until: date) -> Iterator[date]:
    month = start.replace(day=1)
    while month < until:
        yield month
        month = (month + timedelta(days=32)).replace(day=1)


def _workday(day: date) -> date:
    """*day*, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
