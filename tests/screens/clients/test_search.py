"""Search as you type leaves one line in the access log for each search that settled, and none for the letters on the way."""

import datetime
import json
import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, expect

from tests.screens.clients.steps import enter, new_client, some_name

pytestmark = pytest.mark.browser
BETWEEN_KEYS = 120
"""Milliseconds: somebody who types with all fingers. The page waits for 250 without a key."""


def told(data: Path, client: str) -> list[str]:
    """Where the access log says that somebody was shown *client* in a list."""
    with sqlite3.connect(f"file:{data / 'goldthread.sqlite3'}?mode=ro", uri=True) as database:
        rows = database.execute(
            "select details from audit_event where action = 'client.listed' and client = ? order by id", (client,)
        )
        return [str(json.loads(details)["page"]) for (details,) in rows]


def test_a_name_typed_key_by_key_is_one_line_of_the_log(page: Page, live_data: Path) -> None:
    """With the page's clock in hand: how long a key takes does not hang on what else the machine does."""
    enter(page)
    family = some_name()
    client = new_client(page, family=family).split("/")[2].replace("-", "")
    asked: list[str] = []

    def listen(request: Request) -> None:
        if "/search/" in request.url:
            asked.append(request.url.partition("?q=")[2])

    page.on("request", listen)
    page.clock.install()
    for hours, (place, answers) in enumerate((("/help/", "#search-answers"), ("/search/", "#answers")), 1):
        page.goto(place)
        page.keyboard.press("/") if place == "/help/" else page.focus("#q")
        page.clock.pause_at(datetime.datetime.now() + datetime.timedelta(hours=hours))
        asked.clear()
        before = told(live_data, client)
        for letter in family:
            page.keyboard.press(letter)
            page.clock.run_for(BETWEEN_KEYS)
        assert asked == [], "asked while somebody was typing"
        page.clock.resume()
        expect(page.locator(f"{answers} a").first).to_contain_text(family)
        assert asked == [family]
        assert told(live_data, client) == [*before, "search"]
