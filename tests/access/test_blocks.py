"""Blocks between a worker and a person: refused whatever the role, and the supervisor is told."""

from datetime import timedelta

import pytest
from django.http import Http404

from goldthread.access import gate, queries
from goldthread.access.actions import lift_block, set_block
from goldthread.access.acts import Act
from goldthread.access.models import Block
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Notice, Staff
from goldthread.people.persons.models import Person
from tests.access.people import TODAY, viewer
from tests.factories import AT, AssignmentFactory, SiteFactory, StaffFactory, TeamFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker() -> Staff:
    return StaffFactory(team=TeamFactory())


@pytest.fixture
def client(worker: Staff) -> Person:
    """Assigned to the worker, who used to live with them."""
    return AssignmentFactory(staff=worker).client


@pytest.fixture
def block(worker: Staff, client: Person, actor: Actor) -> Block:
    return set_block(person=client, staff=worker, reason="Former partner", by=actor)


def refused(worker: Staff, client: Person, minutes: int = 0) -> None:
    with pytest.raises(Http404):
        gate.open_client(viewer(worker, at=AT + timedelta(minutes=minutes)), Act.READ, client.pk)


def test_a_blocked_worker_is_refused_and_their_supervisor_told(worker: Staff, client: Person, block: Block) -> None:
    boss = StaffFactory(role=Role.SUPERVISOR, team=worker.memberships.get().team)
    refused(worker, client)
    notice = Notice.objects.get(kind="block_tried")
    assert (notice.to, notice.kind, notice.about_staff, notice.about_person) == (
        boss,
        "block_tried",
        worker.pk,
        client.pk,
    )
    assert Event.objects.get(action="access.refused").details["why"] == "block"
    assert not gate.clients(viewer(worker), Act.READ).exists()


def told(kind: str) -> set[Staff]:
    return {notice.to for notice in Notice.objects.filter(kind=kind)}


def test_who_supervises_the_worker_is_told_of_a_block_and_of_its_end(worker: Staff, client: Person) -> None:
    team = worker.memberships.get().team
    boss, other_boss = StaffFactory(role=Role.SUPERVISOR, team=team), StaffFactory(role=Role.SUPERVISOR, team=team)
    manager, elsewhere = StaffFactory(role=Role.PROGRAM_MANAGER), StaffFactory(role=Role.PROGRAM_MANAGER)
    elsewhere.roles.update(site=SiteFactory())
    quality = StaffFactory(role=Role.QUALITY)
    by = viewer(boss).actor
    block = set_block(person=client, staff=worker, reason="Former partner", by=by)
    assert told("block_set") == {other_boss, manager}
    notice = Notice.objects.filter(kind="block_set").first()
    assert notice
    assert (notice.about_staff, notice.about_person, notice.source_id) == (worker.pk, client.pk, block.pk)
    assert Event.objects.get(action="block.set").details["told"] == 2
    set_block(person=client, staff=worker, reason="Former partner", by=by)
    assert Notice.objects.count() == 2
    lift_block(block=block, ends_on=TODAY, by=viewer(manager).actor)
    assert told("block_lifted") == {boss, other_boss}
    assert Event.objects.get(action="block.lifted").details["told"] == 2
    assert not Notice.objects.filter(to__in=[worker, quality, elsewhere]).exists()


def test_a_program_manager_of_the_workers_site_is_told(worker: Staff, client: Person, actor: Actor) -> None:
    manager = StaffFactory(role=Role.PROGRAM_MANAGER)
    manager.roles.update(site=worker.memberships.get().team.site)
    set_block(person=client, staff=worker, reason="Former partner", by=actor)
    assert told("block_set") == {manager}


def test_quality_is_told_of_a_block_when_nobody_else_is_left(client: Person) -> None:
    manager, quality = StaffFactory(role=Role.PROGRAM_MANAGER), StaffFactory(role=Role.QUALITY)
    set_block(person=client, staff=manager, reason="A cousin", by=viewer(manager).actor)
    assert told("block_set") == {quality}


def test_told_once_an_hour_but_recorded_each_time(worker: Staff, client: Person, block: Block) -> None:
    StaffFactory(role=Role.SUPERVISOR, team=worker.memberships.get().team)
    for minutes, told in ((0, 1), (1, 1), (59, 1), (60, 2)):
        refused(worker, client, minutes)
        assert Notice.objects.count() == told
    assert Event.objects.filter(action="access.refused").count() == 4


def test_quality_is_told_where_there_is_no_supervisor(worker: Staff, client: Person, block: Block) -> None:
    quality = StaffFactory(role=Role.QUALITY)
    refused(worker, client)
    assert Notice.objects.get().to == quality


def test_a_block_holds_from_its_first_to_its_last_day(
    worker: Staff, client: Person, block: Block, actor: Actor
) -> None:
    lift_block(block=block, ends_on=TODAY + timedelta(days=1), by=actor)
    lift_block(block=block, ends_on=TODAY + timedelta(days=1), by=actor)
    assert Event.objects.filter(action="block.lifted").count() == 1
    for days, blocked in ((0, True), (1, True), (2, False)):
        today = TODAY + timedelta(days=days)
        seen = viewer(worker, today=today)
        assert bool(seen.blocked) is blocked
        assert gate.clients(seen, Act.READ).exists() is not blocked
    assert queries.blocks_on(client, TODAY) == [block]
    assert queries.blocks_on(client, TODAY + timedelta(days=2)) == []


def test_setting_a_block_twice_makes_one(worker: Staff, client: Person, block: Block, actor: Actor) -> None:
    assert set_block(person=client, staff=worker, reason="Former partner", by=actor) == block
    assert Event.objects.filter(action="block.set").count() == 1


def test_a_block_needs_a_reason(worker: Staff, client: Person, actor: Actor) -> None:
    with pytest.raises(DomainError, match="why"):
        set_block(person=client, staff=worker, reason=" ", by=actor)


def test_nobody_lifts_a_block_on_themselves(worker: Staff, block: Block, actor: Actor) -> None:
    with pytest.raises(DomainError, match="Somebody else"):
        lift_block(block=block, ends_on=TODAY, by=viewer(worker).actor)


def test_a_block_does_not_end_before_it_began(block: Block, actor: Actor) -> None:
    with pytest.raises(DomainError, match="before the first day"):
        lift_block(block=block, ends_on=TODAY - timedelta(days=1), by=actor)


def test_a_block_closes_every_role(client: Person, actor: Actor) -> None:
    quality = StaffFactory(role=Role.QUALITY)
    set_block(person=client, staff=quality, reason="His sister", by=actor)
    refused(quality, client)
    assert client not in gate.clients(viewer(quality), Act.READ)
    assert not gate.may_on(viewer(quality), Act.READ, client)
    assert gate.cleared_labels(viewer(quality), client) == 0
