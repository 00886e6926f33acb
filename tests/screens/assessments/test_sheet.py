"""The sheet in Chromium: by keys on a desk, without a network on a phone, two people at once; nothing breaks a rule of accessibility."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser import PHONE, Watch
from tests.casework.assessments.asking import phq9
from tests.looks import right
from tests.screens.clients.steps import enter, new_client

pytestmark = pytest.mark.browser
TITLE = "Nine questions in Chromium"


@pytest.fixture(scope="module")
def instrument(live: str, chromium_browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Nine questions, installed and put in use by the administrator; its key."""
    file = tmp_path_factory.mktemp("instrument") / "nine.json"
    Path(file).write_text(json.dumps(phq9(url="urn:test:nine-in-chromium", title=TITLE)), "utf-8")
    page = chromium_browser.new_context(base_url=live).new_page()
    enter(page, "administrator")
    page.goto("/settings/instruments/upload/")
    page.set_input_files("[name=file]", file)
    page.click("main form button.primary")
    page.wait_for_url(re.compile("/nine-in-chromium/$"))
    page.click("button:has-text('Put in use')")
    expect(page.locator(".tag.pine")).to_contain_text("In use")
    page.context.close()
    return "nine-in-chromium"


def begin(page: Page, key: str) -> str:
    """A client of one's own, and the sheet on them; returns its address."""
    enter(page, "supervisor")
    client = new_client(page)
    page.goto(f"{client}assessments/new/")
    page.click(f".opt:has([value={key}])")
    page.click("main form button.primary")
    page.wait_for_url(re.compile(r"/answer/"))
    return page.url


def saved(page: Page) -> None:
    expect(page.locator(".saved")).to_contain_text(re.compile(r"Saved \d+ s ago"))


def choose(page: Page, number: int, weight: int) -> None:
    page.click(f".opt:has([name='a:q{number}'][value$='c{weight}'])")


def test_by_keys_alone_signed_and_read(page: Page, instrument: str) -> None:
    begin(page, instrument)
    for weight in (1, 2, 0, 1, 3, 0, 1, 2, 0):
        page.keyboard.press(str(weight + 1))
    saved(page)
    expect(page.locator("[data-answered]")).to_have_text("9 of 9")
    right(page)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/assessments/[0-9a-f-]+/$"))
    expect(page.locator(".score .big")).to_contain_text("10")
    expect(page.locator(".score .big")).to_contain_text("Moderate")
    right(page)


def test_item_nine_answered_on_a_phone_with_no_network_for_a_minute(page: Page, watch: Watch) -> None:
    """The page's own clock runs through the minute at once: all that it tries meanwhile, it tries, and fails."""
    watch.forgive("ERR_INTERNET_DISCONNECTED")
    watch.forgive("htmx:")
    page.clock.install()
    page.set_viewport_size(PHONE)
    address = begin(page, "phq-9")
    client = address.split("assessments/")[0]
    answers = {number: "LA6569-3" if number == 9 else "LA6568-5" for number in range(1, 10)}
    first = page.locator(".opt:has([name='a:phq-9-1'][value$='LA6568-5'])")
    first.click()
    saved(page)
    page.context.set_offline(True)
    for number, code in answers.items():
        page.click(f".opt:has([name='a:phq-9-{number}'][value$='{code}'])")
    for _seconds in range(0, 60, 5):
        page.clock.run_for(5_000)
        page.wait_for_timeout(20)  # what it sent comes back as an error before its clock goes on
    expect(page.locator(".saved")).to_contain_text("No connection")
    expect(page.locator(".alarm")).to_have_count(0)
    page.locator(".signbar .primary").click()
    page.clock.run_for(1_000)
    expect(page.locator(".saved")).to_contain_text(re.compile("Not signed yet|No connection"))
    page.context.set_offline(False)
    page.clock.resume()
    expect(page.locator(".alarm")).to_contain_text("Ask about safety now")
    expect(page.locator(".alarm")).to_have_count(1)
    saved(page)
    page.goto(address)
    for number, code in answers.items():
        expect(page.locator(f"[name='a:phq-9-{number}'][value$='{code}']")).to_be_checked()
    right(page)
    page.locator(".signbar .primary").click()
    page.wait_for_url(re.compile(r"/assessments/[0-9a-f-]+/$"))
    expect(page.locator(".score .big")).to_contain_text("1")
    page.goto(f"{client}assessments/")
    expect(page.locator("main a[href$='/answer/']")).to_have_count(0)
    page.goto(f"{client}tasks/")
    expect(page.locator("main li", has_text="Ask about safety now")).to_have_count(1)
    page.goto("/day/")
    expect(page.locator("main")).to_contain_text("Ask about safety now")


def test_what_was_answered_and_not_sent_is_there_after_a_reload(page: Page, instrument: str, watch: Watch) -> None:
    watch.forgive("Failed to fetch")
    watch.forgive("ERR_INTERNET_DISCONNECTED")
    begin(page, instrument)
    choose(page, 1, 1)
    saved(page)
    page.context.set_offline(True)
    choose(page, 2, 2)
    page.wait_for_timeout(300)
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("[name='a:q2'][value$='c2']")).to_be_checked()
    expect(page.locator(".saved")).to_contain_text("Saved")  # as the window was left, or a moment after


def test_what_was_sent_while_the_page_was_fetched_anew_is_there(page: Page, instrument: str) -> None:
    address = begin(page, instrument)

    def late(route: Route) -> None:
        fetched = route.fetch()  # without the answer, which is saved while this is on its way
        page.wait_for_timeout(3000)
        route.fulfill(response=fetched)

    page.route(address, late)
    choose(page, 2, 2)
    page.reload()
    expect(page.locator("[name='a:q2'][value$='c2']")).to_be_checked()
    saved(page)


def test_two_windows_show_each_others_answers_and_ask_where_both_answered(page: Page, instrument: str) -> None:
    address = begin(page, instrument)
    other = page.context.new_page()
    other.goto(address)
    choose(page, 1, 1)
    saved(page)
    choose(other, 2, 2)
    saved(other)
    expect(other.locator("[name='a:q1'][value$='c1']")).to_be_checked()
    with page.expect_response(lambda answer: answer.request.method == "POST"):  # whoever saves later is asked
        choose(page, 3, 1)
    choose(other, 3, 3)
    expect(other.locator(".clash")).to_contain_text("Several days")
    other.click(".clash button:has-text('Take theirs')")
    expect(other.locator("[name='a:q3'][value$='c1']")).to_be_checked()


def test_nothing_is_typed_into_it_while_a_signature_is_on_its_way(page: Page, instrument: str, watch: Watch) -> None:
    watch.forgive("ERR_FAILED")
    watch.forgive("htmx:")
    address = begin(page, instrument)
    choose(page, 1, 1)
    saved(page)
    held: list[Route] = []
    page.route(address, lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
    page.locator(".signbar .primary").click()
    expect(page.locator("#sheet")).to_have_attribute("inert", "")
    page.keyboard.press("4")
    expect(page.locator(".opt:has(:checked)")).to_have_count(1)
    held.pop().abort()
    expect(page.locator("#sheet")).not_to_have_attribute("inert", "")
    expect(page.locator(".signbar .primary")).to_be_focused()
    choose(page, 2, 2)
    page.unroute(address)
    page.locator(".signbar .primary").click()
    page.wait_for_url(re.compile(r"/assessments/[0-9a-f-]+/$"))
    expect(page.locator(".told dd")).to_have_text(["Several days", "More than half the days"])
