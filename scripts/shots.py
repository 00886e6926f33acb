"""./run shots: pictures of the main screens and the gallery, at 390 and 1366 pixels, light and dark, in shots/.

Runs in the test environment, on a demo agency of its own.
"""

import os
import shutil
import sys
import tempfile
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Literal, get_args

import django
from playwright.sync_api import Browser, Page, sync_playwright

from scripts.console import ROOT, say
from scripts.machine import chromium

Colours = Literal["light", "dark"]
WIDTHS = {390: 844, 1366: 900}
DOOR = {"sign-in": "/account/sign-in/"}
SCREENS = {
    "my-day": "/day/",
    "calendar": "/calendar/",
    "clients": "/clients/",
    "brief": "client:",
    "timeline": "client:timeline/",
    "note": "client:note/",
    "plan": "client:plan/",
    "details": "client:details/",
    "history": "client:history/",
    "new-client": "/clients/new/",
    "notices": "/notices/",
    "help": "/help/",
    "profile": "/me/",
    "search": "/search/?q=ma",
    "not-found": "/ui/error/404/",
    "fault": "/ui/error/500/",
    "gallery": "/ui/",
}
SETTINGS = {"settings": "/settings/", "staff": "/settings/staff/", "roles": "/settings/roles/"}


def main() -> int:
    """Take every picture. ``./run shots NAME …`` takes only those whose name contains one of the words."""
    sys.path.insert(0, str(ROOT))
    from tests.browser import ARGUMENTS  # here: not importable before the line above
    from tests.serving import prepare, served

    def made(data: Path) -> AbstractContextManager[str]:
        prepare(data)
        return served(data)

    wanted = sys.argv[1:]
    folder = ROOT / "shots"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    with tempfile.TemporaryDirectory() as data, made(Path(data)) as address, sync_playwright() as playwright:
        _know_the_demo(data)
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        take_all(browser, address, folder, wanted)
        browser.close()
    say(f"The pictures are in {folder}.")
    return 0


def take_all(
    browser: Browser, address: str, folder: Path, wanted: list[str], in_colours: tuple[Colours, ...] = get_args(Colours)
) -> None:
    """Pictures of the demo at *address*, at every width, into *folder*: ``my-day-390-light.png``."""
    for width, height in WIDTHS.items():
        for colours in in_colours:
            page = _window(browser, address, width, height, colours)
            _take(page, folder, DOOR, f"{width}-{colours}", wanted)
            _enter(page, "case_manager")
            _take(page, folder, SCREENS, f"{width}-{colours}", wanted)
            page.context.close()
            page = _window(browser, address, width, height, colours)
            _enter(page, "administrator")
            _take(page, folder, SETTINGS, f"{width}-{colours}", wanted)
            page.context.close()


def _know_the_demo(data: str) -> None:
    """The list of demo sign-ins is part of the product, and the product needs its settings."""
    os.environ |= {"GOLDTHREAD_DATA": data, "DJANGO_SETTINGS_MODULE": "goldthread.settings"}
    django.setup()


def _window(browser: Browser, address: str, width: int, height: int, colours: Colours) -> Page:
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": height}, color_scheme=colours, locale="en-US"
    )
    return context.new_page()


def _enter(page: Page, role: str) -> None:
    from tests.browser import sign_in

    sign_in(page, role)


def _take(page: Page, folder: Path, screens: dict[str, str], suffix: str, wanted: list[str]) -> None:
    for name, address in screens.items():
        if wanted and not any(word in name for word in wanted):
            continue
        if address.startswith("client:"):
            page.goto(_first_client(page) + address.removeprefix("client:"))
        else:
            page.goto(address)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=folder / f"{name}-{suffix}.png", full_page=True)


def _first_client(page: Page) -> str:
    page.goto("/clients/")
    links: list[str] = page.locator("main a[href^='/clients/']").evaluate_all("all => all.map(link => link.pathname)")
    return next(path for path in links if len(path) == len("/clients//") + 36)


if __name__ == "__main__":
    sys.exit(main())
