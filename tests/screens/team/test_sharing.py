"""The supervisor's page in Chromium: looked at, clients dragged to a worker, moved by the menu with the keyboard, and taken back."""

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser import AT_A_DESK, PHONE, axe
from tests.looks import fits
from tests.screens.clients.steps import enter

pytestmark = pytest.mark.browser


def open_share(page: Page, worker: str) -> None:
    page.goto("/team/")
    row = page.locator("table.team tbody tr", has_text=worker)
    row.get_by_role("button", name=f"More for {worker}").click()
    row.get_by_role("link", name="Reassign clients").click()
    page.wait_for_url(re.compile(r"/share/$"))


@AT_A_DESK
def test_the_page_is_right_and_each_list_opens(page: Page, size: ViewportSize) -> None:
    enter(page, "supervisor", to="/team/")
    page.set_viewport_size(size)
    axe(page)
    fits(page)
    page.locator("table.team a:visible", has_text=re.compile(r"^\d+$")).first.click()
    expect(page.locator("h1 .count")).to_be_visible()
    axe(page)
    fits(page)
    page.goto("/team/all/passed-up/")
    axe(page)
    fits(page)


def test_a_client_dragged_to_a_worker_goes_there_and_comes_back(page: Page) -> None:
    enter(page, "supervisor", to="/team/")
    open_share(page, "Renee Baptiste")
    axe(page)
    fits(page)
    first = page.locator(".whom > li").first
    first.drag_to(page.locator(".to", has_text="Jonah Whitcomb"))
    expect(first.get_by_role("checkbox")).to_be_checked()
    expect(page.get_by_role("radio", name=re.compile("Jonah Whitcomb"))).to_be_checked()
    expect(page.get_by_label("Why")).to_be_focused()
    axe(page)
    page.keyboard.type("Nearer to where she lives")
    page.get_by_role("button", name="Reassign", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="1 client goes to Jonah Whitcomb.")).to_be_visible()
    before = page.locator("table.team tr", has_text="Jonah Whitcomb").locator(".load").inner_text()
    axe(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone. It is as it was before.")).to_be_visible()
    assert page.locator("table.team tr", has_text="Jonah Whitcomb").locator(".load").inner_text() != before


def test_the_menu_of_a_line_does_the_same_by_keyboard_alone(page: Page) -> None:
    enter(page, "supervisor", to="/team/")
    open_share(page, "Renee Baptiste")
    page.locator("[data-moves]").first.focus()
    page.keyboard.press("Enter")
    page.locator("#movers button", has_text="Mei-Lin Zhao").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Why")).to_be_focused()
    expect(page.locator(".whom input:checked")).to_have_count(1)
    expect(page.get_by_role("radio", name=re.compile("Mei-Lin Zhao"))).to_be_checked()


def test_what_was_passed_up_is_dragged_to_another_worker(page: Page) -> None:
    enter(page, "supervisor", to="/team/")
    line = page.locator(".passed > li").first
    owner = line.locator(".soft").inner_text().split(" · ")[0]
    client = line.locator("b").inner_text()
    other = next(name for name in ("Jonah Whitcomb", "Mei-Lin Zhao") if name != owner)
    line.drag_to(page.locator("table.team tbody tr", has_text=other))
    page.wait_for_url(re.compile(r"/share/\?client="))
    expect(page.get_by_role("heading", level=1)).to_contain_text(owner)
    chosen = page.locator(".whom li:has(input:checked)")  # a line for each program that the client is in
    expect(chosen.first).to_be_visible()
    assert all(client in text for text in chosen.all_inner_texts())
    expect(page.get_by_role("radio", name=re.compile(other))).to_be_checked()


def test_a_question_is_asked_on_a_phone(page: Page) -> None:
    enter(page, "supervisor", to="/team/")
    page.set_viewport_size(PHONE)
    page.locator(".passed").get_by_role("link", name=re.compile("^Ask ")).last.click()
    axe(page)
    fits(page)
    page.get_by_label("Your question").fill("What stands in the way here?")
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_url(re.compile(r"/team/$"))
    expect(page.get_by_text("What stands in the way here?").first).to_be_visible()
