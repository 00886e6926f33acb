"""What shipped programs call things is in the reader's language wherever it is shown (ADR 87), and not only where somebody thought of it.

People who read Spanish walk from page to page over the demo agency, of each kind of page one. No English word of a shipped template may
be left standing on its own: as a line, a choice, a heading, or as what a colon or a dot sets apart. Sentences that people typed are theirs.
"""

import html
import re
from collections import deque
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve, reverse
from django.utils import translation

from goldthread.casework.aftercare.enums import AfterState
from goldthread.casework.aftercare.models import AftercareContact
from goldthread.casework.discharge.enums import WayState
from goldthread.casework.discharge.models import WayOut
from goldthread.doors.demo.agency import GLORIA
from goldthread.foundation.accounts.models import User
from goldthread.foundation.agency.models import Agency
from goldthread.foundation.lib.spoken import PROGRAM, spoken
from goldthread.foundation.ui.catalogue import messages
from goldthread.foundation.workforce.models import Staff
from tests.access.test_urls import body
from tests.access.world import browser
from tests.architecture.tree import ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LEFT_OUT = (
    "account",
    "mfa",
    "audit",
    "instruments",
    "settings",
    "shell",
    "mailbox",
    "facts",
    "skills",
    "imports",
    "packages",
)
"""Rooms of which no page speaks of a program's rules."""
UNSEEN = re.compile(r"<(script|style|template)\b.*?</\1>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
APART = re.compile(r"\s*[\n:·;()“”]+\s*")
"""What sets one thing apart from another in a line."""
LINK = re.compile(r'href="([^"#]+)')
ENOUGH = 40
"""Different words of programs that stand on the pages, in Spanish: a walk that met none could not fail."""


@pytest.fixture(scope="module")
def words() -> dict[str, str]:
    """Each English word of a shipped template, with what it is in Spanish."""
    english = [str(one.id) for one in messages(ROOT / "goldthread") if one.context == PROGRAM]
    with translation.override("es"):
        said = {word: spoken(word) for word in english}
    return {word: spanish for word, spanish in said.items() if spanish != word}


def walk(staff: Staff, first: list[str], had: set[Any]) -> Iterator[tuple[str, str]]:
    """Address by address what *staff* reads, from *first* on, but for the kinds of pages that somebody had already (*had*)."""
    page, waiting = browser(staff), deque(first)
    while waiting:
        address = waiting.popleft()
        answer = page.get(address)
        if answer.status_code in (301, 302):
            links = [answer.headers["Location"]]
        elif answer.status_code == 200 and not answer.streaming and "html" in answer.headers["Content-Type"]:
            text = answer.content.decode()
            yield address, text
            links = [html.unescape(link) for link in LINK.findall(text)]
        else:
            body(answer)  # of a file: read to its end it is closed
            continue
        for link in links:
            kind = kind_of(link)
            if kind and kind not in had:
                had.add(kind)
                waiting.append(link)


def kind_of(link: str) -> tuple[str, bool] | None:
    """The name of its page, and whether something is asked of it; None: not a page of interest here."""
    parts = urlsplit(link)
    if parts.netloc or not parts.path.startswith("/") or "." in parts.path:
        return None
    try:
        name = resolve(parts.path).view_name
    except Resolver404:
        return None
    return None if name.split(":")[0].split("_")[0] in LEFT_OUT else (name, bool(parts.query))


def pieces(page: str) -> Iterator[str]:
    """What is read on *page*, thing by thing."""
    for line in TAG.sub("\n", UNSEEN.sub("", page)).split("\n"):
        yield from APART.split(html.unescape(line).strip())


def walkers() -> list[tuple[Staff, list[str]]]:
    """Who is discharging somebody, and who calls somebody who has left, from these clients on; a supervisor; who answers for programs."""
    leaving = WayOut.objects.filter(state=WayState.OPEN).select_related("begun_by").order_by("pk")[0]
    called = AftercareContact.objects.filter(state=AfterState.PLANNED).select_related("staff", "aftercare")
    gone = called.order_by("pk")[0]
    clients = [leaving.person_id, gone.aftercare.person_id]
    around = [[f"/clients/{pk}/", reverse("timeline:list", args=[pk])] for pk in clients]
    ways = [
        reverse(f"discharge:{page}", args=[leaving.person_id, leaving.pk]) for page in ("settle", "summary", "sign")
    ]
    return [
        (leaving.begun_by, ["/", *ways, *around[0]]),
        (gone.staff, ["/", *around[1]]),
        (Staff.objects.get(name=GLORIA), ["/"]),
        (Staff.objects.get(user__email__startswith="priya."), [reverse("programs:list")]),
    ]


def test_no_word_of_a_program_is_left_in_english(demo: None, words: dict[str, str]) -> None:
    Agency.objects.update(idle_minutes=240, session_hours=24)
    User.objects.update(language="es")
    left, met, had = [], set(), set()
    for staff, first in walkers():
        for address, text in walk(staff, first, had):
            here = set(pieces(text))
            left += [(address, word) for word in here & words.keys()]
            met |= {word for word, spanish in words.items() if spanish in here}
    assert left == []
    assert len(met) > ENOUGH
