"""A file comes in by turns at the writer: what such a turn does, and what the audit log has of it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldthread.casework.imports.actions import bringing
from goldthread.casework.imports.actions.bringing import begin_bringing
from goldthread.casework.imports.actions.deciding import decide_all
from goldthread.casework.imports.actions.taking_back import begin_undo
from goldthread.casework.imports.tasks import step
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.giving_way import Turns
from goldthread.people.persons.models import Person
from tests.casework.imports.actions.test_whole_way import BY, TWO, brought, checked
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
    monkeypatch.setattr(bringing, "FIRST_BATCH", 30)
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
