"""Every address, every role, every relation, over HTTP: who gets what, and that no canary is ever in a refused body.

What is expected stands in urls.csv, which says in its head how to add a row. An address without a row fails.

More bonds to a client never show less of them, and only a block takes away. So whoever is refused under several
relations at once is refused under each of them, and one question answers for all: a role that is to be refused is asked
with every bond there is, one that is let in under some relations under each of these alone and under all others
together, one that is always let in without any bond and with all. What a list shows may need two bonds, so it is asked
under each alone. Nor do more roles ever show less: those that are refused under the same bonds are asked as one worker
who has all these roles. ``./test --full`` asks every role under each relation alone.

Looking changes nothing: no GET of any of them writes a row, but on the logs.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from goldthread.access.outside import token_for
from goldthread.access.viewer import viewer_for
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from tests.access.seats import Roles, Seat, SharedSeats, lone_seats_in
from tests.access.world import CANARIES, RELATIONS, UNDER_LABEL, World, browser
from tests.access.writing import LOGS, tables_written
from tests.clock import agency_today

SOURCE = (Path(__file__).parent / "urls.csv").read_text("utf-8")
ROWS = list(csv.DictReader(line for line in SOURCE.splitlines() if not line.startswith("#")))
OF_ROLES = [row for row in ROWS if row["gate"] == "roles"]
BODY_CHANGES = re.compile(rb"[A-Za-z0-9]{64}")
"""The tokens against forged forms, new on every page."""
CLEARED_FOR_VIOLENCE = {
    ("case_manager", "caseload"),
    ("case_manager", "cover"),
    ("supervisor", "supervisor_of"),
    ("program_manager", "site"),
}
"""Who sees rows under that label (expected.csv)."""
EVERY = "+".join(RELATIONS[1:])
"""Everything that can bind a worker to the client, at once."""
ONLY = {Role.BILLING: {"name", "preferred", "number", "whole"}}
"""Roles that find people and open no record see no more than this of them."""


@dataclass(frozen=True)
class Expected:
    """One cell: the status, under which relations, and under which the client is shown."""

    status: int
    shown: bool


def expected(cell: str, relation: str) -> Expected:
    status, mark, words = re.fullmatch(r"(\d{3})([:/]?)(.*)", cell).groups()  # type: ignore[union-attr]
    here = words in ("", "*") or relation in words.split(",")
    if mark == "/":
        return Expected(int(status), here)
    return Expected(int(status) if here else 404, here and int(status) != 404)


def telling(cell: str) -> list[str]:
    """The relations, or sums of them, under which the answers tell those under each relation."""
    if cell == "404":
        return [EVERY]
    if cell.isdecimal() or cell.endswith("*"):
        return ["none", EVERY]
    if "/" in cell:  # a list may ask for two bonds: to be one's own, and to be readable
        return list(RELATIONS)
    named = cell.partition(":")[2].split(",")
    return [*named, "+".join(relation for relation in RELATIONS[1:] if relation not in named)]


LET_IN_BY_TWO = {"clients:row_edit", "clients:row_undo", "assessments:void"}
"""Where one role opens the record and another clears its label, or corrects: those are asked role by role."""


def refused(cell: str, bonds: str) -> bool:
    """Whether who has all of *bonds* gets 404."""
    return all(expected(cell, bond).status == 404 for bond in bonds.split("+"))


def places_of(row: dict[str, str]) -> list[tuple[Roles, str]]:
    """From where *row* is asked: each role that is let in, and at once all that are refused under the same bonds."""
    let_in: list[tuple[Roles, str]] = []
    turned_away: dict[str, Roles] = {}
    for role in Role:
        for bonds in telling(row[role.value]):
            if refused(row[role.value], bonds) and row["name"] not in LET_IN_BY_TWO:
                turned_away[bonds] = (*turned_away.get(bonds, ()), role)
            else:
                let_in.append(((role,), bonds))
    return let_in + [(roles, bonds) for bonds, roles in turned_away.items()]


def two_places_of(row: dict[str, str]) -> list[tuple[Roles, str]]:
    """Somebody for each status that *row* answers with: the last role that gets it."""
    roles = {row[role.value][:3]: role for role in Role}
    return [((role,), telling(row[role.value])[0 if ":" in row[role.value] else -1]) for role in roles.values()]


BLOCKED = ((Role.CASE_MANAGER, Role.SUPERVISOR, Role.QUALITY), "blocked")
"""Who would see most, and is blocked."""
ASKED = {place for row in OF_ROLES for place in places_of(row) + two_places_of(row)}
ON_THEIR_CASELOAD = {((role,), "caseload") for role in Role}


@pytest.fixture(scope="module")
def seats(kept_world: World) -> SharedSeats:
    """A worker for every place that tells."""
    return lone_seats_in(kept_world, sorted(ASKED | ON_THEIR_CASELOAD | {BLOCKED}))


@pytest.fixture(scope="module")
def seats_of_each(kept_world: World) -> SharedSeats:
    """A worker of every role under every relation alone, and blocked."""
    return lone_seats_in(kept_world, [((role,), relation) for role in Role for relation in (*RELATIONS, "blocked")])


def patterns(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, Any]]:
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            yield f"{space}{one.name}", one.callback
        else:
            yield from patterns(one, f"{space}{one.namespace}:" if one.namespace else space)


def name_of(row: dict[str, str]) -> str:
    """Of the test of *row*."""
    return f"{row['method']} {row['name']} {row['with']}"


def address(row: dict[str, str], world: World | None, staff: Staff | None, stranger: bool = False) -> str:
    """The row's address. *stranger*: as if the client were nobody."""
    things: dict[str, Any] = {}
    if world:
        rows = {
            "client": world.client,
            "worker": world.worker,
            "glass": world.glass,
            "block": world.block,
            "self": staff,
        }
        rows |= world.rows
        things = {name: made.pk for name, made in rows.items() if made}
    if stranger:
        things |= {"client": new_id(), "glass": new_id(), "worker": new_id()}
    words = dict(word.split("=") for word in row["with"].split() if "=" in word and word[0] != "?")
    url = reverse(row["name"], kwargs={name: things.get(value, value) for name, value in words.items()})
    url += "".join(word for word in row["with"].split() if word[0] == "?" and "=" in word)
    if "?hint" in row["with"] and world and staff:
        viewer = viewer_for(staff.user, world.now, agency_today(), "")
        assert viewer
        url += f"?hint={token_for(viewer, world.client.pk)}"
    return url


