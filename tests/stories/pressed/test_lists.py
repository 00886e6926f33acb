"""Lists and rules of an instrument, and what a group writes, kept by Enter in Chromium."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from goldthread.foundation.workforce.enums import Role
from tests.access.world import browser
from tests.doors.web.instruments.test_building import built, do, draft
from tests.factories import AgencyFactory, StaffFactory
from tests.stories.pressed.conftest import Screen

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]


def test_a_list_and_a_rule_are_kept_by_enter(screen: Screen, db: None) -> None:
    AgencyFactory()
    ada = StaffFactory(role=Role.ADMINISTRATOR)
    built(browser(ada))
    page = screen(ada)
    page.goto(f"{reverse('instruments:lists', args=[draft().pk])}?new=1")
    page.fill("[name=options-0-text]", "Bus")
    page.fill("[name=l-title]", "Ways")
    page.press("[name=l-title]", "Enter")
    expect(page.locator(".outline")).to_contain_text("Ways")
    page.goto(reverse("instruments:rules", args=[draft().pk]))
    page.click("#constraints-more")
    page.fill("[name=constraints-0-expression]", "1 = 1")
    page.fill("[name=constraints-0-says]", "One is one.")
    page.press("[name=constraints-0-says]", "Enter")
    expect(page.locator("[name=constraints-0-key]")).to_have_value("rule-1")


def test_what_a_group_writes_is_kept_by_enter(screen: Screen, db: None) -> None:
    AgencyFactory()
    ada = StaffFactory(role=Role.ADMINISTRATOR)
    web = browser(ada)
    built(web)
    do(web, "add", "q2", type="group", text="Medicines")
    page = screen(ada)
    page.goto(f"{reverse('instruments:facts', args=[draft().pk])}?group=g1&kind=medicine")
    page.press("[name=f-repeats]", "Enter")
    page.wait_for_load_state()
    expect(page.locator("#do-remove")).to_be_visible()
    assert draft().content["item"][-1]["extension"]
