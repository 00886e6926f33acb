"""The server is killed (-9) between keystroke and signature: nothing acknowledged is lost, nothing is there twice."""

import http.client
import http.cookiejar
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from goldthread.foundation.lib.ids import new_id
from tests.architecture.tree import ROOT
from tests.databases import hand_tables
from tests.serving import free_port, wait_for

PASSWORD = "a long enough password"
PREPARE = """
from datetime import date
from django.utils import timezone
from goldthread.casework.caseload.models import Assignment
from goldthread.foundation.accounts.models import User
from goldthread.foundation.agency.models import Agency
from goldthread.foundation.workforce.models import RoleAssignment, Staff
from goldthread.people.persons.models import Person
now = timezone.now()
Agency.objects.update_or_create(id=1, defaults=dict(name="Riverbend", languages=["en"], mfa_required=False))
user = User(email="worker@example.org"); user.set_password("a long enough password"); user.save()
staff = Staff.objects.create(user=user, name="Worker", started_on=date(2020, 1, 1))
RoleAssignment.objects.create(staff=staff, role="case_manager", starts_on=date(2020, 1, 1))
person = Person.objects.create(display_name="Dana", sort_key="dana", search_text=" dana ", client_number=1, client_since=date(2020, 1, 1), created_at=now)
Assignment.objects.create(client=person, staff=staff, starts_on=date(2020, 1, 1), given_at=now)
print("CLIENT", person.pk)
"""


LOADED = """
import os, sys
import goldthread.wsgi
from gunicorn.app.wsgiapp import WSGIApplication
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        os.setsid()
        WSGIApplication().run()
    print(child, flush=True)
    os.wait()
    print("gone", flush=True)
"""
"""Starts gunicorn whenever it is told to. Loading the product is most of a start, and a hundred are wanted."""


class Server:
    """gunicorn in a process group of its own, so that -9 takes master and workers alike."""

    def __init__(self, data: Path) -> None:
        self.data, self.port = data, free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **os.environ,
            "GOLDTHREAD_DATA": str(data),
            "GOLDTHREAD_DATABASE": "",
            "GOLDTHREAD_DEMO": "",
            "PYTHONPATH": str(ROOT),
        }
        self.loaded: subprocess.Popen[str] | None = None
        self.group = 0

    def command(self, *words: str, typed: str = "") -> str:
        run = [sys.executable, "-m", "goldthread", *words]
        done = subprocess.run(
            run, cwd=ROOT, env=self.environment, input=typed, text=True, capture_output=True, check=True
        )
        return done.stdout

    def set_up(self) -> str:
        """Tables, a worker and a client; the client's id."""
        hand_tables(self.data)
        self.command("prepare", "--empty")
        return self.command("shell", typed=PREPARE).split("CLIENT ")[1].split()[0]

    def start(self) -> None:
        self.group = int(self._load("start\n"))
        wait_for(self.address)

    def _load(self, say: str) -> str:
        """Tell the loaded one something; its next line. It holds no connection to the database."""
        if not self.loaded:
            settings = ["--config", "scripts/gunicorn_settings.py", "--bind", f"127.0.0.1:{self.port}"]
            pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
            self.loaded = subprocess.Popen(
                [sys.executable, "-c", LOADED, "goldthread.wsgi", *settings],
                cwd=ROOT,
                env=self.environment,
                text=True,
                **pipes,
            )
        assert self.loaded.stdin
        assert self.loaded.stdout
        self.loaded.stdin.write(say)
        self.loaded.stdin.flush()
        return self.loaded.stdout.readline()

    def kill(self) -> None:
        if self.group:
            os.killpg(self.group, signal.SIGKILL)
            assert self._load("").strip() == "gone"
            self.group = 0

    def end(self) -> None:
        self.kill()
        if self.loaded:
            self.loaded.communicate(timeout=20)

    def read(self, question: str, *values: str) -> list[Any]:
        with sqlite3.connect(self.data / "goldthread.sqlite3", timeout=20) as database:
            return database.execute(question, values).fetchall()


