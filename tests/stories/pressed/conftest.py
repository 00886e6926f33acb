"""Windows of Chromium on the agency of a story, served by this very process."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from goldthread.foundation.workforce.models import Staff
from tests.access.world import browser
from tests.browser import DEADLINE, DESK, Watch

Screen = Callable[..., Page]


@pytest.fixture
def screen(live_server: LiveServer, chromium_browser: Browser, watch: Watch) -> Iterator[Screen]:
    """``screen(ann)``: her browser, signed in; ``screen()``: somebody's who is not. With ``scripts=False`` it runs none."""
    Client().get("/healthz")  # loads all pages, which no window's deadline has to wait for
    opened = []

    def open_for(staff: Staff | None = None, *, scripts: bool = True) -> Page:
        context = chromium_browser.new_context(
            base_url=live_server.url,
            viewport=DESK,
            locale="en-US",
            timezone_id="America/New_York",
            java_script_enabled=scripts,
        )
        context.set_default_timeout(DEADLINE)
        context.set_default_navigation_timeout(3 * DEADLINE)
        if staff:
            ticket = browser(staff).cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": ticket, "url": live_server.url}])
        opened.append(context)
        page = context.new_page()
        watch.over(page)
        return page

    yield open_for
    for context in opened:
        context.close()
    assert watch.unforgiven == []
