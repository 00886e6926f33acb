"""The demo agency: as many people as promised, each worker's list as long as promised, the same every time."""

from collections import Counter
from datetime import date

import pytest

from goldthread.access.models import Block, BreakGlass
from goldthread.casework.caseload.models import Assignment
from goldthread.doors.demo import make_demo
from goldthread.doors.demo.agency import COLLEAGUES
from goldthread.foundation.audit.queries import breaks, waiting_since
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import RoleAssignment, Staff
from goldthread.people.persons.models import Change, ContactPoint, Person, PersonName, Relationship
from goldthread.people.persons.queries import find_persons
from tests.conftest import NOW, TODAY
from tests.people.persons.helpers import everybody

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


@pytest.fixture(scope="module")
def demo(kept: None) -> None:
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


def test_same_day_makes_the_same_people() -> None:
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


def test_the_past_is_in_history_and_audit_and_sealed(demo: None) -> None:
    lucia = Person.objects.get(display_name="Lucía Ferreira")
    changed = Change.objects.filter(person=lucia, field="value").get()
    assert (changed.old, changed.new, changed.by_name) == (None, "(617) 555-0118", "Renee Baptiste")
    assert 0 < (NOW - changed.at).days <= 14
    assert not list(breaks(NOW))
    assert waiting_since() is None


def test_one_glass_is_judged_and_one_waits(demo: None) -> None:
    assert sorted(BreakGlass.objects.values_list("outcome", flat=True)) == ["", "justified"]


def test_a_former_partner_is_blocked_and_sunniva_is_covered_for(demo: None) -> None:
    block = Block.objects.get()
    assert (block.staff.name, block.person.display_name) == ("Sunniva Dahl", "Erik Lindgaard")
    cover = Assignment.objects.filter(kind="cover", starts_on__lte=TODAY, ends_on__gte=TODAY)
    assert set(cover.values_list("staff__name", flat=True)) == {"Tomás Arriaga"}


def test_jonah_has_clients_who_were_renees(demo: None) -> None:
    his = Assignment.objects.filter(staff__name="Jonah Whitcomb", ends_on=None).values("client")
    assert Assignment.objects.filter(staff__name="Renee Baptiste", ends_on__lt=TODAY, client__in=his).exists()


def test_people_are_found_by_the_rooms_own_search(demo: None) -> None:
    found = find_persons(text="ferrei luc", scope=everybody(small=False), today=TODAY)
    assert [one.person.display_name for one in found] == ["Lucía Ferreira"]
    assert find_persons(text="000418220047", scope=everybody(small=False), today=TODAY)


def test_no_two_households_share_a_phone_number(demo: None) -> None:
    now = ContactPoint.objects.filter(ends_on__isnull=True).exclude(kind="email")
    shared = [value for value, count in Counter(now.values_list("value", flat=True)).items() if count > 1]
    assert shared == []
