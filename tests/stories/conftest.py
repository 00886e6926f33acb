"""The agency of the stories: one team and its supervisor, intake, and somebody of another team."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from goldthread.foundation.agency.models import Team
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.programs.actions import open_program
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.shipped import shipped
from goldthread.foundation.workforce.enums import Role
from tests.factories import LONG_AGO, AgencyFactory, PersonFactory, StaffFactory, TeamFactory
from tests.stories.telling import Calendar, Worker

Offers = Callable[..., Program]
LONG_AGO_AT = datetime(2020, 1, 6, 15, tzinfo=UTC)


@pytest.fixture
def on() -> Iterator[Calendar]:
    """``on("2026-01-15")``: the day on which what follows happens."""
    calendar = Calendar()
    yield calendar
    calendar.stop()


@pytest.fixture
def team(db: None) -> Team:
    AgencyFactory()
    made: Team = TeamFactory(name="Families")
    return made


def somebody(name: str, on: Calendar, role: Role | None, team: Team | None) -> Worker:
    return Worker(StaffFactory(name=name, role=role, team=team), on)


@pytest.fixture
def renee(team: Team, on: Calendar) -> Worker:
    """A case manager."""
    return somebody("Renee Alvarez", on, Role.CASE_MANAGER, team)


@pytest.fixture
def andre(team: Team, on: Calendar) -> Worker:
    """Her colleague in the same team."""
    return somebody("Andre Okoye", on, Role.CASE_MANAGER, team)


@pytest.fixture
def gloria(team: Team, on: Calendar) -> Worker:
    """Their supervisor."""
    return somebody("Gloria Tran", on, Role.SUPERVISOR, team)


@pytest.fixture
def ines(team: Team, on: Calendar) -> Worker:
    """Intake: she enrolls."""
    return somebody("Ines Moreau", on, Role.INTAKE, team)


@pytest.fixture
def stranger(team: Team, on: Calendar) -> Worker:
    """A case manager of another team."""
    return somebody("Stefan Novak", on, Role.CASE_MANAGER, TeamFactory(name="Elsewhere"))


@pytest.fixture
def offers(team: Team) -> Offers:
    """``offers("hospice")``: the agency has that program, as its template ships, since long ago."""

    def offer(key: str, of: Team | None = None, name: str = "") -> Program:
        template = shipped()[key]
        by = Actor(at=LONG_AGO_AT, today=LONG_AGO)
        said: dict[str, Any] = {"template": template, "name": name or template.title, "opened_on": LONG_AGO}
        return open_program(key=key, template_key=key, team=of or team, by=by, **said)

    return offer


def person(name: str, born: date) -> Any:
    """Somebody who came to the agency, by given and family name."""
    given, family = name.split()
    return PersonFactory(given=given, family=family, birth_date=born)
