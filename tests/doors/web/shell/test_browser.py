"""The shell in Chromium: what only a browser can show."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE, Watch, axe, sign_in, until

pytestmark = pytest.mark.browser
ANYBODY = "/clients/new/"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_gallery_breaks_no_rule_and_never_scrolls_sideways(page: Page, theme: str) -> None:
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page.goto("/ui/")
    for width in (320, 390, 1366, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), width
        if width in (390, 1366):
            axe(page)


def test_every_choice_of_every_field_can_be_seen_and_pressed(page: Page) -> None:
    page.goto("/ui/")
    form = page.locator("section[aria-labelledby=g-fields] form")
    for kind in ("radio", "checkbox"):
        for choice in form.locator(f"input[type={kind}]").all():
            box = choice.bounding_box()
            assert box is not None
            assert box["height"] >= 18
            choice.click()
            expect(choice).to_be_checked(checked=choice.is_checked())
    form.locator("input[value=slipped]").click()
    expect(form.locator("input[value=slipped]")).to_be_checked()
    expect(form.locator("input[value=little]")).not_to_be_checked()


def test_the_summary_of_errors_has_the_focus_and_leads_to_the_field(page: Page) -> None:
    page.goto("/ui/")
    expect(page.locator(".errors")).to_be_focused()
    page.get_by_role("link", name="Date of birth").click()
    assert page.evaluate("location.hash") == "#id_wrong-born"


def test_search_opens_by_key_answers_while_typing_and_opens_the_first_with_enter(page: Page) -> None:
    sign_in(page)
    page.keyboard.press("/")
    expect(page.locator("#search-q")).to_be_focused()
    page.keyboard.type("lucia ferr")
    expect(page.locator("#search-answers a").first).to_contain_text("Ferreira")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/clients/[0-9a-f-]{36}/$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ferreira")


def test_arrows_walk_through_the_answers_and_escape_closes(page: Page) -> None:
    sign_in(page)
    page.keyboard.press("Control+k")
    page.keyboard.type("ma")
    answers = page.locator("#search-answers a")
    expect(answers.nth(1)).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(answers.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(answers.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#search-q")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#search")).not_to_be_visible()


def test_the_question_mark_shows_the_keys_but_not_while_typing(page: Page) -> None:
    sign_in(page)
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.goto("/search/")
    page.locator("main input[name=q]").click()
    page.keyboard.type("?/")
    expect(page.locator("#keys")).not_to_be_visible()
    expect(page.locator("main input[name=q]")).to_have_value("?/")


def test_a_phone_has_its_places_along_the_foot_in_reach_of_a_thumb(page: Page) -> None:
    page.set_viewport_size(PHONE)
    sign_in(page)
    expect(page.locator(".rail")).not_to_be_visible()
    expect(page.locator(".foot .tile")).to_have_count(5)
    for tile in page.locator(".foot .tile").all():
        box = tile.bounding_box()
        assert box is not None
        assert min(box["height"], box["width"]) >= 44


def test_the_first_tab_stop_skips_to_the_content(page: Page) -> None:
    sign_in(page)
    page.goto("/help/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    box = skip.bounding_box()
    assert box is not None
    assert box["width"] > 40
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_what_was_typed_is_back_after_a_reload_and_gone_after_sign_out(page: Page) -> None:
    sign_in(page, "intake")
    page.goto(ANYBODY)
    field = page.locator("main form[data-keep] input[type=text]").first
    field.fill("Kept while typing")
    until(page, "Object.keys(localStorage).some(key => key.startsWith('kept:'))")
    stored = page.evaluate("JSON.stringify(localStorage)")
    assert "Kept while typing" not in stored
    page.reload()
    expect(field).to_have_value("Kept while typing")
    expect(page.locator(".kept")).to_be_visible()
    page.locator(".kept button").click()
    expect(field).to_have_value("")
    field.fill("Second thought")
    until(page, "Object.keys(localStorage).some(key => key.startsWith('kept:'))")
    page.goto("/me/")
    page.locator("form[action='/account/sign-out/'] button, form[action='/account/logout/'] button").first.click()
    page.wait_for_url(re.compile("/account/"))
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('kept:')).length") == 0


def test_another_person_at_the_same_machine_sees_nothing_of_it(page: Page) -> None:
    sign_in(page, "intake")
    page.goto(ANYBODY)
    page.locator("main form[data-keep] input[type=text]").first.fill("Private words")
    until(page, "Object.keys(localStorage).some(key => key.startsWith('kept:'))")
    page.context.clear_cookies()
    sign_in(page, "supervisor")
    page.goto(ANYBODY)
    expect(page.locator("main form[data-keep] input[type=text]").first).to_have_value("")
    assert "Private words" not in page.evaluate("JSON.stringify(localStorage)")


def test_a_lost_network_is_said_in_words(page: Page, watch: Watch) -> None:
    watch.forgive("ERR_INTERNET_DISCONNECTED")
    watch.forgive("console: htmx:")
    sign_in(page)
    page.context.set_offline(True)
    expect(page.locator("#offline-line")).to_contain_text("offline")
    page.keyboard.press("/")
    page.keyboard.type("luc")
    expect(page.locator(".toast.bad")).to_contain_text("No connection")
    page.context.set_offline(False)
    expect(page.locator("#offline-line")).to_have_count(0)


def test_a_session_that_ended_leads_to_the_door_and_not_into_the_middle_of_the_page(page: Page) -> None:
    sign_in(page)
    page.context.clear_cookies()
    page.keyboard.press("/")
    page.keyboard.type("luc")
    page.wait_for_url(re.compile(r"/account/sign-in/\?next="))
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_error_pages_break_no_rule(page: Page, watch: Watch) -> None:
    for status in (403, 404, 409, 413, 429, 500):
        watch.forgive(str(status))
        page.goto(f"/ui/error/{status}/")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        axe(page)


def test_first_load_and_next_page_stay_within_their_weight(page: Page) -> None:
    """Compressed: 120 KB for the first page after sign-in with nothing cached, 25 KB for the next."""
    sign_in(page)
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.clearBrowserCache")
    loaded: list[float] = []
    session.on("Network.loadingFinished", lambda event: loaded.append(event["encodedDataLength"]))
    page.goto("/clients/")
    page.wait_for_load_state("networkidle")
    assert sum(loaded) <= 120 * 1024
    loaded.clear()
    page.locator("main tbody a[href^='/clients/']").first.click()
    page.wait_for_load_state("networkidle")
    assert sum(loaded) <= 25 * 1024
