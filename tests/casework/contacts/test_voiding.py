"""Who is told that a signed note was voided: everybody who may have relied on it, and never what it said."""

import pytest

from goldthread.casework.caseload.models import Assignment
from goldthread.casework.contacts.actions.afterwards import void
from goldthread.casework.contacts.actions.cosigning import cosign
from goldthread.casework.contacts.actions.sign import sign
from goldthread.casework.contacts.models import Contact
from goldthread.foundation.agency.models import Team
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Notice, Staff
from goldthread.people.persons.models import Person
from tests.casework.contacts.making import ZONE, actor_of, episode_of, note
from tests.factories import PersonFactory, StaffFactory, TeamFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Team:
    return TeamFactory()


@pytest.fixture
def head(team: Team) -> Staff:
    return StaffFactory(role=Role.SUPERVISOR, team=team, name="Gloria Nakamura")


@pytest.fixture
def worker(team: Team) -> Staff:
    return StaffFactory(team=team, name="Renee Baptiste")


@pytest.fixture
def client_() -> Person:
    return PersonFactory()


def signed(writer: Staff, person: Person) -> Contact:
    episode = Assignment.objects.get(client=person).episode
    assert episode is not None
    return sign(pk=new_id(), note=note(person, episode), zone=ZONE, by=actor_of(writer))


def told(contact: Contact, by: Staff) -> set[str]:
    """The names of who is told when *by* voids it."""
    before = set(Notice.objects.values_list("pk", flat=True))
    void(contact=contact, reason="Wrong client", by=actor_of(by))
    void(contact=contact, reason="Twice is once", by=actor_of(by))
    rows = Notice.objects.exclude(pk__in=before)
    assert {(row.kind, row.about_person, row.about_staff, row.source_kind, row.source_id) for row in rows} <= {
        ("note_voided", contact.person_id, by.pk, "contact", contact.pk)
    }
    assert len(rows) == len({row.to_id for row in rows})
    return {row.to.name for row in rows}


def test_their_own_note_the_supervisor_is_told(worker: Staff, head: Staff, client_: Person) -> None:
    episode_of(client_, worker)
    assert told(signed(worker, client_), by=worker) == {"Gloria Nakamura"}


def test_a_colleagues_note_the_clients_own_worker_is_told_too(
    worker: Staff, head: Staff, team: Team, client_: Person
) -> None:
    """Andre covered: Renee relied on what he wrote."""
    episode_of(client_, worker)
    andre = StaffFactory(team=team, name="Andre Okoye")
    assert told(signed(andre, client_), by=andre) == {"Gloria Nakamura", "Renee Baptiste"}


def test_whoever_wrote_it_is_told_when_another_voids_it(worker: Staff, head: Staff, client_: Person) -> None:
    episode_of(client_, worker)
    assert told(signed(worker, client_), by=head) == {"Renee Baptiste"}


def test_whoever_co_signed_is_told_though_somebody_else_supervises_now(worker: Staff, client_: Person) -> None:
    episode_of(client_, worker)
    Assignment.objects.update(cosign=True)
    contact = signed(worker, client_)
    before = StaffFactory(role=Role.SUPERVISOR, name="Naomi Feldstein")
    cosign(contact=contact, by=actor_of(before))
    contact.refresh_from_db()
    assert told(contact, by=worker) == {"Naomi Feldstein"}


def test_who_no_longer_works_here_is_not_told(worker: Staff, head: Staff, client_: Person) -> None:
    episode_of(client_, worker)
    contact = signed(worker, client_)
    Assignment.objects.update(ends_on=contact.happened_on)
    Staff.objects.filter(pk=worker.pk).update(ended_on="2026-11-18")
    assert told(contact, by=head) == set()
