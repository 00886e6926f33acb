"""The head of a client's pages on a phone: short until it is unfolded, and what unfolds it can be seen."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE
from tests.looks import right
from tests.screens.clients.steps import enter, new_client

pytestmark = pytest.mark.browser


def test_on_a_phone_who_works_with_them_and_the_actions_unfold(page: Page) -> None:
    page.set_viewport_size(PHONE)
    enter(page, "supervisor")
    client = new_client(page)
    page.goto(f"{client}circle/")
    report = page.get_by_role("link", name="Safety report").first
    expect(report).to_be_hidden()
    page.locator(".about-them > summary").click()
    expect(report).to_be_visible()
    right(page)
