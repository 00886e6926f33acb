"""The builder in Chromium: four questions, a condition, a score with bands, put in use and tried out; at a desk and in a hand."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE, sign_in
from tests.looks import right

pytestmark = pytest.mark.browser


def add(page: Page, text: str, kind: str) -> None:
    page.fill("#add-text", text)
    page.select_option("#add-type", kind)
    page.press("#add-text", "Enter")
    expect(page.locator("#this-item")).to_have_text(text)
    settled(page)


def settled(page: Page) -> None:
    """What has just come answers once htmx has settled, 20 ms after it is seen: before, a press sends the whole page."""
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)
    page.wait_for_timeout(150)


def save(page: Page) -> None:
    edit = page.locator(".item [name=edit]").input_value()
    page.click("#do-save")
    expect(page.locator(".item [name=edit]")).not_to_have_value(edit)
    settled(page)


def answers(page: Page, *words: str) -> None:
    for n, text in enumerate(words):
        page.fill(f"[name=options-{n}-text]", text)
        page.fill(f"[name=options-{n}-weight]", str(n))


def test_four_questions_are_built_scored_used_and_tried(page: Page) -> None:
    sign_in(page, "administrator", "/settings/instruments/")
    page.click("text=New instrument")
    page.fill("[name=title]", "Nights in Chromium")
    page.click("main form button.primary")
    page.wait_for_url(re.compile(r"/drafts/[0-9a-f-]+/$"))
    right(page)
    add(page, "Where did you sleep?", "choice")
    answers(page, "At home", "With friends", "Outside")
    page.click("#options-more")
    expect(page.locator("[name=options-3-text]")).to_be_visible()
    expect(page.locator("[name=options-0-text]")).to_have_value("At home")
    save(page)
    add(page, "How cold was it?", "choice")
    page.select_option("#like", label="Where did you sleep?")
    page.click("#options-like")
    expect(page.locator("[name=options-2-text]")).to_have_value("Outside")
    answers(page, "Warm", "Cool", "Freezing")
    page.click("#conditions-more")
    expect(page.locator("[name=conditions-0-question]")).to_be_visible()
    settled(page)
    page.select_option("[name=conditions-0-question]", label="Where did you sleep?")
    expect(page.locator("[name=conditions-0-answer] option")).to_have_count(4)
    page.select_option("[name=conditions-0-answer]", label="Outside")
    save(page)
    add(page, "How many nights?", "integer")
    add(page, "Anything else?", "text")
    page.focus("#do-up")
    page.keyboard.press("Enter")
    expect(page.locator(".outline li").nth(2)).to_contain_text("Anything else?")
    expect(page.locator("#do-up")).to_be_focused()  # so that it can be pressed again, also where the whole page came
    right(page)
    page.click("nav.tabs >> text=Scores")
    page.fill("[name=s-title]", "Cold nights")
    boxes = page.locator("[type=checkbox][name=item]")
    page.focus("#count-all")
    page.keyboard.press("Enter")
    expect(page.locator("[name=item]:checked")).to_have_count(3)  # what is asked for in words cannot count
    expect(page.locator("#count-all")).to_have_text("No question")
    settled(page)
    expect(page.locator("#count-all")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[name=item]:checked")).to_have_count(0)
    settled(page)
    expect(page.locator("[name=s-title]")).to_have_value("Cold nights")
    for box in boxes.all()[:2]:
        box.check()
    page.check("[name=s-missing][value=sum]", force=True)
    for n, (low, high, label, severity) in enumerate((("0", "2", "Low", "0"), ("3", "4", "High", "4"))):
        for name, value in (("low", low), ("high", high), ("label", label)):
            page.fill(f"[name=bands-{n}-{name}]", value)
        page.select_option(f"[name=bands-{n}-severity]", severity)
    page.select_option("[name=bands-1-domain]", "housing")
    page.select_option("[name=bands-1-strength]", "3")
    right(page)
    page.click("#do-save")
    expect(page.locator(".outline")).to_contain_text("Cold nights")
    page.click("nav.tabs >> text=Check")
    right(page)
    page.click("button:has-text('Put in use')")
    expect(page.locator(".tag.pine")).to_contain_text("In use")
    page.set_viewport_size(PHONE)
    page.click("text=Try it")
    expect(page.locator("legend", has_text="How cold was it?")).to_be_hidden()
    page.click(".opt:has([value=outside])")
    page.click("main button.primary")
    page.click(".opt:has([name='a:q2'][value=outside])")
    page.click("main button.primary")
    expect(page.locator(".score .big")).to_contain_text("4")
    expect(page.locator(".score .big")).to_contain_text("High")
    expect(page.locator(".tried")).to_contain_text("Housing")
    right(page)
