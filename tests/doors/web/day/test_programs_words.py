"""What a program calls things, in the language of who reads: as a shipped template says it in Spanish, as the agency wrote it where it wrote it."""

from datetime import timedelta

import pytest
from django.test import Client

from goldthread.casework.episodes.models import Episode
from goldthread.casework.tasks.actions.tasks import make_task
from goldthread.foundation.programs.shipped import FOLDER
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.access.world import browser
from tests.casework.tasks.making import by_on, enrolled, program, start, tasks, visit
from tests.doors.web.clients.people import TODAY, client_of, team_with

pytestmark = pytest.mark.django_db
OWN = "Reunión de todos los lunes"


@pytest.fixture
def marisol() -> Staff:
    """A case manager who reads Spanish."""
    worker = team_with(Role.CASE_MANAGER)
    worker.user.language = "es"
    worker.user.save()
    return worker


@pytest.fixture
def page(marisol: Staff) -> Client:
    return browser(marisol)


@pytest.fixture
def ada(marisol: Staff) -> Person:
    return client_of(marisol, marisol.memberships.get().team, given="Ada")


@pytest.fixture
def episode(marisol: Staff, ada: Person) -> Episode:
    """Ada in a foster care program as it is shipped, but for one rule that the agency called otherwise."""
    rules = (FOLDER / "foster-care-child.yaml").read_text("utf-8")
    assert "title: Permanency hearing every year" in rules
    ours = program(rules.replace("title: Permanency hearing every year", "title: Our hearing"))
    found = enrolled(ours, TODAY - timedelta(days=40), ada)
    start(found, TODAY)
    for one in tasks(found, "monthly-visit"):
        one.owner = marisol
        one.save()
    return found


def read(page: Client, address: str) -> str:
    answer = page.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_my_day_says_what_is_to_be_done_in_spanish_and_finds_it_by_that(page: Client, episode: Episode) -> None:
    for query in ("", "?text=visitar", "?text=Visit"):
        body = read(page, f"/day/{query}")
        assert "Visitar al menor cada mes" in body, query
        assert "Visit the child every month" not in body, query
    assert "Visitar al menor" not in read(page, "/day/?text=audiencia")


def test_what_a_colleague_wrote_stays_as_it_was_written(page: Client, marisol: Staff, ada: Person) -> None:
    for title in (OWN, "Call the landlord"):
        make_task(title=title, owner=marisol, client=ada, due_on=TODAY, by=by_on(TODAY, staff=marisol.pk))
    body = read(page, "/day/")
    assert OWN in body
    assert "Call the landlord" in body


def test_the_rules_of_a_client_are_told_in_spanish_but_for_the_one_the_agency_named(
    page: Client, ada: Person, episode: Episode
) -> None:
    visit(episode, TODAY - timedelta(days=20), TODAY)
    kept = read(page, f"/clients/{ada.pk}/tasks/kept/")
    assert "Visitar al menor cada mes" in kept
    due = read(page, f"/clients/{ada.pk}/tasks/")
    assert "Our hearing" in due
    assert "Plan del caso firmado" in due
    assert "Case plan signed" not in due
