"""What a test sends over HTTP, sent by a person: the form is looked up on the page, filled in field by field, and its button pressed.

``Pressing`` answers like Django's client of tests, so a story that was told over HTTP is told once more in Chromium. Pages are read over
HTTP, too; only sending goes through the browser. What no form of the page would send (a value that is not offered, a field that
is not there) goes over HTTP as before: it is no press, and is not counted as one.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ElementHandle, Locator, Page, Response, expect
from playwright.sync_api import Error as BrowserError

from tests.browser import DEADLINE, DESK

FIND = """
([path, said, button, again]) => {
  const names = Object.keys(said).filter((name) => name && !again.includes(name));
  const at = (address) => new URL(address ?? location.href, location.href).pathname;
  const leads = (one) => at(one.getAttribute("hx-post") ?? one.getAttribute("formaction") ?? one.getAttribute("action")) === path;
  const elsewhere = (one) => one.type === "submit" && (one.hasAttribute("hx-post") || one.hasAttribute("formaction"));
  const goes = (form) => leads(form) || [...form.elements].some((one) => elsewhere(one) && leads(one));
  const has = (form, name) => [...form.elements].some((one) => one.name === name);
  const presses = (form) => [...form.elements].some((one) => one.type === "submit" && names.includes(one.name) && one.value === button[one.name]);
  const fixed = (one) => one.type === "hidden" && names.includes(one.name);
  const says = (form) => [...form.elements].every((one) => !fixed(one) || said[one.name].includes(one.value));
  const fit = (form) => names.every((name) => has(form, name)) ? 1 + says(form) + presses(form) : 0;
  const found = [...document.forms].filter((form) => (form.getAttribute("method") ?? "").toLowerCase() === "post" && goes(form));
  const best = found.filter(fit).sort((one, other) => fit(other) - fit(one))[0];
  document.querySelectorAll("[data-pressing]").forEach((one) => one.removeAttribute("data-pressing"));
  best?.setAttribute("data-pressing", "");
  return Boolean(best);
}
"""
OPEN = """
form => {
  for (let one = form; one; one = one.parentElement) if (one.tagName === "DETAILS") one.open = true;
  form.querySelectorAll("details").forEach(one => { one.open = true; });
}
"""


PATIENCE, ANSWER = 15_000, 30_000
"""Milliseconds for one hand on a field or button, and until the answer is there: what takes longer goes over HTTP, and is no press. Shorter
ones were missed where the machine did much else, and what had been typed into the page stood in the way of what then went over HTTP."""
NEW_EACH_TIME = ("csrfmiddlewaretoken", "form_id", "writer")
"""Hidden fields that are another on each reading of the page."""


class NotAPress(Exception):
    """No person could send this from a page."""


@dataclass
class Answer:
    """Of the server, as tests read it."""

    status_code: int
    content: bytes
    headers: dict[str, str]

    def json(self) -> Any:
        return json.loads(self.content)

    def __getitem__(self, header: str) -> str:
        return self.headers[header]


@dataclass
class Pressing:
    """Somebody's browser. *plain* is signed in; Chromium is with the same cookie."""

    plain: Client
    browser: Browser
    base: str
    pressed: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    _at: str = ""
    _context: BrowserContext | None = None
    _page: Page | None = None

    def get(self, path: str, *given: Any, **more: Any) -> Any:
        """Over HTTP; remembered, as the page on which a form may stand."""
        answer = self.plain.get(path, *given, **more)
        chain = getattr(answer, "redirect_chain", None)
        self._at = chain[-1][0] if chain else path
        return answer

    def post(self, path: str, data: Mapping[str, Any] | None = None, *, follow: bool = False, **more: Any) -> Any:
        """By a press, where a page has such a form; else over HTTP."""
        path = path.partition("#")[0]
        if not more:
            try:
                return self._press(path, data or {}, follow=follow)
            except (NotAPress, BrowserError):
                pass
        self.sent.append(path)
        return self.plain.post(path, data, follow=follow, **more)

    @property
    def cookies(self) -> Any:
        return self.plain.cookies

    def close(self) -> None:
        if self._context:
            self._context.close()

    def _press(self, path: str, data: Mapping[str, Any], *, follow: bool) -> Answer:
        form = self._form(path.partition("?")[0], data)
        form.evaluate(OPEN)
        _fill(form, {name: _words(value) for name, value in data.items()})
        page, button = self._opened, _button(form, path.partition("?")[0], data)
        try:
            with page.expect_response(lambda one: _answers(one, path), timeout=ANSWER) as waiting:
                button.click(timeout=PATIENCE)
        finally:
            self._at = ""
        self.pressed.append(path)
        answer: Response = waiting.value
        page.wait_for_load_state()
        expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0, timeout=DEADLINE)
        self._keep_ticket()
        status = 200 if follow and answer.status < 400 else answer.status
        return Answer(status, page.content().encode(), {"Location": _place(answer.headers.get("location", ""))})

    def _form(self, path: str, data: Mapping[str, Any]) -> Locator:
        said = {name: _words(value) for name, value in data.items()}
        wanted = [path, said, {name: value[0] for name, value in said.items() if value}, NEW_EACH_TIME]
        page = self._opened
        self._same_ticket()
        for place in dict.fromkeys(("", self._at, path, *_above(path))):
            if place and not _is_page(page.goto(place)):
                continue
            if (place or page.url != "about:blank") and not (place == "" and self._at) and page.evaluate(FIND, wanted):
                return page.locator("[data-pressing]")
        raise NotAPress

    @property
    def _opened(self) -> Page:
        if self._page is None:
            self._context = self.browser.new_context(
                base_url=self.base, viewport=DESK, locale="en-US", timezone_id="America/New_York"
            )
            self._context.set_default_timeout(DEADLINE)
            self._page = self._context.new_page()
            self._page.on("dialog", lambda dialog: dialog.accept())
        return self._page

    def _keep_ticket(self) -> None:
        """Who signed in by a press is signed in over HTTP."""
        for cookie in self._context.cookies() if self._context else ():
            self.plain.cookies[cookie.get("name", "")] = cookie.get("value", "")

    def _same_ticket(self) -> None:
        """Chromium is whoever is signed in over HTTP; who is not yet signed in, is not."""
        ticket = self.plain.cookies.get(settings.SESSION_COOKIE_NAME)
        if ticket and ticket.value and self._context:
            self._context.add_cookies([{"name": ticket.key, "value": ticket.value, "url": self.base}])


