"""Every form of the demo agency's pages, sent with something odd in one field at a time. ``python -m tests.attack.poisoning DATA
[TRIES]`` walks, one role after the other, all that links lead to on the data folder DATA, and writes one line of JSON: how many forms
and requests there were, and every fault. What a request changed is taken back, so that each form is met as the demo made it.
"""

import json
import os
import sys
import traceback
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from random import Random
from typing import Any
from urllib.parse import urljoin, urlsplit

ROLES = ("keisha.monroe", "renee.baptiste", "gloria.nakamura", "calvin.brooks", "priya.raghunathan", "hana.yoshimura")
BEGINNINGS = ("/", "/clients/", "/inquiries/", "/settings/", "/calendar/", "/waitlists/", "/team/")
PAGES = 3
"""Pages of one kind that are looked at by each role; two with a query, too."""
TRIES = 12
FIELDS = 40
LONGEST_QUERY = 4000
ODD = (
    *("", "x", "-1", "7", "9" * 400, "1e999", "0x10", "True", "\u0661\u0662", "12.5.7"),
    *("9999-12-31", "0001-01-01", "2026-02-30", "25:61", "24:00", "10:00:61", "31/31/3131"),
    *(
        "00000000-0000-7000-8000-000000000000",
        "\u202e\U0001f47b" * 60,
        "a" * 40_500,
        "\r\n\x1b[2J",
        "\ufffe",
        "[]",
        "{",
    ),
)
TYPED = {"date": "2026-11-20", "time": "10:00", "number": "5", "email": "a@b.example", "hidden": ""}
"""What stands in an empty field that is not the odd one, by its type; in any other, words."""
Sent = dict[str, list[str]]


@dataclass
class Form:
    """A form as a page has it. ``fields``: what would be sent as it stands; ``buttons``: those with a name, and what each says."""

    action: str
    posts: bool
    fields: Sent = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


class Page(HTMLParser):
    """The links and forms of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.named: dict[str, Form] = {}
        self.inside: Form | None = None
        self.choosing: tuple[Form, str] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        for link in (said.get("href", "") if tag == "a" else "", said.get("hx-get", "")):
            if link:
                self.links.append(link)
        if tag == "form":
            posts = said.get("method", "").lower() == "post" or "hx-post" in said
            self.inside = Form(said.get("action", "") or said.get("hx-post", ""), posts)
            self.forms.append(self.inside)
            self.named[said.get("id", "")] = self.inside
        form = self.named.get(said["form"]) if said.get("form") else self.inside
        if form:
            self._field(form, tag, said, "checked" in dict(attrs) or "selected" in dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None
        if tag == "select":
            self.choosing = None

    def _field(self, form: Form, tag: str, said: dict[str, str], chosen: bool) -> None:
        name, value = said.get("name", ""), said.get("value", "")
        kind = said.get("type", "text")
        if tag == "option" and self.choosing:
            self._offer(*self.choosing, value, chosen)
        elif not name:
            return
        elif tag == "button" or kind in ("submit", "image"):
            form.buttons.append((name, value))
        elif tag == "select":
            self.choosing = (form, name)
            form.fields.setdefault(name, [])
        elif tag == "textarea":
            form.fields.setdefault(name, ["Words"])
        elif tag == "input":
            self._input(form, kind, name, value, chosen)

    def _input(self, form: Form, kind: str, name: str, value: str, chosen: bool) -> None:
        if kind == "file":
            form.files.append(name)
        elif kind in ("radio", "checkbox"):
            self._offer(form, name, value or "on", chosen, first=kind == "radio")
        else:
            form.fields.setdefault(name, []).append(value or TYPED.get(kind, "Words"))

    def _offer(self, form: Form, name: str, value: str, chosen: bool, first: bool = True) -> None:
        there = form.fields.setdefault(name, [])
        if chosen:
            form.fields[name] = [*there, value] if not first else [value]
        elif first and not there and value:
            form.fields[name] = [value]


def poisoned(form: Form, button: tuple[str, str] | None, tries: int, chance: Random) -> Iterator[tuple[str, Sent]]:
    """What is sent: the form as it stands, then with one field odd, left out or twice there, as chance has it. With what it was."""
    whole = form.fields | ({button[0]: [button[1]]} if button else {})
    whole.pop("csrfmiddlewaretoken", None)
    yield "as it stands", whole
    odd = [(name, [value]) for name in list(whole)[:FIELDS] for value in ODD]
    odd += [(name, wanted) for name in list(whole)[:FIELDS] for wanted in ([], [*whole[name], "x"])]
    for name, values in chance.sample(odd, min(tries, len(odd))):
        yield f"{name}={[value[:40] for value in values]}", whole | {name: values}


class Walk:
    """One role's way through the agency."""

    def __init__(self, email: str, met: set[object], tries: int) -> None:
        from django.test import Client

        from goldthread.foundation.workforce.models import Staff
        from tests.access.world import browser

        self.met, self.tries, self.who = met, tries, email.split("@")[0]
        self.made: Callable[[], Client] = lambda: Client(raise_request_exception=False, SERVER_NAME="localhost")
        self.cookies = {name: one.value for name, one in browser(Staff.objects.get(user__email=email)).cookies.items()}
        self.faults: list[str] = []
        self.asked = 0
        self.why = ""

    def __call__(self) -> None:
        waiting, seen, kinds = deque(BEGINNINGS), set(), Counter[object]()
        while waiting:
            address = waiting.popleft()
            kind = (name_of(address), "?" in address)
            if kind[0] is None or address in seen or kinds[kind] >= PAGES - ("?" in address):
                continue
            kinds[kind] += 1
            seen.add(address)
            answer = self._ask(f"GET {address}", lambda client, address=address: client.get(address))
            if answer.status_code in (301, 302):
                waiting.append(urljoin(address, answer["Location"]))
            if answer.streaming or "html" not in answer.headers.get("Content-Type", ""):
                continue
            page = Page(answer.content.decode())
            waiting.extend(filter(None, (here(address, link) for link in page.links)))
            for form in page.forms:
                self._send(address, form)

    def _send(self, address: str, form: Form) -> None:
        to = here(address, form.action or address)
        name = name_of(to) if to else None
        for button in form.buttons or [None]:
            fields = tuple(sorted(one.rstrip("0123456789") for one in form.fields))
            key = (name, form.posts, fields, button and (button[0], button[1][:20]))
            if name is None or key in self.met:
                continue
            self.met.add(key)
            for what, sent in poisoned(form, button, self.tries, Random(str(key))):
                if form.posts or all(len(value) < LONGEST_QUERY for values in sent.values() for value in values):
                    self._ask(f"{to} {button} {what}", lambda client, sent=sent: submitted(client, str(to), form, sent))

    def _ask(self, what: str, request: Callable[[Any], Any]) -> Any:
        """Ask in a browser that is signed in, and take back what it did."""
        from django.db import transaction

        client, self.why = self.made(), ""
        for name, value in self.cookies.items():
            client.cookies[name] = value
        block: Any = transaction.atomic()
        block._from_testcase = True
        with block:
            try:
                answer = request(client)
            finally:
                transaction.set_rollback(True)
        self.asked += 1
        if answer.status_code >= 500:
            self.faults.append(f"{self.who}: {what}: {self.why}")
        return answer


