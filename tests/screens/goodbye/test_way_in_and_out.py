"""The way in and the way out in Chromium, each walk once, at a desk and in a hand by turns: what people press, axe, every width."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import DESK, PHONE, axe, sign_in
from tests.looks import right
from tests.screens.goodbye.leaving import record_of

pytestmark = pytest.mark.browser
PATIENT = 40_000
"""Milliseconds for a job: the worker of a busy machine has others before it."""


def test_from_ready_or_not_to_the_packet(page: Page) -> None:
    """Four pages and one press for most of what is open; the supervisor ends it; the worker prints the packet afterwards."""
    page.set_viewport_size(DESK)
    sign_in(page, "case_manager", "/clients/")
    client = record_of(page, "Walt Brandt")
    page.goto(f"{client}programs/")
    page.get_by_role("link", name="Prepare the discharge").click()
    expect(page.locator(".verdict")).to_contain_text("commitments to settle")
    right(page)
    page.get_by_role("button", name="Begin the discharge").click()
    page.select_option("select[name=reason]", "goals-reached")
    page.click("main .btn.primary")
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    page.fill("[name=t-why]", "Walt has his own door, and locks it himself.")
    right(page)
    page.click("main .btn.primary")
    together = page.locator(".together")
    if together.locator("[name=words-cancel]").count():
        together.locator("[name=words-cancel]").fill("Told on the phone today")
    right(page)
    together.get_by_role("button", name="Decide these together").click()
    expect(together).to_have_count(0)
    for _each in range(
        page.locator(".settling form.decide").count()
    ):  # what is looked at one by one, if the day brought some
        alone = page.locator(".settling form.decide").first
        alone.locator(".seg label").first.click()
        alone.locator("[name=words]").fill("Seen to")
        alone.get_by_role("button").click()
        page.wait_for_load_state()
    page.get_by_role("link", name="Go on: read and sign").click()
    expect(page.locator(".signed-words")).to_contain_text("locks it himself")
    right(page)
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.locator("main")).to_contain_text("waits for a second pair of eyes")
    signed = page.url

    page.context.clear_cookies()
    page.set_viewport_size(DESK)
    page.emulate_media(color_scheme="light")
    sign_in(page, "supervisor", signed)
    right(page)
    page.get_by_role("button", name="End the episode").click()
    expect(page.get_by_role("heading", name="The packet")).to_be_visible()
    right(page)

    page.context.clear_cookies()
    page.set_viewport_size(PHONE)
    sign_in(page, "case_manager", "/goodbyes/")
    right(page)
    page.locator("main a", has_text="Walt Brandt").click()
    expect(page.locator("h1")).to_have_text("Walt Brandt is discharged")
    right(page)
    page.get_by_role("link", name="Page for the person").click()
    expect(page.locator("h1")).to_have_text("Walt Brandt, this is how it goes on")
    axe(page)


def test_a_place_is_offered_and_accepted(page: Page) -> None:
    page.set_viewport_size(PHONE)
    sign_in(page, "intake", "/waitlists/")
    right(page)
    page.get_by_role("link", name="Mental health case management").click()
    right(page)
    page.get_by_role("link", name="Yolanda Pickering").click()
    right(page)
    page.fill("[name=why_now]", "The power is cut off on Monday")
    page.get_by_role("button", name="Offer the place").click()
    expect(page.get_by_role("heading", name="Was the offer accepted?")).to_be_visible()
    right(page)
    page.set_viewport_size(DESK)
    page.emulate_media(color_scheme="dark")
    page.locator("label.chip", has_text="Accepted").click()
    page.get_by_role("button", name="Save the answer").click()
    expect(page.locator("main")).to_contain_text("Yolanda")
    right(page)
    page.goto("/waitlists/mental-health-tcm/")
    expect(page.locator(".one", has_text="Yolanda Pickering")).to_contain_text("Accepted, to be enrolled")


def test_somebody_is_referred_elsewhere_and_asked_about(page: Page) -> None:
    page.set_viewport_size(DESK)
    sign_in(page, "case_manager", "/clients/")
    client = record_of(page, "Amina Warsame")
    page.goto(f"{client}programs/")
    page.get_by_role("link", name="Refer elsewhere").click()
    right(page)
    page.fill("[name=organization]", "Lantern Legal Aid")
    page.fill("[name=said]", "Amina told them herself. They see her on Monday.")
    page.fill("[name=together]", "Amina and Renee")
    page.click("main .btn.primary")
    expect(page.locator("main")).to_contain_text("Lantern Legal Aid")
    page.goto(f"{client}programs/")
    page.set_viewport_size(PHONE)
    page.get_by_role("link", name="Were they seen there? Lantern Legal Aid").click()
    right(page)
    page.emulate_media(color_scheme="dark")
    page.get_by_text("Correct the words").click()
    page.fill("[name=phone]", "617 555 0142")
    right(page)
    page.get_by_role("button", name="Save the corrected words").click()
    expect(page.locator("main a[href='tel:617 555 0142']")).to_be_visible()
    page.get_by_text("Corrected once").click()
    expect(page.locator("details[open]")).to_contain_text("They see her on Monday.")
    right(page)
    page.locator("label.chip", has_text="Was seen there").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="Was seen there")).to_be_visible()
    right(page)


def test_from_the_signed_release_to_seen_there(page: Page, tmp_path: Path) -> None:
    who = "Cedar Care, Vermont"
    paper = tmp_path / "release.txt"
    paper.write_text(f"I allow what is named to go to {who}. Signed, 2026")
    page.set_viewport_size(PHONE)
    sign_in(page, "case_manager", "/clients/")
    client = record_of(page, "Harpreet Gill")
    page.goto(f"{client}documents/add/")
    page.set_input_files("input[name=file]", paper)
    page.select_option("select[name=kind]", "release")
    page.fill("input[name=title]", f"Release {who}")
    page.click("main button.primary")
    page.wait_for_url(re.compile(r"/documents/(?!add)"))
    page.goto(f"{client}packages/")
    page.click(f"main a:has-text('Say what it names'):has-text('Release {who}')")
    right(page)
    page.fill("input[name=recipient]", who)
    page.fill("input[name=purpose]", "Going on with services")
    for section in ("identity", "programs", "plan"):
        page.check(f"input[name=sections][value={section}]", force=True)
    day = "days => new Date(Date.now() + 86400000 * days).toISOString().slice(0, 10)"
    page.fill("input[name=signed_on]", page.evaluate(day, -1))
    page.fill("input[name=until_on]", page.evaluate(day, 10))
    page.click("main button.primary")
    page.click(f"main a:has-text('New package'):has-text('{who}')")
    page.click("main button.primary")
    expect(page.locator("#pe")).to_have_text("Exactly this would go")
    expect(page.locator(".exactly")).to_contain_text("Gill")
    right(page)
    page.click("main button:has-text('I looked through it')")
    expect(page.locator("#pe")).to_have_text("Exactly this goes")
    page.set_viewport_size(DESK)
    right(page)
    page.fill("input[name=to]", "Joan Reed")
    page.click("main button:has-text('It was handed over')")
    expect(page.locator("#pk")).to_have_text("Were they seen there?")
    page.get_by_text("Not yet", exact=True).click()
    right(page)
    page.locator("form", has=page.get_by_role("button", name="Ask again later")).locator(
        "textarea, input[type=text]"
    ).first.fill("Moves next week")
    page.get_by_role("button", name="Ask again later").click()
    expect(page.locator("main")).to_contain_text("Moves next week")
    page.click("main button:has-text('Seen there')")
    expect(page.locator("main")).to_contain_text("Seen there today")
    right(page)


@pytest.mark.usefixtures("at_work")
def test_an_old_enrollment_comes_in_from_a_file(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "old enrollments.csv"
    sign_in(page, "case_manager", "/clients/")
    record_of(page, "Amina Warsame")
    number = re.search(r"number (\d+)", page.locator("#client-header").inner_text())
    assert number
    page.context.clear_cookies()
    page.set_viewport_size(PHONE)
    sign_in(page, "intake", "/imports/")
    path.write_text(
        "Client number,Program,Start date,End date,Why it ended\n"
        f"{number[1]},Mental health case management,1/5/2022,6/30/2022,Goals reached\n"
        "77777,Mental health case management,1/5/2022,,\n"
    )
    right(page)
    page.click("main a:has-text('Choose a file')")
    page.locator("label.chip", has_text="nrollment").click()
    page.set_input_files("input[type=file]", path)
    right(page)
    page.click("main button.primary")
    expect(page.locator("select[name='column-0']")).to_have_value("client_number")
    expect(page.locator("select[name='column-1']")).to_have_value("program")
    right(page)
    page.click("main button.primary")
    expect(page.locator("#sum-h")).to_contain_text("1 enrollment would come in", timeout=PATIENT)
    page.set_viewport_size(DESK)
    page.emulate_media(color_scheme="dark")
    right(page)
    page.click("button[name='leave']")
    page.click("main button.primary")
    expect(page.locator("#end-h")).to_contain_text("1 enrollment came in", timeout=PATIENT)
    right(page)
