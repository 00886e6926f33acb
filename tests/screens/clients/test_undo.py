"""What was ended is taken back from the message that says so, driven in Chromium."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.screens.clients.steps import enter, fill, new_client, open_form, save

pytestmark = pytest.mark.browser


def undo(page: Page) -> None:
    """Press the button of the newest message."""
    page.locator("[data-toast]").last.get_by_role("button", name="Undo").click()
    page.wait_for_load_state()
    expect(page.locator("[data-toast]")).to_contain_text("as it was before")


def test_the_end_of_an_alert_a_phone_and_an_address_is_undone(page: Page) -> None:
    enter(page)
    record = new_client(page)
    page.goto(record + "details/")
    open_form(page, "alerts")
    fill(page, "alerts", kind="dog", short="Brown dog", review_on="2099-01-01")
    save(page, "alerts")
    open_form(page, "alerts", "End", "Brown dog")
    fill(page, "alerts", reason="It died")
    save(page, "alerts")
    expect(page.locator("#alerts")).to_contain_text("It died")
    expect(page.locator("[data-toast]")).to_contain_text("It has ended")
    page.evaluate("scrollTo(0, 0)")  # what lies half under the sticky header is not small
    axe(page)
    undo(page)
    expect(page.locator("#alerts")).not_to_contain_text("It died")
    for section, values in (
        ("reach", {"value": "(555) 010-3311"}),
        ("addresses", {"line1": "12 Ebb Lane", "city": "Alderquay"}),
    ):
        word = next(iter(values.values()))
        open_form(page, section)
        fill(page, section, **values)
        save(page, section)
        open_form(page, section, "Edit", word)
        fill(page, section, ends_on="2025-11-01")
        save(page, section)
        expect(page.locator(f"#{section} li", has_text=word)).to_contain_text("to 1 Nov 2025")
        undo(page)
        expect(page.locator(f"#{section} li", has_text=word)).not_to_contain_text("to 1 Nov 2025")


def test_what_was_changed_since_is_not_undone_and_the_message_says_so(page: Page) -> None:
    enter(page)
    record = new_client(page)
    page.goto(record + "details/")
    open_form(page, "reach")
    fill(page, "reach", value="(555) 010-3322")
    save(page, "reach")
    open_form(page, "reach", "Edit", "010-3322")
    fill(page, "reach", ends_on="2025-11-01")
    save(page, "reach")
    button = page.locator("[data-toast]").last.get_by_role("button", name="Undo")
    other = page.context.new_page()
    other.goto(page.url)
    open_form(other, "reach", "Edit", "010-3322")
    fill(other, "reach", note="Her old number")
    save(other, "reach")
    other.close()
    button.click()
    expect(page.locator("[data-toast].bad")).to_contain_text("changed since")
    expect(page.locator("#reach")).to_contain_text("to 1 Nov 2025")


def test_the_circle_is_as_it_was_before(page: Page) -> None:
    enter(page)
    page.goto(new_client(page) + "circle/")
    open_form(page, "family")
    fill(page, "family", given="Salma", family="Qadir", kind="sibling")
    save(page, "family")
    open_form(page, "household")
    page.select_option("[name=who]", label="Salma Qadir")
    save(page, "household")
    open_form(page, "household", "End", "Salma")
    expect(page.locator("#household .note-blue")).to_contain_text("It ends on the record of Salma Qadir, too.")
    save(page, "household")
    undo(page)
    expect(page.locator("#household li", has_text="Salma")).not_to_contain_text(re.compile(r"to \d"))
    open_form(page, "household", "End", "Noor")
    expect(page.locator("#household .note-blue")).not_to_contain_text("too")
    save(page, "household")
    expect(page.locator("#household")).not_to_contain_text("Salma")
    undo(page)
    expect(page.locator("#household")).to_contain_text("Salma")
    open_form(page, "family", "End", "Salma")
    fill(page, "family", reason="Lost touch")
    save(page, "family")
    expect(page.locator("#family")).to_contain_text("Lost touch")
    undo(page)
    expect(page.locator("#family")).not_to_contain_text("Lost touch")
    open_form(page, "workers", "End", "Renee")
    fill(page, "workers", reason="By mistake")
    save(page, "workers")
    expect(page.locator("#workers")).to_contain_text("By mistake")
    undo(page)
    expect(page.locator("#workers")).not_to_contain_text("By mistake")