def ask(client: Client, row: dict[str, str], url: str) -> HttpResponse:
    answer: Any = client.get(url) if row["method"] == "GET" else client.post(url, {"csrfmiddlewaretoken": ""})
    return answer  # type: ignore[no-any-return]


def body(answer: Any) -> bytes:
    content: bytes = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content


def on_it(answer: Any) -> set[str]:
    """The canaries in the body."""
    text = body(answer).decode("utf-8", "replace")
    return {name for name, value in CANARIES.items() if value in text}


def allowed(role: Role, relation: str) -> set[str]:
    """The canaries that may be on a page on which *role* in *relation* may see the client."""
    seen = ONLY.get(role, set(CANARIES))
    cleared = any((role.value, bond) in CLEARED_FOR_VIOLENCE for bond in relation.split("+"))
    return seen if cleared else seen - UNDER_LABEL


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert {name for name, _ in patterns(get_resolver())} == {row["name"] for row in ROWS}


def test_every_view_has_a_gate_and_its_row_says_which() -> None:
    gates = {row["name"]: row["gate"] for row in ROWS}
    for name, view in patterns(get_resolver()):
        gate = getattr(view, "gate", None)
        assert gate, f"{name} has no gate: @anyone, @staff_page or @client_page"
        assert gates.get(name) == (gate if isinstance(gate, str) else "roles"), name


@pytest.mark.thorough
def test_nobody_signed_in_is_sent_to_the_door(world: World) -> None:
    for row in ROWS:
        if row["gate"] == "anyone":
            continue
        answer = ask(browser(None), row, address(row, world, world.worker))
        assert answer.status_code == 302, name_of(row)
        assert answer.headers["Location"].startswith("/account/sign-in/"), name_of(row)
        assert not on_it(answer), name_of(row)


def test_pages_for_anyone_show_no_client(world: World, seats: SharedSeats) -> None:
    for row in ROWS:
        if row["gate"] == "anyone":
            seat = seats[(Role.CASE_MANAGER,), "caseload"]
            for client in (browser(None), seat.browser()):
                with seat.bound():
                    assert not on_it(ask(client, row, address(row, world, None))), name_of(row)


