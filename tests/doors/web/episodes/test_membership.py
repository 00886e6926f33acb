"""A family's members through the pages: joins, leaves, and a slip is taken back."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from goldthread.casework.caseload.actions import enrol
from goldthread.casework.episodes.models import Episode, EpisodeMember
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Household, HouseholdMember, Person
from tests.access.world import browser
from tests.casework.caseload.programs import FAMILIES, program
from tests.clock import agency_today
from tests.doors.web.clients.people import client_of, team_with
from tests.doors.web.episodes.test_handing_on import system, words
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss() -> Staff:
    return team_with(Role.SUPERVISOR)


@pytest.fixture
def page(boss: Staff) -> Client:
    return browser(boss)


@pytest.fixture
def worker(boss: Staff) -> Staff:
    return StaffFactory(name="Ana Ruiz", team=boss.memberships.get().team)


@pytest.fixture
def family(boss: Staff, worker: Staff) -> list[Person]:
    """Lu and Noor, who are served, and Bo, who is not yet; all live together."""
    house = Household.objects.create(name="Ferreira")
    people = [
        client_of(worker, boss.memberships.get().team, given=name, family="Ferreira") for name in ("Lu", "Noor", "Bo")
    ]
    for one in people:
        HouseholdMember.objects.create(household=house, person=one)
    return people


@pytest.fixture
def episode(boss: Staff, worker: Staff, family: list[Person]) -> Episode:
    return enrol(
        program=program(system(), FAMILIES, team=boss.memberships.get().team),
        household=Household.objects.get(),
        members=family[:2],
        enrolled_on=agency_today() - timedelta(days=40),
        staff=worker,
        by=system(),
    )


def at(person: Person, episode: Episode, what: str = "") -> str:
    return f"/clients/{person.pk}/programs/{episode.pk}/{what}" if what else f"/clients/{person.pk}/programs/"


def send(page: Client, path: str, **values: Any) -> Any:
    return page.post(path, {"form_id": new_id(), **values}, follow=True)


def test_a_child_joins_and_it_can_be_taken_back(page: Client, episode: Episode, family: list[Person]) -> None:
    lu, noor, bo = family
    shown = page.get(at(lu, episode, "join/")).content.decode()
    assert f'value="{bo.pk}"' in shown
    assert f'value="{noor.pk}"' not in shown
    day = (agency_today() - timedelta(days=3)).isoformat()
    answer = send(page, at(lu, episode, "join/"), person=bo.pk, joined_on=day, reason="Born")
    assert "Bo Ferreira joined, with the same workers." in words(answer)
    said = words(page.get(at(bo, episode)))
    assert "together with Lu Ferreira , Noor Ferreira" in said
    assert "Joined " in said
    assert "since" in words(page.get(at(lu, episode)))
    assert "Everybody in this household" in words(page.get(at(lu, episode, "join/")))
    assert "Taken back: they are not in this program." in words(send(page, at(bo, episode, "join/undo/")))
    assert not EpisodeMember.objects.filter(person=bo).exists()


def test_one_leaves_the_others_stay_and_it_can_be_taken_back(
    page: Client, episode: Episode, family: list[Person], worker: Staff
) -> None:
    lu, noor, _bo = family
    refused = page.post(at(noor, episode, "leave/"), {"form_id": new_id(), "left_on": agency_today(), "reason": ""})
    assert refused.status_code == 422
    day = agency_today().isoformat()
    send(page, at(noor, episode, "leave/"), left_on=day, reason="Lives with her aunt")
    said = words(page.get(at(noor, episode)))
    assert "Before" in said
    assert "Left today: Lives with her aunt" in said
    others = words(page.get(at(lu, episode)))
    assert "Who left" in others
    assert re.search(r"Noor Ferreira : .* Lives with her aunt", others)
    assert Event.objects.filter(client=noor.pk, action="client.listed").exists()
    assert "Taken back" in words(send(page, at(noor, episode, "leave/undo/")))
    assert EpisodeMember.objects.get(person=noor).ends_on is None
    assert page.get(at(noor, episode, "leave/undo/")).status_code == 405
    assert page.post(at(noor, episode, "leave/undo/")).status_code == 404  # nothing to take back


@pytest.mark.parametrize("served", [True, False], ids=["served too", "not served"])
def test_a_household_does_not_tell_the_name_of_a_head_who_is_hidden(
    served: bool, page: Client, episode: Episode, family: list[Person], worker: Staff
) -> None:
    lu, noor, bo = family
    head = noor if served else bo
    Household.objects.update(name="Quiroga-Stone")
    HouseholdMember.objects.filter(person=head).update(is_head=True)
    assert "Quiroga-Stone" in words(page.get(at(lu, episode)))
    Person.objects.filter(pk=head.pk).update(labels=Label.SEALED)
    said = words(page.get(at(lu, episode)))
    assert "Quiroga-Stone" not in said
    assert "Household" in said
    assert head.display_name not in said


def test_only_who_may_manage(episode: Episode, family: list[Person], worker: Staff) -> None:
    seat = browser(worker)
    for what in ("join/", "leave/"):
        assert seat.get(at(family[0], episode, what)).status_code == 404
    assert "Somebody joins" not in words(seat.get(at(family[0], episode)))


def test_an_episode_of_one_person_has_no_members(
    page: Client, boss: Staff, worker: Staff, family: list[Person]
) -> None:
    alone = enrol(
        program=program(system(), team=boss.memberships.get().team),
        person=family[2],
        enrolled_on=agency_today() - timedelta(days=9),
        staff=worker,
        by=system(),
    )
    for what in ("join/", "leave/"):
        assert page.get(at(family[2], alone, what)).status_code == 404


def test_eight_children_cost_no_more_statements_than_two(
    page: Client, boss: Staff, worker: Staff, episode: Episode, family: list[Person]
) -> None:
    from goldthread.casework.caseload.actions import join

    def asked() -> int:
        page.get(at(family[0], episode))
        with CaptureQueriesContext(connection) as queries:
            assert page.get(at(family[0], episode)).status_code == 200
        return len(queries)

    few = asked()
    for number in range(6):
        child = client_of(worker, boss.memberships.get().team, given=f"Child{number}")
        join(episode=episode, person=child, joined_on=agency_today(), by=system())
    assert asked() == few
