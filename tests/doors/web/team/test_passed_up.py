"""What reached the supervisor can be read, asked about, reassigned, documented."""

import pytest

from goldthread.casework.tasks.actions.tasks import complete, delegate, make_task
from goldthread.casework.tasks.models import Task
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import RoleAssignment, Staff, TeamMembership
from goldthread.people.persons.models import Person
from tests.access.world import browser
from tests.casework.tasks.making import by_on
from tests.doors.web.clients.people import TODAY, team_with
from tests.doors.web.team.making import ago, said, served, worker_of
from tests.factories import LONG_AGO, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def gloria() -> Staff:
    return team_with(Role.SUPERVISOR)


@pytest.fixture
def andre(gloria: Staff) -> Staff:
    return worker_of(gloria, "Andre Okoye")


@pytest.fixture
def ana(andre: Staff) -> Person:
    return served(andre, "Ana")[0]


def late(owner: Staff, client: Person, title: str = "Visit at home", told: int = 1) -> Task:
    made = make_task(title=title, client=client, owner=owner, due_on=ago(told + 3), by=by_on(TODAY))
    Task.objects.filter(pk=made.pk).update(escalate_on=ago(told))
    return made


def passed(staff: Staff) -> str:
    body = browser(staff).get("/team/").content.decode()
    return body.split('id="passed-up"')[1].split("</section>")[0]


def test_it_says_who_what_how_late_and_whose(gloria: Staff, andre: Staff, ana: Person) -> None:
    task = late(andre, ana)
    make_task(title="Only late", client=ana, owner=andre, due_on=ago(1), by=by_on(TODAY))
    body = passed(gloria)
    words = said(body)
    assert "Ana Served : Visit at home 4 days late" in words
    assert "Andre Okoye" in words
    assert "Only late" not in words
    assert f"/clients/{ana.pk}/tasks/{task.pk}/ask/" in body
    assert f"/team/{andre.pk}/share/?client={ana.pk}" in body
    assert f"/clients/{ana.pk}/note/?task={task.pk}" in body


def test_none_is_said(gloria: Staff, andre: Staff) -> None:
    assert "Nothing is so late" in passed(gloria)


def test_more_than_are_shown_are_counted_and_all_behind_the_number(gloria: Staff, andre: Staff, ana: Person) -> None:
    for number in range(8):
        late(andre, ana, f"Visit {number}")
    body = passed(gloria)
    assert body.count("<li") == 6
    assert ">8</a>" in body
    assert browser(gloria).get("/team/all/passed-up/").content.decode().count("data-drag=") == 8


def test_a_question_is_a_task_of_the_worker_and_stays_in_sight_until_it_is_answered(
    gloria: Staff, andre: Staff, ana: Person
) -> None:
    task = late(andre, ana)
    page, address = browser(gloria), f"/clients/{ana.pk}/tasks/{task.pk}/ask/"
    assert "Ask Andre Okoye" in page.get(address).content.decode()
    form = {"form_id": str(new_id()), "question": "What stands in the way?", "due_on": TODAY.isoformat()}
    for _twice in range(2):
        assert page.post(address, form).status_code == 302
    asked = Task.objects.get(title="What stands in the way?")
    assert (asked.owner, asked.asked_by, asked.client, asked.due_on) == (andre, gloria, ana, TODAY)
    assert "You asked today: What stands in the way?" in said(passed(gloria))
    assert "What stands in the way?" in browser(andre).get("/day/").content.decode()
    complete(task=asked, done_on=TODAY, by=by_on(TODAY, staff=andre.pk))
    assert "You asked" not in passed(gloria)


def test_a_question_needs_words_and_a_day(gloria: Staff, andre: Staff, ana: Person) -> None:
    task = late(andre, ana)
    answer = browser(gloria).post(
        f"/clients/{ana.pk}/tasks/{task.pk}/ask/", {"form_id": str(new_id()), "question": " ", "due_on": ""}
    )
    assert answer.status_code == 422
    assert not Task.objects.filter(asked_by=gloria).exists()


def test_one_does_not_ask_oneself(andre: Staff, ana: Person) -> None:
    task = late(andre, ana)
    assert browser(andre).get(f"/clients/{ana.pk}/tasks/{task.pk}/ask/").status_code == 404


def test_quality_reads_it_and_asks_nobody(andre: Staff, ana: Person) -> None:
    late(andre, ana)
    body = passed(StaffFactory(role=Role.QUALITY))
    assert "Visit at home" in body
    assert "/ask/" not in body
    assert "/note/" not in body


def test_what_a_label_hides_is_not_passed_up_nor_counted(gloria: Staff, andre: Staff, ana: Person) -> None:
    late(andre, ana)
    hidden = late(andre, ana, "Sealed visit")
    Task.objects.filter(pk=hidden.pk).update(labels=Label.SEALED)
    body = passed(gloria)
    assert "Sealed visit" not in body
    assert ">1</a>" in body


def test_ones_own_is_not_passed_up_to_oneself(gloria: Staff, andre: Staff, ana: Person) -> None:
    RoleAssignment.objects.create(staff=gloria, role=Role.CASE_MANAGER, starts_on=LONG_AGO)
    TeamMembership.objects.create(
        staff=gloria, team=gloria.memberships.get().team, supervises=False, starts_on=LONG_AGO
    )
    late(gloria, ana, "My own visit")
    late(andre, ana)
    body = passed(gloria)
    assert "My own visit" not in body
    assert ">1</a>" in body


def test_a_question_sent_again_does_not_take_it_back_from_who_was_given_it_since(
    gloria: Staff, andre: Staff, ana: Person
) -> None:
    task, mei = late(andre, ana), worker_of(gloria, "Mei Castellanos")
    page, address = browser(gloria), f"/clients/{ana.pk}/tasks/{task.pk}/ask/"
    form = {"form_id": str(new_id()), "question": "What stands in the way?", "due_on": TODAY.isoformat()}
    page.post(address, form)
    asked = Task.objects.get(title="What stands in the way?")
    delegate(task=asked, to=mei, by=by_on(TODAY, staff=andre.pk))
    assert page.post(address, form).status_code == 302
    asked.refresh_from_db()
    assert asked.owner == mei


def test_a_question_to_who_has_left_is_refused_and_nothing_is_left_of_it(
    gloria: Staff, andre: Staff, ana: Person
) -> None:
    task = late(andre, ana)
    Staff.objects.filter(pk=andre.pk).update(ended_on=ago(1))
    form = {"form_id": str(new_id()), "question": "What stands in the way?", "due_on": TODAY.isoformat()}
    answer = browser(gloria).post(f"/clients/{ana.pk}/tasks/{task.pk}/ask/", form)
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "This worker does not work here any more." in body
    assert "What stands in the way?" in body
    assert not Task.objects.filter(title="What stands in the way?").exists()
