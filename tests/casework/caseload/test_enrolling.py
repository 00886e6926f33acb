"""Enrolling a person or a household; never twice in one program at a time, whatever happens at once."""

import threading
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from goldthread.casework.caseload import queries
from goldthread.casework.caseload.actions import discharge, enrol
from goldthread.casework.caseload.models import Assignment
from goldthread.casework.episodes.models import Episode, EpisodeMember
from goldthread.casework.episodes.queries import members_of, open_episodes
from goldthread.casework.record.models import Entry
from goldthread.casework.tasks.models import Evidence, Task
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.programs.shipped import shipped
from goldthread.people.persons.models import Household
from tests.casework.caseload.programs import FAMILIES, RECOVERY, enrolled, program, within_the_agency
from tests.factories import AssignmentFactory, PersonFactory, StaffFactory, TeamFactory

TODAY = date(2026, 11, 19)
LAST_WEEK = date(2026, 11, 12)
pytestmark = pytest.mark.django_db


def test_everything_that_follows_from_an_enrolment(actor: Actor) -> None:
    team = TeamFactory()
    home, client, worker, second = program(actor, team=team), PersonFactory(), StaffFactory(), StaffFactory()
    made = enrol(
        program=home,
        person=client,
        enrolled_on=LAST_WEEK,
        referred_on=date(2026, 11, 2),
        staff=worker,
        seconds=[second, worker],
        cosign=True,
        by=actor,
    )
    assert open_episodes(client, TODAY) == [made]
    assert open_episodes(client, date(2026, 11, 11)) == []
    assert [one.person for one in members_of(made, TODAY)] == [client]
    rows = {(row.staff, row.kind, row.team, row.cosign) for row in queries.current(client, TODAY)}
    assert rows == {(worker, "primary", team, True), (second, "secondary", team, False)}
    assert queries.primary_of(made, TODAY) == worker
    told = Evidence.objects.filter(episode=made).order_by("happened_on").values_list("kind", "happened_on")
    assert list(told) == [("referred", date(2026, 11, 2)), ("enrolled", LAST_WEEK)]
    entry = Entry.objects.get(person=client)
    assert (entry.kind, entry.episode, entry.happened_at.date()) == ("enrolled", made, LAST_WEEK)
    assert Event.objects.filter(action="episodes.enrolled", client=client.pk).count() == 1
    tasks = Task.objects.filter(episode=made, state="open")
    assert tasks
    assert {task.owner for task in tasks} == {worker}


def test_a_program_can_ask_for_co_signatures_of_everybody(actor: Actor) -> None:
    home = program(actor, template=replace(shipped()["mental-health-tcm"], cosign_default=True))
    enrol(program=home, person=PersonFactory(), enrolled_on=LAST_WEEK, staff=StaffFactory(), by=actor)
    assert Assignment.objects.get().cosign


def test_labels_flow_from_the_program_to_everything(actor: Actor) -> None:
    made = enrolled(actor, LAST_WEEK, RECOVERY, staff=StaffFactory())
    for rows in (Episode.objects, Assignment.objects, Evidence.objects, Entry.objects, Task.objects):
        labels = set(rows.values_list("labels", flat=True))
        assert labels == {int(Label.SUBSTANCE_USE)}, rows.model
    assert made.labels == Label.SUBSTANCE_USE


def test_a_household_with_its_members_each_for_themselves(actor: Actor) -> None:
    mother, child = PersonFactory(birth_date=date(1990, 5, 1)), PersonFactory(birth_date=date(2018, 5, 1))
    unknown = PersonFactory(birth_date=None)
    worker = StaffFactory()
    made = enrol(
        program=program(actor, FAMILIES),
        household=Household.objects.create(name="Reyes"),
        members=[mother, child, unknown],
        enrolled_on=LAST_WEEK,
        staff=worker,
        by=actor,
    )
    children = {one.person: one.child for one in EpisodeMember.objects.filter(episode=made)}
    assert children == {mother: False, child: True, unknown: True}
    assert {row.client for row in Assignment.objects.filter(episode=made, staff=worker)} == {mother, child, unknown}
    assert Entry.objects.filter(kind="enrolled").count() == 3
    assert Evidence.objects.filter(kind="enrolled").count() == 3
    assert open_episodes(child, TODAY) == [made]


