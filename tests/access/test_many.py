"""Many clients let through at once are let through as each of them would be alone."""

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from goldthread.access.acts import Act
from goldthread.access.gate import admit
from goldthread.access.many import admit_all
from goldthread.access.viewer import Viewer, viewer_for
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from tests.access.seats import Seats, seats_in
from tests.access.world import RELATIONS, World
from tests.clock import agency_today
from tests.factories import AssignmentFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def seats(kept_world: World) -> Seats:
    """A worker of every role under every relation."""
    return seats_in(kept_world, [(role, relation) for role in Role for relation in (*RELATIONS, "blocked")])


def viewer(world: World, staff: Staff) -> Viewer:
    found = viewer_for(staff.user, world.now, agency_today(), "test")
    assert found
    return found


def test_for_every_role_and_relation_as_the_gate_for_one(world: World, seats: Seats) -> None:
    for seat in seats.values():
        who = viewer(world, seat.staff)
        for act in (Act.READ, Act.READ_RECORD, Act.WRITE_TASK):
            try:
                alone = admit(who, act, world.client.pk)
            except Http404:
                assert admit_all(who, act, [world.client.pk], "test") == []
                continue
            (found,) = admit_all(who, act, [world.client.pk], "test")
            assert (found.client, found.cleared, set(found.ways)) == (alone.client, alone.cleared, set(alone.ways))
            assert found.viewer.glass == alone.viewer.glass


def test_each_is_on_the_audit_log_and_nobody_is_refused_aloud(world: World, seats: Seats) -> None:
    staff = seats[Role.CASE_MANAGER, "caseload"].staff
    other = AssignmentFactory(staff=staff).client
    strangers = [PersonFactory().pk, new_id()]
    found = admit_all(viewer(world, staff), Act.READ, [other.pk, *strangers, world.client.pk, other.pk], "day:print")
    assert [one.client for one in found] == [other, world.client]
    events = Event.objects.filter(actor=staff.pk, action="client.read", allowed=True, details={"page": "day:print"})
    assert set(events.values_list("client", flat=True)) == {other.pk, world.client.pk}
    assert not Event.objects.filter(actor=staff.pk, allowed=False).exists()


def test_what_was_seen_through_broken_glass_alone_says_so(world: World, seats: Seats) -> None:
    staff = seats[Role.CASE_MANAGER, "glass"].staff
    own = AssignmentFactory(staff=staff).client
    admit_all(viewer(world, staff), Act.READ, [world.client.pk, own.pk], "test")
    events = Event.objects.filter(actor=staff.pk, action="client.read", details={"page": "test"})
    assert {event.client: bool(event.break_glass) for event in events} == {world.client.pk: True, own.pk: False}


def test_many_take_as_many_queries_as_one(world: World, seats: Seats) -> None:
    staff = seats[Role.SUPERVISOR, "supervisor_of"].staff
    who = viewer(world, staff)
    clients = [world.client.pk] + [AssignmentFactory(team=world.team).client.pk for _number in range(5)]
    many = []
    for asked in (clients[:1], clients):
        with CaptureQueriesContext(connection) as queries:
            assert len(admit_all(who, Act.READ, asked, "test")) == len(asked)
        many.append(len(queries))
    assert many[0] == many[1]