def submitted(client: Any, to: str, form: Form, sent: Sent) -> Any:
    """*form*, sent by *client* with these words."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    if not form.posts:
        return client.get(to.split("?")[0], sent)
    return client.post(to, {**sent, **{name: SimpleUploadedFile("a.txt", b"words") for name in form.files}})


def here(address: str, link: str) -> str | None:
    """Where *link* leads from *address*, within the house; None where it leads out of it."""
    found = urlsplit(urljoin(address, link))
    return None if found.netloc or found.scheme else f"{found.path}?{found.query}" if found.query else found.path


def name_of(address: str) -> str | None:
    """The name of the page at *address*. None: there is none, or it signs out."""
    from django.urls import Resolver404, resolve

    try:
        name = resolve(urlsplit(address).path).view_name
    except Resolver404:
        return None
    return None if "logout" in name or "sign-out" in name else name


def walk_all(tries: int) -> dict[str, Any]:
    """All roles, one after the other: a form that one has met is not sent by the next."""
    from django.core.signals import got_request_exception

    met: set[object] = set()
    told: dict[str, Any] = {"asked": {}, "forms": 0, "faults": []}
    for role in ROLES:
        walk = Walk(f"{role}@alderquay.example", met, tries)

        def tell(walk: Walk = walk, **_more: Any) -> None:
            kind, error, trace = sys.exc_info()
            ours = [one for one in traceback.extract_tb(trace) if "goldthread" in one.filename]
            walk.why = f"{kind and kind.__name__}: {error} {[f'{one.name}:{one.lineno}' for one in ours[-2:]]}"[:300]

        got_request_exception.connect(tell)
        walk()
        got_request_exception.disconnect(tell)
        told["asked"][role] = walk.asked
        told["faults"] += walk.faults
    return told | {"forms": len(met)}


def main(data: str, tries: int = TRIES) -> None:
    """Walk on the data folder *data*, and print what was met."""
    import logging

    import django

    os.environ |= {"GOLDTHREAD_DATA": data, "GOLDTHREAD_DEBUG": "1", "DJANGO_SETTINGS_MODULE": "goldthread.settings"}
    django.setup()
    logging.disable(logging.CRITICAL)
    sys.stdout.write(json.dumps(walk_all(tries)))


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
