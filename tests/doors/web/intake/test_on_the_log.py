"""Whoever opens a list of intake on which a client stands is among those who saw this client. And who may become the worker."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from goldthread.casework.caseload.models import Assignment
from goldthread.casework.episodes.models import Episode
from goldthread.casework.intake.models import AskedProgram, HandOff, Inquiry, Place
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.programs.models import Program
from goldthread.foundation.workforce.actions import join_team
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.access.world import browser
from tests.doors.web.clients.people import TODAY, team_with
from tests.doors.web.intake.test_inquiry_pages import a_program, inquiry, sent
from tests.factories import AT, PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db
PAGES = {
    "/inquiries/": "intake:list",
    "/inquiries/today/": "intake:today",
    "/waitlists/adults/": "intake:waitlist",
    "/hand-offs/": "intake:hand_offs",
}


@pytest.fixture
def intake() -> Staff:
    return team_with(Role.INTAKE)


@pytest.fixture
def program(intake: Staff, actor: Actor) -> Program:
    return a_program(actor, team=intake.memberships.get().team)


def asks(program: Program, name: str, client: Person | None) -> Inquiry:
    """Somebody who asks, waits, and was referred elsewhere as well."""
    row = Inquiry.objects.create(
        received_at=AT, received_on=TODAY, due_on=TODAY - timedelta(days=400), display_name=name, client=client
    )
    AskedProgram.objects.create(inquiry=row, program=program)
    Place.objects.create(
        inquiry=row, program=program, state="waiting", since=TODAY, contact_on=date(2025, 1, 2), made_at=AT
    )
    HandOff.objects.create(
        inquiry=row, organization="Granite Legal Aid", ask_on=date(2025, 1, 2), made_on=TODAY, made_at=AT
    )
    return row


def told(client: Person, action: str) -> list[str]:
    found = Event.objects.filter(client=client.pk, action=action).order_by("at", "pk")
    return [event.details.get("page", "") for event in found]


@pytest.mark.parametrize("address", PAGES)
def test_a_list_with_a_client_on_it_is_on_the_log_of_this_client(address: str, program: Program, intake: Staff) -> None:
    known = PersonFactory(given="Ines", family="Duarte")
    asks(program, "Ines Duarte", known)
    asks(program, "Somebody new", None)
    text = browser(intake).get(address).content.decode()
    assert "Ines Duarte" in text
    assert "Somebody new" in text
    assert told(known, "client.listed") == [PAGES[address]]


def test_a_list_without_clients_writes_of_nobody(program: Program, intake: Staff) -> None:
    asks(program, "Somebody new", None)
    assert browser(intake).get("/inquiries/").status_code == 200
    assert not Event.objects.filter(action="client.listed").exists()


def test_the_file_of_a_waitlist_too(program: Program) -> None:
    known = PersonFactory(given="Ines", family="Duarte")
    asks(program, "Ines Duarte", known)
    manager = team_with(Role.PROGRAM_MANAGER)
    answer: Any = browser(manager).get("/waitlists/adults/file/")
    assert "Ines Duarte" in b"".join(answer.streaming_content).decode()
    assert told(known, "clients.exported") == ["intake:waitlist_export"]
    assert told(known, "client.listed") == []


def worker(intake: Staff, actor: Actor, role: Role = Role.CASE_MANAGER) -> Staff:
    one: Staff = StaffFactory(role=role)
    join_team(staff=one, team=intake.memberships.get().team, supervises=False, starts_on=date(2026, 1, 1), by=actor)
    return one


def enrolled(page: Client, program: Program, staff: Staff) -> tuple[int, str]:
    row = inquiry(page, program=program.key, do="new")
    page.post(f"/inquiries/{row.pk}/", sent(version="9", do="new", program=program.key))
    press = {"do": "enrol", "take": str(program.pk), "worker": str(staff.pk), f"answer:{program.key}:help": "yes"}
    answer = page.post(f"/inquiries/{row.pk}/", sent(version="9", program=program.key, wanted="Long story", **press))
    return answer.status_code, answer.content.decode()


def test_who_was_offered_becomes_the_worker(program: Program, intake: Staff, actor: Actor) -> None:
    one = worker(intake, actor)
    assert enrolled(browser(intake), program, one)[0] == 302
    assert Assignment.objects.get().staff == one


@pytest.mark.parametrize("which", ["auditor", "another team", "left"])
def test_who_was_never_offered_does_not(which: str, program: Program, intake: Staff, actor: Actor) -> None:
    """A page from before they left, or an address that was tampered with: said at the field, and what was typed stays."""
    if which == "auditor":
        one = worker(intake, actor, Role.AUDITOR)
    elif which == "another team":
        one = team_with(Role.CASE_MANAGER)
    else:
        one = worker(intake, actor)
        one.roles.update(ends_on=TODAY - timedelta(days=1))
    status, text = enrolled(browser(intake), program, one)
    assert status == 422
    assert "takes nobody in this program today" in text
    assert "Long story" in text
    assert not Assignment.objects.exists()


def test_after_a_refusal_somebody_is_chosen_before_it_goes_on(program: Program, intake: Staff, actor: Actor) -> None:
    """The refused one is on no list any more, so none is chosen: it is left to the team only when somebody says so."""
    page, gone = browser(intake), team_with(Role.CASE_MANAGER)
    row = inquiry(page, program=program.key, do="new")
    where = f"/inquiries/{row.pk}/"
    page.post(where, sent(version="9", do="new", program=program.key))
    press = sent(version="9", program=program.key, do="enrol", take=str(program.pk))
    press |= {f"answer:{program.key}:help": "yes", "worker_asked": "yes"}
    first = page.get(f"{where}?take={program.pk}").content.decode()
    assert 'name="worker" value="" checked' in first, "at first the team decides, and it is seen"
    refused = page.post(where, press | {"worker": str(gone.pk)})
    assert refused.status_code == 422
    asked = refused.content.decode().split('id="f-worker"')[1].split("</fieldset>")[0]
    assert 'name="worker_asked"' in asked
    assert "checked" not in asked
    again = page.post(where, press)
    assert again.status_code == 422
    assert "Choose the worker, or that the team decides." in again.content.decode()
    assert not Episode.objects.exists()
    assert page.post(where, press | {"worker": ""}).status_code == 302
    assert Episode.objects.count() == 1
