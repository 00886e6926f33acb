"""A file is taken back in the moment in which somebody saves something on a client who came with it: told, with every word."""

import threading
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from goldthread.access import gate
from goldthread.casework.imports.actions import taking_back
from goldthread.casework.imports.actions.bringing import begin_bringing
from goldthread.casework.imports.actions.starting import match, start
from goldthread.casework.imports.actions.taking_back import begin_undo
from goldthread.casework.imports.tasks import step
from goldthread.doors.web import entry
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.access.world import browser
from tests.casework.caseload.programs import within_the_agency
from tests.doors.web.clients.people import TODAY, team_with
from tests.factories import AT

pytestmark = pytest.mark.django_db(transaction=True)
BY = Actor(at=AT, today=TODAY)
WORDS = "She told me about the move, word for word, and what comes next."


def brought_for(staff: Staff) -> tuple[UUID, Person]:
    """A client of *staff*, brought by a file."""
    text = f"Name,DOB,Worker\nAna Ortiz,3/4/61,{staff.name}\n"
    run = start(data=text.encode(), name="clients.csv", by=BY)
    run = match(run=run.pk, fields={}, chosen={}, version_seen=run.version, by=BY)
    run = step(run.pk, BY)
    begin_bringing(run=run.pk, version_seen=run.version, by=BY)
    step(run.pk, BY)
    return run.pk, Person.objects.get(client_number__isnull=False)


def take_back(run: UUID) -> None:
    begin_undo(run=run, by=BY)
    step(run, BY)


@pytest.mark.parametrize("way", ["", "save/"])
def test_between_the_gate_and_the_note(monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    staff = team_with(Role.CASE_MANAGER)
    run, ana = brought_for(staff)
    page, admit = browser(staff), gate.admit

    def then_taken_back(*args: Any, **named: Any) -> Any:
        admission = admit(*args, **named)
        monkeypatch.setattr(entry.gate, "admit", admit)
        take_back(run)
        return admission

    monkeypatch.setattr(entry.gate, "admit", then_taken_back)
    for status in (409, 404):  # in that moment, and a moment later
        answer = page.post(f"/clients/{ana.pk}/note/{new_id()}/{way}", {"narrative": WORDS, "do": "save"})
        assert (answer.status_code, WORDS in answer.content.decode()) == (status, True)
    assert not Person.objects.exists()


def test_while_the_undo_has_not_ended_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each over a connection of its own: the note waits for the undo, then is told. SQLite has one writer: nothing waits in between."""
    if connection.vendor != "postgresql":
        pytest.skip("of PostgreSQL")
    staff = team_with(Role.CASE_MANAGER)
    run, ana = brought_for(staff)
    page, deleted, whole = browser(staff), threading.Event(), taking_back.spend_numbers

    def slowly(numbers: Any) -> None:
        whole(numbers)
        deleted.set()
        threading.Event().wait(1)

    def undo() -> None:
        try:
            within_the_agency()
            take_back(run)
        finally:
            connection.close()

    monkeypatch.setattr(taking_back, "spend_numbers", slowly)
    thread = threading.Thread(target=undo)
    thread.start()
    deleted.wait(30)
    answer = page.post(f"/clients/{ana.pk}/note/{new_id()}/save/", {"narrative": WORDS})
    thread.join(60)
    assert (answer.status_code in (404, 409), WORDS in answer.content.decode()) == (True, True)
