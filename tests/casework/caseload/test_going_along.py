"""Whoever gets a client gets what is to be done for them: also what somebody made by hand, a plan, a paper or a thread asked for."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from goldthread.casework.caseload.actions import assign, end, hand_over, transfer
from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.casework.caseload.queries import on, primary_of
from goldthread.casework.caseload.tasks import tasks_follow_workers
from goldthread.casework.episodes.models import Episode
from goldthread.casework.tasks.actions.tasks import delegate, make_task
from goldthread.casework.tasks.models import Task
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.casework.tasks.making import enrolled, program
from tests.factories import PersonFactory, StaffFactory, TeamFactory
from tests.racing import race

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 19)


@pytest.fixture
def renee() -> Staff:
    return StaffFactory()


@pytest.fixture
def jonah() -> Staff:
    return StaffFactory()


@pytest.fixture
def dana() -> Person:
    return PersonFactory()


@pytest.fixture
def episode(dana: Person, renee: Staff, actor: Actor) -> Episode:
    found = enrolled(program(team=TeamFactory()), TODAY - timedelta(days=90), dana)
    held(dana, renee, found, actor)
    return found


def held(client: Person, staff: Staff, episode: Episode | None, by: Actor, **more: Any) -> Assignment:
    said: dict[str, Any] = {
        "kind": AssignmentKind.PRIMARY,
        "starts_on": TODAY - timedelta(days=60),
        "team": None,
    } | more
    return assign(client=client, staff=staff, episode=episode, ends_on=None, by=by, **said)


def asked(title: str, client: Person, episode: Episode | None, owner: Staff, by: Actor, **more: Any) -> Task:
    return make_task(title=title, client=client, episode=episode, owner=owner, due_on=TODAY, by=by, **more)


def whose(title: str) -> Staff | None:
    return Task.objects.get(title=title).owner


def test_with_a_transfer_what_was_made_by_hand_goes_too(
    renee: Staff, jonah: Staff, dana: Person, episode: Episode, actor: Actor
) -> None:
    asked("Call the landlord", dana, episode, renee, actor)
    asked("Renew the card", dana, None, renee, actor, source_kind="document")
    asked("Of somebody else", PersonFactory(), None, renee, actor)
    transfer(episode=episode, to_staff=jonah, on=TODAY, by=actor, reason="Renee goes")
    assert whose("Call the landlord") == whose("Renew the card") == jonah
    assert whose("Of somebody else") == renee
    told = Event.objects.filter(action="tasks.went_along", client=dana.pk)
    assert told.count() == 2
    assert told[0].details == {"from": str(renee.pk), "to": str(jonah.pk)}


def test_who_stays_with_the_client_keeps_what_belongs_to_no_program(
    renee: Staff, jonah: Staff, dana: Person, episode: Episode, actor: Actor
) -> None:
    other = enrolled(program(), TODAY - timedelta(days=90), dana)
    held(dana, renee, other, actor)
    asked("Of the program", dana, episode, renee, actor)
    asked("Of the other", dana, other, renee, actor)
    asked("Of none", dana, None, renee, actor)
    transfer(episode=episode, to_staff=jonah, on=TODAY, by=actor, reason="Less to do")
    assert (whose("Of the program"), whose("Of the other"), whose("Of none")) == (jonah, renee, renee)


def test_what_was_asked_of_a_colleague_is_waited_for_by_the_new_worker(
    renee: Staff, jonah: Staff, dana: Person, episode: Episode, actor: Actor
) -> None:
    colleague = StaffFactory()
    hers = replace(actor, staff=renee.pk)
    delegate(task=asked("Of a colleague", dana, episode, renee, actor), to=colleague, by=hers)
    delegate(task=asked("Of Jonah", dana, episode, renee, actor), to=jonah, by=hers)
    delegate(
        task=asked("A colleague's", dana, episode, colleague, actor), to=renee, by=replace(actor, staff=colleague.pk)
    )
    transfer(episode=episode, to_staff=jonah, on=TODAY, by=actor, reason="Renee goes")
    rows = {row.title: (row.owner, row.asked_by) for row in Task.objects.filter(requirement="")}
    assert rows == {
        "Of a colleague": (colleague, jonah),
        "Of Jonah": (jonah, None),
        "A colleague's": (renee, colleague),
    }


def test_a_transfer_for_later_moves_it_on_the_day(
    renee: Staff, jonah: Staff, dana: Person, episode: Episode, actor: Actor
) -> None:
    asked("Call the landlord", dana, episode, renee, actor)
    transfer(episode=episode, to_staff=jonah, on=TODAY + timedelta(days=3), by=actor, reason="Renee goes")
    assert whose("Call the landlord") == renee
    tasks_follow_workers.func(replace(actor, today=TODAY + timedelta(days=3)))
    assert whose("Call the landlord") == jonah


def test_all_clients_of_a_worker_with_and_without_a_program(
    renee: Staff, jonah: Staff, dana: Person, episode: Episode, actor: Actor
) -> None:
    eli = PersonFactory()
    held(eli, renee, None, actor)
    asked("Of Dana", dana, episode, renee, actor)
    asked("Of Eli", eli, None, renee, actor)
    hand_over(from_staff=renee, to_staff=jonah, on=TODAY, by=actor, reason="Renee goes")
    assert whose("Of Dana") == whose("Of Eli") == jonah


def test_clients_of_no_program_handed_over_for_later(renee: Staff, jonah: Staff, actor: Actor) -> None:
    eli = PersonFactory()
    held(eli, renee, None, actor)
    asked("Of Eli", eli, None, renee, actor)
    later = TODAY + timedelta(days=3)
    hand_over(from_staff=renee, to_staff=jonah, on=later, by=actor, reason="Renee goes")
    assert whose("Of Eli") == renee
    tasks_follow_workers.func(replace(actor, today=later))
    assert whose("Of Eli") == jonah


def test_nothing_goes_to_somebody_who_has_handed_the_client_on_since(renee: Staff, jonah: Staff, actor: Actor) -> None:
    eli, third = PersonFactory(), StaffFactory()
    held(eli, renee, None, actor)
    hand_over(from_staff=renee, to_staff=jonah, on=TODAY, by=actor, reason="Renee goes")
    next_day = replace(actor, today=TODAY + timedelta(days=1))
    hand_over(from_staff=jonah, to_staff=third, on=next_day.today, by=next_day, reason="Jonah goes, too")
    asked("Look for the key", eli, None, renee, next_day)
    tasks_follow_workers.func(next_day)
    assert whose("Look for the key") == renee


def test_where_nobody_follows_the_team_has_it(renee: Staff, dana: Person, episode: Episode, actor: Actor) -> None:
    asked("Call the landlord", dana, episode, renee, actor)
    row = Assignment.objects.get(staff=renee)
    end(assignment=row, ends_on=TODAY - timedelta(days=1), by=actor, reason="Renee is ill")
    task = Task.objects.get(title="Call the landlord")
    assert (task.owner, task.team) == (None, episode.program.team)


def test_what_is_done_stays_with_who_did_it(
    renee: Staff, jonah: Staff, dana: Person, episode: Episode, actor: Actor
) -> None:
    task = asked("Done", dana, episode, renee, actor)
    Task.objects.filter(pk=task.pk).update(state="done")
    transfer(episode=episode, to_staff=jonah, on=TODAY, by=actor, reason="Renee goes")
    assert whose("Done") == renee


def test_given_on_to_a_third_worker_on_the_same_day(
    renee: Staff, jonah: Staff, dana: Person, episode: Episode, actor: Actor
) -> None:
    last = StaffFactory()
    asked("Call the landlord", dana, episode, renee, actor)
    asked("Renew the card", dana, None, renee, actor, source_kind="document")
    transfer(episode=episode, to_staff=jonah, on=TODAY, by=actor, reason="Renee goes")
    transfer(episode=episode, to_staff=last, on=TODAY, by=actor, reason="It was to be Ines")
    assert primary_of(episode, TODAY) == whose("Call the landlord") == last
    tasks_follow_workers.func(replace(actor, today=TODAY + timedelta(days=1)))
    assert whose("Call the landlord") == whose("Renew the card") == last


def test_who_hands_over_in_person_keeps_what_is_in_no_program_until_the_day_is_over(
    renee: Staff, jonah: Staff, dana: Person, episode: Episode, actor: Actor
) -> None:
    asked("Renew the card", dana, None, renee, actor, source_kind="document")
    hand_over(from_staff=renee, to_staff=jonah, on=TODAY, both=True, by=actor, reason="Renee goes")
    assert whose("Renew the card") == renee
    tasks_follow_workers.func(replace(actor, today=TODAY + timedelta(days=1)))
    assert whose("Renew the card") == jonah


@pytest.mark.django_db(transaction=True)
def test_two_transfers_at_one_moment_leave_the_tasks_with_who_has_the_client(
    renee: Staff, jonah: Staff, dana: Person, episode: Episode, actor: Actor
) -> None:
    asked("Call the landlord", dana, episode, renee, actor)
    for _round in range(4):
        to = [StaffFactory(), StaffFactory()]
        first, second = (
            partial(transfer, episode=episode, to_staff=one, on=TODAY, by=actor, reason="Both pressed") for one in to
        )
        assert race(first, second) == ["in", "in"]
        now = Assignment.objects.get(on(TODAY + timedelta(days=1)), episode=episode, kind=AssignmentKind.PRIMARY).staff
        assert now in to
        assert whose("Call the landlord") == now