def test_several_programs_and_several_times(actor: Actor) -> None:
    client = PersonFactory()
    first = enrolled(actor, date(2026, 1, 5), person=client)
    enrolled(actor, LAST_WEEK, RECOVERY, person=client)
    discharge(episode=first, discharged_on=date(2026, 3, 10), reason="moved", by=actor)
    with pytest.raises(DomainError, match="already in this program"):
        enrolled(actor, date(2026, 3, 9), person=client)
    again = enrolled(actor, date(2026, 3, 10), person=client)
    assert again in open_episodes(client, TODAY)
    assert len(open_episodes(client, TODAY)) == 2


def test_what_a_worker_had_of_the_client_as_a_whole_becomes_the_episode(actor: Actor) -> None:
    before = AssignmentFactory()
    made = enrolled(actor, LAST_WEEK, person=before.client, staff=before.staff)
    before.refresh_from_db()
    assert before.ends_on == date(2026, 11, 11)
    assert [row.episode for row in queries.current(before.client, TODAY)] == [made]


def test_the_same_form_twice_is_one(actor: Actor) -> None:
    client, form_id = PersonFactory(), new_id()
    one = enrolled(actor, LAST_WEEK, person=client, form_id=form_id, staff=StaffFactory())
    two = enrolled(actor, LAST_WEEK, person=client, form_id=form_id)
    assert one == two
    assert Entry.objects.count() == 1
    with pytest.raises(DomainError):
        enrolled(actor, TODAY, person=client)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"on": TODAY + timedelta(days=1)}, "enrolled_on"),
        ({"on": date(2019, 12, 31)}, "enrolled_on"),
        ({"referred_on": date(2026, 11, 13)}, "referred_on"),
        ({"person": {"birth_date": date(2026, 11, 13)}}, "enrolled_on"),
        ({"person": {"deceased": True, "died_on": date(2026, 11, 11)}}, "enrolled_on"),
        ({"person": {"deceased": True}}, "enrolled_on"),
        ({"person": {"client_number": None}}, "members"),
        ({"staff": {"ended_on": date(2026, 11, 11)}}, "staff"),
    ],
)
def test_days_that_cannot_be(actor: Actor, said: dict[str, Any], field: str) -> None:
    person = PersonFactory(**said.pop("person", {}))
    staff = StaffFactory(**said.pop("staff")) if "staff" in said else None
    with pytest.raises(DomainError) as refused:
        enrolled(actor, said.pop("on", LAST_WEEK), person=person, staff=staff, **said)
    assert refused.value.field == field
    assert not Episode.objects.exists()
    assert not Entry.objects.exists()


def test_a_program_that_is_closed_takes_nobody_in_from_that_day(actor: Actor) -> None:
    home = program(actor)
    home.closed_on = LAST_WEEK
    home.save()
    with pytest.raises(DomainError):
        enrolled(actor, LAST_WEEK)
    assert enrolled(actor, date(2026, 11, 11))


def test_the_form_of_another_enrolment_makes_nothing(actor: Actor) -> None:
    taken = enrolled(actor, LAST_WEEK)
    with pytest.raises(DomainError, match="Somebody else"):
        enrolled(actor, LAST_WEEK, RECOVERY, form_id=taken.pk)
    assert Episode.objects.count() == 1


def test_who_is_enrolled_must_be_said_and_fit_the_program(actor: Actor) -> None:
    home, house = program(actor), Household.objects.create(name="Reyes")
    for who in (
        {},
        {"person": PersonFactory(), "household": house},
        {"household": house, "members": [PersonFactory()]},
    ):
        with pytest.raises(DomainError):
            enrol(program=home, enrolled_on=LAST_WEEK, by=actor, **who)
    with pytest.raises(DomainError):
        enrol(program=program(actor, FAMILIES), household=house, enrolled_on=LAST_WEEK, by=actor)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_episode(actor: Actor) -> None:
    home, client = program(actor), PersonFactory()
    refused: list[DomainError] = []

    start = threading.Barrier(2)

    def go() -> None:
        within_the_agency()
        start.wait()
        try:
            enrol(program=home, person=client, enrolled_on=LAST_WEEK, by=actor)
        except DomainError as error:
            refused.append(error)
        finally:
            connection.close()

    hands = [threading.Thread(target=go) for _ in range(2)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(30)
    assert Episode.objects.count() == 1
    assert len(refused) == 1
