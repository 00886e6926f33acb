"""From a program that closes to another: the same workers, what is agreed goes along, and a family stays together."""

from datetime import date, timedelta

import pytest

from goldthread.casework.caseload.actions import cover, enrol, pause
from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.casework.episodes.models import Episode, EpisodeMember, Pause
from goldthread.casework.schedule.actions import move_on
from goldthread.casework.tasks.actions.tasks import make_task
from goldthread.casework.tasks.models import Task
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.programs.actions import open_program
from goldthread.foundation.programs.shipped import shipped
from goldthread.people.persons.models import Household
from tests.casework.caseload.programs import FAMILIES, MENTAL, RECOVERY, program
from tests.factories import AT, LONG_AGO, AgencyFactory, PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db
TODAY = AT.date()
BEGAN = TODAY - timedelta(days=90)


@pytest.fixture
def by() -> Actor:
    AgencyFactory()
    return Actor(at=AT, today=TODAY)


def moved(episode: Episode, to: str, by: Actor, on: date = TODAY) -> list[Episode]:
    there = program(by, to)
    return move_on(episode=episode, program=there, on=on, reason="transferred", by=by)


def test_the_same_workers_and_no_day_without_a_program(by: Actor) -> None:
    ana, ben, client = StaffFactory(name="Ana"), StaffFactory(name="Ben"), PersonFactory()
    old = enrol(program=program(by), person=client, enrolled_on=BEGAN, staff=ana, seconds=[ben], cosign=True, by=by)
    (new,) = moved(old, "act-intensive", by)
    old.refresh_from_db()
    assert (old.discharged_on, old.discharge_reason) == (TODAY - timedelta(days=1), "transferred")
    assert (new.person, new.enrolled_on, new.discharged_on) == (client, TODAY, None)
    running = Assignment.objects.filter(episode=new, ends_on=None)
    assert {(row.staff.name, row.kind, row.cosign) for row in running} == {
        ("Ana", AssignmentKind.PRIMARY, True),
        ("Ben", AssignmentKind.SECONDARY, False),
    }
    assert not Assignment.objects.filter(episode=old, ends_on=None).exists()
    assert move_on(episode=old, program=new.program, on=TODAY, reason="transferred", by=by) == []
    assert Episode.objects.count() == 2


def test_enrolled_today_they_leave_today(by: Actor) -> None:
    old = enrol(program=program(by), person=PersonFactory(), enrolled_on=TODAY, by=by)
    moved(old, "act-intensive", by)
    old.refresh_from_db()
    assert old.discharged_on == TODAY


def test_promises_go_along_and_keep_their_labels(by: Actor) -> None:
    """A task of a protected program does not become readable for everybody in the next one."""
    ana, client = StaffFactory(), PersonFactory()
    old = enrol(program=program(by, RECOVERY), person=client, enrolled_on=BEGAN, staff=ana, by=by)
    task = make_task(title="Call the clinic", client=client, episode=old, owner=ana, by=by)
    rules = set(Task.objects.filter(episode=old).exclude(requirement="").values_list("pk", flat=True))
    (new,) = moved(old, MENTAL, by)
    task.refresh_from_db()
    assert (task.episode_id, task.labels, task.state) == (new.pk, int(Label.SUBSTANCE_USE), "open")
    assert rules
    assert not Task.objects.filter(pk__in=rules, episode=new).exists()
    assert Task.objects.filter(episode=new, owner=ana).exclude(requirement="").exists(), "the new rules ask at once"


def test_who_covers_goes_on_covering(by: Actor) -> None:
    ana, ben = StaffFactory(name="Ana"), StaffFactory(name="Ben")
    old = enrol(program=program(by), person=PersonFactory(), enrolled_on=BEGAN, staff=ana, by=by)
    last = TODAY + timedelta(days=5)
    cover(absent=ana, colleague=ben, starts_on=TODAY - timedelta(days=2), ends_on=last, by=by)
    (new,) = moved(old, "act-intensive", by)
    row = Assignment.objects.get(episode=new, kind=AssignmentKind.COVER)
    assert (row.staff, row.starts_on, row.ends_on) == (ben, TODAY, last)


def test_a_pause_goes_on(by: Actor) -> None:
    old = enrol(program=program(by), person=PersonFactory(), enrolled_on=BEGAN, by=by)
    pause(episode=old, starts_on=TODAY - timedelta(days=9), reason="In hospital", by=by)
    (new,) = moved(old, "act-intensive", by)
    assert Pause.objects.get(episode=new).reason == "In hospital"
    assert Pause.objects.get(episode=old).ends_on == TODAY - timedelta(days=1)


@pytest.mark.parametrize(("to", "episodes"), [("mental-health-tcm", 2), ("families-2", 1)])
def test_a_family_stays_together_where_the_program_serves_families(by: Actor, to: str, episodes: int) -> None:
    home, ana = Household.objects.create(name="Reyes"), StaffFactory()
    children = [PersonFactory(birth_date=date(2018, 1, day)) for day in (1, 2)]
    first = program(by, FAMILIES)
    old = enrol(program=first, household=home, members=children, enrolled_on=BEGAN, staff=ana, by=by)
    rules = shipped()["child-welfare" if episodes == 1 else to]
    there = open_program(key=to, name=to, template=rules, template_key=rules.key, team=None, opened_on=LONG_AGO, by=by)
    found = move_on(episode=old, program=there, on=TODAY, reason="transferred", by=by)
    assert len(found) == episodes
    members = EpisodeMember.objects.filter(episode__in=found, ends_on=None)
    assert {row.person_id for row in members} == {one.pk for one in children}
    assert {row.household_id for row in found} == ({home.pk} if episodes == 1 else {None})
    assert Assignment.objects.filter(episode__in=found, staff=ana, ends_on=None).count() == 2


def test_who_is_there_already_is_not_moved_and_nothing_is_half_done(by: Actor) -> None:
    client = PersonFactory()
    old = enrol(program=program(by), person=client, enrolled_on=BEGAN, by=by)
    there = program(by, "act-intensive")
    enrol(program=there, person=client, enrolled_on=BEGAN, by=by)
    with pytest.raises(DomainError, match="already in this program"):
        move_on(episode=old, program=there, on=TODAY, reason="transferred", by=by)
    old.refresh_from_db()
    assert old.discharged_on is None
