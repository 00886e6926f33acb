"""What a page in Chromium must be like in every state, for the browser tests of the door and the settings."""

import json

from playwright.sync_api import Page, expect

from tests.browser import axe

WIDTHS = (320, 390, 1366)
BLOWN_UP = "[...document.querySelectorAll('main svg:has(> use)')].filter(one => one.getBoundingClientRect().width > 48).map(one => one.outerHTML)"
"""Drawings from the sprite that a style sheet meant for charts has made as wide as a chart."""


def right(page: Page) -> None:
    """No rule of accessibility broken, nothing beyond the edge at any width, one primary button to be seen at most."""
    axe(page)
    fits(page)
    assert page.evaluate(BLOWN_UP) == [], page.url
    assert page.locator("main .btn.primary:visible").count() <= 1, page.url


def fits(page: Page) -> None:
    """Nothing scrolls sideways, from a small phone to a desk."""
    size = page.viewport_size
    assert size
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": size["height"]})
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert beyond <= 0, f"{page.url} at {width} px: {beyond} px too wide"
    page.set_viewport_size(size)


def press_every_choice(page: Page) -> None:
    """Every radio and checkbox can be seen and pressed, every option chosen; at the end all is as it was."""
    chosen = "s => s.dataset.was = JSON.stringify([...s.selectedOptions].map(o => o.value))"
    page.evaluate(f"document.querySelectorAll('main select').forEach({chosen})")
    for box in page.locator("main input[type=radio], main input[type=checkbox]").all():
        box.scroll_into_view_if_needed()
        area = box.bounding_box()
        assert area
        assert area["width"] >= 16, box
        assert area["height"] >= 16, box
        was, radio = box.is_checked(), box.get_attribute("type") == "radio"
        before = page.locator(f"main input[name={box.get_attribute('name')}]:checked") if radio else None
        value = before.get_attribute("value") if before and before.count() else None
        box.click()
        assert box.is_checked() is (True if radio else not was)
        if not radio:
            box.click()
        elif value is not None:
            page.locator(f"main input[name={box.get_attribute('name')}][value='{value}']").click()
    for choice in page.locator("main select").all():
        assert choice.is_visible()
        assert choice.locator("option[disabled], option[hidden]").count() == 0
        for option in choice.locator("option").all()[:12]:
            value = option.get_attribute("value") or ""
            choice.select_option(value)
            assert choice.input_value() == value
        choice.select_option(json.loads(choice.get_attribute("data-was") or "[]"))


def refused(page: Page, button: str, *fields: str) -> None:
    """Send a form that is wrong: the page says so at each of *fields*, and is right in this state too."""
    page.click(f"main button:has-text('{button}')")
    for name in fields:
        around = page.locator(f"main .field:has([name='{name}'])")
        expect(around.locator(".err").first, name).to_be_visible()
    right(page)
