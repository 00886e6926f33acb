"""The client list in the order of what is due first, over HTTP, relative to today."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from goldthread.casework.tasks.models import Task
from goldthread.doors.web.clients import by_due, pages
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.access.world import browser
from tests.casework.caseload.programs import RECOVERY, enrolled, program
from tests.doors.web.clients.people import TODAY, client_of, team_with
from tests.doors.web.clients.test_list_pages import names
from tests.factories import AT, LONG_AGO, StaffFactory, TeamFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def renee() -> Staff:
    return team_with(Role.CASE_MANAGER)


def client(staff: Staff, name: str, *days: int) -> Person:
    """A client of *staff* with a task due in each of so many *days*."""
    person = client_of(staff, staff.memberships.get().team, given=name, family="", sort_key=name.lower())
    for day in days:
        due(person, day)
    return person


def due(person: Person, days: int, **more: Any) -> None:
    Task.objects.create(client=person, title="Visit", due_on=TODAY + timedelta(days=days), made_at=AT, **more)


def five(staff: Staff) -> Client:
    """Ana in a week; Bo three days late, and once more in a month; Cid nothing; Di today; Eve as late as Bo."""
    for name, days in {"Ana": [7], "Bo": [30, -3], "Cid": [], "Di": [0], "Eve": [-3]}.items():
        client(staff, name, *days)
    return browser(staff)


def test_who_is_latest_stands_first_and_who_has_nothing_due_last(renee: Staff) -> None:
    page = five(renee)
    assert names(page) == ["Ana", "Bo", "Cid", "Di", "Eve"]
    assert names(page, "order=due") == ["Bo", "Eve", "Di", "Ana", "Cid"]
    assert names(page, "order=due&late=overdue") == ["Bo", "Eve"]
    assert names(page, "order=nonsense") == ["Ana", "Bo", "Cid", "Di", "Eve"]


def test_the_day_stands_beside_them_and_the_order_stays_chosen(renee: Staff) -> None:
    body = five(renee).get("/clients/?order=due").content.decode()
    heads = re.findall(r"<th[^>]*class=\"c-(\w+)\"", body)
    assert heads[:2] == ["due", "age"]
    assert re.search(r'<option value="due" selected', body)
    assert "order=due" in re.search(r'name="query" value="([^"]*)"', body)[1]  # type: ignore[index]  # a view keeps it


def test_pages_follow_each_other_in_that_order(renee: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages.page_around, "__kwdefaults__", {"after": "", "before": "", "size": 2})
    page, path, seen = five(renee), "/clients/?order=due", []
    while path:
        body = page.get(path).content.decode()
        seen.append(names(page, path.partition("?")[2]))
        after = re.search(r'href="(/clients/\?[^"]*)" rel="next"', body)
        path = after[1].replace("&amp;", "&") if after else ""
    assert seen == [["Bo", "Eve"], ["Di", "Ana"], ["Cid"]]
    before = re.search(r'href="(/clients/\?[^"]*)" rel="prev"', body)
    assert before is not None
    assert names(page, before[1].replace("&amp;", "&").partition("?")[2]) == ["Di", "Ana"]
    assert names(page, f"order=due&after={renee.pk}") == ["Bo", "Eve"]  # of no client: the top


def test_a_task_that_may_not_be_seen_moves_nobody(renee: Staff) -> None:
    """A substance-use program that Renee has nothing to do with asks something of Cid that is a year late."""
    page = five(renee)
    cid, by = Person.objects.get(sort_key="cid"), Actor(at=timezone.now(), today=TODAY)
    program(by, RECOVERY, team=TeamFactory())
    episode = enrolled(by, LONG_AGO, RECOVERY, cid, staff=StaffFactory(team=TeamFactory()))
    due(cid, -365, episode=episode, labels=int(Label.SUBSTANCE_USE))
    assert names(page, "order=due")[-1] == "Cid"


def test_too_many_are_listed_by_name_and_it_is_said(renee: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    page = five(renee)
    monkeypatch.setattr(by_due, "MOST", 4)
    assert names(page, "order=due") == ["Ana", "Bo", "Cid", "Di", "Eve"]
    assert "too many clients" in page.get("/clients/?order=due").content.decode()
    assert names(page, "order=due&late=overdue") == ["Bo", "Eve"]


def test_statements_do_not_grow_with_the_clients(renee: Staff) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            page.get("/clients/?order=due")
        return len(found)

    page = five(renee)
    asked()
    few = asked()
    for number in range(20):
        client(renee, f"More {number}", number, -number)
    assert asked() == few


@pytest.mark.parametrize(("role", "offered"), [(Role.SUPERVISOR, True), (Role.BILLING, False)])
def test_who_reads_no_records_is_not_offered_the_order(role: Role, *, offered: bool) -> None:
    staff = team_with(role)
    client_of(staff, staff.memberships.get().team, given="Ana")
    page = browser(staff)
    assert ('id="order"' in page.get("/clients/?whose=all").content.decode()) is offered
    assert names(page, "whose=all&order=due")
