"""What is known, what is needed, what they do on their own, and the thread, in Chromium: one walk through each room."""

import re

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.browser import DESK, ON_A_PHONE, PHONE, Watch
from tests.screens.clients.steps import enter, fill, new_client, open_form, save, well

pytestmark = pytest.mark.browser
SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
CLIENT = re.compile(r"/clients/[0-9a-f-]{36}/")


@ON_A_PHONE
def test_what_is_known(page: Page, watch: Watch, size: ViewportSize) -> None:
    watch.forgive("422")
    page.set_viewport_size(size)
    enter(page)
    client = new_client(page)
    page.goto(f"{client}facts/")
    well(page)
    open_form(page, "diagnosis")
    fill(page, "diagnosis", name="Asthma", code="nonsense")
    page.click("#diagnosis form button.primary")
    expect(page.locator("#diagnosis")).to_contain_text("This is not an ICD-10-CM code")
    well(page)
    fill(page, "diagnosis", code="J45.20")
    save(page, "diagnosis")
    expect(page.locator("#diagnosis")).to_contain_text("Asthma")
    _add(page, "allergy", to="Bee stings", reaction="faints", severity="life_threatening")
    _add(page, "medicine", name="Epinephrine pen", how_often="when stung")
    _add(page, "income", source="wages", amount="400", every="week")
    _add(page, "housing", setting="with_family", starts_on="2024-05-01")
    _add(page, "housing", setting="own_home", starts_on="2026-03-01")
    expect(page.locator("#housing")).to_contain_text("Own home")
    expect(page.locator("#income")).to_contain_text("$1,733.33 a month")  # 400 x 52 / 12
    well(page)
    for tab in ("timeline/", "thread/", "circle/"):
        page.goto(f"{client}{tab}")
        expect(page.locator("#client-header .flags")).to_contain_text("Allergy: Bee stings")
    page.goto(f"{client}facts/housing/history/")
    well(page)
    page.goto(f"{client}skills/")
    expect(page.locator("main")).to_contain_text("With family")
    well(page)


def _add(page: Page, kind: str, **values: str) -> None:
    open_form(page, kind)
    fill(page, kind, **values)
    save(page, kind)


@ON_A_PHONE
def test_needs_in_their_own_order(page: Page, watch: Watch, size: ViewportSize) -> None:
    watch.forgive("422")
    page.set_viewport_size(size)
    enter(page)
    client = new_client(page)
    page.goto(f"{client}needs/")
    well(page)
    ranked = page.locator(".ranked .words")
    page.click("#needs a:has-text('Add a need')")
    fill(page, "needs", words="A warm coat")
    page.click("#needs-new form button.primary")
    expect(page.locator("#needs-new .errors")).to_contain_text("Choose the part of life it is about.")
    well(page)
    fill(page, "needs", domain="social")
    save(page, "needs")
    for words in ("A doctor who listens", "A bus pass"):
        page.click("#needs a:has-text('Add a need')")
        fill(page, "needs", words=words, domain="health", strength="2")
        save(page, "needs")
        expect(ranked.filter(has_text=words)).to_be_visible()
    well(page)
    _order(ranked, "A warm coat", "A doctor who listens", "A bus pass")
    up = page.get_by_role("button", name="Move up: A bus pass")
    up.focus()
    page.keyboard.press("Enter")
    _order(ranked, "A warm coat", "A bus pass", "A doctor who listens")
    expect(up).to_be_focused()  # so that it can be pressed again
    expect(page.locator(".htmx-settling")).to_have_count(0)
    page.keyboard.press("Enter")
    _order(ranked, "A bus pass", "A warm coat", "A doctor who listens")
    expect(up).to_be_focused()
    page.reload()
    _order(ranked, "A bus pass", "A warm coat", "A doctor who listens")
    well(page)
    page.locator(".need:has-text('A warm coat') a:has-text('Close')").click()
    fill(page, "needs", state="met", reason="From the winter drive")
    well(page)
    save(page, "needs")
    expect(page.locator(".closed summary")).to_contain_text("1 that is closed")
    _order(ranked, "A bus pass", "A doctor who listens")
    well(page)


def _order(ranked: Locator, *wanted: str) -> None:
    expect(ranked).to_have_text([re.compile(words) for words in wanted])


@ON_A_PHONE
def test_what_was_seen_of_a_skill(page: Page, size: ViewportSize) -> None:
    page.set_viewport_size(size)
    enter(page)
    client = new_client(page)
    page.goto(f"{client}skills/")
    well(page)
    page.click("#skills a:has-text('What was seen')")
    fill(page, "skills", skill="transport", level="2", evidence="Rode the 14 with me beside her.", on="2026-03-02")
    well(page)
    save(page, "skills")
    expect(page.locator("#skills .rungs > li")).to_have_count(1)
    page.click("#skills a:has-text('Seen again')")
    expect(page.locator("#skills form [name=skill]")).to_have_value("transport")
    fill(page, "skills", level="4", evidence="Rode the 14 there and back.")
    save(page, "skills")
    seen = page.locator("#skills .rungs > li")
    expect(seen).to_contain_text("2 steps up")
    expect(seen.get_by_role("img", name=re.compile("seen 2 times"))).to_be_visible()
    seen.locator("summary").click()
    expect(seen).to_contain_text("Rode the 14 with me beside her.")
    well(page)


@SIZES
def test_the_thread_of_somebody_and_where_threads_are_broken(page: Page, size: ViewportSize) -> None:
    page.set_viewport_size(size)
    enter(page, "case_manager", "/threads/")
    well(page)
    page.goto("/threads/?kind=need_without_goal")  # of the demo; whom another test made has no thread yet
    page.locator(".broken-rows a[href$='/thread/']").first.click()
    page.wait_for_url(re.compile("/thread/$"))
    client = _client(page)
    expect(page.locator(".thread .line").first).to_be_visible()
    well(page)
    page.goto(f"{client}thread/?print=1")
    well(page)
    page.emulate_media(media="print")
    sheets = page.pdf(format="Letter", landscape=True)
    page.emulate_media(media="screen")
    assert len(re.findall(rb"/Type\s*/Page[^s]", sheets)) == 1
    for tab in ("needs/", "facts/", "skills/"):
        page.goto(f"{client}{tab}")
        well(page)


def _client(page: Page) -> str:
    """The path of the record that the page belongs to."""
    found = CLIENT.search(page.url)
    assert found
    return found[0]
