"""The gate on real rows: who is let in, what is recorded, and that a refusal looks like nothing at all."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import viewer_for
from goldthread.casework.caseload.models import AssignmentKind
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import RoleAssignment, Staff
from tests.access.people import TODAY, viewer
from tests.factories import AT, AssignmentFactory, PersonFactory, SiteFactory, StaffFactory, TeamFactory

pytestmark = pytest.mark.django_db


def sees(staff: Staff, act: Act = Act.READ, today: date = TODAY) -> set[object]:
    return set(gate.clients(viewer(staff, today), act).values_list("pk", flat=True))


def test_own_client_opens_and_the_read_is_recorded() -> None:
    worker = StaffFactory()
    client = AssignmentFactory(staff=worker).client
    assert gate.open_client(viewer(worker), Act.READ, client.pk) == client
    event = Event.objects.get()
    assert (event.action, event.client, event.actor, event.allowed) == ("client.read", client.pk, worker.pk, True)
    assert event.details["way"] == ["case_manager/caseload"]


@pytest.mark.parametrize("exists", [True, False])
def test_refused_looks_like_not_found_and_is_recorded(exists: bool) -> None:
    worker = StaffFactory()
    pk = PersonFactory().pk if exists else new_id()
    with pytest.raises(Http404) as refused:
        gate.open_client(viewer(worker), Act.READ, pk)
    assert refused.value.args == ()
    event = Event.objects.get()
    assert (event.action, event.client, event.allowed) == ("access.refused", pk, False)
    assert event.details["why"] == ("relation" if exists else "unknown")


@pytest.mark.parametrize("exists", [True, False])
@pytest.mark.parametrize(("role", "selects"), [(Role.CASE_MANAGER, 2), (Role.SUPERVISOR, 3)])
def test_refusal_takes_the_same_statements_whether_or_not_there_is_somebody(
    exists: bool, role: Role, selects: int
) -> None:
    worker = viewer(StaffFactory(role=role, team=TeamFactory()))
    pk = AssignmentFactory().client_id if exists else new_id()
    with (
        CaptureQueriesContext(
            connection,
        ) as asked,
        pytest.raises(Http404),
    ):
        gate.open_client(worker, Act.READ, pk)
    kinds = [query["sql"].split()[0] for query in asked.captured_queries]
    assert kinds == [*["SELECT"] * selects, "SAVEPOINT", "INSERT", "RELEASE"]


def test_an_assignment_counts_from_its_first_to_its_last_day() -> None:
    worker = StaffFactory()
    row = AssignmentFactory(staff=worker, starts_on=date(2026, 11, 10), ends_on=date(2026, 11, 20))
    assert sees(worker, today=date(2026, 11, 9)) == set()
    assert sees(worker, today=date(2026, 11, 10)) == {row.client_id}
    assert sees(worker, today=date(2026, 11, 20)) == {row.client_id}
    assert sees(worker, today=date(2026, 11, 21)) == set()


def test_a_role_counts_from_its_first_to_its_last_day() -> None:
    worker = StaffFactory(role=None)
    RoleAssignment.objects.create(staff=worker, role=Role.INTAKE, starts_on=TODAY, ends_on=TODAY + timedelta(days=1))
    assert viewer_for(worker.user, AT, TODAY - timedelta(days=1), "") is None
    assert viewer_for(worker.user, AT, TODAY + timedelta(days=1), "") is not None
    assert viewer_for(worker.user, AT, TODAY + timedelta(days=2), "") is None


def test_no_viewer_for_who_is_switched_off_or_has_left() -> None:
    worker = StaffFactory()
    worker.ended_on = TODAY
    worker.save()
    assert viewer_for(worker.user, AT, TODAY, "") is not None
    assert viewer_for(worker.user, AT, TODAY + timedelta(days=1), "") is None
    worker.user.is_active = False
    worker.user.save()
    assert viewer_for(worker.user, AT, TODAY, "") is None


def test_the_viewer_takes_two_queries(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]  # the fixture has no type to name
    team = TeamFactory()
    worker = StaffFactory(team=team)
    with django_assert_num_queries(2):
        found = viewer(worker)
    assert found.teams == {team.pk}
    assert found.supervised == frozenset()
    assert found.staff.user == worker.user


def test_the_decision_and_the_person_take_two_queries(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]  # the fixture has no type to name
    team = TeamFactory()
    boss = StaffFactory(role=Role.SUPERVISOR, team=team)
    client = AssignmentFactory(team=team, client__labels=Label.HIV).client
    known = viewer(boss)
    with django_assert_num_queries(3):  # person, assignments, and one insert
        opened = gate.open_client(known, Act.READ, client.pk)
    with django_assert_num_queries(0):
        assert gate.cleared_labels(known, opened) & Label.HIV


def test_labels_must_be_cleared_under_the_relation_that_lets_in() -> None:
    team = TeamFactory()
    worker = StaffFactory(team=team)
    mine = AssignmentFactory(staff=worker, client__labels=Label.HIV).client
    teams = AssignmentFactory(team=team, client__labels=Label.HIV).client
    plain = AssignmentFactory(team=team).client
    assert sees(worker) == {mine.pk, plain.pk}
    assert teams.pk not in sees(worker)


def test_supervisor_reaches_by_team_of_assignment_and_by_team_of_worker() -> None:
    team = TeamFactory()
    boss = StaffFactory(role=Role.SUPERVISOR, team=team)
    by_team = AssignmentFactory(team=team).client
    by_worker = AssignmentFactory(staff=StaffFactory(team=team), team=None).client
    AssignmentFactory(team=TeamFactory())
    assert sees(boss) == {by_team.pk, by_worker.pk}


def test_program_manager_of_one_site_and_of_all() -> None:
    here = SiteFactory()
    client = AssignmentFactory(team=TeamFactory(site=here)).client
    other = AssignmentFactory(team=TeamFactory()).client
    unassigned = PersonFactory()
    manager = StaffFactory(role=None)
    role = RoleAssignment.objects.create(staff=manager, role=Role.PROGRAM_MANAGER, site=here, starts_on=TODAY)
    assert sees(manager) == {client.pk}
    role.site = None
    role.save()
    assert sees(manager) == {client.pk, other.pk, unassigned.pk}


def test_cover_ends_with_its_last_day() -> None:
    worker = StaffFactory()
    row = AssignmentFactory(staff=worker, kind=AssignmentKind.COVER, starts_on=TODAY, ends_on=TODAY)
    assert sees(worker) == {row.client_id}
    assert sees(worker, today=TODAY + timedelta(days=1)) == set()


def test_administrator_sees_nobody() -> None:
    AssignmentFactory()
    boss = StaffFactory(role=Role.ADMINISTRATOR)
    assert not gate.clients(viewer(boss), Act.READ).exists()
    assert not gate.may(viewer(boss), Act.FIND)
    assert gate.may(viewer(boss), Act.MANAGE_AGENCY)


def test_a_person_who_is_no_client_is_in_no_list() -> None:
    PersonFactory(client_number=None)
    assert sees(StaffFactory(role=Role.QUALITY)) == set()


def test_two_roles_add_up() -> None:
    worker = StaffFactory(role=Role.INTAKE)
    RoleAssignment.objects.create(staff=worker, role=Role.CASE_MANAGER, starts_on=TODAY)
    mine = AssignmentFactory(staff=worker, client__labels=Label.HIV).client
    plain = PersonFactory()
    PersonFactory(labels=Label.HIV)
    assert sees(worker) == {mine.pk, plain.pk}
