"""A program closes: its clients are listed, chosen, told of and moved, by who may; an administrator is told who can."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from goldthread.casework.caseload.actions import enrol
from goldthread.casework.episodes.models import Episode
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.models import Program
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.access.world import browser
from tests.casework.caseload.programs import program
from tests.clock import agency_today
from tests.doors.web.clients.people import client_of, team_with
from tests.doors.web.episodes.test_handing_on import system, words
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss() -> Staff:
    return team_with(Role.SUPERVISOR)


@pytest.fixture
def web(boss: Staff) -> Client:
    return browser(boss)


@pytest.fixture
def clients(boss: Staff) -> list[Person]:
    team = boss.memberships.get().team
    ana = StaffFactory(name="Ana Ruiz", team=team)
    row = program(system(), team=team)
    program(system(), "act-intensive", team=team)
    people = [client_of(ana, team, given=name, family="Ferreira") for name in ("Lu", "Mo", "Noor")]
    for one in people:
        enrol(program=row, person=one, enrolled_on=agency_today() - timedelta(days=30), staff=ana, by=system())
    return people


def path() -> str:
    return f"/programs/{Program.objects.get(key='mental-health-tcm').pk}/move/"


def sent(do: str, *chosen: Person, **more: Any) -> dict[str, Any]:
    rows = Episode.objects.filter(person__in=chosen, program__key="mental-health-tcm")
    said = {
        "form_id": str(new_id()),
        "to": Program.objects.get(key="act-intensive").pk,
        "on": agency_today().isoformat(),
        "reason": "transferred",
        "episode": [str(row.pk) for row in rows],
        "do": do,
    }
    return said | more


def there(*people: Person) -> int:
    return Episode.objects.filter(person__in=people, program__key="act-intensive").count()


def test_listed_said_and_moved_but_for_those_who_stay(web: Client, clients: list[Person]) -> None:
    page = words(web.get(path()))
    assert all(f"{name} Ferreira" in page for name in ("Lu", "Mo", "Noor"))
    assert "Ana Ruiz" in page
    seen = Event.objects.filter(details__page="episodes:move_all").values_list("client", flat=True)
    assert set(seen) == {one.pk for one in clients}
    told = web.post(path(), sent("look", *clients[:2]))
    assert "2 clients or families go from" in words(told)
    assert there(*clients) == 0, "looked at, not yet done"
    done = web.post(path(), sent("move", *clients[:2]), follow=True)
    assert "2 moved to" in words(done)
    assert (there(*clients[:2]), there(clients[2])) == (2, 0)
    left = web.get(path()).content.decode()
    assert left.count('name="episode"') == 1


def test_nobody_chosen_or_a_day_ahead_is_said(web: Client, clients: list[Person]) -> None:
    nobody = web.post(path(), sent("move"))
    assert nobody.status_code == 422
    assert "Choose at least one." in words(nobody)
    ahead = (agency_today() + timedelta(days=9)).isoformat()
    answer = web.post(path(), sent("look", clients[0], on=ahead))
    assert answer.status_code == 422
    assert "This day has not come yet." in words(answer)
    assert there(*clients) == 0


def test_what_stands_in_ones_way_keeps_nobody_else(web: Client, clients: list[Person]) -> None:
    enrol(
        program=Program.objects.get(key="act-intensive"),
        person=clients[1],
        enrolled_on=agency_today() - timedelta(days=3),
        by=system(),
    )
    said = words(web.post(path(), sent("move", *clients), follow=True))
    assert "2 moved to" in said
    assert "Mo Ferreira: Mo Ferreira is already in this program on that day." in said


def test_only_ones_own_clients_are_listed_and_moved(clients: list[Person]) -> None:
    stranger = browser(team_with(Role.SUPERVISOR))
    assert "Ferreira" not in words(stranger.get(path()))
    stranger.post(path(), sent("move", *clients))
    assert there(*clients) == 0


def test_who_closes_the_program_is_told_who_can_move_them(boss: Staff, clients: list[Person]) -> None:
    admin = browser(StaffFactory(role=Role.ADMINISTRATOR))
    row = Program.objects.get(key="mental-health-tcm")
    page = words(admin.get(f"/settings/programs/{row.pk}/close/"))
    assert "Supervisors and program managers can move them" in page
    assert "Ferreira" not in page
    assert admin.get(path()).status_code == 404
    manager = browser(StaffFactory(role=Role.PROGRAM_MANAGER))
    assert path() in manager.get(f"/settings/programs/{row.pk}/").content.decode()


def test_as_many_queries_for_three_as_for_one(web: Client, clients: list[Person]) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for _turn in range(2):
        web.get(path())
        with CaptureQueriesContext(connection) as ran:
            web.get(path())
        counts.append(len(ran))
        web.post(path(), sent("move", *clients[:2]))
        web.get(path())
    assert counts[0] == counts[1]