class Browser:
    """Enough of one to sign in and post."""

    def __init__(self, address: str) -> None:
        self.address, self.jar = address, http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.opener.open(f"{address}/account/sign-in/", timeout=10).read()
        self.post("/account/sign-in/", {"login": "worker@example.org", "password": PASSWORD})

    def post(self, path: str, values: dict[str, Any]) -> tuple[int, bytes]:
        token = next(cookie.value for cookie in self.jar if cookie.name == "csrftoken")
        body = urllib.parse.urlencode({**values, "csrfmiddlewaretoken": token}, doseq=True).encode()
        request = urllib.request.Request(f"{self.address}{path}", body, {"Referer": self.address})
        try:
            with self.opener.open(request, timeout=10) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[Server, str]]:
    made = Server(tmp_path)
    person = made.set_up()
    made.start()
    yield made, person
    made.end()


def note(person: str, text: str, number: int) -> dict[str, Any]:
    start = datetime.now(UTC) - timedelta(days=2 + number // 60)
    return {
        "how": "phone",
        "day": start.date().isoformat(),
        "start": f"{number % 60 // 6 + 8:02}:{number % 6 * 10:02}",
        "end": f"{number % 60 // 6 + 8:02}:{number % 6 * 10 + 5:02}",
        "who": person,
        "activity": "advocacy",
        "narrative": text,
        "next_step": "Call again",
        "next_in": "3",
        "writer": "tab",
        "overlap_is_right": "1",
    }


def write_until_killed(
    server: Server, web: Browser, person: str, row: UUID, number: int, wait: float
) -> tuple[str, bool]:
    """Type, save and sign until the server dies. Returns the last text that was acknowledged, and whether the signature was."""
    acknowledged, signed = "", False

    def kill() -> None:
        time.sleep(wait)
        server.kill()

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        for stroke in range(1, 400):
            text = f"Text {number} " + "x" * stroke
            values = note(person, text, number) | {"version": "0", "stroke": str(stroke)}
            if stroke % 8 == 0:
                status, _body = web.post(f"/clients/{person}/note/{row}/", values | {"do": "sign"})
                signed = status == 200
                break
            status, body = web.post(f"/clients/{person}/note/{row}/save/", values)
            assert status == 200, body[:300]
            assert json.loads(body)["version"] >= stroke
            acknowledged = text
    except (http.client.HTTPException, OSError):
        pass
    killer.join()
    return acknowledged, signed


def kill_many(server: Server, person: str, kills: int) -> None:
    chance = random.Random(7)
    web = Browser(server.address)
    for number in range(kills):
        row = new_id()
        acknowledged, signed = write_until_killed(server, web, person, row, number, chance.uniform(0.02, 0.9))
        server.start()
        there = server.read("SELECT narrative FROM contacts_contact WHERE id = ?", row.hex)
        draft = server.read("SELECT content FROM record_draft WHERE id = ?", row.hex)
        assert len(there) + len(draft) <= 1, "a signed note and its draft"
        if signed:
            assert there, "an acknowledged signature is lost"
        elif acknowledged:
            kept = there[0][0] if there else json.loads(draft[0][0])["narrative"][0]
            assert len(kept) >= len(acknowledged), "an acknowledged save is lost"
        for _twice in range(2):
            status, body = web.post(
                f"/clients/{person}/note/{row}/",
                note(person, f"Text {number} end", number) | {"version": "0", "do": "sign"},
            )
            assert status == 200, body[-600:]
        assert server.read("SELECT count(*) FROM contacts_contact WHERE id = ?", row.hex) == [(1,)]
        assert server.read("SELECT count(*) FROM record_entry WHERE source_id = ?", row.hex) == [(1,)]
        assert server.read("SELECT count(*) FROM record_draft WHERE id = ?", row.hex) == [(0,)]
    assert server.read("SELECT count(*) FROM contacts_contact") == [(kills,)]
    assert server.read("SELECT count(*) FROM tasks_task WHERE title = 'Call again'") == [(kills,)]


@pytest.mark.thorough
@pytest.mark.sqlite
def test_killed_a_few_times(server: tuple[Server, str]) -> None:
    kill_many(*server, kills=2)


@pytest.mark.sqlite
@pytest.mark.slow
def test_killed_a_hundred_times(server: tuple[Server, str]) -> None:
    kill_many(*server, kills=100)
