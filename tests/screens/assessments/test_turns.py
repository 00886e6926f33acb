"""A medicine more and one less on a phone without a network."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE, Watch, axe
from tests.screens.assessments.test_sheet import begin, saved

pytestmark = pytest.mark.browser


def test_turns_are_added_and_taken_away_with_the_network_cut(page: Page, watch: Watch) -> None:
    watch.forgive("ERR_INTERNET_DISCONNECTED")
    watch.forgive("Failed to fetch")
    watch.forgive("htmx:")
    page.set_viewport_size(PHONE)
    begin(page, "health-assessment")
    turns = page.locator("fieldset.turn[data-turns=health-medicines]:visible")
    more = page.locator("button[value='add:health-medicines']")
    first = turns.count()
    if not first:
        more.click()
        expect(turns).to_have_count(1)
        first = 1
    name = page.locator(".turn:visible [name^='a:health-medicine[']")
    name.nth(0).fill("Lisinopril")
    saved(page)
    page.context.set_offline(True)
    more.click()
    expect(turns).to_have_count(first + 1)
    more.click()
    expect(turns).to_have_count(first + 2)
    name.nth(first).fill("Metformin")
    name.nth(first + 1).fill("Not this one")
    turns.nth(first).locator(".opt", has=page.locator("[name^='a:health-medicine-taken[']")).first.click()
    turns.nth(first + 1).get_by_role("button", name=re.compile("^Take away")).click()
    expect(turns).to_have_count(first + 1)
    turns.nth(0).get_by_role("button", name=re.compile("^Take away")).click()
    expect(turns).to_have_count(first)
    expect(page.locator(".saved")).to_contain_text("No connection")
    axe(page)
    page.context.set_offline(False)
    saved(page)
    expect(turns.last.locator(f"[name='a:health-medicine[{first - 1}]']")).to_have_value("Metformin")
    name.last.fill("Metformin 500")
    expect(page.locator(".saved")).to_contain_text(re.compile(r"Saved [0-2] s ago"))
    page.wait_for_timeout(1_500)
    page.reload()
    expect(turns).to_have_count(first)
    expect(name.last).to_have_value("Metformin 500")
    expect(turns.last.locator("[name^='a:health-medicine-taken[']:checked")).to_have_count(1)
    expect(page.locator("main")).not_to_contain_text("Lisinopril")
    axe(page)
