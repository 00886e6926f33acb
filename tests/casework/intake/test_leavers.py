"""Keisha of intake leaves. Who asked her, waits, was offered a place, or was referred elsewhere is not forgotten with her."""

from dataclasses import replace
from datetime import timedelta

import pytest

from goldthread.casework.intake.actions.hand_offs import Elsewhere, refer_client, refer_inquiry
from goldthread.casework.intake.actions.leavers import take_over, tasks_of_intake
from goldthread.casework.intake.actions.offers import answer, offer
from goldthread.casework.intake.actions.outcomes import give
from goldthread.casework.intake.actions.waiting import keep_in_touch
from goldthread.casework.intake.models import HandOff, Inquiry, Place
from goldthread.casework.tasks.models import Task
from goldthread.foundation.agency.models import Team
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.programs.models import Program
from goldthread.foundation.workforce.actions import disable_staff, join_team
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from tests.access.world import browser
from tests.casework.intake.test_waiting import by, inquiry, program, waits
from tests.doors.web.clients.people import client_of, team_with
from tests.factories import PersonFactory, StaffFactory

__all__ = ["by", "program"]
pytestmark = pytest.mark.django_db
CLINIC = Elsewhere("Granite Legal Aid", said="They see her on Monday")


@pytest.fixture
def keisha(by: Actor) -> Staff:
    return Staff.objects.get(pk=by.staff)


def leaves(staff: Staff, by: Actor) -> Actor:
    """Her last day was yesterday; who acts is the job."""
    disable_staff(staff=staff, last_day=by.today - timedelta(days=1), by=replace(by, staff=StaffFactory().pk))
    return replace(by, staff=None)


def whose(kind: str) -> list[tuple[Staff | None, Team | None]]:
    return [(task.owner, task.team) for task in Task.objects.filter(source_kind=kind, state="open")]


def test_inquiries_are_the_teams_again(by: Actor, program: Program, keisha: Staff) -> None:
    row = inquiry(by, "Ana")
    assert whose("inquiry") == [(keisha, None)]
    assert take_over(by=by) == 0, "she works here"
    job = leaves(keisha, by)
    assert [take_over(by=job) for _hour in range(2)] == [1, 0]
    assert whose("inquiry") == [(None, program.team)]
    assert Inquiry.objects.get(pk=row.pk).owner is None


def test_calls_and_answers_to_offers_too(by: Actor, program: Program, keisha: Staff) -> None:
    first, second = waits(by, program, "First", 3), waits(by, program, "Second")
    offer(place=first, by=by)
    assert (whose("offer"), whose("place")) == ([(keisha, None)], [(keisha, None)])
    job = leaves(keisha, by)
    assert [take_over(by=job) for _hour in range(2)] == [2, 0]
    assert (whose("offer"), whose("place")) == ([(None, program.team)], [(None, program.team)])
    assert not Place.objects.filter(owner__isnull=False).exists()
    assert Place.objects.get(pk=second.pk).contact_on == second.contact_on
    answer(place=first, answer="declined", by=replace(by, staff=StaffFactory(role=Role.INTAKE).pk))
    assert whose("offer") == []


def test_who_was_referred_elsewhere_is_asked_after(by: Actor, program: Program, keisha: Staff) -> None:
    row = inquiry(by, "Ana")
    refer_inquiry(inquiry=row, to=CLINIC, by=by)
    Inquiry.objects.filter(pk=row.pk).update(team=program.team)
    job = leaves(keisha, by)
    assert [take_over(by=job) for _hour in range(2)] == [1, 0]
    assert whose("hand_off") == [(None, program.team)]
    assert HandOff.objects.get().owner is None


def test_a_clients_by_who_works_with_them_now(by: Actor, keisha: Staff) -> None:
    worker = team_with(Role.CASE_MANAGER)
    ana = client_of(worker, worker.memberships.get().team)
    refer_client(client=ana, to=CLINIC, episode=None, by=by)
    take_over(by=leaves(keisha, by))
    assert whose("hand_off") == [(worker, None)]


def test_without_a_team_by_who_supervised_her(by: Actor, program: Program, keisha: Staff) -> None:
    gloria = team_with(Role.SUPERVISOR)
    team = gloria.memberships.get().team
    join_team(
        staff=keisha, team=team, supervises=False, starts_on=by.today - timedelta(days=30), by=replace(by, staff=None)
    )
    refer_client(client=PersonFactory(client_number=8, client_since=by.today), to=CLINIC, episode=None, by=by)
    row = inquiry(by, "Ana")
    Inquiry.objects.filter(pk=row.pk).update(team=None)
    take_over(by=leaves(keisha, by))
    assert (whose("hand_off"), whose("inquiry")) == ([(gloria, None)], [(gloria, None)])


def test_where_there_is_nobody_it_stays(by: Actor, program: Program, keisha: Staff) -> None:
    row = inquiry(by, "Ana")
    Inquiry.objects.filter(pk=row.pk).update(team=None)
    assert take_over(by=leaves(keisha, by)) == 0
    assert whose("inquiry") == [(keisha, None)]


def test_the_one_who_stays_in_touch_hears_the_answer(by: Actor, program: Program, keisha: Staff) -> None:
    """Given to a colleague while a place is offered: the task of hearing the answer stayed with who had it before."""
    place, colleague = waits(by, program), StaffFactory(role=Role.INTAKE)
    offer(place=place, by=by)
    keep_in_touch(place=place, owner=colleague, by=by)
    assert whose("offer") == [(colleague, None)]


def test_the_page_on_which_she_leaves_says_so(by: Actor, program: Program, keisha: Staff) -> None:
    give(inquiry=inquiry(by, "Ana"), to=keisha, by=by)
    waits(by, program)
    assert tasks_of_intake(keisha.pk).count() == 2
    page = browser(team_with(Role.ADMINISTRATOR)).get(f"/settings/staff/{keisha.pk}/disable/")
    assert "They have 2 things to do for people who asked" in page.content.decode()
