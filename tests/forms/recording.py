"""What is pressed in Chromium, over the whole stage (a pytest plugin, loaded by conftest).

Where ``GOLDTHREAD_TEST_PRESSED`` names a folder, each worker writes into it which forms of the templates were sent and taken by
the server, and which of their choices could be seen and pressed. ``python -m tests.forms.check FOLDER`` judges it.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Response

from tests.forms.stamps import stamp, written_in_python

FOLDER = "GOLDTHREAD_TEST_PRESSED"
SCRIPT = Path(__file__).with_name("recorder.js")
SENT, THERE, CHANGED = "form-sent ", "form-there ", "form-changed "
WORDS = ("section", "kind", "what", "slug")
"""Parts of an address that choose another form, not another thing."""


@dataclass
class Pressed:
    """The forms (and named buttons) that a browser sent and the server took; the choices of the forms that were sent."""

    taken: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    there: set[str] = field(default_factory=set)
    shown: set[str] = field(default_factory=set)
    covered: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)
    in_python: dict[str, str] = field(default_factory=written_in_python)
    _sent: list[tuple[str, str, set[str]]] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Listen to all pages of *context*."""
        context.add_init_script(path=SCRIPT)
        context.on("console", self._says)
        context.on("response", self._answers)

    def _says(self, message: ConsoleMessage) -> None:
        if message.text.startswith(THERE):
            told = json.loads(message.text.removeprefix(THERE))
            if form := self._form(told):
                self.there.add(f"{form} → {route_of(told['method'], told['path'])}")
        if message.text.startswith(CHANGED):
            self._offers(json.loads(message.text.removeprefix(CHANGED)))
        if message.text.startswith(SENT):
            self._was_sent(json.loads(message.text.removeprefix(SENT)))

    def _was_sent(self, told: dict[str, Any]) -> None:
        form, button, route = self._form(told), told["button"], route_of(told["method"], told["path"])
        names = {f"{form} → {route}", form} if form else set()
        names |= {route} | ({button.replace(".html ", ".html button ")} if button else set())
        self._offers(told)
        if told["method"] == "DIALOG":
            self.taken |= names
        else:
            self._sent.append((told["method"], told["path"], names))

    def _offers(self, told: dict[str, Any]) -> None:
        if form := self._form(told):
            for how in ("shown", "covered", "hidden"):
                getattr(self, how).update(f"{form}: {choice}" for choice in told.get(how) or ())

    def _form(self, told: dict[str, Any]) -> str | None:
        """Where the form is written; None: not by us."""
        name: str = told["form"]
        return self.in_python.get(name.removeprefix("class ")) if name.startswith("class ") else name

    def _answers(self, response: Response) -> None:
        path = urlsplit(response.url).path
        for sent in [one for one in self._sent if one[:2] == (response.request.method, path)]:
            self._sent.remove(sent)
            (self.taken if response.status < 400 else self.refused).update(sent[2])

    def write(self, folder: Path) -> None:
        """Add it to what others wrote. What was sent last, and the window closed before its answer was heard, counts as taken."""
        for _method, _path, names in self._sent:
            self.taken |= names
        said = {
            name: sorted(getattr(self, name)) for name in ("taken", "refused", "there", "shown", "covered", "hidden")
        }
        (folder / f"{os.getpid()}.json").write_text(json.dumps(said), "utf-8")


def route_of(method: str, path: str) -> str:
    """Where a form is sent to: ``POST clients:row_add names``."""
    if method == "DIALOG":
        return method
    try:
        found = resolve(path)
    except Resolver404:
        return f"{method} {path}"
    words = [str(found.kwargs[name]) for name in WORDS if name in found.kwargs]
    return " ".join([method, found.view_name, *words])


def folder() -> Path | None:
    """Where this run is recorded, if it is."""
    return Path(os.environ[FOLDER]) if os.environ.get(FOLDER) else None


def pytest_configure() -> None:
    """Pages that this very process serves are stamped, too."""
    if folder():
        stamp(settings.TEMPLATES)


@contextmanager
def recorded(browser: Browser) -> Iterator[None]:
    """Every window that *browser* opens is listened to, where this run is recorded; written down at the end."""
    into = folder()
    if into is None:
        yield
        return
    pressed, opens = Pressed(), browser.new_context

    def open_and_listen(**wishes: Any) -> BrowserContext:
        context = opens(**wishes)
        pressed.over(context)
        return context

    browser.new_context = open_and_listen  # type: ignore[method-assign]  # to hear each page from its start
    yield
    pressed.write(into)
