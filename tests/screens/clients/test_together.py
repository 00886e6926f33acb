"""Two people at one section, a double click, a lost network, an ended session: nothing typed is lost."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import Watch
from tests.screens.clients.steps import enter, fill, new_client, open_form, save, words

pytestmark = pytest.mark.browser


def both_change_the_pronouns(page: Page, watch: Watch) -> tuple[Page, str]:
    """Two tabs on one section: the other has saved ``they/them``; this one has sent ``ze/zir`` and been told."""
    watch.forgive("409")
    enter(page)
    details = new_client(page) + "details/"
    page.goto(details)
    open_form(page, "about", "Edit")
    other = page.context.new_page()
    other.goto(details)
    open_form(other, "about", "Edit")
    fill(other, "about", pronouns="they/them")
    save(other, "about")
    fill(page, "about", pronouns="ze/zir", gender_words="kept")
    page.locator("#about button.primary").click()
    told = page.locator("#about .conflict")
    for said in ("ze/zir", "they/them", "Gloria Nakamura"):
        expect(told).to_contain_text(said)
    expect(told).to_be_focused()
    expect(page.locator("#about [name=pronouns]")).to_have_value("ze/zir")
    expect(page.locator("#about [name=gender_words]")).to_have_value("kept")
    return other, details


def test_the_second_of_two_sees_the_difference_and_may_replace_it(page: Page, watch: Watch) -> None:
    both_change_the_pronouns(page, watch)
    save(page, "about")
    said = words(page, "about")
    assert "ze/zir" in said
    assert "kept" in said


def test_the_second_of_two_may_leave_what_the_first_wrote(page: Page, watch: Watch) -> None:
    both_change_the_pronouns(page, watch)
    page.get_by_role("link", name="Leave theirs").click()
    expect(page.locator("#about form")).to_have_count(0)
    expect(page.locator("#about")).to_contain_text("they/them")
    assert "they/them" in words(page, "about")


def test_without_scripts_the_second_of_two_sees_the_difference_too(
    page: Page, chromium_browser: Browser, watch: Watch, live: str
) -> None:
    watch.forgive("409")
    enter(page)
    record = new_client(page)
    plain = chromium_browser.new_context(base_url=live, java_script_enabled=False)
    plain.add_cookies(page.context.cookies())  # type: ignore[arg-type]  # cookies as the browser gave them
    one, two = plain.new_page(), plain.new_page()
    for tab in (one, two):
        tab.goto(record + "about/edit/")
    one.fill("[name=pronouns]", "they/them")
    one.click("#about button.primary")
    assert one.url.endswith("details/#about")
    two.fill("[name=pronouns]", "ze/zir")
    two.click("#about button.primary")
    expect(two.locator(".conflict")).to_contain_text("they/them")
    expect(two.locator("[name=pronouns]")).to_have_value("ze/zir")
    two.click("#about button.primary")
    expect(two.locator("#about")).to_contain_text("ze/zir")
    plain.close()


TWICE: list[tuple[str, str, dict[str, str | bool]]] = [
    ("details", "names", {"kind": "nickname", "given": "Twice"}),
    ("details", "reach", {"value": "(555) 010-8811"}),
    ("details", "addresses", {"line1": "8 Twice Street"}),
    ("details", "identifiers", {"kind": "school", "value": "TW88"}),
    ("details", "alerts", {"kind": "dog", "short": "Twice", "review_on": "2027-01-09"}),
    ("circle", "family", {"given": "Twice", "kind": "friend"}),
]


def test_a_double_click_adds_one_row(page: Page) -> None:
    enter(page)
    record = new_client(page)
    for tab, section, values in TWICE:
        page.goto(f"{record}{tab}/")
        before = page.locator(f"#{section} li").count()
        open_form(page, section)
        fill(page, section, **values)
        page.locator(f"#{section} form button.primary").dblclick()
        page.locator(f"#{section} form button.primary").wait_for(state="detached")
        page.reload()
        expect(page.locator(f"#{section} li"), section).to_have_count(before + 1)


def test_with_no_network_the_text_is_kept_and_comes_back(page: Page, watch: Watch) -> None:
    watch.forgive("ERR_INTERNET_DISCONNECTED")
    watch.forgive("htmx:")
    enter(page)
    page.goto(new_client(page) + "details/")
    open_form(page, "alerts")
    fill(page, "alerts", short="Long words", words="A careful text that took a while to write.")
    page.context.set_offline(True)
    page.locator("#alerts form button.primary").click()
    expect(page.locator("#toasts .toast.bad")).to_contain_text("kept")
    expect(page.locator("#alerts [name=words]")).to_have_value("A careful text that took a while to write.")
    page.context.set_offline(False)
    page.reload()
    open_form(page, "alerts")
    expect(page.locator("#alerts .kept")).to_be_visible()
    expect(page.locator("#alerts [name=words]")).to_have_value("A careful text that took a while to write.")
    fill(page, "alerts", kind="other", review_on="2027-01-09")
    save(page, "alerts")
    open_form(page, "alerts")
    expect(page.locator("#alerts [name=words]")).to_have_value("")


def test_when_the_session_ended_while_writing_the_text_comes_back(page: Page) -> None:
    enter(page)
    record = new_client(page)
    page.goto(record + "details/")
    open_form(page, "alerts")
    fill(page, "alerts", kind="other", short="Kept words", words="Written before it ended.", review_on="2027-01-09")
    cookies = page.context.cookies()
    page.context.clear_cookies(name="goldthread")
    page.locator("#alerts form button.primary").click()
    page.wait_for_url("**/account/sign-in/**")
    page.context.add_cookies(cookies)  # type: ignore[arg-type]  # cookies as the browser gave them
    page.goto(record + "details/")
    open_form(page, "alerts")
    expect(page.locator("#alerts [name=words]")).to_have_value("Written before it ended.")
    save(page, "alerts")
    assert "Written before it ended." in words(page, "alerts")
