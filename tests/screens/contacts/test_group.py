"""A group's note in Chromium, at a desk and on a phone: chosen, written, signed; as few presses as the budget allows."""

import itertools
import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser import AT_A_DESK, PHONE, Watch
from tests.looks import right
from tests.screens.clients.steps import enter

pytestmark = pytest.mark.browser
HOURS = itertools.count(5)
"""Each group has its own hour: the times of one worker may not overlap unasked."""


@AT_A_DESK
def test_a_group_is_chosen_written_and_signed(page: Page, watch: Watch, size: ViewportSize) -> None:
    watch.forgive("422")
    page.set_viewport_size(size)
    enter(page, "case_manager", "/day/")
    plus = page.get_by_role("navigation", name="Main, phone").get_by_role("link", name="Log")
    (plus if size == PHONE else page.get_by_role("link", name="Log a contact")).click()
    page.wait_for_url(re.compile("/contacts/log/"))
    right(page)
    page.get_by_role("link", name="Group note").click()
    page.wait_for_url(re.compile("/group-note/"))
    right(page)
    for chip in page.locator("label.chip:has([name=with]:not(:checked))").all()[:3]:
        chip.click()
    page.get_by_role("button", name="Put them on the note").click()
    cards = page.locator(".member")
    expect(cards).to_have_count(3)
    hour = next(HOURS)
    page.fill("[name=day]", "2026-01-06")
    page.fill("[name=start]", f"{hour:02}:00")
    page.fill("[name=end]", f"{hour:02}:50")
    page.click("label:has([name=activity][value=skills_teaching])")
    first = cards.nth(0).locator("legend").first.inner_text()
    cards.nth(0).locator("textarea").fill("Rang the landlord herself.")
    cards.nth(1).get_by_text("Did not come").click()
    page.fill("[name=narrative]", f"We practised with {first.split()[-1]}.")
    expect(page.locator(".saved")).to_contain_text(re.compile(r"Saved \d+ s ago"))
    right(page)
    page.locator(".signbar .primary").click()
    expect(page.locator(".errors")).to_contain_text(f"This text names {first}")
    right(page)
    page.fill("[name=narrative]", "We practised calling a landlord.")
    page.wait_for_timeout(3100)  # a second press within three seconds does nothing
    page.locator(".signbar .primary").click()
    expect(page.locator(".rows.drafts > li")).to_have_count(3)
    right(page)
    page.locator(".rows.drafts a", has_text=first).first.click()
    expect(page.locator(".signed")).to_contain_text("Rang the landlord herself.")
    right(page)


def test_the_part_of_somebody_just_chosen_outlives_a_reload_without_a_network(page: Page, watch: Watch) -> None:
    for words in ("ERR_INTERNET_DISCONNECTED", "Failed to fetch", "htmx:"):
        watch.forgive(words)
    enter(page, "case_manager", "/group-note/")
    for chip in page.locator("label.chip:has([name=with]:not(:checked))").all()[:2]:
        chip.click()
    page.get_by_role("button", name="Put them on the note").click()
    expect(page.locator(".member")).to_have_count(2)
    page.context.set_offline(True)
    page.locator(".member").nth(1).locator("textarea").fill("In the tunnel")
    page.wait_for_timeout(400)
    page.context.set_offline(False)
    page.reload()
    expect(page.locator(".member").nth(1).locator("textarea")).to_have_value("In the tunnel")
