"""The calendar in Chromium: an appointment made, seen in the week, kept; at a desk and on a phone."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser import DESK, PHONE, axe
from tests.clock import agency_today
from tests.screens.clients.steps import enter, new_client

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("size", "hour"), [(DESK, 6), (PHONE, 20)], ids=["desk", "phone"])
def test_an_appointment_is_made_and_kept(page: Page, size: ViewportSize, hour: int) -> None:
    enter(page, "supervisor")
    record = new_client(page)
    page.context.clear_cookies()
    enter(page, "case_manager", to=f"{record}calendar/")
    page.set_viewport_size(size)
    axe(page)
    page.get_by_role("link", name="Appointment", exact=True).click()
    day = (agency_today() - timedelta(days=1)).isoformat()
    page.fill("[name=day]", day)
    page.fill("[name=start]", f"{hour:02}:00")
    page.fill("[name=end]", f"{hour:02}:45")
    page.fill("[name=place]", "Corner cafe")
    axe(page)
    page.get_by_role("button", name="Put it in the calendar").click()
    page.wait_for_url(re.compile(r"/calendar/$"))
    page.goto(f"/calendar/?day={day}")
    card = page.locator("article", has_text="Corner cafe").last
    axe(page)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0
    card.get_by_role("button", name=re.compile("^Kept")).click()
    expect(page.locator("article", has_text="Corner cafe").last).to_contain_text("Kept")
    page.goto("/calendar/feed/")
    axe(page)
