"""One's own page: on which days the morning mail comes."""

import re

import pytest

from goldthread.foundation.agency.models import Agency
from goldthread.foundation.audit.models import Event
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from tests.access.world import browser
from tests.factories import AgencyFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def renee() -> Staff:
    AgencyFactory(mail_hour=8)
    made: Staff = StaffFactory()
    return made


def chosen(body: str) -> list[str]:
    return re.findall(r'name="days" value="(\d)"[^>]*checked', body)


def test_it_comes_on_every_working_day_until_days_are_chosen(renee: Staff) -> None:
    page = browser(renee)
    body = page.get("/me/").content.decode()
    assert "At about 8:00" in body
    assert chosen(body) == ["0", "1", "2", "3", "4", "5", "6"]
    assert page.post("/me/morning/", {"days": ["0", "4"]})["Location"] == "/me/"
    assert chosen(page.get("/me/").content.decode()) == ["0", "4"]
    renee.refresh_from_db()
    assert renee.morning_mail_days == 0b0010001
    event = Event.objects.get(action="workforce.morning_mail_chosen")
    assert event.details == {"days": "0010001"}


def test_no_day_is_no_mail_and_nonsense_changes_nothing(renee: Staff) -> None:
    page = browser(renee)
    assert page.post("/me/morning/", {"days": ["9"]}).status_code == 422
    page.post("/me/morning/", {})
    renee.refresh_from_db()
    assert renee.morning_mail_days == 0


def test_who_has_no_my_day_is_not_asked_and_an_agency_without_it_says_so(renee: Staff) -> None:
    assert "Morning mail" not in browser(StaffFactory(role=Role.BILLING)).get("/me/").content.decode()
    Agency.objects.update(mail_hour=None)
    assert "Your agency sends none." in browser(renee).get("/me/").content.decode()
