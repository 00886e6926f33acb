"""Back and forward, as the browser has them, after something was signed or saved: nothing stale stands there, and nothing comes twice."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import sign_in
from tests.screens.clients.steps import some_name
from tests.screens.contacts.test_note import begin, fill, saved

pytestmark = pytest.mark.browser
BED, MEAL = "A bed for tonight", "A bed for tonight, and a meal"


def test_back_after_a_note_was_signed_shows_it_signed_and_once(page: Page) -> None:
    client = begin(page)
    composer = page.url
    fill(page, "Signed, and then back")
    saved(page)
    page.locator(".signbar .primary").click()
    page.wait_for_url(re.compile(r"/notes/"))
    for step in (page.go_back, page.go_forward):
        step()
        expect(page.locator(".signed")).to_contain_text("Signed, and then back")
        expect(page.locator("[name=narrative], .signbar")).to_have_count(0)
    page.goto(composer)  # kept as a bookmark, or open in another window
    expect(page.locator(".signed")).to_contain_text("Signed, and then back")
    page.goto(f"{client}timeline/")
    expect(page.locator(".month .time > li", has_text="Signed, and then back")).to_have_count(1)
    page.goto("/contacts/drafts/")
    expect(page.locator(f"main a[href^='{client}']")).to_have_count(0)


def test_back_on_an_inquiry_shows_what_was_saved_and_goes_on_with_it(page: Page) -> None:
    name = f"Bess {some_name()}"
    sign_in(page, "intake", "/inquiries/")
    page.click("main a:has-text('New inquiry')")
    write(page, "caller_name", name)
    write(page, "wanted", BED)
    page.goto(f"/inquiries/?text={name}")
    expect(page.locator(".inquiries .rows .one")).to_have_count(1)
    page.go_back()
    expect(page.locator("#inquiry [name=caller_name]")).to_have_value(name)
    expect(page.locator("#inquiry [name=wanted]")).to_have_value(BED)
    write(page, "wanted", MEAL)
    page.go_back()
    page.go_forward()
    expect(page.locator("#inquiry [name=wanted]")).to_have_value(MEAL)
    page.goto(f"/inquiries/?text={name}")
    line = page.locator(".inquiries .rows .one")
    expect(line).to_have_count(1)
    line.get_by_role("link").click()
    expect(page.locator("#inquiry [name=wanted]")).to_have_value(MEAL)


def write(page: Page, field: str, words: str) -> None:
    """Type, and wait until the server has it."""
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.ok):
        page.fill(f"#inquiry [name={field}]", words)
    expect(page.locator("#inquiry [data-saved]")).to_contain_text("Saved")
