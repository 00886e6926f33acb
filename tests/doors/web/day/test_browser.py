"""My day in Chromium: a task is made, found, looked at, put off, done; on a phone and at a desk."""

import re
import uuid
from datetime import timedelta

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser import ON_A_PHONE, PHONE, Watch, sign_in
from tests.clock import agency_today
from tests.looks import press_every_choice, refused, right

pytestmark = pytest.mark.browser
TODAY = agency_today()


def new_task(page: Page, title: str) -> None:
    page.goto("/day/")
    page.click("main .page-head a:has-text('Task')")
    page.fill("[name=title]", title)
    page.fill("[name=due_on]", TODAY.isoformat())
    page.click("main button:has-text('Put it on the list')")


@ON_A_PHONE
def test_a_task_is_made_put_off_and_done(page: Page, watch: Watch, size: ViewportSize) -> None:
    watch.forgive("422")
    page.set_viewport_size(size)
    sign_in(page, "case_manager")
    page.goto("/day/tasks/new/")
    right(page)
    press_every_choice(page)
    refused(page, "Put it on the list", "title")
    title = f"Order bus passes {uuid.uuid4().hex[:6]}"
    new_task(page, title)
    expect(page.locator(".toast")).to_contain_text("on the list")
    page.goto(f"/day/?text={title[-6:]}")
    line = page.locator(f"li.task:has-text('{title}')")
    expect(line).to_contain_text("today")
    right(page)
    line.locator(".what").click()
    right(page)
    page.fill("#put-off [name=until]", (TODAY + timedelta(days=3)).isoformat())
    page.click("#put-off button")
    expect(page.locator(".toast")).to_contain_text("Put off")
    page.goto(f"/day/?bucket=put_off&text={title[-6:]}")
    page.locator(f"li.task:has-text('{title}') .what").click()
    page.fill("#done [name=note]", "At the front desk")
    page.click("#done button")
    expect(page.locator(".toast")).to_contain_text("Done")
    page.goto(f"/day/?text={title[-6:]}")
    expect(page.locator("main")).to_contain_text("Nothing here with these filters")
    right(page)


def test_the_list_narrows_as_one_types(page: Page) -> None:
    sign_in(page, "case_manager")
    title = f"Call the pharmacy {uuid.uuid4().hex[:6]}"
    new_task(page, title)
    page.goto("/day/")
    page.get_by_label("Find by name or word").press_sequentially(title[-6:])
    page.wait_for_url(re.compile(title[-6:]))
    expect(page.locator("#day-list li.task")).to_have_count(1)


def test_what_is_due_for_a_client_and_what_was_done_elsewhere(page: Page, watch: Watch) -> None:
    watch.forgive("422")
    sign_in(page, "case_manager")
    page.goto("/clients/")
    page.locator("#clients th a").first.click()
    page.click("main .more-tabs")
    right(page)
    page.click("main .tabs a:has-text('Tasks')")
    right(page)
    page.click("main a:has-text('New task')")
    title = f"Take the papers {uuid.uuid4().hex[:6]}"
    page.fill("[name=title]", title)
    page.click("main button:has-text('Put it on the list')")
    expect(page.locator(f"main li:has-text('{title}')")).to_be_visible()
    page.locator(f"main li:has-text('{title}') a").first.click()
    expect(page.locator("#cannot")).to_be_visible()
    press_every_choice(page)
    right(page)
    page.select_option("#cannot [name=reason]", "refused")
    page.click("#cannot button")
    expect(page.locator(".toast")).to_contain_text("written down")
    page.click("main a:has-text('Done elsewhere')")
    right(page)


def test_on_a_phone_more_leads_to_what_does_not_fit_in_the_bar(page: Page) -> None:
    page.set_viewport_size(PHONE)
    sign_in(page, "supervisor")
    page.goto("/day/")
    expect(page.locator(".foot .tile")).to_have_count(5)
    page.get_by_role("button", name="More").click()
    right(page)
    page.locator("#phone-more").get_by_role("link", name="Settings").click()
    page.wait_for_url("**/settings/")
