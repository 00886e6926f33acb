"""People who are no clients are seen through a client; workers by who supervises them."""

import pytest
from django.http import Http404

from goldthread.access import gate, queries
from goldthread.access.actions import set_block
from goldthread.access.acts import Act
from goldthread.access.roles import ROLES, policy_table
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import RoleAssignment, Staff
from goldthread.people.persons.enums import RelationshipKind
from goldthread.people.persons.models import Person, Relationship
from tests.access.people import TODAY, viewer
from tests.factories import AssignmentFactory, PersonFactory, SiteFactory, StaffFactory, TeamFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker() -> Staff:
    return StaffFactory()


@pytest.fixture
def client(worker: Staff) -> Person:
    return AssignmentFactory(staff=worker).client


def sister_of(client: Person, labels: int = 0, **more: object) -> Person:
    sister: Person = PersonFactory(client_number=None, **more)
    Relationship.objects.create(
        pair=new_id(), person=client, other=sister, kind=RelationshipKind.SIBLING, labels=labels
    )
    return sister


def closed(staff: Staff, pk: object) -> None:
    with pytest.raises(Http404):
        queries.open_person(viewer(staff), pk)  # type: ignore[arg-type]
    assert Event.objects.latest("pk").allowed is False


def test_a_sister_is_seen_through_the_client(worker: Staff, client: Person) -> None:
    sister = sister_of(client)
    assert queries.open_person(viewer(worker), sister.pk) == queries.Seen(sister, client)
    event = Event.objects.get()
    assert (event.action, event.client, event.details) == ("person.read", sister.pk, {"through": str(client.pk)})


def test_not_by_who_may_not_read_the_client(client: Person) -> None:
    closed(StaffFactory(), sister_of(client).pk)


def test_labels_of_the_tie_and_of_the_person_count(worker: Staff, client: Person) -> None:
    assert queries.open_person(viewer(worker), sister_of(client, labels=Label.DOMESTIC_VIOLENCE).pk)
    closed(worker, sister_of(client, labels=Label.SEALED).pk)
    hidden = sister_of(client)
    Person.objects.filter(pk=hidden.pk).update(labels=Label.SEALED)
    closed(worker, hidden.pk)


def test_not_when_it_ended_or_nobody_or_a_client(worker: Staff, client: Person) -> None:
    sister = sister_of(client)
    Relationship.objects.update(ends_on=TODAY.replace(day=18))
    for pk in (sister.pk, new_id(), client.pk):
        closed(worker, pk)


def test_not_when_blocked(worker: Staff, client: Person, actor: Actor) -> None:
    sister = sister_of(client)
    set_block(person=sister, staff=worker, reason="Former partner", by=actor)
    closed(worker, sister.pk)


def test_workers_of_ones_teams_of_ones_site_or_of_all() -> None:
    team = TeamFactory()
    boss = StaffFactory(role=Role.SUPERVISOR, team=team)
    member, at_site, other = StaffFactory(team=team), StaffFactory(site=team.site), StaffFactory(site=SiteFactory())
    manager = StaffFactory(role=None)
    RoleAssignment.objects.create(staff=manager, role=Role.PROGRAM_MANAGER, site=team.site, starts_on=TODAY)
    assert set(gate.workers(viewer(boss), Act.HAND_OVER)) == {boss, member}
    assert set(gate.workers(viewer(manager), Act.HAND_OVER)) == {boss, member, at_site}
    assert other in gate.workers(viewer(StaffFactory(role=Role.QUALITY)), Act.READ_WORKER_AUDIT)
    assert not gate.workers(viewer(member), Act.HAND_OVER).exists()
    assert not gate.workers(viewer(StaffFactory(role=Role.SUPERVISOR)), Act.HAND_OVER).exists()


def test_acts_are_asked_for_what_they_are_done_to() -> None:
    somebody = viewer(StaffFactory())
    with pytest.raises(ValueError):
        gate.scope(somebody, Act.MANAGE_AGENCY)
    with pytest.raises(ValueError):
        gate.workers(somebody, Act.READ)


def test_every_role_has_a_class_that_says_what_it_is_for() -> None:
    assert [one.role for one in ROLES] == list(Role)
    table = {section.role: section for section in policy_table()}
    assert "sees no client" in str(table[Role.ADMINISTRATOR].purpose)
    assert Act.READ not in ROLES[-1].permissions()
    own = next(
        line for line in table[Role.CASE_MANAGER].lines if line.to == "their own caseload" and "open" in str(line.may)
    )
    assert "HIV" in [str(label) for label in own.labels]


def test_rows_of_a_list_are_recorded_for_each_client(worker: Staff, client: Person) -> None:
    assert gate.saw(viewer(worker), [client], "clients:list") == 1
    assert Event.objects.get().client == client.pk
