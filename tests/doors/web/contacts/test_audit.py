"""What the audit log says while a note is written: that somebody writes, not every keystroke; and everything else as ever."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from goldthread.casework.contacts.actions import sign as signing
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.actions.family import add_relationship
from goldthread.people.persons.models import Person
from tests.access.world import browser
from tests.doors.web.contacts.test_composer import at, sent
from tests.factories import AgencyFactory, AssignmentFactory, PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db
ASKED_TO_SIGN = {"sqlite": 21, "postgresql": 17}
"""Statements at most, of a note of no program that was never saved: its draft is looked for once more. One that was saved takes two less."""


@pytest.fixture
def worker() -> Staff:
    AgencyFactory()
    return StaffFactory()


@pytest.fixture
def person(worker: Staff) -> Person:
    return AssignmentFactory(staff=worker).client


@pytest.fixture
def web(worker: Staff) -> Client:
    return browser(worker)


def told(page: str, **more: Any) -> int:
    return Event.objects.filter(action="contact.write", details__page=f"contacts:{page}", **more).count()


def test_one_line_a_draft_and_hour_however_often_it_is_saved(web: Client, worker: Staff, person: Person) -> None:
    row, other = new_id(), new_id()
    for stroke in range(5):
        web.post(at("autosave", person, row), sent(person, narrative=str(stroke), writer="a", stroke=str(stroke)))
        web.post(at("ahead", person, row), sent(person))
    assert (told("autosave"), told("ahead")) == (1, 1)
    assert told("autosave", client=person.pk, details__work=str(row)) == 1
    web.post(at("autosave", person, other), sent(person))
    assert told("autosave") == 2
    with time_machine.travel(timezone.now() + timedelta(minutes=61), tick=False):
        browser(worker).post(at("autosave", person, row), sent(person, narrative="later", writer="a", stroke="9"))
    assert told("autosave", details__work=str(row)) == 2


def test_each_worker_and_each_opening_has_a_line(web: Client, person: Person) -> None:
    colleague = StaffFactory()
    AssignmentFactory(client=person, staff=colleague, kind="secondary")
    for one in (web, browser(colleague)):
        one.post(at("ahead", person, new_id()), sent(person))
    assert told("ahead") == 2
    for _again in range(2):
        web.get(at("new", person))
    assert told("new") == 2


def test_refusals_are_recorded_every_time(person: Person) -> None:
    stranger = browser(StaffFactory())
    row = new_id()
    for _again in range(3):
        assert stranger.post(at("autosave", person, row), sent(person)).status_code == 404
    assert Event.objects.filter(action="access.refused", client=person.pk, allowed=False).count() == 3


def test_the_signature_is_an_act_of_its_own(web: Client, person: Person) -> None:
    row = new_id()
    web.post(at("autosave", person, row), sent(person))
    web.post(at("write", person, row), sent(person, do="sign", version="1"))
    assert Event.objects.filter(action="contacts.signed", object_id=str(row)).count() == 1
    assert told("write") == 1


def test_the_read_of_who_signs_is_told_once_however_it_ends(
    web: Client, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = new_id()
    assert web.post(at("write", person, row), sent(person, do="sign", end="08:00")).status_code == 422
    assert told("write", client=person.pk) == 1
    assert web.post(at("write", person, row), sent(person, do="sign")).status_code == 302
    assert told("write") == 2
    assert Event.objects.filter(action="contacts.signed").count() == 1
    assert web.post(at("write", person, row), sent(person, do="sign")).status_code == 302
    assert told("write") == 3

    def broken(**_said: Any) -> None:
        raise OSError("the power went")

    with monkeypatch.context() as patch:
        patch.setattr(signing, "follow", broken)
        with pytest.raises(OSError, match="power"):
            web.post(at("write", person, new_id()), sent(person, do="sign", overlap_is_right="1"))
    assert told("write") == 4
    assert Event.objects.filter(action="contacts.signed").count() == 1


def test_signing_writes_the_log_once(web: Client, person: Person) -> None:
    """The read, the next step's task and the signature: one insert, so one commit."""
    web.get(at("new", person))
    more = {"next_step": "Call the school", "next_in": "7"}
    with CaptureQueriesContext(connection) as asked:
        web.post(at("write", person, new_id()), sent(person, do="sign", **more))
    written = [one["sql"] for one in asked if one["sql"].startswith("INSERT INTO audit_event")]
    assert len(written) == 1
    assert len(asked) <= ASKED_TO_SIGN[connection.vendor], [one["sql"] for one in asked]
    assert set(Event.objects.order_by("-pk").values_list("action", flat=True)[:3]) == {
        "contact.write",
        "tasks.made",
        "contacts.signed",
    }


def test_other_clients_whose_names_stand_on_the_page_are_on_the_log(web: Client, person: Person, actor: Actor) -> None:
    """The circle, and those who are served with the client: who looks their record up sees who was shown their name."""
    sister, neighbor = PersonFactory(family="Sisterclient"), PersonFactory(family="Noclient", client_number=None)
    for other, kind in ((sister, "sibling"), (neighbor, "friend")):
        add_relationship(person=person, values={"other": other, "kind": kind}, by=actor)
    body = web.get(at("new", person)).content.decode()
    assert "Sisterclient" in body
    assert "Noclient" in body
    seen = Event.objects.filter(action="client.listed", details__page="contacts:write")
    assert [one.client for one in seen] == [sister.pk]
    web.post(at("autosave", person, new_id()), sent(person, who=[str(person.pk), str(sister.pk)]))
    assert seen.count() == 1  # what is typed shows nobody
