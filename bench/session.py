"""A browser without a screen: one kept-alive connection, its cookies, signed in like anybody else."""

import gzip
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from bench.counting import ASK, AUDIT, CPU, STATEMENTS
from bench.forms import Values, form_on

IDLE_SECONDS = 1.0


@dataclass(slots=True)
class Ask:
    """One request. ``expect`` must stand in the answer's body, ``status`` be its status: a quick error is no measurement."""

    path: str
    form: Values | None = None
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200
    expect: str = ""
    via: "Session | None" = None
    """The session that sends it, where it is not the one of the operation's role."""


@dataclass(slots=True)
class Answer:
    """What came back, and how long it took in ms. ``size`` is that of the body on the wire."""

    status: int
    text: str
    milliseconds: float
    size: int
    statements: int | None
    cpu: float | None
    """Processor time of the server's thread in ms."""
    audit: float | None
    """What adding to the audit log took of it, in ms by the clock."""
    location: str


class Wrong(Exception):
    """The answer is not what was measured for."""


class Session:
    """Speaks to one server. ``ask`` is what is timed."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self._connection = HTTPConnection("127.0.0.1", port, timeout=120)
        self._used = 0.0

    def ask(self, ask: Ask, *, count: bool = False) -> Answer:
        """Send *ask*, read the whole answer, and check it."""
        body, headers = self._outgoing(ask)
        headers[ASK] = "all" if count else "cpu"
        self._renew()
        started = time.perf_counter()
        self._connection.request("GET" if body is None else "POST", ask.path, body=body, headers=headers)
        response = self._connection.getresponse()
        raw = response.read()
        took = (time.perf_counter() - started) * 1000
        for cookie in response.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(cookie).items()}
        text = _text(raw, response.headers.get("Content-Encoding", ""))
        if response.status != ask.status or ask.expect not in text:
            raise Wrong(f"{ask.path}: status {response.status}, expected {ask.status} with {ask.expect!r}")
        self._used = time.monotonic()
        counted, cpu, audit = (response.headers.get(name) for name in (STATEMENTS, CPU, AUDIT))
        return Answer(
            response.status,
            text,
            took,
            len(raw),
            int(counted) if counted else None,
            float(cpu) if cpu else None,
            float(audit) if audit else None,
            response.headers.get("Location", ""),
        )

    def _renew(self) -> None:
        """A server closes a connection that has been idle: open a new one in time, and not while the clock runs."""
        if time.monotonic() - self._used > IDLE_SECONDS:
            self._connection.close()
            self._connection.connect()

    def get(self, path: str) -> Answer:
        """Fetch a page, untimed."""
        return self.ask(Ask(path))

    def form_on(self, path: str) -> Values:
        """The main form of the page at *path*, with what it holds: token, idempotency key, versions, answers."""
        return form_on(self.get(path).text)

    def sign_in(self, email: str, password: str) -> None:
        """As at the door: the form, then the redirect."""
        self.ask(sign_in(self, email, password))

    def _outgoing(self, ask: Ask) -> tuple[bytes | None, dict[str, str]]:
        headers = {"Accept-Encoding": "gzip", "Accept": "text/html", "Accept-Language": "en"} | ask.headers
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if ask.form is None:
            return ask.body, headers
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        return urlencode(ask.form, doseq=True).encode(), headers


def sign_in(session: Session, email: str, password: str) -> Ask:
    """The request that signs in, ready to be sent; the form is fetched now."""
    form = session.form_on("/account/sign-in/")
    return Ask("/account/sign-in/", form | {"login": email, "password": password}, status=302, via=session)


def _text(raw: bytes, encoding: str) -> str:
    return (gzip.decompress(raw) if encoding == "gzip" else raw).decode("utf-8", "replace")
