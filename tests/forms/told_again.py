"""Tests that speak to pages over HTTP, told once more with presses in Chromium (a pytest plugin: ``-p tests.forms.told_again``).

Every test that it is given runs as ever, but whoever signs in there gets a browser that presses (``pressing``). ``./test --full``
gives it what stands in ``told_again.txt``: forms that need a long story before they are there.
"""

import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The server is another thread: it must see what the test has written."""
    for item in items:
        item.add_marker(pytest.mark.django_db(transaction=True), append=False)
        item.fixturenames[:] = ["live_server", *item.fixturenames]  # type: ignore[attr-defined]  # of a function


@pytest.fixture(autouse=True)
def pressing(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whoever signs in gets a browser that presses, wherever tests and stories do it."""
    from tests.access.world import (
        browser as plainly,
    )  # here: models need the settings, which pytest reads after this plugin
    from tests.forms.pressing import Pressing

    address: str = request.getfixturevalue("live_server").url
    chromium: Any = request.getfixturevalue("chromium_browser")
    opened: list[Any] = []

    def browser(staff: Any) -> Any:
        opened.append(Pressing(plainly(staff), chromium, address))
        return opened[-1]

    if "client" in request.fixturenames:
        client, same = request.getfixturevalue("client"), Client()
        same.cookies = client.cookies
        opened.append(Pressing(same, chromium, address))
        monkeypatch.setattr(client, "get", opened[-1].get)
        monkeypatch.setattr(client, "post", opened[-1].post)
    if "on" in request.fixturenames:
        request.getfixturevalue("on").ticks = True
    for name, module in list(sys.modules.items()):
        if name.startswith("tests.") and name != plainly.__module__ and vars(module).get("browser") is plainly:
            monkeypatch.setattr(module, "browser", browser)
    yield
    for one in opened:
        one.close()
