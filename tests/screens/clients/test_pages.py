"""Every page of clients, search and access: nothing that axe finds, nothing wider than the screen, every choice can be pressed."""

from itertools import product

import pytest
from playwright.sync_api import Page, expect

from tests.browser import DESK, PHONE, Watch, axe
from tests.screens.clients.steps import enter, new_client

pytestmark = pytest.mark.browser
LISTS = ("/clients/", "/clients/?whose=all&text=nobodyiscalledthis", "/clients/new/", "/search/", "/search/?q=fer")
ACCESS = ("/glass/", "/audit/workers/")
TABS = ("", "details/", "circle/", "history/", "access/")
FORMS = (
    "about/edit/",
    "photo/edit/",
    "labels/edit/",
    *(f"{section}/add/" for section in ("names", "reach", "addresses", "identifiers", "alerts")),
    *(f"{section}/add/" for section in ("family", "household", "workers")),
)
NARROWEST = {"width": 320, "height": 640}
SIZES = {"phone": PHONE, "narrowest": NARROWEST, "desk": DESK}
WAYS = [
    pytest.param(
        SIZES[name],
        colours,
        marks=() if (name, colours) == ("desk", "light") else pytest.mark.slow,
        id=f"{name}-{colours}",
    )
    for name, colours in product(SIZES, ("light", "dark"))
]


def record_of(page: Page) -> str:
    """The demo's fullest record."""
    page.goto("/clients/?whose=all&text=Ferreira")
    return str(page.get_by_role("link", name="Lucía Ferreira").get_attribute("href"))


def pages(page: Page) -> list[str]:
    record = record_of(page)
    page.goto("/audit/workers/")
    worker = str(page.locator("main .rows a").first.get_attribute("href"))
    page.goto(record + "circle/")
    relative = str(page.get_by_role("link", name="Name and phone").first.get_attribute("href"))
    return [*LISTS, *ACCESS, worker, relative, *(record + part for part in (*TABS, *FORMS))]


def fits(page: Page) -> None:
    """Nothing makes the page wider than the screen."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} px too wide at {page.viewport_size}"


FOLDS = """() => {
    for (const folded of document.querySelectorAll("main details:not([open]):not(:has(> .menu)) > summary"))
        if (folded.getClientRects().length) folded.click();
}"""
"""Opens what is folded behind a button that can be seen. Menus are opened one at a time: one closes the other."""


def choices_work(page: Page) -> None:
    """Every radio, checkbox and option that the HTML offers is there for a hand: seen, hit by a press, and then chosen."""
    page.evaluate(FOLDS)
    boxes = page.locator("main :is(input[type=radio], input[type=checkbox])")
    wrong = boxes.evaluate_all(
        """boxes => boxes.filter(box => {
            const menu = box.closest("details:has(> .menu):not([open])");
            menu?.querySelector("summary").click();
            const shown = box.closest("label") ?? box;
            shown.scrollIntoView({block: "center"});
            const at = shown.getBoundingClientRect();
            if (at.width < 24 || at.height < 24) return true;
            const hit = document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2);
            if (!hit || !(hit === box || shown.contains(hit))) return true;
            const before = box.checked;
            hit.click();
            return box.checked === before && box.type === "checkbox" || !box.checked && box.type === "radio";
        }).map(box => box.outerHTML.slice(0, 120))"""
    )
    assert wrong == [], page.url
    for field in page.locator("main select").all():
        expect(field).to_be_visible()
        blank = field.evaluate("field => [...field.options].some(one => !one.text.trim() || one.disabled)")
        assert not blank, page.url


def test_every_choice_of_every_form_can_be_seen_and_pressed(page: Page) -> None:
    enter(page)
    for path in [one for one in pages(page) if one.endswith(("/edit/", "/add/", "/new/", "/access/", "/glass/"))]:
        page.goto(path)
        page.evaluate("document.querySelectorAll('main form').forEach(form => form.removeAttribute('hx-get'))")
        choices_work(page)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_every_filter_and_column_of_the_list_can_be_seen_and_pressed(page: Page, size: dict[str, int]) -> None:
    enter(page)
    page.set_viewport_size(size)  # type: ignore[arg-type]  # Playwright's own word for a size is a TypedDict
    page.goto("/clients/?whose=team")
    page.evaluate("document.querySelectorAll('main form').forEach(form => form.removeAttribute('hx-get'))")
    choices_work(page)


@pytest.mark.parametrize(("size", "colours"), WAYS)
def test_every_page_in_every_size_and_colour(page: Page, size: dict[str, int], colours: str) -> None:
    enter(page)
    page.emulate_media(color_scheme=colours)  # type: ignore[arg-type]  # a word of the parametrization
    every = pages(page)
    page.set_viewport_size(size)  # type: ignore[arg-type]  # a size of the parametrization
    for path in every:
        page.goto(path)
        fits(page)
        if size != NARROWEST:
            axe(page)


@pytest.mark.slow
def test_axe_finds_nothing_in_what_is_said_when_something_is_wrong(page: Page, watch: Watch) -> None:
    for said in ("422", "404"):
        watch.forgive(said)
    enter(page)
    record = new_client(page)
    for path in (f"{record}{form}" for form in FORMS):
        page.goto(path)
        for field in page.locator("main form input[type=text]").all():
            field.fill("")
        page.locator("main form button.primary").click()
        page.wait_for_load_state()
        axe(page)
    page.goto("/clients/00000000-0000-7000-8000-000000000000/")
    axe(page)
