"""A file is taken back by turns, too: such a turn asks as often for many as for few, and reads of the agency only whom it takes."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldthread.casework.imports.actions import taking_back
from goldthread.casework.imports.actions.bringing import begin_bringing
from goldthread.casework.imports.actions.deciding import decide_all
from goldthread.casework.imports.enums import State
from goldthread.casework.imports.models import Import
from goldthread.casework.imports.tasks import step
from goldthread.foundation.lib.giving_way import Turns
from goldthread.people.persons.models import Household, Person
from tests.casework.imports.actions.test_whole_way import BY, checked
from tests.factories import AgencyFactory

pytestmark = pytest.mark.django_db
BORN = date(1930, 1, 1)
PLAN = 3
"""The column of SQLite's ``EXPLAIN QUERY PLAN`` that says how a table is read."""


@pytest.fixture(autouse=True)
def agency() -> None:
    AgencyFactory()


@pytest.fixture
def turns(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The statements of each turn from now on; up to 40 people go in one."""
    monkeypatch.setattr(taking_back, "rows_of_a_turn", lambda: (40, 100))
    whole, asked = Turns.turn, []

    @contextmanager
    def turn(turns: Turns) -> Iterator[None]:
        with whole(turns), CaptureQueriesContext(connection) as context:
            yield
        asked.append([query["sql"] for query in context.captured_queries])

    monkeypatch.setattr(Turns, "turn", turn)
    return asked


def families(first: int, many: int) -> Import:
    """So many families of three come in; nobody is like anybody."""
    rows = [
        f"H{number},{name}{chr(97 + number % 23)}a {name}{'bdfgklmnprstvz'[number % 14]}o{number},"
        f"{BORN + timedelta(days=97 * number + 31 * place)},teal\n"
        for number in range(first, first + many)
        for place, name in enumerate(("Bru", "Kam", "Zoe"))
    ]
    run = checked("Household number,Name,DOB,Favorite color\n" + "".join(rows))
    decide_all(run=run.pk, decision="new", by=BY)
    begin_bringing(run=run.pk, version_seen=run.version, by=BY)
    return step(run.pk, BY)


def taken_back(run: Import) -> None:
    taking_back.begin_undo(run=run.pk, by=BY)
    assert step(run.pk, BY).state == State.UNDONE


def test_a_turn_asks_as_often_for_many_people_as_for_few(turns: list[list[str]]) -> None:
    """Three people while nobody else is here, then thirty beside forty-five of another file."""
    counts = []
    for first, many, others in ((0, 1, 0), (100, 10, 15)):
        if others:
            families(200, others)
        run = families(first, many)
        turns.clear()
        taken_back(run)
        (one,) = turns
        counts.append(len(one))
    assert counts == [35, 35]
    assert (Person.objects.count(), Household.objects.count()) == (45, 15)


@pytest.mark.sqlite
def test_a_turn_reads_nobody_but_those_it_takes(turns: list[list[str]]) -> None:
    """By the keys of its people and of what hangs on them. By the file SQLite would read all that came with it, for every turn, as it did;
    and no table is read from end to end."""
    families(200, 15)
    run = families(0, 1)
    turns.clear()
    taken_back(run)
    (one,) = turns
    plans = [line for sql in one for line in plan_of(sql)]
    brought = [line for line in plans if "imports_brought" in line]
    assert len(brought) >= 5
    assert {key for line in brought for key in re.findall(r"\((\w+)=", line)} <= {
        "id",
        "person_id",
        "of_id",
        "household_id",
    }
    assert [line for line in plans if line.startswith("SCAN") and "json_each" not in line] == []


def plan_of(sql: str) -> list[str]:
    """How SQLite reads what *sql* asks for."""
    if sql.split()[0] not in ("SELECT", "UPDATE", "DELETE"):
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return [row[PLAN] for row in cursor.fetchall()]
