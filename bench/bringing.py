"""``bench import``: a file of clients comes in through the pages and the worker, as at an agency, while somebody else works."""

import csv
import io
import random
import re
import time
import uuid
from datetime import date, timedelta

from bench.forms import Values, form_on
from bench.measuring import percentile
from bench.operations import OPERATIONS
from bench.session import Ask, Session
from bench.world import World
from goldthread.doors.demo.agency import BUSY, PASSWORD, email_of
from goldthread.foundation.workforce.enums import Role

ROWS = 10_000
BEFORE = 60
"""Requests of My day before the file is brought: what it is to be compared with."""
MOST_SECONDS = 900
SYLLABLES = [
    "ba",
    "de",
    "fi",
    "go",
    "ku",
    "la",
    "me",
    "ni",
    "po",
    "ru",
    "sa",
    "te",
    "vi",
    "wo",
    "za",
    "xe",
    "qui",
    "blo",
]
EXTRA = 20
"""Columns of the old database that no field here takes."""


def bring(world: World, *, rows: int = ROWS) -> dict[str, object]:
    """Bring a file of *rows* clients in, then take it back. Seconds of each step, and what My day took before and meanwhile."""
    intake, worker = Session(world.port), Session(world.port)
    intake.sign_in(email_of(Role.INTAKE, 0), PASSWORD)
    worker.sign_in(email_of(Role.CASE_MANAGER, BUSY), PASSWORD)
    day = Day(world, worker)
    for _request in range(BEFORE):
        day.ask()
    before, day.times = day.times, []
    started = time.monotonic()
    page = _upload(intake, _file(rows))
    looked = time.monotonic()
    _press(intake, page, "match/", day)
    _decide(intake, page)
    checked = time.monotonic()
    _press(intake, page, "bring/", day)
    brought = time.monotonic()
    meanwhile = day.times
    said = intake.get(page).text
    _press(intake, page, "undo/", day)
    return {
        "name": "import",
        "clients": world.data.clients,
        "database": world.data.database,
        "rows": rows,
        "seconds": round(brought - started, 1),
        "upload_seconds": round(looked - started, 1),
        "check_seconds": round(checked - looked, 1),
        "bring_seconds": round(brought - checked, 1),
        "undo_seconds": round(time.monotonic() - brought, 1),
        "my_day_p95_ms_before": round(percentile(before, 95), 1),
        "my_day_p50_ms_meanwhile": round(percentile(meanwhile, 50), 1),
        "my_day_p95_ms_meanwhile": round(percentile(meanwhile, 95), 1),
        "my_day_slowest_ms": round(max(meanwhile), 1),
        "my_day_requests": len(meanwhile),
        "came_in": "undo/" in said,
    }


class Day:
    """Somebody who opens My day again and again."""

    def __init__(self, world: World, session: Session) -> None:
        self.world, self.session = world, session
        self.times: list[float] = []

    def ask(self) -> None:
        """Once."""
        self.times.append(self.session.ask(OPERATIONS["my_day"].make(self.world, len(self.times))).milliseconds)


def _upload(session: Session, content: bytes) -> str:
    """Give the file; the address of its page."""
    form = session.form_on("/imports/new/") | {"what": "clients"}
    mark = uuid.uuid4().hex
    body = b"".join(
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in form.items()
    )
    head = (
        f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="old.csv"\r\nContent-Type: text/csv\r\n\r\n'
    )
    body += head.encode() + content + f"\r\n--{mark}--\r\n".encode()
    headers = {"Content-Type": f"multipart/form-data; boundary={mark}"}
    return session.ask(Ask("/imports/new/", body=body, headers=headers, status=302)).location


def _decide(session: Session, page: str) -> None:
    """Among so many invented people some are alike by chance: they are all new. What is refused stays out."""
    for action, said in (("decide/", {"all": "every:new"}), ("leave/", {"leave": "yes"})):
        session.ask(Ask(page + action, {**session.form_on(page), **said}, status=302))


def _press(session: Session, page: str, action: str, day: Day) -> None:
    """Press what posts to *action*, and wait until the worker has done it; meanwhile *day* goes on."""
    shown = session.get(page).text
    form: Values = form_on(shown)
    if version := re.search(r'name="version" value="(\d+)"', shown):
        form["version"] = version[1]  # the page has several forms
    session.ask(Ask(page + action, form, status=302))
    end = time.monotonic() + MOST_SECONDS
    while 'id="progress"' in session.get(page).text:
        day.ask()
        if time.monotonic() > end:
            raise TimeoutError(f"{page}{action}")


def _file(rows: int) -> bytes:
    """A list such as an old database gives, of people whom nobody knows here."""
    chance = random.Random()
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow(
        ["Client ID", "Last Name", "First Name", "DOB", "Phone", "Email", "Address", "City", "State", "Zip", "Notes"]
        + [f"Old field {n + 1}" for n in range(EXTRA)]
    )
    for n in range(rows):
        given, family = _word(chance, 3), _word(chance, 4)
        born = date(1930, 1, 1) + timedelta(days=chance.randrange(30_000))
        phone = f"({chance.randrange(200, 999)}) {chance.randrange(200, 999)}-{chance.randrange(10_000):04d}"
        place = [
            f"{chance.randrange(1, 9999)} {_word(chance, 3)} Street",
            _word(chance, 3),
            "PA",
            f"{chance.randrange(10_000, 99_999)}",
        ]
        line = [f"A{n:06d}", family, given, f"{born:%m/%d/%Y}", phone, f"{given}.{family}@example.org".lower(), *place]
        lines.writerow([*line, f"Came with {_word(chance, 2)}", *(_word(chance, 2) for _field in range(EXTRA))])
    return written.getvalue().encode()


def _word(chance: random.Random, syllables: int) -> str:
    return "".join(chance.choice(SYLLABLES) for _syllable in range(syllables)).capitalize()