def test_pages_for_all_staff_show_no_client(world: World, seats: SharedSeats) -> None:
    for row in ROWS:
        if row["gate"] == "staff":
            for role in Role:
                with seats[(role,), "caseload"].bound():
                    answer = ask(seats[(role,), "caseload"].browser(), row, address(row, world, None))
                    assert answer.status_code < 500, name_of(row)
                    assert "sign-in" not in answer.headers.get("Location", "") or "sign-out" in row["name"], name_of(
                        row
                    )
                    assert not on_it(answer), (name_of(row), role)


@pytest.mark.once
@pytest.mark.thorough
@pytest.mark.parametrize("row", OF_ROLES, ids=name_of)
def test_each_role_under_each_relation_gets_what_is_expected(
    row: dict[str, str], world: World, seats: SharedSeats
) -> None:
    assert not wrong_answers(row, world, seats, places_of(row))


@pytest.mark.stands_in
@pytest.mark.parametrize("row", OF_ROLES, ids=name_of)
def test_one_who_is_let_in_and_one_who_is_not(row: dict[str, str], world: World, seats: SharedSeats) -> None:
    """Enough for ``--quick``, and on PostgreSQL, where the rules are the same and the statements are not, for ``./test``."""
    assert not wrong_answers(row, world, seats, two_places_of(row))


@pytest.mark.slow
@pytest.mark.sqlite
@pytest.mark.parametrize("row", OF_ROLES, ids=name_of)
def test_each_relation_alone(row: dict[str, str], world: World, seats_of_each: SharedSeats) -> None:
    assert not wrong_answers(row, world, seats_of_each, [place for place in seats_of_each if place[1] != "blocked"])


def wrong_answers(row: dict[str, str], world: World, seats: SharedSeats, places: list[tuple[Roles, str]]) -> list[Any]:
    """Ask from each of *places*; those that got another status than is expected, saw too much or too little, or wrote by looking."""
    wrong = []
    for roles, relation in places:
        seat, said = seats[roles, relation], expected(row[roles[0].value], relation)
        with seat.bound(), tables_written() as written:
            answer = ask(seat.browser(), row, address(row, world, seat.staff))
            found = on_it(answer)
        must = set(row["seen"].split()) - {"-"} if said.shown and answer.status_code in (200, 422) else set()
        may = allowed(roles[0], relation) if said.shown and row["seen"] != "-" else set()
        must &= may
        if answer.status_code != said.status or not must <= found or not found <= may:
            wrong.append((roles, relation, answer.status_code, said, sorted(found)))
        if row["method"] == "GET" and written - LOGS:
            wrong.append((roles, relation, "wrote", sorted(written - LOGS)))
    return wrong


OF_A_CLIENT = [row for row in ROWS if "client" in row["with"]]


@pytest.mark.once
@pytest.mark.thorough
@pytest.mark.parametrize("row", OF_A_CLIENT, ids=name_of)
def test_a_blocked_worker_and_one_who_asks_for_nobody_get_the_same_page(
    row: dict[str, str], world: World, seats: SharedSeats
) -> None:
    assert_as_for_nobody(row, world, seats[BLOCKED])


@pytest.mark.slow
@pytest.mark.sqlite
@pytest.mark.parametrize("row", OF_A_CLIENT, ids=name_of)
def test_nor_do_those_of_one_role(row: dict[str, str], world: World, seats_of_each: SharedSeats) -> None:
    for role in BLOCKED[0]:
        if row[role.value] != "404":
            assert_as_for_nobody(row, world, seats_of_each[(role,), "blocked"])


def assert_as_for_nobody(row: dict[str, str], world: World, seat: Seat) -> None:
    """Who sits there gets the same page for the client as for nobody."""
    with seat.bound():
        blocked = ask(seat.browser(), row, address(row, world, seat.staff))
        nobody = ask(seat.browser(), row, address(row, world, seat.staff, stranger=True))
    assert (blocked.status_code, nobody.status_code) == (404, 404)
    assert BODY_CHANGES.sub(b"", body(blocked)) == BODY_CHANGES.sub(b"", body(nobody))
    assert not on_it(blocked)
