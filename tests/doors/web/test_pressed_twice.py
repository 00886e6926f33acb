"""A form that is sent twice at the same moment, each over a connection of its own: it is done once, and neither answer is a fault."""

from functools import partial
from typing import Any

import pytest
import time_machine
from django.test import Client

from goldthread.casework.contacts.models import Concern
from goldthread.casework.intake.models import Inquiry, PublicDoor
from goldthread.casework.tasks.models import Task
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from tests.access.world import browser
from tests.doors.web.clients.people import client_of, team_with
from tests.doors.web.intake.test_inquiry_pages import a_program
from tests.factories import AgencyFactory
from tests.racing import race

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


def twice(staff: Staff, path: str, sent: dict[str, Any]) -> list[int]:
    return at_once(path, sent, browser(staff), browser(staff))


def at_once(path: str, sent: dict[str, Any], *browsers: Client) -> list[int]:
    """How both presses were answered."""
    answers: list[int] = []

    def press(page: Client) -> None:
        answers.append(page.post(path, sent).status_code)

    assert race(*[partial(press, page) for page in browsers]) == ["in", "in"]
    return sorted(answers)


@pytest.fixture
def worker() -> Staff:
    return team_with(Role.CASE_MANAGER)


def test_a_new_task(worker: Staff) -> None:
    for number in range(ROUNDS):
        sent = {"form_id": str(new_id()), "title": f"Call {number}", "owner": str(worker.pk)}
        assert twice(worker, "/day/tasks/new/", sent) == [302, 302]
    assert Task.objects.count() == ROUNDS


def test_a_concern(worker: Staff) -> None:
    client = client_of(worker, worker.memberships.get().team)
    for number in range(ROUNDS):
        sent = {"form_id": str(new_id()), "about": f"Transport {number}", "what": "It comes late"}
        assert twice(worker, f"/clients/{client.pk}/concerns/new/", sent) == [302, 302]
    assert Concern.objects.count() == ROUNDS


def test_the_first_words_of_an_inquiry() -> None:
    intake = team_with(Role.INTAKE)
    for number in range(ROUNDS):
        sent = {"version": "0", "writer": "page", "given": f"Maria {number}"}
        assert twice(intake, f"/inquiries/{new_id()}/save/", sent) == [200, 200]
    assert Inquiry.objects.count() == ROUNDS


def test_the_public_page(actor: Actor) -> None:
    AgencyFactory()
    PublicDoor.objects.create(program=a_program(actor, "recovery", "", None), open=True, words_en="We help.")
    for number in range(ROUNDS):
        with time_machine.travel(f"2026-11-20T1{number}:00:00Z", tick=False) as clock:
            text = Client().get("/ask/recovery/").content.decode()
            token = text.split('name="token" value="')[1].split('"')[0]
            clock.shift(60)
            sent = {"token": token, "caller_name": "Ana", "caller_phone": "541 555 0142", "wanted": f"Help {number}"}
            assert at_once("/ask/recovery/", sent, Client(), Client()) == [302, 302]
    assert Inquiry.objects.count() == ROUNDS
