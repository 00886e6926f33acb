"""Somebody stops working with a client and nobody takes over: what was agreed is not left without a word."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from goldthread.casework.caseload.actions import assign
from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.casework.schedule.actions import Wanted, end_assignment, make, reopen_assignment
from goldthread.casework.schedule.enums import AppointmentKind
from goldthread.casework.tasks.models import Task, TaskState
from goldthread.foundation.agency.models import Team
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.factories import AgencyFactory, PersonFactory, StaffFactory, TeamFactory

pytestmark = pytest.mark.django_db
FRIDAY, MONDAY, TUESDAY = date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture
def team() -> Team:
    AgencyFactory()
    made: Team = TeamFactory()
    return made


@pytest.fixture
def worker(team: Team) -> Staff:
    made: Staff = StaffFactory(team=team, name="Renee Baptiste")
    return made


@pytest.fixture
def by(actor: Actor, team: Team) -> Actor:
    return replace(actor, staff=StaffFactory(team=team).pk)


@pytest.fixture
def held(worker: Staff, team: Team, by: Actor) -> Assignment:
    client: Person = PersonFactory()
    return assign(
        client=client, staff=worker, kind=AssignmentKind.PRIMARY, team=team, starts_on=date(2026, 9, 1), by=by
    )  # fmt: skip


def agreed(held: Assignment, day: date, by: Actor) -> None:
    make(
        form_id=new_id(),
        client=held.client,
        wanted=Wanted(kind=AppointmentKind.VISIT, day=day, start=time(10), end=time(11), workers=(held.staff_id,)),
        by=by,
    )


def owed() -> list[Task]:
    return list(Task.objects.filter(state=TaskState.OPEN))


def test_the_team_is_asked_who_goes_the_day_before_the_first(held: Assignment, team: Team, by: Actor) -> None:
    for day in (FRIDAY, MONDAY, TUESDAY):
        agreed(held, day, by)
    end_assignment(assignment=held, ends_on=FRIDAY, reason="Leaves us", by=by)
    (task,) = owed()
    assert task.title == "Renee Baptiste still has 2 appointments here: say who goes"
    assert (task.team, task.owner, task.client, task.due_on) == (
        team,
        None,
        held.client,
        FRIDAY,
    )  # the day of work before
    end_assignment(assignment=held, ends_on=FRIDAY, reason="Leaves us", by=by)
    assert len(owed()) == 1


def test_whoever_is_the_worker_then_is_asked_themselves(held: Assignment, team: Team, by: Actor) -> None:
    agreed(held, TUESDAY, by)
    end_assignment(assignment=held, ends_on=by.today - timedelta(days=1), reason="Gone", by=by)
    assert [(task.team, task.due_on) for task in owed()] == [(team, MONDAY)]
    Task.objects.all().delete()
    Assignment.objects.update(ends_on=None, ended_by=None, ended_at=None)
    jonah: Staff = StaffFactory(team=team)
    second = assign(
        client=held.client, staff=jonah, kind=AssignmentKind.SECONDARY, team=team, starts_on=date(2026, 9, 1), by=by
    )
    agreed(second, TUESDAY, by)
    end_assignment(assignment=second, ends_on=FRIDAY, reason="No longer needed", by=by)
    assert [task.owner for task in owed()] == [held.staff]


def test_nothing_is_asked_where_nothing_is_left_or_they_stay_in_another_way(
    held: Assignment, team: Team, by: Actor
) -> None:
    agreed(held, FRIDAY, by)
    assign(client=held.client, staff=held.staff, kind=AssignmentKind.SECONDARY, team=team, starts_on=MONDAY, by=by)
    end_assignment(assignment=held, ends_on=FRIDAY, reason="Now second", by=by)
    assert owed() == []


def test_taking_the_end_back_takes_the_question_back(held: Assignment, by: Actor) -> None:
    agreed(held, TUESDAY, by)
    row = end_assignment(assignment=held, ends_on=FRIDAY, reason="Leaves us", by=by)
    assert row.ended_at is not None
    later = replace(by, at=by.at + timedelta(minutes=5))
    reopen_assignment(assignment=row, ended_at=row.ended_at, ends_on=None, reason="", by=later)
    assert owed() == []
