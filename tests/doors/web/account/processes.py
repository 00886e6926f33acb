"""One installation behind two gunicorns, a process each, and browsers that talk to the one or the other at the same moment."""

import http.client
import subprocess
import sys
import threading
import urllib.parse
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from http.cookies import SimpleCookie
from pathlib import Path

from tests.architecture.tree import ROOT
from tests.doors.command.installations import Installation
from tests.serving import free_port, wait_for

PASSWORD = "a long enough password"


class Browser:
    """Keeps cookies and gives the CSRF token back, as the pages' forms do. ``port`` may change: cookies stay."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: SimpleCookie = SimpleCookie()

    def get(self, path: str) -> tuple[int, str]:
        """Status, and where it leads."""
        return self._ask("GET", path, None)

    def post(self, path: str, **fields: str) -> tuple[int, str]:
        """Status, and where it leads. The form's page must have been looked at."""
        token = self.cookies["csrftoken"].value
        return self._ask("POST", path, urllib.parse.urlencode(fields | {"csrfmiddlewaretoken": token}))

    def sign_in(self, email: str, password: str = PASSWORD) -> tuple[int, str]:
        """The first step, from its page."""
        self.get("/account/sign-in/")
        return self.post("/account/sign-in/", login=email, password=password)

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Host": "localhost", "Cookie": "; ".join(f"{k}={m.value}" for k, m in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            self.cookies.load(cookie)
        return answer.status, answer.headers.get("Location", "")


@contextmanager
def two_processes(place: Installation) -> Iterator[list[int]]:
    """The ports of two gunicorns of *place*, each with one worker process."""
    with ExitStack() as stack:
        yield [stack.enter_context(_process(place, f"web{number}.log")) for number in (1, 2)]


@contextmanager
def _process(place: Installation, log: str) -> Iterator[int]:
    port = free_port()
    own = [
        "--config",
        "scripts/gunicorn_settings.py",
        "--workers",
        "1",
        "--threads",
        "8",
        "--bind",
        f"127.0.0.1:{port}",
    ]
    with (Path(place.data) / log).open("w") as errors:
        web = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "goldthread.wsgi", *own], cwd=ROOT, env=place.environment, stderr=errors
        )
        try:
            wait_for(f"http://127.0.0.1:{port}", web)
            yield port
        finally:
            web.terminate()
            web.wait(20)


def at_once(tasks: Sequence[Callable[[], tuple[int, str]]]) -> list[tuple[int, str]]:
    """What *tasks* answer, all begun at the same moment."""
    gate = threading.Barrier(len(tasks))
    answers: dict[int, tuple[int, str]] = {}

    def run(number: int) -> None:
        gate.wait(30)
        answers[number] = tasks[number]()

    threads = [threading.Thread(target=run, args=[number]) for number in range(len(tasks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return [answers[number] for number in range(len(tasks))]
