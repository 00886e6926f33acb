"""A mandated report from the client's header to the receipt, in Chromium, at a desk and on a phone."""

import os
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import DESK, PHONE, axe
from tests.screens.clients.steps import enter, new_client

pytestmark = pytest.mark.browser


def look(page: Page, name: str) -> None:
    """A picture, when somebody asks for pictures."""
    if folder := os.environ.get("GOLDTHREAD_PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def fits(page: Page) -> None:
    """Nothing is wider than the window."""
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_one_click_then_call_write_send_receipt(page: Page) -> None:
    enter(page)
    record = new_client(page)
    page.goto(record)
    page.get_by_role("link", name="Safety report", exact=True).click()
    expect(page.locator("#call .number a")).to_have_attribute("href", re.compile("^tel:1-"))
    page.get_by_label("State where they are").select_option("CA")
    page.locator("label.chip", has_text="A child").click()
    expect(page.locator("#call")).to_contain_text("within 36 hours")
    page.locator("label.chip", has_text="An older adult").click()
    expect(page.locator("#call")).to_contain_text("within 2 working days")
    for size, name in ((DESK, "guide-1366"), (PHONE, "guide-390")):
        page.set_viewport_size(size)
        fits(page)
        axe(page)
        look(page, name)
    page.set_viewport_size(DESK)
    page.get_by_label("What you saw or were told").fill("A bruise on the left arm. “She fell”, says the son.")
    page.get_by_role("button", name="Start the report").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Safety report")
    for size, name in ((DESK, "report-1366"), (PHONE, "report-390")):
        page.set_viewport_size(size)
        fits(page)
        axe(page)
        look(page, name)
    page.set_viewport_size(DESK)
    page.get_by_label("Whom you spoke to").fill("Ms Ortiz, county office")
    page.get_by_label("Reference number").fill("R-77")
    page.get_by_role("button", name="Log the call").click()
    expect(page.locator("main")).to_contain_text("reference R-77")
    page.get_by_role("textbox", name="Written report").fill("On Thursday I saw a bruise on the left arm.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator("label.chip", has_text="Fax").click()
    page.get_by_role("button", name="Log as sent").click()
    page.get_by_label("Number or name on it").fill("F-1")
    page.get_by_role("button", name="Log the receipt").click()
    expect(page.locator("main")).to_contain_text("Received")
    axe(page)
    look(page, "done-1366")
    page.get_by_role("link", name="Print").click()
    axe(page)
    look(page, "paper-1366")
    page.goto("/reports/")
    axe(page)
    page.set_viewport_size(PHONE)
    fits(page)
    look(page, "list-390")
