"""The main pages as people really look at them: on a narrow phone, magnified twice, from right to left, on paper, without motion."""

from itertools import product

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser import DESK, PHONE, until
from tests.screens.clients.steps import enter

pytestmark = pytest.mark.browser
NARROWEST: ViewportSize = {"width": 320, "height": 640}
MAGNIFIED: ViewportSize = {"width": 683, "height": 384}
"""A desk of 1366 by 768 at 200 %."""
SUPERVISOR = (
    "/clients/?whose=all",
    "/clients/new/",
    "/search/?q=fer",
    "/notices/",
    "/help/",
    "/help/access/",
    "/settings/",
    "/settings/staff/",
    "/settings/roles/",
    "/settings/hand-over/",
    "/glass/",
    "/me/",
)
ADMINISTRATOR = (
    "/settings/profile/",
    "/settings/days/",
    "/settings/security/",
    "/settings/teams/",
    "/settings/sites/",
    "/settings/staff/new/",
)
OF_A_CLIENT = ("", "details/", "circle/", "history/", "access/", "reach/add/", "about/edit/", "workers/add/")


def main_pages(page: Page, role: str) -> list[str]:
    """Where colleagues of *role* spend their day."""
    if role == "administrator":
        return list(ADMINISTRATOR)
    page.goto("/clients/?whose=all&text=Ferreira")
    record = str(page.get_by_role("link", name="Lucía Ferreira").get_attribute("href"))
    return [*SUPERVISOR, *(record + part for part in OF_A_CLIENT)]


def too_wide(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def previews(page: Page) -> list[str]:
    """Every shipped instrument as it is asked, in English and Spanish."""
    page.goto("/settings/instruments/")
    links = page.locator("main a[href^='/settings/instruments/']").evaluate_all(
        "all => [...new Set(all.map(one => one.getAttribute('href')))]"
    )
    found = []
    for link in links:
        if not link.removeprefix("/settings/instruments/").strip("/") or link.endswith(("/new/", "/upload/")):
            continue
        page.goto(link)
        preview = page.locator("main a[href$='/preview/']").first
        found += [f"{preview.get_attribute('href')}?in={language}" for language in ("en", "es")]
    assert len(found) >= 30, "fifteen are shipped"
    return found


def test_no_instrument_is_wider_than_a_small_phone(page: Page) -> None:
    enter(page, "administrator", to="/settings/")
    wide = {}
    for path in previews(page):
        page.goto(path)
        for width in (320, 390):
            page.set_viewport_size({"width": width, "height": 640})
            wide[path, width] = too_wide(page)
    assert {how: by for how, by in wide.items() if by > 0} == {}


@pytest.mark.parametrize("role", ["supervisor", "administrator"])
def test_nothing_is_wider_than_the_window_in_either_direction(page: Page, role: str) -> None:
    enter(page, role, to="/settings/")
    wide = {}
    for path in main_pages(page, role):
        page.set_viewport_size(NARROWEST)
        assert page.goto(path).status == 200, path  # type: ignore[union-attr]  # only a jump inside a page answers with nothing
        for size, direction in product((NARROWEST, MAGNIFIED), ("ltr", "rtl")):
            page.set_viewport_size(size)
            page.evaluate("way => { document.documentElement.dir = way }", direction)
            wide[path, size["width"], direction] = too_wide(page)
    assert {how: by for how, by in wide.items() if by > 0} == {}


@pytest.mark.parametrize("role", ["supervisor", "administrator"])
def test_on_paper_there_is_no_navigation_and_nothing_to_press_but_who_printed_it(page: Page, role: str) -> None:
    enter(page, role, to="/settings/")
    for path in main_pages(page, role):
        page.goto(path)
        page.emulate_media(media="print")
        for gone in (".rail", ".topbar", ".foot", ".tabs", ".toasts", "main .btn", "main summary", ".page-help"):
            assert page.locator(f"{gone}:visible").count() == 0, (path, gone)
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator(".on-paper")).to_be_visible()
        expect(page.locator(".on-paper")).to_contain_text("Printed by")
        assert too_wide(page) <= 0, path
        page.emulate_media(media="screen")
        expect(page.locator(".on-paper")).not_to_be_visible()


