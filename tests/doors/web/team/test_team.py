"""The team's page over HTTP, as a supervisor reads it; every figure worked out by hand."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from goldthread.casework.caseload.models import Assignment, AssignmentKind, Cover
from goldthread.casework.record.actions import write_entry
from goldthread.casework.tasks.actions.tasks import make_task
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.access.world import browser
from tests.casework.tasks.making import by_on, enrolled, program
from tests.doors.web.clients.people import TODAY, client_of, team_with
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db
RULES = """
template: small
title: Small
caseload: {flag: 2, source: judgement}
requirements:
  - {key: plan, title: Plan, due: 30 days, accepts: plan_signed, source: judgement}
"""


@pytest.fixture
def gloria() -> Staff:
    return team_with(Role.SUPERVISOR)


@pytest.fixture
def andre(gloria: Staff) -> Staff:
    made: Staff = StaffFactory(role=Role.CASE_MANAGER, team=gloria.memberships.get().team, name="Andre Okoye")
    return made


def served(worker: Staff, *names: str) -> list[Person]:
    team = worker.memberships.get().team
    return [client_of(worker, team, given=name, family="Served") for name in names]


def spoke(worker: Staff, client: Person, days_ago: int) -> None:
    write_entry(
        kind="contact",
        person=client,
        episode=None,
        happened_at=timezone.now() - timedelta(days=days_ago),
        labels=0,
        source_kind="contact",
        source_id=new_id(),
        by=by_on(TODAY, staff=worker.pk),
    )


def cells(page: Client, name: str) -> list[str]:
    """What the row of the worker says, cell by cell."""
    body = page.get("/team/").content.decode()
    row = next(part for part in body.split("<tr>") if name in part)
    return [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)]


def test_a_row_counts_clients_contacts_lateness_and_silence(gloria: Staff, andre: Staff) -> None:
    ana, bo, cy = served(andre, "Ana", "Bo", "Cy")
    spoke(andre, ana, 2)
    spoke(andre, ana, 9)
    spoke(andre, bo, 31)
    late = {"owner": andre, "by": by_on(TODAY, staff=andre.pk)}
    make_task(title="Call", client=ana, due_on=TODAY - timedelta(days=1), **late)
    make_task(title="Visit", client=cy, due_on=TODAY, **late)
    assert cells(browser(gloria), "Andre Okoye") == ["—", "3", "2", "1", "0", "2", "0"]


def test_the_load_is_the_episodes_against_the_flag_of_the_template(gloria: Staff, andre: Staff) -> None:
    team = andre.memberships.get().team
    offered = program(RULES)
    for person in served(andre, "Ana", "Bo", "Cy"):
        episode = enrolled(offered, TODAY - timedelta(days=3), person)
        Assignment.objects.create(
            client=person,
            staff=andre,
            team=team,
            episode=episode,
            kind=AssignmentKind.PRIMARY,
            starts_on=TODAY - timedelta(days=3),
            given_at=timezone.now(),
        )
    load = cells(browser(gloria), "Andre Okoye")[0]
    assert "3 of 2" in load
    assert "over" in load


def test_a_number_opens_what_it_counts_and_the_log_tells(gloria: Staff, andre: Staff) -> None:
    ana, bo = served(andre, "Ana", "Bo")
    spoke(andre, ana, 1)
    make_task(title="Call", client=ana, owner=andre, due_on=TODAY - timedelta(days=1), by=by_on(TODAY))
    page = browser(gloria)
    assert "Ana Served" in page.get(f"/team/{andre.pk}/overdue/").content.decode()
    silent = page.get(f"/team/{andre.pk}/unseen/").content.decode()
    assert "Bo Served" in silent
    assert "Ana Served" not in silent
    assert Event.objects.filter(action="client.listed", client=bo.pk, actor=gloria.pk).exists()


def test_what_a_label_hides_is_not_counted(gloria: Staff, andre: Staff) -> None:
    (ana,) = served(andre, "Ana")
    make_task(
        title="Sealed", client=ana, owner=andre, due_on=TODAY - timedelta(days=1), labels=Label.SEALED, by=by_on(TODAY)
    )
    assert cells(browser(gloria), "Andre Okoye")[3] == "0"


def test_a_worker_of_another_team_is_not_on_the_page(gloria: Staff, andre: Staff) -> None:
    StaffFactory(role=Role.CASE_MANAGER, name="Somebody Else")
    page = browser(gloria)
    assert "Somebody Else" not in page.get("/team/").content.decode()
    assert page.get(f"/team/{StaffFactory(role=Role.CASE_MANAGER).pk}/overdue/").status_code == 404


def test_cover_is_shown_beside_the_absent(gloria: Staff, andre: Staff) -> None:
    mei = StaffFactory(role=Role.CASE_MANAGER, name="Mei-Lin Zhao")
    Cover.objects.create(
        absent=andre, colleague=mei, starts_on=TODAY, ends_on=TODAY + timedelta(days=3), made_at=timezone.now()
    )
    assert "Mei-Lin Zhao covers until" in browser(gloria).get("/team/").content.decode()


def test_the_page_asks_no_more_often_with_more_workers(gloria: Staff, andre: Staff) -> None:
    page = browser(gloria)

    def asked() -> int:
        page.get("/team/")
        with CaptureQueriesContext(connection) as queries:
            page.get("/team/")
        return len(queries)

    served(andre, "Ana")
    few = asked()
    for number in range(6):
        worker = StaffFactory(role=Role.CASE_MANAGER, team=gloria.memberships.get().team, name=f"Worker {number}")
        served(worker, "Bo", "Cy")
    assert asked() <= few
