"""A report that was begun by mistake, and one about a colleague, in Chromium: at a desk and on a phone."""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser import ON_A_PHONE, Watch, axe
from tests.screens.clients.steps import enter, new_client
from tests.screens.reports.test_report import fits, look

pytestmark = pytest.mark.browser
COLLEAGUE = "Is it about somebody who works here?"


def right(page: Page, name: str) -> None:
    """Nothing too wide, nothing that axe finds."""
    fits(page)
    axe(page)
    look(page, name)


def at_the_guide(page: Page, size: ViewportSize) -> str:
    """A client of Renee's, and Renee at the guide of a report about them; returns the client's path."""
    enter(page)
    record = new_client(page)
    page.context.clear_cookies()
    enter(page, "case_manager", to=record)
    page.set_viewport_size(size)
    page.get_by_role("link", name="Safety report", exact=True).click()
    page.get_by_label("What you saw or were told").fill("He shouted at her in the hall, twice.")
    return record


def begin(page: Page) -> str:
    """Start it; returns the report's path."""
    page.get_by_role("button", name="Start the report").click()
    expect(page.get_by_role("button", name="Log the call")).to_be_visible()
    return page.url


@ON_A_PHONE
def test_begun_by_mistake_it_is_closed_with_a_reason_and_taken_up_again(
    page: Page, size: ViewportSize, watch: Watch
) -> None:
    watch.forgive("422")
    at_the_guide(page, size)
    address = begin(page)
    page.get_by_text("Started by mistake?").click()
    page.get_by_role("button", name="Close as a mistake").click()
    expect(page.locator(".mistake")).to_have_attribute("open", "")
    expect(page.locator(".mistake [aria-invalid=true]")).to_be_visible()
    right(page, f"mistake-refused-{size['width']}")
    page.get_by_label("Why it was a mistake").fill("The wrong Noor.")
    page.get_by_role("button", name="Close as a mistake").click()
    expect(page.locator("main")).to_contain_text("The wrong Noor.")
    expect(page.get_by_role("button", name="Log the call")).to_have_count(0)
    right(page, f"mistake-closed-{size['width']}")
    page.goto("/reports/")
    expect(page.locator("main")).to_contain_text("Started by mistake")
    right(page, f"mistake-list-{size['width']}")
    page.goto(address)
    page.get_by_role("button", name="Take it up again").click()
    expect(page.get_by_role("button", name="Log the call")).to_be_visible()
    page.get_by_label("Whom you spoke to").fill("Ms Ortiz")
    page.get_by_role("button", name="Log the call").click()
    expect(page.locator("main")).to_contain_text("Ms Ortiz")
    expect(page.get_by_text("Started by mistake?")).to_have_count(0)
    right(page, f"mistake-again-{size['width']}")


@ON_A_PHONE
def test_about_ones_own_supervisor_who_never_learns_of_it(page: Page, size: ViewportSize, watch: Watch) -> None:
    watch.forgive("404")
    record = at_the_guide(page, size)
    page.get_by_label(COLLEAGUE).select_option(label="Gloria Nakamura")
    right(page, f"colleague-guide-{size['width']}")
    address = begin(page)
    expect(page.locator("main")).to_contain_text("about Gloria Nakamura, who works here")
    right(page, f"colleague-{size['width']}")
    page.context.clear_cookies()
    enter(page, "supervisor", to="/reports/")
    expect(page.locator(f"a[href='{address[address.index('/reports/') :]}']")).to_have_count(0)
    page.goto(f"{record}timeline/")
    expect(page.locator("main")).not_to_contain_text("He shouted")
    assert page.goto(address).status == 404  # type: ignore[union-attr]  # it has an answer
    page.context.clear_cookies()
    enter(page, "quality", to=address)
    expect(page.locator("main")).to_contain_text("about Gloria Nakamura")
    right(page, f"colleague-read-{size['width']}")
