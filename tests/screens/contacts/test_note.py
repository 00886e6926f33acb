"""The note in Chromium: kept without a network, on two devices, signed once; nothing breaks a rule of accessibility."""

import itertools
import re
from uuid import uuid4

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import PHONE, Watch
from tests.looks import right
from tests.screens.clients.steps import enter, new_client

pytestmark = pytest.mark.browser


MINUTES = itertools.count(8 * 60, 10)
"""Each note has its own time: those of one worker may not overlap unasked."""


def begin(page: Page, role: str = "supervisor") -> str:
    """A client of one's own, and the composer on them; returns the client's path."""
    enter(page, role)
    client = new_client(page)
    page.goto(f"{client}note/?how=phone")
    return client


def fill(page: Page, text: str) -> None:
    page.fill("[name=narrative]", text)
    page.click("label:has([name=activity][value=advocacy])")
    start = next(MINUTES)
    page.fill("[name=day]", "2026-01-05")
    page.fill("[name=start]", f"{start // 60:02}:{start % 60:02}")
    page.fill("[name=end]", f"{start // 60:02}:{start % 60 + 5:02}")


def saved(page: Page) -> None:
    expect(page.locator(".saved")).to_contain_text(re.compile(r"Saved \d+ s ago"))


def test_a_call_is_written_and_signed_once_though_pressed_twice(page: Page) -> None:
    client = begin(page)
    fill(page, "She called about the lease. 🙂")
    saved(page)
    right(page)
    expect(page.locator("#ahead")).to_contain_text("minutes")
    page.locator(".signbar .primary").dblclick()
    page.wait_for_url(re.compile(r"/notes/"))
    expect(page.locator(".signed")).to_contain_text("about the lease. 🙂")
    right(page)
    page.goto(f"{client}timeline/")
    expect(page.locator(".month .time > li", has_text="about the lease")).to_have_count(1)
    right(page)


def test_nothing_is_typed_into_it_while_a_signature_is_on_its_way(page: Page) -> None:
    begin(page)
    fill(page, "Signed as it stands")
    saved(page)
    held: list[Route] = []
    page.route("**/note/*/", lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
    page.focus("[name=narrative]")
    page.locator(".signbar .primary").click()
    expect(page.locator("#note")).to_have_attribute("inert", "")
    page.keyboard.type(" and lost")
    expect(page.locator("[name=narrative]")).to_have_value("Signed as it stands")
    held.pop().continue_()
    page.wait_for_url(re.compile(r"/notes/"))
    expect(page.locator(".signed")).to_contain_text("Signed as it stands")


def test_back_on_a_form_that_was_left_while_it_was_signed_one_can_type_again(page: Page) -> None:
    """Browsers that keep a page as it was show it again with ``pageshow``, and the form was shut when it was left."""
    begin(page)
    fill(page, "Left while it was signed")
    saved(page)
    held: list[Route] = []
    page.route("**/note/*/", lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
    page.locator(".signbar .primary").click()
    expect(page.locator("#note")).to_have_attribute("inert", "")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(page.locator("#note")).not_to_have_attribute("inert", "")
    page.fill("[name=narrative]", "Typed again")
    expect(page.locator("[name=narrative]")).to_have_value("Typed again")
    held.pop().continue_()
    page.wait_for_url(re.compile(r"/notes/"))


def test_where_the_network_is_lost_while_it_is_signed_it_is_signed_once_by_pressing_again(
    page: Page, watch: Watch
) -> None:
    """The server signs it, and its answer never comes: who wrote it cannot know, and presses again."""
    watch.forgive("ERR_INTERNET_DISCONNECTED")
    watch.forgive("htmx:")
    client = begin(page)
    words = f"Signed in the tunnel {uuid4()}"
    fill(page, words)
    saved(page)
    lost: list[Route] = []

    def lose(route: Route) -> None:
        if route.request.method != "POST" or lost:
            return route.continue_()
        lost.append(route)
        route.fetch(max_redirects=0)
        return route.abort("internetdisconnected")

    page.route("**/note/*/", lose)
    page.locator(".signbar .primary").click()
    expect(page.locator(".saved")).to_contain_text("Not signed yet")
    expect(page.locator("#note")).not_to_have_attribute("inert", "")
    expect(page.locator("[name=narrative]")).to_have_value(words)
    page.locator(".signbar .primary").click()
    page.wait_for_url(re.compile(r"/notes/"))
    expect(page.locator(".signed")).to_contain_text(words)
    page.goto(f"{client}timeline/")
    expect(page.locator(".month .time > li", has_text=words)).to_have_count(1)


def test_on_a_phone(page: Page) -> None:
    page.set_viewport_size(PHONE)
    begin(page)
    fill(page, "From the stairwell")
    saved(page)
    right(page)
    page.locator(".signbar .primary").click()
    page.wait_for_url(re.compile(r"/notes/"))


def test_without_a_network_nothing_is_lost(page: Page, watch: Watch) -> None:
    watch.forgive("ERR_INTERNET_DISCONNECTED")
    watch.forgive("htmx:")
    begin(page)
    fill(page, "Before")
    saved(page)
    page.context.set_offline(True)
    words = f"Before and in the tunnel {uuid4()}"
    page.fill("[name=narrative]", words)
    expect(page.locator(".saved")).to_contain_text("No connection")
    page.locator(".signbar .primary").click()
    expect(page.locator(".saved")).to_contain_text(re.compile("Not signed yet|No connection"))
    page.context.set_offline(False)
    saved(page)
    page.reload()
    expect(page.locator("[name=narrative]")).to_have_value(words)


def test_what_was_typed_and_not_sent_is_there_after_a_reload(page: Page, watch: Watch) -> None:
    watch.forgive("Failed to fetch")
    watch.forgive("ERR_INTERNET_DISCONNECTED")
    begin(page)
    fill(page, "First")
    saved(page)
    page.context.set_offline(True)
    page.fill("[name=narrative]", "First and last")
    page.wait_for_timeout(300)
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("[name=narrative]")).to_have_value("First and last")


def test_two_devices_choose_and_a_signed_note_never_comes_back(page: Page, watch: Watch) -> None:
    watch.forgive("409")
    begin(page)
    fill(page, "From the desk")
    saved(page)
    other = page.context.new_page()
    other.goto(page.url)
    other.fill("[name=narrative]", "From the phone")
    saved(other)
    page.fill("[name=narrative]", "From the desk again")
    expect(page.locator("[data-notice]")).to_contain_text("From the phone")
    page.get_by_role("button", name="Go on with what is in the form").click()
    saved(page)
    page.locator(".signbar .primary").click()
    page.wait_for_url(re.compile(r"/notes/"))
    expect(page.locator(".signed")).to_contain_text("From the desk again")
    other.fill("[name=narrative]", "Too late")
    expect(other.locator("[data-notice]")).to_contain_text("already signed")
    other.goto("/contacts/drafts/")
    expect(other.locator("main")).not_to_contain_text("Too late")


def test_what_is_wrong_is_said_at_its_field(page: Page, watch: Watch) -> None:
    watch.forgive("422")
    begin(page)
    page.fill("[name=narrative]", "Kept")
    page.locator(".signbar .primary").click()
    expect(page.locator(".errors")).to_contain_text("Say what was done")
    expect(page.locator("[name=narrative]")).to_have_value("Kept")
    right(page)
