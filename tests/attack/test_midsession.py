"""What ends a right ends it on the next request, on every kind of page, in a session that goes on."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from goldthread.access.models import Block
from goldthread.casework.caseload.models import Assignment
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import RoleAssignment, Staff, TeamMembership
from goldthread.people.persons.models import Person
from tests.access.seats import Seat, Seats, seats_in
from tests.access.world import CANARIES, World
from tests.clock import agency_today
from tests.factories import LONG_AGO

pytestmark = pytest.mark.django_db
PAGES = {
    "page": "/clients/{pk}/",
    "details": "/clients/{pk}/details/",
    "circle": "/clients/{pk}/circle/",
    "history": "/clients/{pk}/history/",
    "photo": "/clients/{pk}/photo/",
    "form": "/clients/{pk}/about/edit/",
    "row": "/clients/{pk}/alerts/{alert}/",
    "relative": "/clients/{pk}/circle/{kin}/",
    "who saw": "/clients/{pk}/access/",
    "list": "/clients/?whose=all",
    "search": "/search/?q=Dana+Qanaryfamily",
    "export": "/clients/export.csv?whose=all",
}
Ending = Callable[[Staff, World], object]
YESTERDAY = agency_today() - timedelta(days=2)


def role_ends(staff: Staff, world: World) -> None:
    RoleAssignment.objects.filter(staff=staff).update(ends_on=YESTERDAY)


def role_changes(staff: Staff, world: World) -> None:
    RoleAssignment.objects.filter(staff=staff).update(role=Role.ADMINISTRATOR)


def assignment_ends(staff: Staff, world: World) -> None:
    Assignment.objects.filter(staff=staff).update(ends_on=YESTERDAY)


def switched_off(staff: Staff, world: World) -> None:
    type(staff.user).objects.filter(pk=staff.user_id).update(is_active=False)


def leaves(staff: Staff, world: World) -> None:
    Staff.objects.filter(pk=staff.pk).update(ended_on=YESTERDAY)


def blocked(staff: Staff, world: World) -> None:
    Block.objects.create(person=world.client, staff=staff, reason="Kin", starts_on=LONG_AGO, set_at=world.now)


def labelled(staff: Staff, world: World) -> None:
    Person.objects.filter(pk=world.client.pk).update(labels=64)


def team_ends(staff: Staff, world: World) -> None:
    TeamMembership.objects.filter(staff=staff).update(ends_on=YESTERDAY)


WORKER: list[Ending] = [role_ends, role_changes, assignment_ends, switched_off, leaves, blocked, labelled]


@pytest.fixture(scope="module")
def seats(kept_world: World) -> Seats:
    return seats_in(kept_world, [(Role.CASE_MANAGER, "caseload"), (Role.SUPERVISOR, "supervisor_of")])


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("ending", WORKER, ids=lambda one: one.__name__)
def test_a_worker_sees_nothing_more(page: str, ending: Ending, world: World, seats: Seats) -> None:
    ended(seats[Role.CASE_MANAGER, "caseload"], world, page, ending)


@pytest.mark.parametrize("page", PAGES)
def test_a_supervisor_who_leaves_the_team_sees_nothing_more(page: str, world: World, seats: Seats) -> None:
    ended(seats[Role.SUPERVISOR, "supervisor_of"], world, page, team_ends)


def ended(seat: Seat, world: World, page: str, ending: Ending) -> None:
    """Before, the page shows the client; after, the very next request does not."""
    client = seat.browser()
    address = PAGES[page].format(pk=world.client.pk, **{name: row.pk for name, row in world.rows.items()})
    before = client.get(address)
    assert before.status_code == 200
    body_of(before)
    ending(seat.staff, world)
    after = client.get(address)
    told = body_of(after).replace('value="Dana Qanaryfamily"', "")
    assert not [name for name, value in CANARIES.items() if value in told]
    if "{pk}" in PAGES[page]:
        assert after.status_code in (302, 403, 404)


def body_of(answer: Any) -> str:
    """All of it; a file is read to its end, which closes it."""
    return b"".join(answer.streaming_content if answer.streaming else [answer.content]).decode("utf-8", "replace")
