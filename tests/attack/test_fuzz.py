"""Anything may be sent to any address: it is answered, and never by a fault."""

from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from goldthread.foundation.workforce.enums import Role
from tests.access.seats import Seat, seat_of
from tests.access.world import World, browser
from tests.attack.test_forms import paths
from tests.databases import untouched

ROUNDS = 3
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
ODD = some.one_of(
    some.sampled_from(
        [
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
    ),
    some.text(max_size=40),
    some.dates().map(str),
    some.uuids().map(str),
    some.integers().map(str),
)
SENT = some.dictionaries(some.sampled_from(FIELDS), some.lists(ODD, min_size=1, max_size=3), max_size=25)


def query_of(sent: dict[str, list[str]]) -> str:
    pairs = [(name, value) for name, values in sent.items() for value in values]
    return "&".join(f"{name}={quote(value.encode('utf-8', 'surrogatepass'))}" for name, value in pairs)


@pytest.mark.thorough
@pytest.mark.parametrize(
    "role",
    [
        Role.SUPERVISOR,
        pytest.param(Role.ADMINISTRATOR, marks=pytest.mark.once),
        pytest.param(None, marks=pytest.mark.once),
    ],
    ids=str,
)
def test_no_address_answers_with_a_fault(role: Role | None, world: World) -> None:
    seat = seat_of(world.staff(role, "supervisor_of")) if role else None
    for name, path in paths(world):
        if name in ("account_logout", "account:sign-out-everywhere"):
            continue
        hammer(seat, name, path)
    for section in SECTIONS if role == Role.SUPERVISOR else ():
        for more in ("", "add/", "edit/"):
            hammer(seat, section, f"/clients/{world.client.pk}/{section}/{more}")
    for section, row in ROWS.items() if role == Role.SUPERVISOR else ():
        for more in ("", "end/"):
            hammer(seat, section, f"/clients/{world.client.pk}/{section}/{world.rows[row].pk}/{more}")


def hammer(seat: Seat | None, name: str, path: str) -> None:
    """Some rounds of anything, to read and to send, with and without htmx. healthz may say that something is not well."""

    @settings(
        max_examples=ROUNDS, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(query=SENT, body=SENT, htmx=some.booleans())
    def round_of(query: dict[str, list[str]], body: dict[str, list[str]], htmx: bool) -> None:
        client = seat.browser() if seat else browser(None)
        client.raise_request_exception = False
        headers = {"HX-Request": "true"} if htmx else {}
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

    round_of()
