"""Programs in Chromium: one is opened and a rule of it changed, on a desk and on a phone, with every page looked at."""

import uuid

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser import AT_A_DESK, Watch, sign_in
from tests.looks import right

pytestmark = pytest.mark.browser


@AT_A_DESK
def test_a_program_is_opened_and_a_rule_is_changed(page: Page, watch: Watch, size: ViewportSize) -> None:
    watch.forgive("422")
    page.set_viewport_size(size)
    sign_in(page, "administrator")
    page.goto("/settings/")
    page.click("main a:has-text('Programs')")
    right(page)
    page.click("main a:has-text('Open a program')")
    page.select_option("[name=template]", "idd-hcbs")
    name = f"Waiver {uuid.uuid4().hex[:6]}"
    page.fill("[name=name]", name)
    right(page)
    page.click("main button:has-text('Open it')")
    expect(page.locator("h1")).to_have_text(name)
    right(page)
    page.click("main a:has-text('Change Face to face every 90 days')")
    right(page)
    page.fill("[name=every_count]", "120")
    page.click("main button:has-text('Look at it first')")
    expect(page.locator(".look")).to_contain_text("every 120 days")
    expect(page.locator(".look")).to_contain_text("asks for less")
    right(page)
    page.click("main button:has-text('Save the rule')")
    expect(page.locator(".field:has([name=deviation_reason])")).to_contain_text("asks for less than the source")
    right(page)
    page.fill("[name=deviation_reason]", "The state gave a waiver")
    page.click("main button:has-text('Save the rule')")
    expect(page.locator("h1")).to_contain_text("Version 2")
    right(page)
    page.click("main a:has-text('To the program')")
    expect(page.locator(".deviates")).to_contain_text("The state gave a waiver")
    right(page)
    page.click("main a:has-text('Upload a file')")
    right(page)


@AT_A_DESK
def test_rules_are_tried_by_form_and_by_file(page: Page, watch: Watch, size: ViewportSize) -> None:
    watch.forgive("422")
    sign_in(page, "program_manager")
    page.set_viewport_size(size)
    page.goto("/settings/programs/try/")
    right(page)
    page.get_by_label("Rules of").select_option("foster-care-child")
    page.get_by_label("Enrolled on").fill("2026-01-15")
    page.get_by_label("How do things stand on").fill("2026-03-31")
    page.get_by_label("Day, event 1").fill("2026-02-11")
    page.get_by_label("What happened, event 1").select_option("contact")
    page.get_by_label("How, event 1").select_option("in_person")
    page.get_by_role("button", name="Try", exact=True).click()
    expect(page.locator(".tried")).to_contain_text("met by the visit of 11 Feb")
    right(page)
    page.locator("summary", has_text="The same as a file").click()
    page.get_by_role("button", name="Change it as a file").click()
    page.get_by_label("Scenario").first.fill("program: hospise\nenrolled: 2026-01-15\n")
    page.get_by_role("button", name="Try", exact=True).click()
    expect(page.locator(".errors")).to_contain_text("Line 1")
    right(page)
