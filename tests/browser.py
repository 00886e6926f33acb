"""Chromium for tests (a pytest plugin, loaded by conftest).

``page`` is a fresh browser window on the demo agency (``live``). Whatever the browser complains of fails the test:
errors in the console, scripts that throw, requests that fail, answers from 400 up. A test that provokes one says so
beforehand: ``watch.forgive("404")``.
"""

import os
import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, ViewportSize, expect, sync_playwright

from scripts.machine import chromium
from tests.demo_as_made import make_once
from tests.forms.recording import recorded
from tests.serving import served, working

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
DESK: ViewportSize = {"width": 1366, "height": 768}
PHONE: ViewportSize = {"width": 390, "height": 844}
_LATER = pytest.mark.slow
AT_A_DESK = pytest.mark.parametrize("size", [DESK, pytest.param(PHONE, marks=_LATER)], ids=["desk", "phone"])
ON_A_PHONE = pytest.mark.parametrize("size", [PHONE, pytest.param(DESK, marks=_LATER)], ids=["phone", "desk"])
"""The same way is walked on both: each time where those who walk it mostly are, and on the other with ``./test --full``."""
DEADLINE = 10_000
"""Milliseconds that an element has to appear."""
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # what is in order is not described piece by piece: half the time of a long page
}


_cookies: dict[str, Any] = {}
"""Of each role that has signed in."""


@dataclass
class Watch:
    """What the browser complained of."""

    complaints: list[str] = field(default_factory=list)
    forgiven: list[str] = field(default_factory=list)

    def forgive(self, part: str) -> None:
        """Complaints that contain *part* are expected in this test."""
        self.forgiven.append(part)

    @property
    def unforgiven(self) -> list[str]:
        """The complaints that nobody expected."""
        return [text for text in self.complaints if not any(part in text for part in self.forgiven)]

    def over(self, page: Page) -> None:
        """Listen to *page*."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("requestfailed", self._request)
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # a page left before its last request was answered
            self.complaints.append(f"request: {request.url} {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"answer: {response.status} {response.url}")


@pytest.fixture(scope="session")
def demo_as_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demo agency, to be copied. Made once for all workers of a run: it takes ten seconds."""
    if beforehand := os.environ.get("GOLDTHREAD_TEST_DEMO"):
        return make_once(Path(beforehand))
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    return make_once(shared / "demo-as-made")


@pytest.fixture(scope="session")
def live_data(demo_as_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the demo agency behind ``live``."""
    return Path(shutil.copytree(demo_as_made, tmp_path_factory.mktemp("live"), dirs_exist_ok=True))


@pytest.fixture(scope="session")
def live(live_data: Path) -> Iterator[str]:
    """The address of a demo agency for all browser tests of this worker. Tests find what they change by names of their own."""
    with served(live_data) as address:
        yield address


@pytest.fixture
def at_work(live_data: Path, live: str) -> Iterator[None]:
    """Jobs of the demo agency are done while the test runs."""
    with working(live_data):
        yield


@pytest.fixture(scope="session")
def chromium_browser() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    path = chromium()
    assert path, "Chromium is not installed"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps a loop running in this thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        with recorded(browser):
            yield browser
        browser.close()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")


@pytest.fixture
def watch() -> Watch:
    """What this test's browser complained of."""
    return Watch()


@pytest.fixture
def page(chromium_browser: Browser, live: str, watch: Watch, tmp_path: Path) -> Iterator[Page]:
    """A window of its own, on a desk-sized screen: ``page.goto("/clients/")``."""
    context = chromium_browser.new_context(base_url=live, viewport=DESK, locale="en-US", timezone_id="America/New_York")
    context.set_default_timeout(DEADLINE)
    opened = context.new_page()
    watch.over(opened)
    yield opened
    context.close()
    assert watch.unforgiven == []


def sign_in(page: Page, role: str = "case_manager", to: str = "/") -> None:
    """Be signed in as the demo's first colleague of *role*, on the page *to*.

    Whoever came in through the door once in this run stays signed in, unless a test has shut it: the door has tests of its own.
    """
    if role in _cookies:
        page.context.add_cookies(_cookies[role])
        page.goto(to)
        if "/account/" not in page.url:
            return
        page.context.clear_cookies()
    _through_the_door(page, role)
    _cookies[role] = page.context.cookies()
    if to != "/":
        page.goto(to)


def _through_the_door(page: Page, role: str) -> None:
    from goldthread.doors.demo.signins import signins  # here: needs Django, which pytest sets up after this plugin

    email, password = next((email, word) for held, _, email, word in signins() if held == role)
    page.goto("/account/sign-in/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", password)
    page.click("main form button[type=submit]")
    page.wait_for_url(re.compile(r"^(?!.*/account/sign-in/)"))


def until(page: Page, holds: str) -> None:
    """Wait until the expression *holds* in the page. Playwright's own way asks anew by eval, which our CSP forbids: it fails
    whenever the first answer is no."""
    deadline = time.monotonic() + DEADLINE / 1000
    while not page.evaluate(holds):
        assert time.monotonic() < deadline, holds
        page.wait_for_timeout(50)


def axe(page: Page) -> None:
    """The page as it stands, once what was asked for has come, breaks no rule of WCAG 2.2 AA that a machine can check."""
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0, timeout=DEADLINE)
    results: Any = Axe().run(page, options=RULES)
    found = [
        f"{broken['id']}: {broken['help']} — {node['target']} {node['html'][:160]}"
        for broken in results.response["violations"]
        for node in broken["nodes"]
    ]
    assert found == [], "\n".join(found)
