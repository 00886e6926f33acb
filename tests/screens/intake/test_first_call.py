"""Somebody asks for help on the public page, and is taken in: in Chromium, from the page being opened to the record."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.browser import AT_A_DESK, Watch, sign_in, until
from tests.looks import right
from tests.screens.clients.steps import some_name, well

pytestmark = pytest.mark.browser
PROGRAM = "Mental health case management"
QUICKEST = 4000
"""Milliseconds: what is sent sooner is taken for a program's."""
FIELDS, CLICKS = 12, 6
"""At most, from the opened inquiry to the enrolled client."""


@dataclass
class Hand:
    """What a person does on one page, counted."""

    page: Page
    fields: int = 0
    clicks: int = 0

    def write(self, name: str, value: str) -> None:
        """Fill in, or choose in a menu."""
        field = self.page.locator(f"#inquiry [name={name}]")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
        self.fields += 1

    def press(self, what: Locator) -> None:
        what.click()
        self.clicks += 1


@AT_A_DESK
def test_asked_on_the_public_page_and_taken_in(page: Page, live: str, watch: Watch, size: ViewportSize) -> None:
    page.set_viewport_size(size)
    family = some_name()
    _open_the_door(page)
    with _somebody(page, live, watch) as visitor:
        _ask(visitor, f"Ana {family}")
    page.context.clear_cookies()
    sign_in(page, "intake", f"/inquiries/?text={family}")
    line = page.locator(".inquiries .rows .one")
    expect(line).to_have_count(1)
    expect(line).to_contain_text("Urgent")
    well(page)
    line.get_by_role("link").click()
    expect(page.locator("#inquiry [name=wanted]")).to_have_value("I cannot get out of bed any more")
    expect(page.locator("#inquiry [name=caller_phone]")).to_be_visible()  # to call them back
    well(page)
    _take_in(page, family)
    page.click(".outcomes a:has-text('To the record')")
    expect(page.locator("#client-header")).to_contain_text(f"Ana {family}")


def _open_the_door(page: Page) -> None:
    sign_in(page, "administrator", "/settings/intake/")
    well(page)
    page.locator(".rows .one", has_text=PROGRAM).get_by_role("link", name="Change").click()
    page.check("main [name=open]")
    page.fill("main [name=words_en]", "Somebody who goes with you, for as long as you want.")
    page.fill("main [name=words_es]", "Alguien que le acompaña, todo el tiempo que usted quiera.")
    well(page)
    page.click("main button.primary")
    expect(page.locator(".rows .one", has_text=PROGRAM)).to_contain_text("open")


@contextmanager
def _somebody(page: Page, live: str, watch: Watch) -> Iterator[Page]:
    """A window of somebody who is not signed in."""
    browser = page.context.browser
    assert browser
    context = browser.new_context(base_url=live, viewport=page.viewport_size, locale="en-US")
    visitor = context.new_page()
    watch.over(visitor)
    yield visitor
    assert {cookie.get("name") for cookie in context.cookies()} <= {"csrftoken"}
    context.close()


def _ask(visitor: Page, name: str) -> None:
    visitor.goto("/ask/")
    right(visitor)
    visitor.click(f"main a:has-text('{PROGRAM}')")
    opened = visitor.evaluate("Date.now()")
    right(visitor)
    visitor.fill("[name=caller_name]", name)
    visitor.fill("[name=caller_phone]", "413 555 0142")
    visitor.fill("[name=wanted]", "I cannot get out of bed any more")
    visitor.check("[name=urgency]")
    until(visitor, f"Date.now() > {opened + QUICKEST}")
    visitor.click("main button.primary")
    visitor.wait_for_url("**/sent/**")
    expect(visitor.locator("h1")).to_have_text("Thank you")
    right(visitor)


def _take_in(page: Page, family: str) -> None:
    hand = Hand(page)
    beside = page.locator("#beside")
    hand.write("given", "Ana")
    hand.write("family", family)
    hand.write("birth_date", "March 4, 1991")
    hand.write("state", "MA")
    hand.press(page.locator("label.chip:has([name=coverage][value=medicaid])"))
    card = beside.locator(".fit", has_text=PROGRAM)
    expect(card).to_contain_text("35 years old")
    hand.press(card.locator("[role=radiogroup] label", has_text="Yes").first)
    expect(page.locator("#inquiry [data-saved]")).to_contain_text("Saved")
    well(page)
    hand.press(beside.get_by_role("button", name="Somebody new"))
    expect(beside.locator(".who .tag")).to_have_text("Somebody new")
    expect(card.locator("header .tag")).to_have_text("Eligible")
    well(page)
    hand.press(beside.get_by_role("button", name="Enroll"))
    expect(page.locator(".outcomes")).to_contain_text("Enrolled")
    well(page)
    assert hand.fields <= FIELDS
    assert hand.clicks <= CLICKS
