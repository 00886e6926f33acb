"""What the tests of contacts start from: a program, an episode, a note that can be signed."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from goldthread.casework.caseload.actions import enrol
from goldthread.casework.contacts.rules.written import Part, Written
from goldthread.casework.episodes.models import Episode
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.programs.actions import open_program
from goldthread.foundation.programs.enums import Activity, Mode, Place
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.shipped import shipped
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Household, Person
from tests.factories import AgencyFactory, PersonFactory

ZONE = ZoneInfo("America/New_York")
TODAY = date(2026, 11, 19)
AT = datetime(2026, 11, 19, 20, 0, tzinfo=UTC)
"""15:00 in New York."""


def actor_of(staff: Staff, at: datetime = AT, today: date = TODAY) -> Actor:
    return Actor(at=at, today=today, staff=staff.pk, name=staff.name, request="test")


def program(key: str = "mental-health-tcm") -> Program:
    AgencyFactory()
    system = Actor(at=AT, today=TODAY)
    template = shipped()[key]
    return open_program(
        key=key,
        name=template.title,
        template=template,
        template_key=key,
        team=None,
        opened_on=date(2020, 1, 1),
        by=system,
    )


def episode_of(person: Person, staff: Staff, key: str = "mental-health-tcm", **more: Any) -> Episode:
    found = Program.objects.filter(key=key).first() or program(key)
    said = {"enrolled_on": date(2026, 10, 1)} | more
    return enrol(program=found, person=person, staff=staff, by=Actor(at=AT, today=TODAY), **said)


def family_of(staff: Staff, many: int = 3) -> tuple[Episode, list[Person]]:
    """A household of *many* children in child welfare."""
    found = program("child-welfare")
    children = [PersonFactory(given=f"Child{n}", birth_date=date(2018, 1, 1 + n)) for n in range(many)]
    home = Household.objects.create(name="Reyes")
    episode = enrol(
        program=found,
        household=home,
        members=children,
        enrolled_on=date(2026, 10, 1),
        staff=staff,
        by=Actor(at=AT, today=TODAY),
    )
    return episode, children


def note(person: Person, episode: Episode | None = None, **more: Any) -> Written:
    """A home visit from 13:30 to 14:20 today, with the client."""
    start = Written(
        person=person.pk,
        episode=episode.pk if episode else None,
        mode=Mode.IN_PERSON,
        place=Place.RESIDENCE,
        day=TODAY,
        start=time(13, 30),
        end=time(14, 20),
        parts=(Part(person.pk),),
        activities={Activity.CARE_PLANNING: None},
        narrative="Signed the voucher papers.",
    )
    return replace(start, **more)
