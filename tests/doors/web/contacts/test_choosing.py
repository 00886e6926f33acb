"""*Log a contact*: whom one finds there, and what a press opens."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from goldthread.foundation.audit.models import Event
from goldthread.foundation.workforce.models import Staff
from tests.access.world import browser
from tests.factories import AgencyFactory, AssignmentFactory, PersonFactory, StaffFactory, TeamFactory

pytestmark = pytest.mark.django_db
PAGE = "/contacts/log/"
QUERIES = 11
"""At most, for however many clients: session, account and agency among them, and the audit's own."""


@pytest.fixture
def worker() -> Staff:
    AgencyFactory()
    return StaffFactory()


@pytest.fixture
def web(worker: Staff) -> Client:
    return browser(worker)


def test_own_clients_stand_there_each_with_a_note_one_press_away(web: Client, worker: Staff) -> None:
    mine = PersonFactory(given="Nia", family="Okafor")
    AssignmentFactory(staff=worker, client=mine)
    PersonFactory(given="Ruth", family="Vance")
    said = web.get(PAGE).content.decode()
    note = reverse("contacts:new", args=[mine.pk])
    assert f'href="{note}?how=phone"' in said
    assert f'href="{note}?how=in_person"' in said
    assert "Nia Okafor" in said
    assert "Vance" not in said


def test_a_call_is_chosen_on_the_note_that_opens(web: Client, worker: Staff) -> None:
    mine = AssignmentFactory(staff=worker).client
    said = web.get(reverse("contacts:new", args=[mine.pk]), {"how": "phone"}).content.decode()
    chip = said[said.index('value="phone') : said.index('value="phone') + 120]
    assert "checked" in chip


def test_a_colleagues_client_of_the_team_is_found_by_part_of_a_name() -> None:
    AgencyFactory()
    team = TeamFactory()
    web = browser(StaffFactory(team=team))
    theirs = PersonFactory(given="Ruth", family="Vance")
    AssignmentFactory(client=theirs, team=team)
    assert "Ruth Vance" not in web.get(PAGE).content.decode()
    said = web.get(PAGE, {"q": "vanc"}, headers={"HX-Request": "true"}).content.decode()
    assert "Ruth Vance" in said
    assert "<html" not in said


def test_who_was_shown_is_recorded_and_it_costs_the_same_for_many(web: Client, worker: Staff) -> None:
    AssignmentFactory(staff=worker)
    web.get(PAGE)
    with CaptureQueriesContext(connection) as one:
        web.get(PAGE)
    for _ in range(8):
        AssignmentFactory(staff=worker)
    with CaptureQueriesContext(connection) as many:
        web.get(PAGE)
    assert len(many) == len(one) <= QUERIES
    assert Event.objects.filter(action="client.listed", details__page="contacts:choose").count() >= 9


def test_nobody_yet_and_nobody_found_say_what_to_do(web: Client) -> None:
    assert "No clients are yours today" in web.get(PAGE).content.decode()
    assert "Nobody about whom you may write" in web.get(PAGE, {"q": "zzz"}).content.decode()
