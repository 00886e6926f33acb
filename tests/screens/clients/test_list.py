"""The list, search from anywhere, and the pages about access, driven in Chromium."""

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser import DESK, PHONE, Watch, axe
from tests.looks import right
from tests.screens.clients.steps import enter, new_client, sign_in_as, some_name

pytestmark = pytest.mark.browser


def test_a_client_is_found_from_anywhere_with_one_key_typing_and_enter(page: Page) -> None:
    enter(page, "case_manager")
    page.goto("/help/")
    page.keyboard.press("/")
    page.keyboard.type("lucia ferr")
    expect(page.locator("#search-answers a").first).to_contain_text("Lucía Ferreira")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Lucía Ferreira")
    for said in ("Private address", "Text only", "Dog in yard"):
        expect(page.locator("#client-header")).to_contain_text(said)
    expect(page.locator("#safety")).to_contain_text("Before you go")


def test_the_arrows_walk_through_the_answers(page: Page) -> None:
    enter(page)
    page.keyboard.press("Control+k")
    page.keyboard.type("fer")
    expect(page.locator("#search-answers a").nth(1)).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#search-answers a").nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#search")).not_to_be_visible()


def test_the_list_is_narrowed_as_filters_are_chosen_and_the_view_kept(page: Page) -> None:
    enter(page)
    family = some_name()
    new_client(page, family=family)
    page.goto("/clients/?whose=all")
    page.fill("#text", family)
    expect(page.locator("table.clients tbody tr")).to_have_count(1)
    assert family in page.url
    page.fill("#text", "")
    page.select_option("#language", "es")
    expect(page).to_have_url(re.compile("language=es"))
    expect(page.locator("table.clients tbody .c-language").first).to_have_text("Spanish")
    page.locator("details.columns summary").click()
    page.get_by_label("Client since").check()
    expect(page.locator("table.clients thead .c-since")).to_be_visible()
    page.locator("details.keep-view summary").click()
    page.fill("#view-name", family)
    page.get_by_role("button", name="Keep it").click()
    expect(page.locator(".whose .chip[aria-current]").last).to_contain_text(family)
    page.locator("details.keep-view summary").click()
    page.get_by_role("button", name=re.compile(f"Forget.*{family}")).click()
    expect(page.locator(".whose")).not_to_contain_text(family)
    page.locator("[data-toast]").get_by_role("button", name="Undo").click()
    expect(page.locator(".whose .chip[aria-current]").last).to_contain_text(family)
    expect(page.locator("table.clients thead .c-since")).to_be_visible()


def test_who_is_latest_stands_first(page: Page) -> None:
    """The demo's case manager has work that is late, work that is to come, and clients with nothing due; the order is kept on a phone."""
    enter(page, "case_manager")
    page.goto("/clients/")
    page.select_option("#order", "due")
    expect(page).to_have_url(re.compile("order=due"))
    due = page.locator("table.clients tbody .c-due")
    expect(due.first).to_contain_text("late")
    said = due.all_inner_texts()
    late = [int(found[1]) for words in said if (found := re.search(r"(\d+) days? late", words))]
    assert len(late) > 1
    assert late == sorted(late, reverse=True)
    assert all("late" in words for words in said[: len(late)])
    axe(page)
    page.set_viewport_size(PHONE)
    page.reload()
    expect(page.locator("table.clients tbody .c-due").first).to_have_text(said[0])
    right(page)
    page.locator("table.clients tbody a").first.click()
    expect(page.locator("#client-header")).to_be_visible()
    page.go_back()
    expect(page).to_have_url(re.compile("order=due"))


def test_on_a_phone_the_filters_fold_behind_one_button_that_counts_those_that_are_on(page: Page) -> None:
    page.set_viewport_size(PHONE)
    enter(page)
    page.goto("/clients/?whose=team&language=es&state=assigned")
    button = page.locator(".fold > summary")
    expect(button).to_have_text(re.compile(r"^\s*Filters\s+· 2 on\s*$"))
    expect(page.locator("#language")).not_to_be_visible()
    expect(page.locator("#text")).to_be_visible()
    first = page.locator("table.clients tbody tr").first.bounding_box()
    foot = page.locator(".foot").bounding_box()
    assert first
    assert foot
    assert first["y"] + first["height"] < foot["y"], "the first client is seen without scrolling"
    button.click()
    page.select_option("#language", "")
    expect(button).to_have_text(re.compile("· 1 on"))
    page.select_option("#state", "")
    expect(button).to_have_text(re.compile(r"^\s*Filters\s*$"))
    axe(page)


