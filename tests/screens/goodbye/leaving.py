"""Somebody leaves in Chromium: the four pages of a way out, as people press through them. Every page is looked over on the way."""

import re

from playwright.sync_api import Page, expect

from tests.browser import sign_in
from tests.looks import right


def record_of(page: Page, name: str) -> str:
    """The address of the record of a client of the demo."""
    page.goto(f"/clients/?whose=all&text={name.split()[-1]}")
    page.locator("main a[href^='/clients/']").filter(has_text=name).first.click()
    page.wait_for_url(re.compile(r"/clients/[0-9a-f-]{36}/"))
    return page.url.split("?")[0]


def begins(page: Page, name: str) -> str:
    """From the client's page to the first page of the way out. Its address."""
    client = record_of(page, name)
    page.goto(f"{client}programs/")
    page.get_by_role("link", name="Prepare the discharge").click()
    page.get_by_role("button", name="Begin the discharge").click()
    expect(page.locator("select[name=reason]")).to_be_visible()
    return page.url


def chooses(page: Page, reason: str) -> None:
    """The reason; what its way asks comes on the same page."""
    page.select_option("select[name=reason]", reason)
    page.click("main .btn.primary")
    expect(page.locator("main")).to_contain_text("Not after all")
    right(page)


def answers(page: Page, **said: str) -> None:
    """What the way asks."""
    for key, text in said.items():
        page.fill(f"[name=said-{key}]", text)


def goes_on(page: Page) -> None:
    """Save and go on, from the first page to the summary, from there to what is open."""
    page.click("main .btn.primary")
    page.wait_for_load_state()
    right(page)


def settles_all(page: Page, words: str = "Everybody was told") -> None:
    """What most decide in one press, the rest one by one."""
    together = page.locator(".together")
    if together.count():
        for field in together.locator("input[name^=words-]").all():
            field.fill(words)
        together.get_by_role("button").click()
        expect(together).to_have_count(0)
    alone = page.locator(".settling form.decide")
    for _each in range(alone.count()):
        first = alone.first
        first.locator(".seg label").first.click()
        first.locator("[name=words]").fill(words)
        first.get_by_role("button").click()
        page.wait_for_load_state()
    right(page)


def signs(page: Page) -> str:
    """Read once more and signed; it waits for the second person. The address at which they read it."""
    page.get_by_role("link", name="Go on: read and sign").click()
    right(page)
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.locator("main")).to_contain_text("waits for a second pair of eyes")
    return page.url


def ends(page: Page, signed: str) -> None:
    """The supervisor reads it and ends the episode."""
    somebody_else(page, "supervisor", signed)
    right(page)
    page.get_by_role("button", name="End the episode").click()
    expect(page.get_by_role("heading", name="The packet")).to_be_visible()
    right(page)


def somebody_else(page: Page, role: str, to: str) -> None:
    """Another colleague sits down."""
    page.context.clear_cookies()
    sign_in(page, role, to)
