"""What the audit log says while a note is written: that somebody writes, not every keystroke; and everything else as ever."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.access.world import browser
from tests.doors.web.contacts.test_composer import at, sent
from tests.factories import AgencyFactory, AssignmentFactory, StaffFactory

pytestmark = pytest.mark.django_db


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
