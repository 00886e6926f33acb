"""Agencies of any size: as many clients and workers as asked, found like anybody else."""

import pytest

from goldthread.casework.caseload.models import Assignment
from goldthread.doors.demo.agency import email_of
from goldthread.doors.demo.size import make_many
from goldthread.foundation.accounts.models import User
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import TeamMembership
from goldthread.people.persons.identifiers import digest_of, opened
from goldthread.people.persons.models import Identifier, NamePosting, Person
from tests.conftest import NOW, TODAY


@pytest.fixture(scope="module")
def agency(kept: None) -> None:
    make_many(130, TODAY, NOW, caseload=60, entries=5)


@pytest.mark.django_db
def test_every_worker_has_as_many_clients_as_asked(agency: None) -> None:
    assert Person.objects.filter(client_number__isnull=False).count() == 130
    per_worker = sorted(
        Assignment.objects.filter(staff__user__email=email_of(Role.CASE_MANAGER, n)).count() for n in range(3)
    )
    assert per_worker == [10, 60, 60]


@pytest.mark.django_db
def test_there_is_a_sign_in_for_every_role_and_a_supervisor_for_every_team(agency: None) -> None:
    emails = set(User.objects.values_list("email", flat=True))
    assert {email_of(role) for role in Role} <= emails
    assert TeamMembership.objects.filter(supervises=True).count() == 1


@pytest.mark.django_db
def test_every_word_of_a_name_is_in_the_index(agency: None) -> None:
    for person in Person.objects.all()[:20]:
        words = set(NamePosting.objects.filter(person=person).values_list("token__text", flat=True))
        assert words == set(person.search_text.split())


@pytest.mark.django_db
def test_identifiers_open_and_are_found_by_their_digest(agency: None) -> None:
    identifier = Identifier.objects.filter(kind="medicaid").first()
    assert identifier is not None
    number = opened(identifier)
    assert number.startswith("000")
    assert identifier.digest == digest_of("medicaid", number)
