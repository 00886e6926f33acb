"""Keys are kept in step by every action, and a lookup finds by them."""

from datetime import date

import pytest

from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.labels import Label
from goldthread.people.persons.actions.about import edit_about
from goldthread.people.persons.actions.addresses import add_address
from goldthread.people.persons.actions.identifiers import add_identifier
from goldthread.people.persons.actions.keys import key_in_bulk
from goldthread.people.persons.actions.names import add_name
from goldthread.people.persons.actions.reach import add_contact_point
from goldthread.people.persons.models import LikenessKey, Person
from goldthread.people.persons.queries import likely
from goldthread.people.persons.queries.likely import Typed, likely_the_same
from tests.people.persons.helpers import a_client

pytestmark = pytest.mark.django_db
BORN = date(1961, 3, 4)


def found(typed: Typed, **more: int) -> list[tuple[str, bool]]:
    hits = likely_the_same(typed=typed, among=Person.objects.all(), **more)
    return [(hit.person.display_name, hit.strong) for hit in hits]


def test_by_name_and_birth_with_slips(actor: Actor) -> None:
    a_client(actor, "Katherine", "Hernandez", values={"birth_date": BORN})
    a_client(actor, "Kathleen", "Harper", values={"birth_date": date(1990, 1, 1)})
    assert found(Typed("Catherine", "Ernandes", birth_date=date(1961, 4, 3))) == [("Katherine Hernandez", False)]
    assert found(Typed("Katherine", "Hernandez", birth_date=BORN)) == [("Katherine Hernandez", True)]
    assert found(Typed("Oliver", "Stone")) == []
    assert found(Typed()) == []


def test_every_action_keeps_the_keys_in_step(actor: Actor, dana: Person) -> None:
    """A former name, a birthday, a telephone, an address and a number that came later each lead to the person."""
    add_name(person=dana, values={"kind": "former", "given": "Dana", "family": "Okafor"}, by=actor)
    dana.refresh_from_db()
    edit_about(person=dana, version_seen=dana.version, values={"birth_date": BORN}, by=actor)
    add_contact_point(person=dana, values={"kind": "mobile", "value": "215 555 0142"}, by=actor)
    where = {"kind": "current", "line1": "12 Larch Street", "postal_code": "19104"}
    add_address(person=dana, values=where, by=actor)
    add_identifier(person=dana, values={"kind": "ssn", "value": "123-45-6789"}, by=actor)
    assert found(Typed("Dana", "Okafor", birth_date=BORN)) == [("Dana Whitfield", True)]
    assert found(Typed("Dana", "Marsh", phones=["+1 (215) 555-0142"], birth_date=BORN)) == [("Dana Whitfield", True)]
    assert found(Typed("Dane", "Whitfeld", line1="12 Larch St", postal_code="19104")) == [("Dana Whitfield", True)]
    assert found(Typed("D", "W", numbers=[("ssn", "123456789")])) == [("Dana Whitfield", True)]
    before = set(LikenessKey.objects.values_list("key", "labels"))
    LikenessKey.objects.all().delete()
    key_in_bulk([Person.objects.get()])
    assert set(LikenessKey.objects.values_list("key", "labels")) == before


def test_a_labelled_row_leads_and_speaks_only_for_who_is_cleared(actor: Actor, dana: Person) -> None:
    """The safe address of a domestic violence program: keys of its own."""
    where = {"kind": "safe", "line1": "9 Hidden Lane", "postal_code": "19104"}
    add_address(person=dana, values=where, by=actor)
    typed = Typed("Dina", line1="9 Hidden Lane", postal_code="19104")
    assert found(typed) == []
    assert found(typed, cleared=int(Label.DOMESTIC_VIOLENCE)) == [("Dana Whitfield", False)]


def test_a_key_that_many_share_is_left_to_others(actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likely, "COMMON", 2)
    for year in (1961, 1972, 1983):
        a_client(actor, "Maria", "Garcia", values={"birth_date": date(year, 5, year - 1955)})
    assert found(Typed("Maria", "Garcia")) == []
    assert found(Typed("Maria", "Garcia", birth_date=date(1972, 5, 17))) == [("Maria Garcia", True)]


def test_the_number_of_queries_does_not_grow(actor: Actor, django_assert_num_queries: object) -> None:
    for number in range(4):
        a_client(actor, "Rosa", "Prado", values={"birth_date": date(1980, 1, number + 1)})
    with django_assert_num_queries(5):  # type: ignore[operator]  # keys, people, names, telephones, addresses
        hits = found(Typed("Rosa", "Prado", birth_date=date(1980, 1, 2), phones=["2155550142"], line1="1 A St"))
    assert len(hits) == 4