def test_a_brief_prints_on_one_page(page: Page) -> None:
    enter(page)
    page.goto(main_pages(page, "supervisor")[len(SUPERVISOR)])
    assert page.pdf(format="Letter", prefer_css_page_size=True).count(b"/Type /Page\n") == 1


def test_nothing_moves_for_who_asked_for_no_motion(page: Page) -> None:
    enter(page)
    page.emulate_media(reduced_motion="reduce")
    for path in main_pages(page, "supervisor"):
        page.goto(path)
        moving = page.evaluate("""[...document.querySelectorAll("*")].filter(one => {
            const style = getComputedStyle(one);
            return style.animationName !== "none" || style.scrollBehavior === "smooth"
                || style.transitionProperty !== "none" && style.transitionDuration.split(",").some(time => parseFloat(time) > 0);
        }).map(one => one.outerHTML.slice(0, 80))""")
        assert moving == [], path


def test_magnified_the_name_scrolls_away_with_the_page(page: Page) -> None:
    """A name that stays would take a third of what is left to read."""
    enter(page)
    record = main_pages(page, "supervisor")[len(SUPERVISOR)]
    page.set_viewport_size(MAGNIFIED)
    page.goto(record)
    page.mouse.wheel(0, 600)
    until(page, "scrollY > 300")
    assert page.locator("h1").bounding_box()["y"] < 0  # type: ignore[index]  # it has a box: it is on the page


def test_no_room_dresses_what_belongs_to_another(page: Page) -> None:
    """One sheet serves all pages: a rule that names a class alone reaches whoever uses the same word."""
    enter(page, "case_manager", to="/day/")
    wrong = []
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        starts = page.eval_on_selector_all(
            "li.task", "all => all.map(one => one.querySelector('.who').getBoundingClientRect().x)"
        )
        ends = page.eval_on_selector_all(
            "li.task .act > .btn:last-child", "all => all.map(one => one.getBoundingClientRect().right)"
        )
        wrong += (
            [f"My day at {size['width']}"] if len({*map(round, starts)}) > 1 or len({*map(round, ends)}) > 1 else []
        )
    page.set_viewport_size(DESK)
    page.locator(".skip").focus()
    wrong += ["skip link"] if page.locator(".skip").bounding_box()["width"] > 400 else []  # type: ignore[index]  # it has a box
    page.goto(f"{main_pages(page, 'supervisor')[-1].removesuffix('workers/add/')}note/")
    tall = page.eval_on_selector_all(
        ".note .chips > .chip", "all => all.map(one => one.offsetHeight).filter(high => high > 34)"
    )
    wrong += [f"chips of a note: {tall}"] if tall else []
    page.context.clear_cookies()
    enter(page, "supervisor", to="/settings/staff/")
    wrong += ["words for a phone, at a desk"] if page.locator("span.hand").filter(visible=True).count() else []
    assert wrong == []


def test_pages_are_light(page: Page) -> None:
    """At most 120 KB with nothing in the cache, 25 KB after that, as they go over the line (docs: the budgets of the screens)."""
    enter(page, "case_manager", to="/settings/")
    record = main_pages(page, "supervisor")[-1].removesuffix("workers/add/")
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.clearBrowserCache")
    took: list[float] = []
    line.on("Network.loadingFinished", lambda loaded: took.append(loaded["encodedDataLength"]))
    heavy = {}
    for path in (
        "/day/",
        "/clients/?whose=all",
        "/calendar/",
        record,
        *(f"{record}{part}/" for part in ("timeline", "note", "plan")),
    ):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        if not 0 < sum(took) <= (120_000 if path == "/day/" else 25_000):
            heavy[path] = sum(took)
        took.clear()
    assert heavy == {}
