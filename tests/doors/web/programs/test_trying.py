"""Trying rules on a page, and what a changed rule does to the tasks."""

from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client

from goldthread.casework.tasks.models import Run, RunState
from goldthread.doors.jobs.worker import run_all
from goldthread.doors.web.programs.applying import change_and_apply
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.rules.reading import read_template
from goldthread.foundation.workforce.enums import Role
from tests.casework.tasks.making import RULES, by_on, enrolled, program, start, task
from tests.doors.web.account.helpers import sign_in
from tests.factories import AgencyFactory, StaffFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 19)


@pytest.fixture
def of() -> Program:
    AgencyFactory()
    return program()


@pytest.fixture
def browser(client: Client) -> Client:
    cache.clear()
    sign_in(client, StaffFactory(role=Role.ADMINISTRATOR))
    return client


def test_an_invented_client(of: Program, browser: Client) -> None:
    address = f"/settings/programs/{of.pk}/try/"
    assert browser.get(address).status_code == 200
    told = {
        "enrolled": "2026-01-15",
        "on": "2026-03-01",
        "day1": "2026-02-11",
        "kind1": "contact",
        "mode1": "in_person",
    }
    page = browser.get(address, told).content.decode()
    assert "met by the visit of 11 Feb" in page
    assert "due Sat 14 Feb: 30 days after the enrollment of 15 Jan" in page


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"day1": "2026-02-11"}, "An event needs its day and what happened."),
        ({"on": "2999-01-01"}, "Choose a year from 1900 to 2200."),
        ({"on": ""}, "required"),
    ],
)
def test_an_invented_client_who_cannot_be(of: Program, browser: Client, told: dict[str, str], says: str) -> None:
    page = browser.get(f"/settings/programs/{of.pk}/try/", {"enrolled": "2026-01-15", "on": "2026-03-01"} | told)
    assert says in page.content.decode()


def test_before_the_enrolment_there_is_nothing(of: Program, browser: Client) -> None:
    page = browser.get(f"/settings/programs/{of.pk}/try/", {"enrolled": "2026-01-15", "on": "2026-01-01"})
    assert "the client was not there on that day" in page.content.decode()


@pytest.mark.django_db(transaction=True)
def test_saved_rules_reach_the_tasks_in_the_background(of: Program) -> None:
    episode = enrolled(of, date(2026, 11, 2))
    start(episode, TODAY)
    sooner = read_template(RULES.replace("due: 30 days", "due: 10 days"))
    said = {"program": of, "in_force_from": TODAY, "by": by_on(TODAY), "reason": "", "deviations": []}
    change_and_apply(template=sooner, version_seen=1, **said)
    assert Run.objects.get().state == RunState.WAITING
    run_all()
    assert Run.objects.get().state == RunState.DONE
    assert task(episode, "plan").due_on == date(2026, 11, 12)
    change_and_apply(template=sooner, version_seen=2, **said)
    assert Run.objects.count() == 1


def test_a_run_is_stopped_and_taken_up_on_the_page(of: Program, browser: Client) -> None:
    run = Run.objects.create(program=of, total=9, made_at=by_on(TODAY).at)
    page = browser.get(f"/settings/programs/{of.pk}/").content.decode()
    assert "being worked out again: 0 of 9" in page
    for what, state in (("stop", RunState.CANCELLED), ("resume", RunState.WAITING)):
        assert browser.post(f"/settings/programs/{of.pk}/run/{what}/").status_code == 302
        run.refresh_from_db()
        assert run.state == state
    Run.objects.all().delete()
    assert browser.post(f"/settings/programs/{of.pk}/run/stop/").status_code == 302
