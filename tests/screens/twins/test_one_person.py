"""One person with two records, in Chromium: warned of, compared, merged, and two again."""

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser import AT_A_DESK, Watch
from tests.screens.clients.steps import enter, some_name, well

pytestmark = pytest.mark.browser


@AT_A_DESK
def test_two_records_become_one_and_two_again(page: Page, watch: Watch, size: ViewportSize) -> None:
    watch.forgive("422")
    page.set_viewport_size(size)
    enter(page)
    family = some_name()
    _fill_in(page, family, "March 4, 1991")
    first = _added(page)
    _fill_in(page, family, "April 3, 1991")
    expect(page.locator("#likely")).to_contain_text(f"Noor {family}")
    well(page)
    page.click("main form button.primary")
    expect(page.get_by_role("button", name="None of these: add as new")).to_be_visible()
    well(page)
    second = _added(page)

    page.goto(f"{second}same-as/")
    well(page)
    page.locator(".pairs li", has_text=family).get_by_role("button", name="Perhaps after all").click()
    page.locator(".pairs li", has_text=family).get_by_role("link", name="Compare").click()
    expect(page.get_by_role("heading", name="Are these one person?")).to_be_visible()
    page.emulate_media(color_scheme="dark")
    well(page)
    page.locator("fieldset.pick", has_text="Date of birth").locator("label", has_text="1991").nth(1).click()
    page.fill("[name=reason]", "Day and month were swapped")
    page.get_by_role("button", name="Merge into one record").click()
    page.wait_for_url(f"**{second}")
    expect(page.get_by_role("status").filter(has_text="Now one record")).to_be_visible()
    well(page)

    page.goto(f"{first}details/")
    page.wait_for_url(f"**{second}details/")
    page.goto(f"{second}same-as/")
    expect(page.locator(".twins")).to_contain_text("Day and month were swapped")
    well(page)
    page.get_by_role("button", name="Take back").click()
    expect(page.locator(".twins")).to_contain_text("Taken back by")
    well(page)
    page.goto(first)
    expect(page).to_have_url(re.compile(f"{first}$"))
    expect(page.locator("#client-header")).to_contain_text(family)


def _fill_in(page: Page, family: str, born: str) -> None:
    page.goto("/clients/new/")
    page.fill("[name=given]", "Noor")
    page.fill("[name=family]", family)
    page.fill("[name=birth_date]", born)
    page.select_option("[name=worker]", label="Renee Baptiste")


def _added(page: Page) -> str:
    """Press the button; the path of the record that the page is on then."""
    page.click("main form button.primary")
    page.wait_for_url(re.compile(r"/clients/[0-9a-f-]{36}/$"))
    return page.url[page.url.index("/clients/") :]