def _above(path: str) -> list[str]:
    """The pages that a form which is sent to *path* may stand on: the nearest first."""
    parts = path.strip("/").split("/")
    return ["/" + "/".join(parts[:count]) + "/" for count in range(len(parts) - 1, 0, -1)]


def _is_page(response: Response | None) -> bool:
    return response is not None and response.status < 400


def _answers(response: Response, path: str) -> bool:
    """Is it what the form was sent for? What scripts save by the way is answered with nothing."""
    sent = response.request.method == "POST" and urlsplit(response.url).path == path.partition("?")[0]
    return sent and response.status != 204


def _words(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]


def _place(location: str) -> str:
    """As Django's client tells it: without the server."""
    parts = urlsplit(location)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _fill(form: Locator, said: Mapping[str, list[str]]) -> None:
    """As a person does, who chooses first: it may bring to light what is written then. A hidden field is what it is."""
    fields = form.evaluate_handle(
        "(form, names) => [...form.elements].filter(one => names.includes(one.name))", [name for name in said if name]
    )
    found = [one for one in (handle.as_element() for handle in fields.get_properties().values()) if one]
    kinds = [(one, str(one.evaluate("one => one.type")), str(one.get_attribute("name"))) for one in found]
    for one, kind, name in kinds:
        if kind in ("radio", "checkbox"):
            _choose(one, kind, said[name])
    for one, kind, name in kinds:
        if kind.startswith("select"):
            _select(one, said[name])
        elif kind not in ("radio", "checkbox"):
            _write(one, kind, name, said[name])


def _select(one: ElementHandle, values: list[str]) -> None:
    if one.evaluate("one => [...one.selectedOptions].map(option => option.value)") != values:
        one.select_option(values, timeout=PATIENCE)


def _write(one: ElementHandle, kind: str, name: str, values: list[str]) -> None:
    if kind == "file" or (kind == "hidden" and name not in NEW_EACH_TIME and one.input_value() not in values):
        raise NotAPress
    if kind not in ("hidden", "submit", "button") and one.input_value() != values[0].replace("\r\n", "\n"):
        one.fill(values[0], timeout=PATIENCE)


def _choose(one: ElementHandle, kind: str, values: list[str]) -> None:
    wanted = one.get_attribute("value") in values or (one.get_attribute("value") is None and "on" in values)
    if one.is_checked() != wanted and (wanted or kind == "checkbox"):
        one.set_checked(wanted, timeout=PATIENCE)


def _button(form: Locator, path: str, data: Mapping[str, Any]) -> ElementHandle:
    """Of the buttons that send to *path*: the one that says what is sent, else the first."""
    words = [re.sub(r"^\['?|'?\]$", "", str(value)) for value in data.values()]
    found = form.evaluate_handle(
        """(form, [path, names, values]) => {
          const at = one => one.getAttribute("hx-post") ?? one.getAttribute("formaction") ?? form.getAttribute("hx-post") ?? form.getAttribute("action");
          const leads = one => new URL(at(one) ?? location.href, location.href).pathname === path;
          const buttons = [...form.elements].filter(one => one.type === "submit" && leads(one));
          return buttons.find(one => one.name && values[names.indexOf(one.name)] === one.value) ?? buttons.find(one => !one.name) ?? buttons[0];
        }""",
        [path, list(data), words],
    ).as_element()
    if found is None:
        raise NotAPress
    return found
