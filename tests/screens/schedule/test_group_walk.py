"""A group in Chromium: made at a desk, seen in the week, its note written from it, and what stands on its page on a phone."""

import os
import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser import DESK, PHONE, Watch, axe
from tests.clock import agency_today
from tests.screens.clients.steps import enter

pytestmark = pytest.mark.browser


def shot(page: Page, name: str) -> None:
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def fits(page: Page) -> None:
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_a_group_from_the_calendar_to_its_note(page: Page, watch: Watch) -> None:
    watch.forgive("422")
    enter(page, "case_manager", to="/calendar/new/")
    page.set_viewport_size(DESK)
    page.get_by_role("link", name="With several clients: a group").click()
    people = page.locator("fieldset:has(legend:has-text('Who is in the group')) label.chip")
    names = [people.nth(number).inner_text() for number in range(3)]
    day = (agency_today() - timedelta(days=1)).isoformat()
    page.fill("[name=day]", day)
    page.fill("[name=start]", "05:00")
    page.fill("[name=end]", "05:45")
    page.fill("[name=place]", "Room 4")
    page.fill("[name=title]", "Cooking on little money")
    fits(page)
    shot(page, "new-desk")
    page.set_viewport_size(PHONE)
    fits(page)
    shot(page, "new-phone")
    page.get_by_role("button", name="Put it in the calendar").click()
    expect(page.locator(".errors")).to_contain_text("Choose at least two clients")  # and what was typed is still there
    expect(page.locator("[name=title]")).to_have_value("Cooking on little money")
    for number in range(3):
        people.nth(number).click()
    page.get_by_role("button", name="Put it in the calendar").click()
    page.wait_for_url(re.compile(r"/calendar/groups/[0-9a-f-]+/$"))
    group = page.url
    fits(page)
    shot(page, "group-phone")
    third = page.locator(".who-came li", has_text=names[2])
    third.get_by_text("They cancelled").click()
    third.get_by_label("Why").fill("ill")
    page.get_by_role("button", name="Write down who came").click()
    expect(page.get_by_text("Written down.")).to_be_visible()
    page.set_viewport_size(DESK)
    fits(page)
    shot(page, "group-desk")
    page.goto(f"/calendar/?day={day}")
    card = page.locator("article", has_text="Cooking on little money")
    expect(card).to_have_count(1)
    expect(card).to_contain_text("2 people")
    fits(page)
    shot(page, "week-desk")
    page.set_viewport_size(PHONE)
    fits(page)
    shot(page, "week-phone")
    card.get_by_role("link", name=re.compile("^Note")).click()
    expect(page.get_by_text("Filled in from: the group in the calendar")).to_be_visible()
    expect(page.locator("[name=with]:checked")).to_have_count(2)
    shot(page, "note-phone")
    page.goto(group)
    for part in ("Somebody comes, too", "Cancel or move it for everybody", "The time, the place, who goes"):
        page.get_by_text(part).click()
    fits(page)
    shot(page, "group-open-phone")
    page.set_viewport_size(DESK)
    shot(page, "group-open-desk")
    page.locator(".who-came li", has_text=names[0]).get_by_role("link").click()
    expect(page.locator("main")).not_to_contain_text(names[1])
    expect(page.locator("main")).to_contain_text("Group, Meeting: Cooking on little money")
    shot(page, "client-desk")
