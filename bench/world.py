"""What an operation works with: sessions by role, clients to open, terms to search, the floor's connection."""

import json
import uuid
from dataclasses import dataclass, field
from itertools import count

from bench import data
from bench.dataset import Dataset
from bench.session import Ask, Session
from goldthread.doors.demo.agency import PASSWORD, email_of
from goldthread.foundation.workforce.enums import Role

TERMS = data.search_terms(400)


@dataclass
class World:
    """One data set being served. Sessions are opened when first asked for."""

    data: Dataset
    port: int
    floor_port: int = 0
    _sessions: dict[Role, Session] = field(default_factory=dict)
    _fresh: "count[int]" = field(default_factory=count)

    def session(self, role: Role) -> Session:
        """The session of the first colleague with *role*."""
        if role not in self._sessions:
            session = Session(self.port)
            session.sign_in(email_of(role), PASSWORD)
            self._sessions[role] = session
        return self._sessions[role]

    def own(self, n: int) -> str:
        """The n-th client of the case manager."""
        return self.data.own[n * 37 % len(self.data.own)]

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
