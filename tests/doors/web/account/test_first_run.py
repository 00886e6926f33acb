"""The first run: works exactly once."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from goldthread.foundation.accounts.models import User
from goldthread.foundation.agency.models import Agency
from goldthread.foundation.workforce.models import RoleAssignment, Staff
from tests.factories import AgencyFactory

pytestmark = pytest.mark.django_db
GOOD = {
    "agency": "Riverbend Family Services",
    "client_word": "participant",
    "time_zone": "America/Chicago",
    "holiday_region": "IL",
    "name": "Ada Quist",
    "email": "Ada@Example.org",
    "password": "seven quiet herons wade",
    "again": "seven quiet herons wade",
}


@pytest.mark.parametrize(
    "path", ["/me/", "/account/sign-in/", "/mailbox/", "/account/forgotten/", "/", "/nothing/here/"]
)
def test_without_an_agency_every_page_leads_to_it(client, path):
    assert client.get(path)["Location"] == "/first-run/"


@pytest.mark.parametrize("hour", [2, 14])  # at 2:00 UTC it is still yesterday in Chicago
def test_the_administrator_can_work_at_once(client, hour):
    with time_machine.travel(datetime(2026, 11, 19, hour, 0, tzinfo=UTC), tick=False):
        client.post("/first-run/", GOOD)
        assert client.get("/me/")["Location"] == "/account/second-step/set-up/"


def test_it_makes_the_agency_and_its_administrator_and_signs_in(client):
    answer = client.post("/first-run/", GOOD)
    assert answer["Location"] == "/"
    agency = Agency.objects.get()
    assert (agency.name, agency.client_word, agency.time_zone, agency.holiday_region) == (
        "Riverbend Family Services",
        "participant",
        "America/Chicago",
        "IL",
    )
    assert User.objects.get().email == "ada@example.org"
    assert Staff.objects.get().name == "Ada Quist"
    assert RoleAssignment.objects.get().role == "administrator"


def test_the_second_time_changes_nothing(client):
    client.post("/first-run/", GOOD)
    other = Client()
    assert other.post("/first-run/", GOOD | {"email": "eve@example.org"}).status_code == 302
    assert other.get("/first-run/")["Location"] == "/"
    assert User.objects.count() == 1


def test_two_at_the_same_moment_make_one_agency(actor):
    from goldthread.foundation.lib.errors import DomainError
    from goldthread.foundation.workforce.set_up import FirstRun, set_up_agency

    AgencyFactory()  # the other tab was quicker, after this one had looked
    said = FirstRun(**{key: value for key, value in GOOD.items() if key != "again"})
    with pytest.raises(DomainError):
        set_up_agency(said=said, by=actor)
    assert User.objects.count() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"password": "short", "again": "short"},
        {"again": "seven quiet herons waded"},
        {"password": "Riverbend Family 1", "again": "Riverbend Family 1"},
        {"email": "ada"},
        {"time_zone": "Mars/Olympus"},
        {"agency": ""},
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, wrong):
    page = client.post("/first-run/", GOOD | wrong)
    assert page.status_code == 422
    assert "Ada Quist" in page.content.decode()
    assert not Agency.objects.exists()
