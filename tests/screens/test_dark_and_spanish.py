"""The way in as it looks at night and in Spanish, whose words are longer: axe, every width, on the pages where nobody types."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE, sign_in
from tests.looks import right

pytestmark = pytest.mark.browser
INTAKE = (
    "/inquiries/today/",
    "/inquiries/new/",
    "/waitlists/",
    "/hand-offs/",
    "/imports/",
    "/imports/new/",
    "/duplicates/",
)


@contextmanager
def at_night_in_spanish(page: Page, role: str) -> Iterator[None]:
    """Signed in as *role* on a phone, with dark colors. The language is the colleague's own: afterwards it is as it was."""
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    sign_in(page, role)
    _speak(page, "es")
    try:
        yield
    finally:
        _speak(page, "en")


def _speak(page: Page, language: str) -> None:
    page.goto("/me/")
    page.locator(f"label:has([name=language][value={language}])").click()
    page.locator("form:has([name=language]) button").click()
    expect(page.locator("html")).to_have_attribute("lang", language)


def _follows(page: Page, link: str) -> None:
    """The page behind the first link to *link* of the page."""
    page.goto(str(page.locator(f"main a[href*='{link}']").first.get_attribute("href")))
    right(page)


def test_the_way_in(page: Page) -> None:
    with at_night_in_spanish(page, "intake"):
        for path in INTAKE:
            page.goto(path)
            right(page)
        page.goto("/inquiries/")
        expect(page.locator("h1")).to_have_text("Consultas")
        right(page)
        page.goto(str(page.locator("main .rows a").first.get_attribute("href")))
        right(page)
        page.goto("/hand-offs/")
        _follows(page, "/referred/")
        page.goto("/waitlists/mental-health-tcm/")
        right(page)
        _follows(page, "/waiting/")


def test_who_a_program_is_for_and_who_comes_first(page: Page) -> None:
    with at_night_in_spanish(page, "administrator"):
        page.goto("/settings/programs/")
        page.locator("main a", has_text="Mental health case management").first.click()
        program = page.url
        for part in ("who/?born=1/1/1980", "waitlist/"):
            page.goto(program + part)
            right(page)
        page.goto("/settings/intake/")
        right(page)
        page.locator(".rows .one", has_text="Mental health case management").get_by_role("link").first.click()
        right(page)
