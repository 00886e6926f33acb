"""The demo agency: as many people as promised, each worker's list as long as promised, the same every time."""

from collections import Counter
from datetime import date

import pytest

from goldthread.casework.caseload.models import Assignment
from goldthread.doors.demo import make_demo
from goldthread.doors.demo.agency import COLLEAGUES
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import RoleAssignment, Staff
from goldthread.people.persons.models import Person, PersonName, Relationship
from tests.conftest import NOW, TODAY


@pytest.fixture
def demo(db: None) -> None:
    make_demo(TODAY, NOW)


def test_agency_has_fourteen_staff_320_clients_and_every_role(demo: None) -> None:
    assert Staff.objects.count() == 14
    assert Person.objects.filter(client_number__isnull=False).count() == 320
    assert set(RoleAssignment.objects.values_list("role", flat=True)) == set(Role.values)


def test_each_worker_carries_the_clients_written_beside_their_name(demo: None) -> None:
    carried = Counter(
        Assignment.objects.filter(kind="primary", ends_on=None, client__deceased=False).values_list(
            "staff__name", flat=True
        )
    )
    died = Counter(Assignment.objects.filter(client__deceased=True).values_list("staff__name", flat=True))
    for colleague in COLLEAGUES:
        assert carried[colleague.name] + died[colleague.name] >= colleague.load


def test_every_relationship_stands_on_both_sides(demo: None) -> None:
    pairs = Counter(Relationship.objects.values_list("pair", flat=True))
    assert set(pairs.values()) == {2}


def test_same_day_makes_the_same_people(db: None) -> None:
    from goldthread.doors.demo.people import cast

    assert cast(TODAY) == cast(TODAY)
    assert cast(TODAY) != cast(date(2027, 2, 3))


def test_lucia_is_as_on_the_pictures(demo: None) -> None:
    lucia = Person.objects.get(display_name="Lucía Ferreira")
    assert (TODAY.year - lucia.birth_date.year, lucia.pronouns, lucia.language) == (47, "she/her", "es")
    assert lucia.interpreter == "medical"
    assert lucia.addresses.get(kind="safe").labels == 8
    assert set(PersonName.objects.filter(person=lucia).values_list("kind", flat=True)) == {
        "legal",
        "former",
        "nickname",
    }
