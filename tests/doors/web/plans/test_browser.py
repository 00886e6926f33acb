"""A plan in Chromium: begun, written in place, signed by drawing, read and printed; on a phone and at a desk."""

import os

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser import AT_A_DESK, Watch, axe, sign_in
from tests.looks import right

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("GOLDTHREAD_PLAN_SHOTS", "")
"""A folder for pictures while the look is worked on; none are made without it."""


def shot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}-{page.viewport_size['width']}.png", full_page=True)


def unplanned(page: Page) -> None:
    """The plan's tab of a client who has none."""
    page.goto("/clients/")
    links = page.locator("#clients th a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    for link in links:
        page.goto(f"{link}plan/")
        if page.locator("main button:has-text('Begin the plan')").count() and not page.locator("#plan").count():
            return
    raise AssertionError("Everybody has a plan.")


def add(page: Page, opener: str, **values: str) -> None:
    """Press what adds, fill in, save; the line stands there."""
    page.click(f"#plan a.adds:has-text('{opener}')")
    form = page.locator(".doc-form form").first
    for name, value in values.items():
        control = form.locator(f"[name={name}]")
        if control.first.get_attribute("type") == "radio":
            form.locator(f"[name={name}][value={value}]").check()
        else:
            control.fill(value)
    form.locator("button:has-text('Save')").click()
    expect(page.locator(".doc-form")).to_have_count(0)


@AT_A_DESK
def test_written_in_place_and_signed_by_hand(page: Page, watch: Watch, size: ViewportSize) -> None:
    watch.forgive("422")
    page.set_viewport_size(size)
    sign_in(page, "case_manager")
    unplanned(page)
    shot(page, "none")
    right(page)
    page.click("main button:has-text('Begin the plan')")
    right(page)
    shot(page, "empty")
    add(page, "The life I want", text="My own door, and a quiet street. Nobody deciding for me.")
    expect(page.locator("#part-vision blockquote")).to_contain_text("“My own door")
    add(page, "What I am good at", text="Cooking for forty without a list. Two languages. Getting up again.")
    add(page, "Add a goal", words="Quiero mi propia puerta, y cerrarla yo.", plain="I want my own door.")
    add(page, "Add an objective", words="she signs a lease in her own name", target="by 1 March")
    add(
        page,
        "Add a step",
        words="Voucher application, County Housing Authority",
        owner_kind="worker",
        owner_words="Renee",
    )
    add(page, "Add a step", words="Two viewings a month, with the bus map", owner_kind="client")
    add(page, "Add a service", words="Housing navigator", provider_words="County", frequency="every week")
    add(page, "Add a risk", words="The lease ends early", backup="A room at her sister's")
    shot(page, "draft")
    page.evaluate("scrollTo(0, 0)")  # axe takes for small what the sticky header covers in part
    right(page)
    page.locator(".step:has-text('Two viewings') a:has-text('Edit')").click()
    shot(page, "editing")
    page.evaluate("scrollTo(0, 0)")
    axe(page)
    page.click(".doc-form a:has-text('Cancel')")
    expect(page.locator(".doc-form")).to_have_count(0)
    for missing in page.locator("#plan-beside a[href^='#part-']").all():
        key = missing.get_attribute("href").removeprefix("#part-")  # type: ignore[union-attr]  # it has one
        if page.locator(f"#part-{key} a.adds").count():
            page.locator(f"#part-{key} a.adds").first.click()
            field = page.locator(".doc-form textarea, .doc-form input.in").first
            field.fill("As it should be")
            for name in ("backup", "need", "does"):
                if page.locator(f".doc-form [name={name}]").count():
                    page.locator(f".doc-form [name={name}]").fill("As it should be")
            page.click(".doc-form button:has-text('Save')")
            expect(page.locator(".doc-form")).to_have_count(0)
    page.click("#plan-beside a:has-text('Ask for signatures')")
    right(page)
    shot(page, "ask")
    page.click("main form button:has-text('Ask for signatures')")
    shot(page, "signing")
    right(page)
    page.locator(".sign:has-text('asked') a:has-text('Sign here')").first.click()
    box = page.locator("canvas[data-pad]").bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 90)
    page.mouse.down()
    for n in range(40):
        page.mouse.move(box["x"] + 20 + n * 6, box["y"] + 90 + (n % 8) * 9 - 30)
    page.mouse.up()
    shot(page, "sign")
    right(page)
    page.click("main form button.primary")
    expect(page.locator(".sign.signed svg.hand path")).to_have_count(1)
    while page.locator(".sign.asked a:has-text('Sign here')").count():
        page.locator(".sign.asked a:has-text('Sign here')").first.click()
        page.locator(".seg label:has-text('Type the name')").click()
        page.fill("[name=typed]", "Signed By Name")
        page.click("main form button.primary")
    expect(page.locator("#plan header .tag")).to_contain_text("In force")
    shot(page, "in-force")
    page.evaluate("scrollTo(0, 0)")  # it stands at #signatures, a step's button half under the header
    right(page)
    page.click("#plan-beside a:has-text('Large print')")
    shot(page, "large")
    axe(page)
    page.click("a:has-text('refrigerator')")
    shot(page, "fridge")
