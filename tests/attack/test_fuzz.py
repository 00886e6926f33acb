"""Anything may be sent to any address: it is answered, and never by a fault."""

import random
from datetime import date
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest

from goldthread.foundation.workforce.enums import Role
from tests.access.seats import Seat, seat_of
from tests.access.world import World, browser
from tests.attack.test_forms import paths
from tests.databases import untouched

ROUNDS = 2
"""Of nothing at all, and of anything. ``./test --full`` asks more, and as more people."""
MANY_ROUNDS = 4
FIELDS = tuple(
    """
    after alerts_due before birth_date birth_date_kind client client_word closed_on column day deceased
    default_language died_on email ends_on everyone family form_id from from_staff given hint
    holiday_country holiday_region id idle_minutes interpreter kind labels language languages last_day
    line1 name note notice on other outcome phone photo postal_code q query reason review_on role roles
    safe_to_call session_hours short site staff started_on starts_on state team text time_zone title
    to_staff value version who whose words worker year
    """.split()  # noqa: SIM905 (a list of words reads better so)
)
SECTIONS = ("about", "names", "reach", "addresses", "identifiers", "alerts", "labels", "family", "household", "workers")
ROWS = {"names": "called", "reach": "phone", "addresses": "home", "identifiers": "number", "alerts": "alert"} | {
    "family": "kin",
    "household": "place",
    "workers": "work",
}
ODD = [
    "",
    "0",
    "-1",
    "9" * 19,
    "9" * 400,
    "1e999",
    "\u0661\u0662",
    "\u00b2",
    "99999-01-01",
    "0001-01-01",
    "9999-12-31",
    "2/30/1900",
    "31 Feb 1800",
    "00000000-0000-0000-0000-000000000000",
    "%",
    "'\";--",
    "../..",
    "a\r\nb",
    "\u202e\u0000x",
    "\U0001f47b" * 200,
    "\ufffe",
    "true",
    "None",
    "[]",
    "=1+1",
    "primary",
    "former",
    "mobile",
    "safe",
    "dog",
    "sibling",
    "exact",
    "no",
    "case_manager",
]


class Chance(random.Random):
    """What a fuzzer sends: the same in each run, so that what it finds is found again. Drawn by hand, since drawing such
    forms with Hypothesis takes longer than answering them."""

    def value(self) -> str:
        """Something for a field: odd, a text, a date, an id, a number."""
        makers = (self._odd, self._text, self._day, self._id, self._number)
        return self.choice((self._odd, *makers))()

    def form(self) -> dict[str, list[str]]:
        """Some fields, each once to three times. Seldom with a null in it, for which all would be turned away."""
        names = self.sample(FIELDS, self.randint(0, self.choice((2, 5, 25))))
        return {name: [self.value() for _ in range(self.randint(1, 3))] for name in names}

    def _odd(self) -> str:
        return self.choice(ODD)

    def _text(self) -> str:
        planes = ((32, 126), (1, 31), (0xA0, 0x2FFF), (0xE000, 0xFFFF), (0x10000, 0x10FFFF))
        return "".join(chr(self.randint(*self.choice(planes))) for _ in range(self.randint(0, 40)))

    def _day(self) -> str:
        return str(date.fromordinal(self.randint(1, date.max.toordinal())))

    def _id(self) -> str:
        return str(UUID(int=self.getrandbits(128)))

    def _number(self) -> str:
        return str(self.choice((-1, 1)) * self.getrandbits(self.choice((3, 8, 16, 32, 64, 130))))


def query_of(sent: dict[str, list[str]]) -> str:
    pairs = [(name, value) for name, values in sent.items() for value in values]
    return "&".join(f"{name}={quote(value.encode('utf-8', 'surrogatepass'))}" for name, value in pairs)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("role", "rounds"),
    [
        pytest.param(Role.SUPERVISOR, ROUNDS, marks=pytest.mark.postgresql),
        pytest.param(None, ROUNDS, marks=pytest.mark.once),
        *(
            pytest.param(role, MANY_ROUNDS, marks=pytest.mark.slow)
            for role in (Role.SUPERVISOR, Role.ADMINISTRATOR, None)
        ),
    ],
    ids=str,
)
def test_no_address_answers_with_a_fault(role: Role | None, rounds: int, world: World) -> None:
    seat = seat_of(world.staff(role, "supervisor_of")) if role else None
    for name, path in paths(world):
        if name in ("account_logout", "account:sign-out-everywhere"):
            continue
        hammer(seat, name, path, rounds)
    for section in SECTIONS if role == Role.SUPERVISOR else ():
        for more in ("", "add/", "edit/"):
            hammer(seat, section, f"/clients/{world.client.pk}/{section}/{more}", rounds)
    for section, row in ROWS.items() if role == Role.SUPERVISOR else ():
        for more in ("", "end/"):
            hammer(seat, section, f"/clients/{world.client.pk}/{section}/{world.rows[row].pk}/{more}", rounds)


def hammer(seat: Seat | None, name: str, path: str, rounds: int) -> None:
    """Some rounds of anything, to read and to send, with and without htmx. healthz may say that something is not well."""
    chance = Chance(name)
    for number in range(rounds):
        query, body = (chance.form(), chance.form()) if number else ({}, {})  # nothing at all comes first
        client = seat.browser() if seat else browser(None)
        client.raise_request_exception = False
        headers = {"HX-Request": "true"} if chance.random() < 0.5 else {}
        text = query_of(body)
        with untouched():  # a round may shut the worker out; the next begins signed in again
            answers: list[Any] = [
                client.get(f"{path}?{query_of(query)}", headers=headers),
                client.post(path, text, content_type="application/x-www-form-urlencoded", headers=headers),
            ]
            for answer in answers:
                if answer.streaming:
                    b"".join(answer.streaming_content)
                assert answer.status_code < 500 or name == "health:healthz", (name, path, query, body)
