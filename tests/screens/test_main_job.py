"""Every page of the main job: axe finds nothing, and nothing scrolls sideways. The rest of the sizes and the dark with the long tests."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.browser import DESK, PHONE, axe
from tests.screens.clients.steps import enter

pytestmark = pytest.mark.browser
MAGNIFIED: ViewportSize = {"width": 683, "height": 384}
"""A desk of 1366 by 768 at 200 %."""
SIZES = {"desk": DESK, "phone": PHONE, "magnified": MAGNIFIED}
OF_A_CLIENT = (
    "",
    "timeline/",
    "note/",
    "tasks/",
    "tasks/new/",
    "elsewhere/",
    "concerns/",
    "concerns/new/",
    "calendar/",
    "calendar/new/",
    "report/",
    "programs/",
)
PAGES = {
    "case_manager": ("/day/", "/day/print/", "/calendar/", "/calendar/new/", "/contacts/drafts/", "/cover/"),
    "supervisor": (
        "/day/",
        "/team/",
        "/team/all/caseload/",
        "/team/all/overdue/",
        "/team/all/missed/",
        "/team/all/unseen/",
        "/team/all/cosign/",
        "/team/all/passed-up/",
        "/contacts/to-cosign/",
        "/reports/",
    ),
    "program_manager": (
        "/team/",
        "/settings/programs/",
        "/settings/programs/templates/",
        "/settings/programs/templates/hospice/",
        "/settings/programs/try/?program=hospice&enrolled=2026-01-15&on=2026-03-31&day1=2026-02-11&kind1=contact",
        "/settings/programs/try/?file",
    ),
}


def places(page: Page, role: str) -> Iterator[str]:
    """The pages of *role*, and behind them: a client's, a task's, a note's, a worker's."""
    yield from PAGES[role]
    if role == "case_manager":
        page.goto("/clients/?whose=mine")
        client = str(page.locator("main a[href^='/clients/0']").first.get_attribute("href"))
        yield from (client + part for part in OF_A_CLIENT)
        page.goto("/day/")
        yield str(page.locator(".task .act a.bare").first.get_attribute("href"))
        page.goto(f"{client}timeline/")
        yield str(page.locator("main a[href*='/notes/']").first.get_attribute("href"))
    if role == "supervisor":
        page.goto("/team/")
        worker = str(page.locator("table.team a[href$='/load/']").first.get_attribute("href")).removesuffix("load/")
        yield from (worker + part for part in ("load/", "contacts/", "signed/", "unsigned/", "share/"))
        yield str(page.locator(".passed a[href$='/ask/']").first.get_attribute("href"))


def look(page: Page, role: str, size: ViewportSize, theme: str) -> None:
    enter(page, role, to="/me/")
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]  # "light" or "dark": a word of the parametrization
    for path in list(places(page, role)):
        answer = page.goto(path)
        assert answer is not None, path
        assert answer.status == 200, path
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert beyond <= 0, f"{path}: {beyond} px too wide"
        try:
            axe(page)
        except AssertionError as found:
            raise AssertionError(f"{path} ({theme}): {found}") from found


def ways() -> Iterator[Any]:
    """Of each role, size and theme. The supervisor's and the manager's desk are looked at in every ./test."""
    for role, (place, size), theme in product(PAGES, SIZES.items(), ("light", "dark")):
        often = role != "case_manager" and (place, theme) == ("desk", "light")
        mark = pytest.mark.thorough if often else pytest.mark.slow
        yield pytest.param(role, size, theme, marks=mark, id=f"{role}-{place}-{theme}")


@pytest.mark.parametrize(("role", "size", "theme"), list(ways()))
def test_every_page_is_right(page: Page, role: str, size: ViewportSize, theme: str) -> None:
    look(page, role, size, theme)
