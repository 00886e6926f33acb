"""Clients are shared out by a form: whom, to whom, from when, why; and taken back from the message that says so."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from goldthread.casework.caseload.models import Assignment
from goldthread.casework.caseload.queries import clients_of
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from tests.access.world import browser
from tests.casework.discharge.world import appointment
from tests.casework.tasks.making import program
from tests.doors.web.clients.people import TODAY, team_with
from tests.doors.web.team.making import RULES, ago, enrolled_with, said, served, worker_of
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def gloria() -> Staff:
    return team_with(Role.SUPERVISOR)


@pytest.fixture
def andre(gloria: Staff) -> Staff:
    return worker_of(gloria, "Andre Okoye")


@pytest.fixture
def mei(gloria: Staff) -> Staff:
    return worker_of(gloria, "Mei-Lin Zhao")


def send(page: Client, giver: Staff, moves: list[str], to: Staff | None, **more: Any) -> Any:
    """The form as a browser sends it."""
    form = {"form_id": str(new_id()), "move": moves, "to": str(to.pk) if to else "", "on": TODAY.isoformat()}
    return page.post(f"/team/{giver.pk}/share/", form | {"reason": "Nearer", "note": "", "other": ""} | more)


def test_the_page_shows_whom_and_to_whom(gloria: Staff, andre: Staff, mei: Staff) -> None:
    ana, bo = served(andre, "Ana", "Bo")
    offered = program(RULES)
    enrolled_with(andre, offered, ana)
    body = browser(gloria).get(f"/team/{andre.pk}/share/?client={bo.pk}&to={mei.pk}").content.decode()
    assert body.count('name="move"') == 3  # Ana as a whole, Ana in the program, Bo as a whole
    assert f'value="c{bo.pk}" checked' in body
    assert f'value="{mei.pk}" checked' in body
    assert f'value="{andre.pk}"' not in body


def test_an_episode_and_a_client_of_no_program_go_and_come_back(gloria: Staff, andre: Staff, mei: Staff) -> None:
    ana, bo = served(andre, "Ana", "Bo")
    Assignment.objects.filter(client=ana).delete()
    episode = enrolled_with(andre, program(RULES), ana, ago(20))
    page = browser(gloria)
    answer = send(page, andre, [f"e{episode.pk}", f"c{bo.pk}"], mei)
    assert (answer.status_code, answer["Location"]) == (302, "/team/")
    assert clients_of(mei, TODAY) == {ana.pk, bo.pk}
    told = said(page.get("/team/").content.decode())
    assert "2 clients go to Mei-Lin Zhao." in told
    page.post("/team/undo/")
    assert clients_of(mei, TODAY) == set()
    assert clients_of(andre, TODAY) == {ana.pk, bo.pk}
    assert "Undone." in page.get("/team/").content.decode()
    page.post("/team/undo/")
    assert "cannot be undone" in page.get("/team/").content.decode()


def test_what_is_ticked_stays_and_the_rest_goes_along(gloria: Staff, andre: Staff, mei: Staff) -> None:
    (ana,) = served(andre, "Ana")
    Assignment.objects.filter(client=ana).delete()
    episode = enrolled_with(andre, program(RULES), ana, ago(20))
    now = timezone.now()
    by = Actor(at=now, today=TODAY, staff=andre.pk)
    one, two = (
        appointment(ana, episode, andre, now + timedelta(days=3 + number), by, title)
        for number, title in enumerate(("Eye doctor", "Bank"))
    )
    page = browser(gloria)
    body = page.get(f"/team/{andre.pk}/share/").content.decode()
    assert "2 appointments go along" in body
    assert body.count('name="stays"') == 2
    moved = [f"e{episode.pk}"]
    wrong = send(page, andre, moved, mei, reason="", stays=[str(two.pk), "x"])
    assert f'value="{two.pk}" checked' in wrong.content.decode()  # what was ticked is kept
    assert send(page, andre, moved, mei, stays=[str(two.pk), "x"]).status_code == 302
    assert [row.places.get().staff for row in (one, two)] == [mei, andre]
    page.post("/team/undo/")
    assert [row.places.get().staff for row in (one, two)] == [andre, andre]


def test_what_is_agreed_is_read_at_once(gloria: Staff, andre: Staff, mei: Staff) -> None:
    by = Actor(at=timezone.now(), today=TODAY, staff=andre.pk)
    page = browser(gloria)

    def asked(many: int) -> int:
        for number, person in enumerate(served(andre, *[f"Ana{many}{one}" for one in range(many)])):
            row = appointment(person, None, andre, by.at + timedelta(days=3, hours=2 * number), by, "Bank")
            assert row.episode is None
        page.get(f"/team/{andre.pk}/share/")
        with CaptureQueriesContext(connection) as few:
            page.get(f"/team/{andre.pk}/share/")
        return len(few)

    assert asked(1) == asked(5)


def test_to_somebody_of_another_team(gloria: Staff, andre: Staff) -> None:
    (ana,) = served(andre, "Ana")
    other = StaffFactory(role=Role.CASE_MANAGER, name="Tomás Arriaga")
    send(browser(gloria), andre, [f"c{ana.pk}"], None, other=str(other.pk))
    assert clients_of(other, TODAY) == {ana.pk}


def test_later_days_are_kept(gloria: Staff, andre: Staff, mei: Staff) -> None:
    (ana,) = served(andre, "Ana")
    monday = TODAY + timedelta(days=5)
    send(browser(gloria), andre, [f"c{ana.pk}"], mei, on=monday.isoformat())
    assert clients_of(mei, TODAY) == set()
    assert clients_of(mei, monday) == {ana.pk}


@pytest.mark.parametrize(
    ("moves", "to", "more", "words"),
    [
        (False, True, {}, "Choose whom to move."),
        (True, False, {}, "Choose to whom."),
        (True, True, {"reason": ""}, "This field is required."),
        (True, True, {"on": ""}, "This field is required."),
        (True, True, {"on": "2001-02-30"}, "valid date"),
    ],
)
def test_what_is_missing_is_said_and_nobody_moves(
    gloria: Staff, andre: Staff, mei: Staff, moves: bool, to: bool, more: dict[str, str], words: str
) -> None:
    (ana,) = served(andre, "Ana")
    answer = send(browser(gloria), andre, [f"c{ana.pk}"] if moves else [], mei if to else None, **more)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert clients_of(mei, TODAY) == set()


def test_sent_twice_they_move_once(gloria: Staff, andre: Staff, mei: Staff) -> None:
    (ana,) = served(andre, "Ana")
    page = browser(gloria)
    send(page, andre, [f"c{ana.pk}"], mei)
    again = send(page, andre, [f"c{ana.pk}"], mei)
    assert again.status_code == 422
    assert Assignment.objects.filter(client=ana).count() == 2


def test_a_client_of_somebody_else_or_under_a_label_cannot_be_slipped_in(
    gloria: Staff, andre: Staff, mei: Staff
) -> None:
    stranger = served(
        StaffFactory(role=Role.CASE_MANAGER, team=team_with(Role.SUPERVISOR).memberships.get().team), "Eva"
    )
    (ana,) = served(andre, "Ana")
    sealed = enrolled_with(andre, program(RULES, labels=Label.SEALED), ana)
    answer = send(browser(gloria), andre, [f"c{stranger[0].pk}", f"e{sealed.pk}"], mei)
    assert answer.status_code == 422
    assert clients_of(mei, TODAY) == set()


def test_quality_looks_and_moves_nobody(gloria: Staff, andre: Staff) -> None:
    served(andre, "Ana")
    page = browser(StaffFactory(role=Role.QUALITY))
    assert "/share/" not in page.get("/team/").content.decode()
    assert page.get(f"/team/{andre.pk}/share/").status_code == 404