def test_at_a_desk_the_filters_stand_open_without_the_button(page: Page) -> None:
    enter(page)
    page.goto("/clients/?whose=team")
    expect(page.locator(".fold > summary")).not_to_be_visible()
    for name in ("team", "worker", "language", "state"):
        expect(page.locator(f"#{name}")).to_be_visible()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_filters_work_without_javascript(page: Page, size: ViewportSize) -> None:
    enter(page)
    browser = page.context.browser
    assert browser
    plain = browser.new_context(base_url=page.url, java_script_enabled=False, viewport=size)
    plain.add_cookies(page.context.cookies())  # type: ignore[arg-type]  # what is read and what is set are two types there
    tab = plain.new_page()
    tab.goto("/clients/?whose=team")
    if size == PHONE:
        tab.locator(".fold > summary").click()
    tab.select_option("#language", "es")
    tab.get_by_role("button", name="Show").click()
    expect(tab).to_have_url(re.compile("language=es"))
    expect(tab.locator("table.clients tbody .c-language").first).to_have_text("Spanish")
    plain.close()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_is_taken_along_as_a_file(page: Page, kind: str) -> None:
    enter(page, "program_manager")
    page.goto("/clients/?whose=all&language=es")
    with page.expect_download() as download:
        page.get_by_role("link", name=kind.upper()).click()
    assert download.value.suggested_filename.endswith(f".{kind}")


def test_a_number_is_shown_whole_once(page: Page) -> None:
    enter(page, "case_manager")
    page.goto("/clients/?whose=mine&text=Ferreira")
    page.get_by_role("link", name="Lucía Ferreira").click()
    page.click(".more-tabs")
    page.get_by_role("link", name="Details").click()
    row = page.locator("#identifiers li", has_text="Medicaid")
    row.get_by_role("button", name=re.compile("^Show")).click()
    expect(page.locator("#identifiers")).to_contain_text("Shown once")


def test_a_worker_is_blocked_and_the_block_lifted(page: Page, watch: Watch) -> None:
    watch.forgive("422")
    enter(page)
    page.goto(new_client(page) + "access/")
    expect(page.locator(".tabs [aria-current]")).to_have_text("Who saw this")
    page.locator(".block-form summary").click()
    page.get_by_role("button", name="Block this worker").click()
    expect(page.locator(".errors")).to_be_focused()
    page.select_option("[name=staff]", label="Andre Okoye")
    page.fill("[name=reason]", "Her brother-in-law")
    page.get_by_role("button", name="Block this worker").click()
    expect(page.locator(".blocks")).to_contain_text("Her brother-in-law")
    page.get_by_role("button", name=re.compile("Lift the block")).click()
    expect(page.locator(".blocks")).to_contain_text("to today")


def test_the_glass_is_broken_with_a_reason_and_reviewed(page: Page, watch: Watch) -> None:
    watch.forgive("422")
    enter(page)
    family = some_name()
    page.goto("/clients/new/")
    page.fill("[name=given]", "Hidden")
    page.fill("[name=family]", family)
    page.fill("[name=birth_date]", "3/4/1961")
    page.select_option("[name=worker]", label="Renee Baptiste")
    page.click("main form button.primary")
    page.wait_for_url(re.compile(r"/clients/[0-9a-f-]{36}/$"))
    outsider = page.context.browser.new_context(base_url=page.url.split("/clients")[0])  # type: ignore[union-attr]  # it has one: else the test fails
    stranger = outsider.new_page()
    sign_in_as(stranger, "tomas.arriaga")
    stranger.goto(f"/search/?q=Hidden+{family}+3/4/1961")
    expect(stranger.locator(".outside")).to_contain_text("ask")
    stranger.get_by_role("link", name="break the glass").click()
    stranger.get_by_role("button", name="Open the record").click()
    expect(stranger.locator(".errors")).to_be_focused()
    stranger.fill("[name=reason]", "She collapsed in our hall.")
    stranger.get_by_role("button", name="Open the record").click()
    expect(stranger.locator("h1")).to_contain_text(family)
    outsider.close()
    page.goto("/glass/")
    waiting = page.locator("section.sheet", has_text=family)
    expect(waiting).to_contain_text("She collapsed in our hall.")
    waiting.get_by_role("button", name="Keep the review").click()
    waiting = page.locator("section.sheet", has_text=family)
    expect(waiting.locator(".errors")).to_be_visible()
    waiting.locator("label.chip", has_text=re.compile("^Justified")).click()
    waiting.locator("textarea").fill("Spoke with him; it was right.")
    waiting.get_by_role("button", name="Keep the review").click()
    expect(page.locator(".tbl")).to_contain_text("it was right")
