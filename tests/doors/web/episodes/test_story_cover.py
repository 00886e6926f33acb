"""The child of a worker with 92 clients is ill: a colleague sees her clients and tasks for three days, and not on the fourth."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.caseload.actions import enrol
from goldthread.casework.tasks.models import Task, TaskState
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.access.people import viewer
from tests.access.world import browser
from tests.casework.caseload.programs import RECOVERY, program
from tests.factories import AgencyFactory, PersonFactory, StaffFactory, TeamFactory

WEDNESDAY = datetime(2026, 11, 18, 12, 30, tzinfo=UTC)
"""Half past seven in the morning in New York."""


def day(number: int) -> datetime:
    """The same hour of the day after so many days."""
    return WEDNESDAY + timedelta(days=number)


def seen(staff: Staff, number: int) -> tuple[int, int]:
    """How many clients and how many open tasks *staff* may see on that day."""
    at = day(number)
    looking = viewer(staff, today=at.date(), at=at)
    tasks = Task.objects.filter(gate.content_in(looking), state=TaskState.OPEN)
    return gate.clients(looking, Act.READ).count(), tasks.count()


def listed(page: Client) -> str:
    return page.get("/clients/?whose=mine").content.decode()


@pytest.mark.django_db
def test_three_days_and_not_the_fourth() -> None:
    AgencyFactory()
    by = Actor(at=day(-30), today=day(-30).date())
    home = program(by, RECOVERY)  # a labelled one: the colleague needs what the worker needs
    una, tara = StaffFactory(name="Una Boyle", team=TeamFactory()), StaffFactory(name="Tara Osei")
    tara_team = una.memberships.get()
    tara_team.pk, tara_team.staff = new_id(), tara
    tara_team.save(force_insert=True)
    for number in range(92):
        client = PersonFactory(given=f"Client{number:02}", family="Abara")
        enrol(program=home, person=client, enrolled_on=day(-30).date(), staff=una, by=by)
    clients, tasks = seen(una, 0)
    assert clients == 92
    assert tasks >= 92
    assert seen(tara, 0) == (0, 0)

    with time_machine.travel(day(0), tick=False):
        said = {"colleague": tara.pk, "starts_on": "2026-11-18", "ends_on": "2026-11-20", "note": "School is closed"}
        answer = browser(una).post("/cover/", {"form_id": new_id(), **said})
        assert answer.status_code == 302
    for number in (0, 1, 2):
        assert seen(tara, number) == (clients, tasks)
        with time_machine.travel(day(number), tick=False):
            page = browser(tara)
            body = listed(page)
            assert body.count("cover for Una Boyle") == 50  # a page of the list
            first = Person.objects.order_by("sort_key").first()
            assert first
            brief = page.get(f"/clients/{first.pk}/")
            assert "cover for Una Boyle" in brief.content.decode()
            assert page.get(f"/clients/{first.pk}/note/").status_code == 200
    assert seen(tara, 3) == (0, 0)
    with time_machine.travel(day(3), tick=False):
        page = browser(tara)
        assert "Abara" not in listed(page)
        assert page.get(f"/clients/{first.pk}/").status_code == 404
    assert seen(una, 3)[0] == 92
