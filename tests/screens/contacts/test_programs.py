"""Changing the program of a note in Chromium: its kinds of contact follow at once, and what is typed meanwhile stays."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import DESK, PHONE
from tests.looks import right
from tests.screens.clients.steps import enter, new_client
from tests.screens.contacts.steps import enrol

pytestmark = pytest.mark.browser


COURT = "[name=how][value='kind:court']"
"""A kind of contact of Families together alone."""


def test_kinds_follow_the_program_and_no_letter_is_lost(page: Page) -> None:
    enter(page)
    client = new_client(page)
    for program in ("Mental health case management", "Families together"):
        enrol(page, client, program)
    page.goto(f"{client}note/?how=phone")
    page.fill("[name=narrative]", "Typed before")
    page.fill("[name=next_step]", "Call the school")
    expect(page.locator(COURT)).to_have_count(1)
    page.route("**/note/*/", lambda route: (page.wait_for_timeout(300), route.continue_())[1])
    page.locator("label.chip:has([name=episode]:not(:checked))").click()
    page.locator("[name=narrative]").press("End")
    page.keyboard.type(" and meanwhile", delay=40)  # before, while and after the answer comes
    expect(page.locator(COURT)).to_have_count(0)
    expect(page.locator("[name=narrative]")).to_have_value("Typed before and meanwhile")
    expect(page.locator("[name=narrative]")).to_be_focused()
    expect(page.locator("[name=next_step]")).to_have_value("Call the school")
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        right(page)
    page.locator("label.chip:has([name=episode]:not(:checked))").click()
    expect(page.locator(COURT)).to_have_count(1)
    page.reload()
    expect(page.locator("[name=narrative]")).to_have_value("Typed before and meanwhile")
