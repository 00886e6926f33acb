"""What an operation works with: sessions by role, clients to open, terms to search, the floor's connection."""

import html
import json
import random
import re
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from bench import data
from bench.dataset import Dataset
from bench.forms import Values
from bench.instrument import KEY
from bench.session import Ask, Session
from goldthread.doors.demo.agency import PASSWORD, email_of
from goldthread.foundation.workforce.enums import Role

HIDDEN = ("csrfmiddlewaretoken", "seen", "in")
ASKED = re.compile(r'<input(?=[^>]* type="radio")(?=[^>]* name="a:([^"]+)")(?=[^>]* value="([^"]+)")')
"""The choices of a sheet: key of the question, what is sent for the answer."""
TERMS = data.search_terms(400)


@dataclass
class World:
    """One data set being served. Sessions are opened when first asked for."""

    data: Dataset
    port: int
    floor_port: int = 0
    _sessions: dict[tuple[Role, int], Session] = field(default_factory=dict)
    _fresh: "count[int]" = field(default_factory=count)
    writer: str = field(default_factory=lambda: uuid.uuid4().hex)
    _sheets: dict[int, str] = field(default_factory=dict)
    _forms: dict[str, Values] = field(default_factory=dict)
    _tokens: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    _read: dict[str, str] = field(default_factory=dict)
    _places: dict[str, list[str]] = field(default_factory=dict)
    _later: dict[str, str] = field(default_factory=dict)

    def session(self, role: Role, who: int = 0) -> Session:
        """The session of the *who*-th colleague with *role*, from 0."""
        if (role, who) not in self._sessions:
            session = Session(self.port)
            session.sign_in(email_of(role, who), PASSWORD)
            self._sessions[role, who] = session
        return self._sessions[role, who]

    def own(self, n: int) -> str:
        """The n-th client of the first case manager: never the one with the long timeline."""
        return self.data.own[1 + n * 37 % (len(self.data.own) - 1)]

    @property
    def long(self) -> str:
        """The client with 20 000 entries, of the first case manager."""
        return self.data.own[0]

    def note(self, session: Session, client: str) -> tuple[Values, str]:
        """A note about *client*, typed and saved as a draft: its form, and the address to which it is posted."""
        form = session.form_on(f"/clients/{client}/note/?kind=home-visit")
        path = f"/clients/{client}/note/{self.new_id()}/"
        minute = random.randrange(8 * 60, 16 * 60)
        day = datetime.now(UTC).date() - timedelta(days=random.randrange(1, 5))
        form |= {
            "day": day.isoformat(),
            "start": f"{minute // 60:02d}:{minute % 60:02d}",
            "end": f"{(minute + 25) // 60:02d}:{(minute + 25) % 60:02d}",
            "overlap_is_right": "on",
            "narrative": data.note(minute, 0)["text"],
            "next_step": "Call the school back",
            "next_in": "7",
            "safety": "no",
            "furnished": "yes",
            "adequate": "yes",
            "changed": "no",
        }
        for name in [name for name in form if name.startswith(("goal_", "went_"))]:
            del form[name]
        saved = session.ask(Ask(f"{path}save/", form | {"version": "0"}))
        return form | {"version": str(json.loads(saved.text)["version"])}, path

    def sheet(self, n: int) -> str:
        """The address of the n-th open assessment of 120 questions, half answered."""
        if n not in self._sheets:
            session, path = self.session(Role.CASE_MANAGER), self.begin_sheet(self.own(n))
            form = session.form_on(path)
            half = {f"a:{key}": tokens[n % len(tokens)] for key, tokens in [*self._tokens[path].items()][::2]}
            session.ask(Ask(path, form | half | {"do": "save"}, status=302))
            self._forms[path] = session.form_on(path)
            self._sheets[n] = path
        return self._sheets[n]

    def begin_sheet(self, client: str) -> str:
        """The address of a new assessment of 120 questions about *client*."""
        session = self.session(Role.CASE_MANAGER)
        new = f"/clients/{client}/assessments/new/?instrument={KEY}"
        begun = session.ask(Ask(new, session.form_on(new) | {"instrument": KEY}, status=302))
        page = session.get(begun.location).text
        found: dict[str, list[str]] = {}
        for key, token in ASKED.findall(page):
            found.setdefault(html.unescape(key), []).append(html.unescape(token))
        self._tokens[begun.location] = found
        return begun.location

    def form_of(self, path: str) -> Values:
        """The form of the sheet at *path*, as it was when it was opened."""
        return {name: self._forms[path][name] for name in HIDDEN}

    def token(self, path: str, key: str, number: int) -> str:
        """What the form of *path* sends for the *number*-th answer to *key*."""
        return self._tokens[path][key][number]

    def signed_assessment(self, n: int) -> str:
        """The address of a signed assessment of the n-th own client."""
        client = self.own(n)
        if client not in self._read:
            page = self.session(Role.CASE_MANAGER).get(f"/clients/{client}/assessments/").text
            self._read[client] = next(iter(re.findall(rf"/clients/{client}/assessments/[0-9a-f-]{{36}}/(?=\")", page)))
        return self._read[client]

    def waiting(self, path: str, n: int) -> str:
        """The address of the n-th place on the first page of the waitlist at *path*."""
        if path not in self._places:
            page = self.session(Role.INTAKE).get(path).text
            self._places[path] = list(dict.fromkeys(re.findall(r"/waiting/[0-9a-f-]{36}/", page)))
        return self._places[path][n % len(self._places[path])]

    def later_on(self, path: str, pages: int = 5) -> str:
        """The address of the page that comes *pages* after that at *path*, as far as there are so many."""
        if path not in self._later:
            found = path
            for _page in range(pages):
                links = re.findall(r'href="(\?[^"]*after=[^"]*)"', self.session(Role.INTAKE).get(found).text)
                found = path.partition("?")[0] + html.unescape(links[-1]) if links else found
            self._later[path] = found
        return self._later[path]

    def anyone(self, n: int) -> str:
        """The n-th of clients spread over the agency."""
        return self.data.spread[n * 37 % len(self.data.spread)]

    def term(self, n: int) -> str:
        """The n-th piece of a name."""
        return TERMS[n % len(TERMS)]

    def new_id(self) -> str:
        """An idempotency key, as a form carries it."""
        return str(uuid.uuid4())

    def fresh(self) -> int:
        """A number not used before in this run."""
        return next(self._fresh)

    def on_floor(self, path: str, body: dict[str, str] | None = None, status: int = 200) -> Ask:
        """A request to the floor, signed in with the first worker's token."""
        sent = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": "Bearer tok0", "Content-Type": "application/json"}
        return Ask(path, body=sent, headers=headers, status=status)
