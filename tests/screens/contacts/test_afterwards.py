"""What follows a signature, in Chromium at a desk and on a phone: co-signing, coming back, an addendum, voiding; and concerns."""

import itertools
import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser import DESK, ON_A_PHONE, Watch
from tests.looks import right
from tests.screens.clients.steps import enter, new_client
from tests.screens.contacts.steps import enrol

pytestmark = pytest.mark.browser
HOURS = itertools.count(14)
ONCE = 3100
"""Milliseconds in which a second press of the same form does nothing."""


def colleague(page: Page, watch: Watch, role: str) -> Page:
    """Another window in which somebody of *role* is signed in."""
    browser = page.context.browser
    assert browser
    base = page.url[: page.url.index("/", 8)]
    context = browser.new_context(base_url=base, locale="en-US", timezone_id="America/New_York")
    context.set_default_timeout(10_000)
    other = context.new_page()
    other.set_viewport_size(page.viewport_size or DESK)
    watch.over(other)
    enter(other, role)
    return other


def sign_call(page: Page, client: str, text: str) -> None:
    """Write a phone call of the summer and sign it."""
    page.goto(f"{client}note/?how=phone")
    page.fill("[name=narrative]", text)
    for box in page.locator("label.chip:has([name=activity]:checked)").all():
        box.click()
    page.click("label:has([name=activity][value=advocacy])")
    hour = next(HOURS)
    page.fill("[name=day]", "2026-07-07")
    page.fill("[name=start]", f"{hour:02}:00")
    page.fill("[name=end]", f"{hour:02}:09")
    page.locator(".signbar .primary").click()
    page.wait_for_url(re.compile(r"/notes/"))


@ON_A_PHONE
def test_a_note_is_returned_mended_cosigned_added_to_and_voided(page: Page, watch: Watch, size: ViewportSize) -> None:
    watch.forgive("422")
    page.set_viewport_size(size)
    enter(page)
    client = new_client(page)
    enrol(page, client, "Mental health case management", cosign=True)
    worker = colleague(page, watch, "case_manager")
    sign_call(worker, client, "She asked for the form.")
    expect(worker.locator(".signed")).to_contain_text("Waiting for the co-signature")
    right(worker)
    page.goto("/contacts/to-cosign/")
    right(page)
    page.goto(worker.url)
    page.get_by_role("button", name="Return with this comment").click()
    expect(page.locator(".errors")).to_contain_text("Say what is to be changed")
    page.fill("#comment", "Which form?")
    page.wait_for_timeout(ONCE)
    page.get_by_role("button", name="Return with this comment").click()
    page.wait_for_url(re.compile("/contacts/to-cosign/"))  # more of the demo's notes wait there
    right(page)
    page.goto(worker.url)
    expect(page.locator(".signed")).to_contain_text("Returned with a comment")
    right(page)
    worker.goto("/notices/")
    worker.get_by_role("link", name="Read it").first.click()
    expect(worker.locator(".signed")).to_contain_text("Which form?")
    right(worker)
    worker.get_by_role("button", name="Write a new version").click()
    expect(worker.locator("[name=narrative]")).to_have_value("She asked for the form.")
    expect(worker.locator(".returned-with")).to_contain_text("Which form?")
    worker.fill("[name=narrative]", "She asked for the SSI form.")
    right(worker)
    worker.locator(".signbar .primary").click()
    worker.wait_for_url(re.compile(r"/notes/"))
    page.goto(worker.url)
    page.get_by_role("button", name="Co-sign", exact=True).click()
    page.wait_for_url(re.compile("/contacts/to-cosign/"))
    page.goto(worker.url)
    expect(page.locator(".signed")).to_contain_text("Co-signed by")
    right(page)
    worker.reload()
    worker.get_by_text("Add an addendum").click()
    worker.fill("#addendum", "He called back.")
    right(worker)
    worker.get_by_role("button", name="Sign the addendum").click()
    expect(worker.locator(".addendum")).to_contain_text("He called back.")
    worker.get_by_text("Void the note").click()
    worker.fill("#reason", "Another client's call")
    worker.get_by_role("button", name="Void it").click()
    expect(worker.locator(".signed.gone")).to_contain_text("Another client's call")
    right(worker)
    worker.goto(f"{client}timeline/")
    expect(worker.locator(".time")).to_contain_text(["Voided"])
    expect(worker.locator(".time")).not_to_contain_text(["She asked for the form."])
    right(worker)
    worker.context.close()


@ON_A_PHONE
def test_a_concern_until_the_person_is_satisfied(page: Page, watch: Watch, size: ViewportSize) -> None:
    watch.forgive("422")
    page.set_viewport_size(size)
    enter(page)
    client = new_client(page)
    page.goto(f"{client}concerns/")
    right(page)
    page.get_by_role("link", name="Raise a concern").click()
    page.get_by_label("What is the problem").fill("The van is always late.")
    page.locator("main form button.primary").click()
    expect(page.locator(".errors")).to_contain_text("Say which service it is about")
    expect(page.get_by_label("What is the problem")).to_have_value("The van is always late.")
    right(page)
    page.get_by_label("About which service").fill("Rides")
    page.wait_for_timeout(ONCE)
    page.locator("main form button.primary").click()
    page.wait_for_url(re.compile(r"/concerns/[0-9a-f-]{36}/"))
    right(page)
    page.get_by_label("Who was asked").fill("Dispatcher, Ms. Bell")
    page.get_by_role("button", name="Keep who was asked").click()
    expect(page.locator(".signed")).to_contain_text("Somebody was asked")
    resolve(page, "Another driver")
    right(page)
    page.get_by_role("button", name="No", exact=True).click()
    expect(page.get_by_label("What came of it")).to_have_value("")
    page.get_by_role("button", name="File as a formal grievance").click()
    expect(page.locator(".signed")).to_contain_text("answer due")
    right(page)
    resolve(page, "The company pays a taxi")
    expect(page.locator(".signed")).to_contain_text("Another driver")
    right(page)
    page.get_by_role("button", name="Yes", exact=True).click()
    expect(page.locator(".signed")).to_contain_text("Closed")
    right(page)


def resolve(page: Page, words: str) -> None:
    """Write what came of it, and wait until the person can be asked."""
    page.get_by_label("What came of it").fill(words)
    page.get_by_role("button", name="Keep what came of it").click()
    expect(page.locator(".signed")).to_contain_text("are they satisfied?")
