"""What is looked for, narrowed or tried, and writes nothing: each such form sent once in Chromium, and the page says what was asked."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import DESK, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def form_with(page: Page, name: str) -> Locator:
    """The form that asks, by a field of it."""
    return page.locator("main form").filter(has=page.locator(f"[name='{name}']")).first


def asks(page: Page, address: str, name: str, words: str) -> None:
    """*words* are written or chosen, the form is sent, and they stand there on the page that comes."""
    page.goto(address)
    form = form_with(page, name)
    field = form.locator(f"[name='{name}']").first
    if field.evaluate("one => one.tagName") == "SELECT":
        field.select_option(index=int(words))
        words = field.input_value()
    else:
        field.fill(words)
    form.locator("button:not([name])").first.click()
    page.wait_for_url(re.compile(rf"[?&]{name}="))
    if page.locator(f"main [name='{name}']").count():
        expect(page.locator(f"main [name='{name}']").first).to_have_value(words)


def test_intake_looks(page: Page) -> None:
    page.set_viewport_size(DESK)
    sign_in(page, "intake", "/inquiries/")
    asks(page, "/inquiries/", "text", "nobody of that name")
    page.goto("/waitlists/")
    page.locator("main a[href^='/waitlists/']").first.click()
    page.wait_for_url(re.compile(r"/waitlists/[^/]+/"))
    asks(page, page.url, "text", "nobody of that name")


def test_a_worker_looks(page: Page) -> None:
    page.set_viewport_size(DESK)
    sign_in(page, "case_manager", "/contacts/log/")
    asks(page, "/contacts/log/", "q", "Walt")
    page.goto("/calendar/new/")
    whom = form_with(page, "client")
    whom.locator("[name=client]").select_option(index=1)
    whom.get_by_role("button", name="Go on").click()
    page.wait_for_url(re.compile(r"/clients/[0-9a-f-]{36}/"))
    page.goto("/calendar/groups/new/")
    wide = form_with(page, "wide")
    wide.locator("[name=wide]").check()
    wide.get_by_role("button", name="Show them").click()
    page.wait_for_url(re.compile("wide=1"))
    expect(page.locator("main form[method=get] [name=wide]")).to_be_checked()
    page.goto("/clients/")
    page.locator("main a[href^='/clients/']").filter(has_not_text="Add").first.click()
    page.wait_for_url(re.compile(r"/clients/[0-9a-f-]{36}/"))
    client = page.url.split("?")[0]
    asks(page, f"{client}timeline/", "text", "nothing like it")
    page.keyboard.press("Escape")
    page.locator("main h1").first.click()
    page.keyboard.press("?")
    keys = page.locator("dialog[open]")
    keys.get_by_role("button", name="Close").click()
    expect(keys).to_have_count(0)


def test_who_leads_looks(page: Page) -> None:
    page.set_viewport_size(DESK)
    sign_in(page, "program_manager", "/rates/")
    asks(page, "/rates/", "until", "2026-06-30")
    page.goto("/threads/")
    form = form_with(page, "program")
    form.get_by_role("button", name="Show").click()
    page.wait_for_url(re.compile("program="))
    asks(page, "/imports/additional/", "q", "nothing like it")
    page.goto("/search/?q=nothing")
    beside = page.get_by_role("button", name="Also look in what clients brought along")
    if beside.count():
        beside.first.click()
        page.wait_for_url(re.compile("/imports/additional/"))


def test_rules_are_tried(page: Page) -> None:
    page.set_viewport_size(DESK)
    sign_in(page, "administrator", "/settings/programs/try/")
    more = page.get_by_role("button", name="More lines")
    lines = page.locator("main .event").count()
    more.click()
    expect(page.locator("main .event")).not_to_have_count(lines)
    page.goto("/settings/programs/")
    named = re.compile("Adult|Mental|Hospice|Foster")
    page.locator("main a[href^='/settings/programs/']").filter(has_text=named).first.click()
    page.wait_for_url(re.compile(r"/settings/programs/[0-9a-f-]{36}/"))
    asks(page, f"{page.url.split('?')[0]}who/", "born", "1/1/1980")
