"""A file comes in by turns at the writer: what such a turn does, and what the audit log has of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldthread.casework.imports.actions import bringing
from goldthread.casework.imports.actions.bringing import begin_bringing
from goldthread.casework.imports.actions.deciding import decide_all
from goldthread.casework.imports.actions.publishing_happenings import happenings_to_publish
from goldthread.casework.imports.actions.starting import match, start
from goldthread.casework.imports.actions.taking_back import begin_undo
from goldthread.casework.imports.models import Import
from goldthread.casework.imports.tasks import step
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.giving_way import Turns
from goldthread.people.persons.models import Person
from tests.casework.imports.actions.test_whole_way import BY, TWO, brought, checked
from tests.casework.tasks.making import RULES, program
from tests.factories import AgencyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def agency() -> None:
    AgencyFactory()


@pytest.mark.sqlite
def test_a_turn_at_the_writer_does_nothing_but_write(monkeypatch: pytest.MonkeyPatch) -> None:
    """On SQLite nobody else writes meanwhile: one statement a table, however many rows; what is looked up is looked up before."""
    run = checked(TWO + "".join(f"Zoe Name{number},1/{number}/81,,,,red\n" for number in range(1, 20)))
    decide_all(run=run.pk, decision="new", by=BY)
    begin_bringing(run=run.pk, version_seen=run.version, by=BY)
    monkeypatch.setattr(bringing, "rows_of_a_turn", lambda: (30, 100))
    whole, asked = Turns.turn, []

    @contextmanager
    def turn(turns: Turns) -> Iterator[None]:
        with whole(turns), CaptureQueriesContext(connection) as context:
            yield
        asked.extend(query["sql"] for query in context.captured_queries)

    monkeypatch.setattr(Turns, "turn", turn)
    assert step(run.pk, BY).brought == 21
    assert len(asked) == 13  # of ten tables, how far the file is, the words of names, the audit log
    assert not [sql for sql in asked if sql.startswith("SELECT")]


@pytest.mark.postgresql
def test_publishing_looks_each_number_up_by_its_person() -> None:
    """By the file PostgreSQL, which has not counted yet what just came, read all of it for each of its persons: 10 to 20 s of 10 000."""
    run = checked(TWO)
    begin_bringing(run=run.pk, version_seen=run.version, by=BY)
    with CaptureQueriesContext(connection) as context:
        assert step(run.pk, BY).brought == 2
    (numbers,) = [query["sql"] for query in context.captured_queries if 'SET "client_number"' in query["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {numbers}")
        _outer, looked_up = "\n".join(line for (line,) in cursor.fetchall()).split("SubPlan")
    assert "person_id" in looked_up
    assert "run_id" not in looked_up


@pytest.mark.postgresql
def test_a_turn_runs_one_statement_a_table_however_many_words_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is run once for each row: of 233 000 words that was most of the time that a file takes."""
    run = checked(TWO + "".join(f"Zoe Name{number},1/{number}/81,,,,red and blue\n" for number in range(1, 20)))
    decide_all(run=run.pk, decision="new", by=BY)
    begin_bringing(run=run.pk, version_seen=run.version, by=BY)
    many: list[str] = []

    def listen(execute: Callable[..., Any], sql: str, params: Any, is_many: bool, context: Any) -> Any:
        if is_many:
            many.append(sql)
        return execute(sql, params, is_many, context)

    with connection.execute_wrapper(listen):
        assert step(run.pk, BY).brought == 21
    assert many == []


def test_the_audit_log_has_each_client_once_when_written_and_once_when_taken_back() -> None:
    run = brought(TWO)
    people = set(Person.objects.values_list("pk", flat=True))
    written = Event.objects.filter(action="imports.written")
    assert (written.count(), set(written.values_list("client", flat=True))) == (2, people)
    assert written.first().details == {"file": str(run.pk)}
    assert Event.objects.filter(action="imports.finished").count() == 1
    begin_undo(run=run.pk, by=BY)
    step(run.pk, BY)
    gone = Event.objects.filter(action="imports.taken_back")
    assert (gone.count(), set(gone.values_list("client", flat=True))) == (2, people)


def test_publishing_families_takes_as_many_statements_for_many_as_for_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each member of the largest household costs three, whatever the number of households; rows of workers go in one after another
    by one statement."""
    made = program(RULES.replace("title: Tried", "title: Tried\nserves: household"))
    counts: list[int] = []
    for first, families in ((0, 2), (100, 12)):
        numbers = range(first, first + families)
        people = [
            f"H{n},Zoe{name} Name{n},{1 + n % 12}/{n % 28 + 1}/19{60 + place}\n"
            for n in numbers
            for place, name in enumerate("abc")
        ]
        run = checked("Household number,Name,DOB\n" + "".join(people))
        decide_all(run=run.pk, decision="new", by=BY)
        begin_bringing(run=run.pk, version_seen=run.version, by=BY)
        assert step(run.pk, BY).brought == families * 3
        rows = [f"H{n},{made.key},1/1/2020\n" for n in numbers]
        run = start_of("Household number,Program,First day\n" + "".join(rows))
        begin_bringing(run=run.pk, version_seen=run.version, by=BY)
        monkeypatch.setattr(bringing, "happenings_to_publish", lambda row, by: _counted(row, by, counts))
        assert step(run.pk, BY).brought == families
    assert counts[0] == counts[1]


def _counted(row: Import, by: Actor, counts: list[int]) -> Callable[[], int]:
    """What publishes, which notes how many statements it takes."""
    made_seen = happenings_to_publish(row, by)

    def counted() -> int:
        with CaptureQueriesContext(connection) as context:
            came = made_seen()
        counts.append(len(context))
        return came

    return counted


def start_of(text: str) -> Import:
    run = start(data=text.encode(), name="episodes.csv", by=BY, what="episodes")
    run = match(run=run.pk, fields={}, chosen={}, version_seen=run.version, by=BY)
    return step(run.pk, BY)
