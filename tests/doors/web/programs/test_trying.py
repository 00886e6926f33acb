"""Trying rules on a page, and what a changed rule does to the tasks."""

from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client

from goldthread.casework.tasks.models import Run, RunState
from goldthread.doors.jobs.worker import run_all
from goldthread.doors.web.programs.applying import change_and_apply
from goldthread.foundation.agency.models import ClosedDay
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.rules.reading import read_template
from goldthread.foundation.workforce.enums import Role
from tests.casework.tasks.making import RULES, by_on, enrolled, program, start, task, version
from tests.doors.web.account.helpers import sign_in
from tests.factories import AgencyFactory, StaffFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 19)


@pytest.fixture
def of() -> Program:
    AgencyFactory()
    return program()


@pytest.fixture
def browser(client: Client, of: Program) -> Client:
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
        ({"on": "1899-12-31"}, "Choose a year from 1900 to 2200."),
        ({"on": "2999-01-01"}, "The year 2999 is too far ahead."),
        ({"on": ""}, "required"),
    ],
)
def test_an_invented_client_who_cannot_be(of: Program, browser: Client, told: dict[str, str], says: str) -> None:
    page = browser.get(f"/settings/programs/{of.pk}/try/", {"enrolled": "2026-01-15", "on": "2026-03-01"} | told)
    assert says in page.content.decode()


def test_everyone_may_try_the_rules_they_are_held_to(of: Program, client: Client) -> None:
    sign_in(client, StaffFactory(role=Role.PROGRAM_MANAGER))
    page = client.get("/settings/programs/try/").content.decode()
    assert f'value="our-{of.key}"' in page
    assert 'value="hospice"' in page
    assert "Try the rules" in client.get(f"/settings/programs/{of.pk}/").content.decode()


def test_a_template_is_tried_and_told_by_rule_and_period(of: Program, browser: Client) -> None:
    told = {
        "program": "foster-care-child",
        "enrolled": "2026-01-15",
        "on": "2026-03-31",
        "day1": "2026-02-11",
        "kind1": "contact",
        "mode1": "in_person",
        "place1": "school",
        "minutes1": "30",
        "day2": "2026-03-02",
        "kind2": "attempted",
        "mode2": "in_person",
    }
    page = browser.get("/settings/programs/try/", told).content.decode()
    february = page.split("1 Feb – 28 Feb 2026")[0].rsplit('<span class="tag', 1)[1]
    assert "met" in february
    assert "  - {on: 2026-02-11, kind: contact, mode: in_person, place: school, minutes: 30}" in page
    assert "  - {on: 2026-03-02, kind: contact, mode: in_person, attempted: true}" in page
    assert "&quot;key&quot;: &quot;monthly-visit&quot;" in page


def test_rules_to_come_hold_from_their_day(of: Program, browser: Client) -> None:
    version(of, RULES.replace("due: 30 days", "due: 10 days"), date(2026, 3, 1))
    told = {"enrolled": "2026-01-15", "on": "2026-02-01"}
    assert "30 days after the enrollment" in browser.get(f"/settings/programs/{of.pk}/try/", told).content.decode()
    later = browser.get(f"/settings/programs/{of.pk}/try/", told | {"on": "2026-03-02"}).content.decode()
    assert "10 days after the enrollment" in later


def test_more_lines_keep_what_was_entered(of: Program, browser: Client) -> None:
    told = {"program": "hospice", "enrolled": "2026-01-15", "on": "2026-02-01", "rows": "8"}
    page = browser.get("/settings/programs/try/", told).content.decode()
    assert 'name="day8"' in page
    assert 'value="2026-01-15"' in page
    assert 'name="day25"' not in browser.get("/settings/programs/try/", told | {"rows": "999"}).content.decode()
    assert 'name="day4"' in browser.get("/settings/programs/try/", told | {"rows": "x"}).content.decode()


def test_a_file_is_tried_and_answers_for_each_day(of: Program, browser: Client) -> None:
    text = f"program: our-{of.key}\nenrolled: 2026-01-15\nask: [2026-02-01, 2026-03-01]\n"
    page = browser.post("/settings/programs/try/", {"scenario": text}).content.decode()
    assert page.count("How things stand on") == 2
    assert text.split()[1] in page


def test_a_file_with_mistakes_says_each_line_and_what_stands_there(of: Program, browser: Client) -> None:
    text = "program: hospise\nenrolled: 2026-01-15\nevents:\n  - {on: 2026-02-30, kind: contact}\n"
    answer = browser.post("/settings/programs/try/", {"scenario": text})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "2 things are wrong in it" in page
    assert "<b>Line 1</b> <code>program: hospise</code>" in page
    assert "Did you mean hospice" in page or "hospice" in page.split("Line 1")[1].split("</li>")[0]
    assert "<b>Line 4</b> <code>- {on: 2026-02-30, kind: contact}</code>" in page
    assert "program: hospise" in page.split("<textarea")[1]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("program: hospice\nenrolled: 2026-01-01\n" + "#" * 20_000, "20000 characters at most"),
        (
            "program: hospice\nenrolled: 2026-01-01\nask: [" + ", ".join(["2026-02-01"] * 13) + "]\n",
            "12 days at most",
        ),
        ("- [", "Line"),
        ("program: [\n", "Line 2"),
    ],
)
def test_a_file_beyond_measure_is_refused(browser: Client, of: Program, text: str, says: str) -> None:
    answer = browser.post("/settings/programs/try/", {"scenario": text})
    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_the_agency_s_calendar_is_written_into_the_file(of: Program, browser: Client) -> None:
    ClosedDay.objects.create(day=date(2026, 2, 3), name="Snow")
    told = {"program": "hospice", "enrolled": "2026-01-15", "on": "2026-02-28"}
    page = browser.get("/settings/programs/try/", told).content.decode()
    assert "time_zone: America/New_York" in page
    assert "holidays: [2026-02-03]" in page


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
