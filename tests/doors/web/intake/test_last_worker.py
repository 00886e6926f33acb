"""Who comes back by an inquiry: the worker of before is suggested among those with room, to whoever may know that there was one."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from goldthread.casework.caseload.models import Assignment
from goldthread.casework.episodes.models import Episode
from goldthread.casework.intake.models import Inquiry
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.programs.actions import open_program
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.rules.reading import read_template
from goldthread.foundation.workforce.actions.teams import join_team
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.access.world import browser
from tests.doors.web.clients.people import team_with
from tests.doors.web.intake.test_inquiry_pages import a_program
from tests.factories import AT, PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db
WAS = "was their worker until"


@pytest.fixture
def intake() -> Staff:
    return team_with(Role.INTAKE)


@pytest.fixture
def page(intake: Staff) -> Client:
    return browser(intake)


@pytest.fixture
def program(intake: Staff, actor: Actor) -> Program:
    return a_program(actor, team=intake.memberships.get().team)


@pytest.fixture
def zoe(intake: Staff, actor: Actor) -> Staff:
    return worker("Zoe Zeller", intake, actor)


@pytest.fixture
def bo(intake: Staff, actor: Actor) -> Staff:
    return worker("Bo Adler", intake, actor)


def worker(name: str, intake: Staff, actor: Actor) -> Staff:
    one: Staff = StaffFactory(name=name, role=Role.CASE_MANAGER)
    join_team(staff=one, team=intake.memberships.get().team, supervises=False, starts_on=date(2026, 1, 1), by=actor)
    return one


def was_with(client: Person, staff: Staff, program: Program, last: date, **more: Any) -> Episode:
    """An episode of *client* that ended on *last*, of which *staff* was the worker to the end."""
    first = date(last.year, 1, 2)
    episode = Episode.objects.create(
        person=client,
        program=program,
        enrolled_on=first,
        discharged_on=last,
        enrolled_at=AT,
        labels=more.get("labels", 0),
    )
    Assignment.objects.create(
        client=client,
        staff=staff,
        episode=episode,
        labels=more.get("labels", 0),
        kind=more.get("kind", "primary"),
        starts_on=first,
        ends_on=more.get("until", last),
        given_at=AT,
    )
    return episode


def shown(page: Client, program: Program, client: Person) -> str:
    """The page of an inquiry of which *client* is known to be whom it is about."""
    pk = uuid4()
    page.post(f"/inquiries/{pk}/save/", {"version": "0", "given": "Maria", "family": "Ortiz", "program": program.key})
    Inquiry.objects.filter(pk=pk).update(client=client)
    return page.get(f"/inquiries/{pk}/?take={program.pk}").content.decode()


def test_the_last_worker_is_first_with_the_day_and_nothing_is_chosen(
    page: Client, program: Program, zoe: Staff, bo: Staff
):
    maria = PersonFactory(given="Maria", family="Ortiz")
    was_with(maria, bo, program, date(2024, 5, 31))
    was_with(maria, zoe, program, date(2026, 6, 30))
    found = shown(page, program, maria)
    assert f"{WAS} 30 Jun 2026" in found
    assert found.count(WAS) == 1
    assert found.index("Zoe Zeller") < found.index("Bo Adler")  # by name alone, Bo is first
    assert "Worker: who knows them first, then most room" in found
    assert f'name="worker" value="{zoe.pk}" >' in found
    assert 'name="worker" value="" checked>' in found


def test_who_was_worker_for_a_part_of_it_or_in_another_way_is_not_suggested(
    page: Client, program: Program, zoe: Staff, bo: Staff
):
    maria = PersonFactory(given="Maria", family="Ortiz")
    was_with(maria, zoe, program, date(2026, 6, 30), until=date(2026, 3, 1))
    was_with(maria, bo, program, date(2025, 6, 30), kind="secondary")
    found = shown(page, program, maria)
    assert WAS not in found
    assert "Worker: most room first" in found


def test_who_has_left_the_team_or_is_full_is_not_suggested(
    page: Client, actor: Actor, intake: Staff, zoe: Staff, bo: Staff
):
    rules = read_template("template: small\ntitle: Small\ncaseload: {flag: 1, source: judgement}\nrequirements: []\n")
    small = open_program(
        key="small", name="Small", template=rules, template_key="", team=intake.memberships.get().team,
        opened_on=date(2026, 1, 1), by=actor,
    )  # fmt: skip
    maria = PersonFactory(given="Maria", family="Ortiz")
    gone = StaffFactory(name="Cy Gone", role=Role.CASE_MANAGER)
    was_with(maria, gone, small, date(2026, 10, 1))
    was_with(maria, zoe, small, date(2026, 9, 1))
    was_with(maria, bo, small, date(2025, 9, 1))
    other = PersonFactory()
    running = Episode.objects.create(person=other, program=small, enrolled_on=date(2026, 1, 2), enrolled_at=AT)
    Assignment.objects.create(client=other, staff=zoe, episode=running, starts_on=date(2026, 1, 2), given_at=AT)
    found = shown(page, small, maria)
    assert "Cy Gone" not in found
    assert f"{WAS} 1 Sep 2025" in found  # Bo: Zoe has the one client that she may have
    assert found.index("Bo Adler") < found.index("Zoe Zeller")


def test_who_may_not_know_of_the_program_learns_nothing(page: Client, program: Program, zoe: Staff, bo: Staff):
    maria = PersonFactory(given="Maria", family="Ortiz")
    was_with(maria, zoe, program, date(2026, 6, 30), labels=Label.SEALED)
    found = shown(page, program, maria)
    assert WAS not in found
    assert found.index("Bo Adler") < found.index("Zoe Zeller")


def test_of_a_sealed_record_nothing_is_told(page: Client, program: Program, zoe: Staff, bo: Staff):
    maria = PersonFactory(given="Maria", family="Ortiz", labels=Label.SEALED)
    was_with(maria, zoe, program, date(2026, 6, 30))
    found = shown(page, program, maria)
    assert WAS not in found


def test_one_question_more_however_often_they_were_here(page: Client, program: Program, zoe: Staff, bo: Staff):
    maria, lin = PersonFactory(given="Maria", family="Ortiz"), PersonFactory(given="Lin", family="Ortiz")
    was_with(lin, zoe, program, date(2025, 6, 30))
    for year in range(2015, 2026):
        was_with(maria, (zoe, bo)[year % 2], program, date(year, 6, 30))
    asked = []
    for client in (maria, lin):
        pk = uuid4()
        page.post(f"/inquiries/{pk}/save/", {"version": "0", "given": "Maria", "program": program.key})
        Inquiry.objects.filter(pk=pk).update(client=client)
        with CaptureQueriesContext(connection) as counted:
            page.get(f"/inquiries/{pk}/?take={program.pk}")
        asked.append(sum("caseload_assignment" in query["sql"] for query in counted))
    assert asked[0] == asked[1]
