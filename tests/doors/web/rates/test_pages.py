"""The rates on the screen: who may see them, of whom, and how one gets from the number to the names."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldthread.casework.episodes.models import Episode
from goldthread.casework.tasks.models import Evidence, Task
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.programs.models import Program
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from tests.access.world import browser
from tests.casework.tasks.making import enrolled, program, start, visit
from tests.casework.tasks.queries.test_rates import RULES
from tests.doors.web.clients.people import TODAY, client_of, team_with
from tests.factories import AssignmentFactory, StaffFactory, TeamFactory

pytestmark = pytest.mark.django_db
MONTH = (TODAY.replace(day=1) - timedelta(days=1)).replace(day=1)
"""The month that is over."""
BEGUN = (MONTH - timedelta(days=1)).replace(day=1) + timedelta(days=9)
"""In the month before: that one is not counted."""


@pytest.fixture
def gloria() -> Staff:
    return team_with(Role.SUPERVISOR)


@pytest.fixture
def foster() -> Program:
    made = program(RULES)
    Program.objects.filter(pk=made.pk).update(name="Foster care")
    return made


def child(of: Program, worker: Staff, given: str, seen_on: date | None, labels: int = 0) -> Episode:
    team = worker.memberships.get().team
    person = client_of(worker, team, given=given, family="Ellery")
    person.assignments.all().delete()
    episode = enrolled(of, BEGUN, person)
    AssignmentFactory(client=person, staff=worker, team=team, episode=episode, labels=labels)
    start(episode, TODAY)
    if seen_on:
        visit(episode, seen_on, TODAY)
    return episode


@pytest.fixture
def children(gloria: Staff, foster: Program) -> list[Episode]:
    """Two of Gloria's team, one seen; one of another team, not seen."""
    worker: Staff = StaffFactory(team=gloria.memberships.get().team)
    other: Staff = StaffFactory(team=TeamFactory())
    return [
        child(foster, worker, "Ada", MONTH + timedelta(days=5)),
        child(foster, worker, "Ben", None),
        child(foster, other, "Cleo", None),
    ]


def test_a_supervisor_counts_the_own_team_and_quality_the_agency(gloria: Staff, children: list[Episode]) -> None:
    own = browser(gloria).get("/rates/").content.decode()
    assert "Foster care" in own
    assert "1 of 2" in own
    assert "50 %" in own
    hana: Staff = StaffFactory(role=Role.QUALITY)
    whole = browser(hana).get("/rates/").content.decode()
    assert "1 of 3" in whole
    assert "33 %" in whole


def test_whose_work_it_is_not_sees_no_rates(children: list[Episode]) -> None:
    for role in (Role.CASE_MANAGER, Role.INTAKE, Role.BILLING, Role.ADMINISTRATOR):
        assert browser(StaffFactory(role=role)).get("/rates/").status_code == 404


def test_from_the_number_to_who_is_out(gloria: Staff, foster: Program, children: list[Episode]) -> None:
    page = browser(gloria)
    address = f"/rates/{foster.pk}/visited/"
    assert address in page.get("/rates/").content.decode()
    body = page.get(address).content.decode()
    assert "Ben Ellery" in body
    assert f"/clients/{children[1].person_id}/tasks/kept/" in body
    assert "Ada Ellery" not in body
    assert "Cleo Ellery" not in body
    last = TODAY.replace(day=1) - timedelta(days=1)
    assert f"period={last.isoformat()}" in body
    assert "Ben Ellery" in page.get(f"{address}?period={last.isoformat()}").content.decode()
    assert "Nobody." in page.get(f"{address}?period=2001-01-31").content.decode()
    events = Event.objects.filter(actor=gloria.pk, action="client.listed", details={"page": "rates:one"})
    assert set(events.values_list("client", flat=True)) == {children[1].person_id}


def test_what_one_may_not_read_is_in_no_number(foster: Program, children: list[Episode]) -> None:
    """Quality is not cleared for domestic violence: neither the number nor the list speaks of it."""
    Program.objects.update(labels=Label.DOMESTIC_VIOLENCE)
    Task.objects.update(labels=Label.DOMESTIC_VIOLENCE)
    Evidence.objects.update(labels=Label.DOMESTIC_VIOLENCE)
    page = browser(StaffFactory(role=Role.QUALITY))
    assert page.get("/rates/").content.decode().count("nothing to count yet") == 2
    assert "Ben Ellery" not in page.get(f"/rates/{foster.pk}/visited/").content.decode()


def test_a_rule_that_is_no_rate_and_a_day_that_is_none(gloria: Staff, foster: Program) -> None:
    page = browser(gloria)
    assert page.get(f"/rates/{foster.pk}/visit/").status_code == 404
    assert page.get(f"/rates/{foster.pk}/nothing/").status_code == 404
    assert page.get("/rates/?until=yesterday").status_code == 200
    assert "No period has ended yet" in page.get(f"/rates/{foster.pk}/visited/?until=2001-02-01").content.decode()


def test_as_many_queries_for_many_programs_and_clients(gloria: Staff, children: list[Episode]) -> None:
    page = browser(gloria)
    page.get("/rates/")
    many = []
    for more in range(2):
        with CaptureQueriesContext(connection) as queries:
            page.get("/rates/")
        many.append(len(queries))
        if not more:
            another, worker = program(RULES), StaffFactory(team=gloria.memberships.get().team)
            for number in range(4):
                child(another, worker, f"More{number}", None)
            page.get("/rates/")
    assert many[0] == many[1]
    assert many[0] <= 14


@pytest.mark.parametrize("day", ["0001-01-01", "1799-12-31", "9999-12-31", "-1", "nonsense"])
def test_a_day_at_the_end_of_the_calendar_is_no_fault(
    gloria: Staff, foster: Program, children: list[Episode], day: str
) -> None:
    page = browser(gloria)
    for address in ("/rates/", f"/rates/{foster.pk}/visited/"):
        assert page.get(f"{address}?until={day}&period={day}").status_code == 200
