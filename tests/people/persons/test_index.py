from datetime import date

import pytest

from goldthread.foundation.lib.actor import Actor
from goldthread.people.persons.actions.index import index_in_bulk, shown_as
from goldthread.people.persons.models import NamePosting, Person, PersonName
from goldthread.people.persons.queries import find_persons, names_matching
from tests.people.persons.helpers import a_client, everybody

pytestmark = pytest.mark.django_db


def test_in_bulk_as_one_by_one(actor: Actor, today: date) -> None:
    people, names = [], []
    for number, given in enumerate(("Ana", "Bill", "José")):
        person = Person(client_number=number + 1, client_since=today, created_at=actor.at)
        name = PersonName(person=person, kind="legal", given=given, family="De la Cruz")
        shown_as(person, [name])
        people.append(person)
        names.append(name)
    Person.objects.bulk_create(people)
    PersonName.objects.bulk_create(names)
    known: dict[str, int] = {}
    assert index_in_bulk(people[:2], known) + index_in_bulk(people[2:], known) == NamePosting.objects.count()
    one = a_client(actor, "José", "De la Cruz")
    words = [set(NamePosting.objects.filter(person=p).values_list("token__text", "sort_key")) for p in (people[2], one)]
    assert words[0] == words[1]
    hits = find_persons(text="dela jose", scope=everybody(small=False), today=today)
    assert {hit.person for hit in hits} == {people[2], one}


def test_a_list_narrowed_by_names(actor: Actor) -> None:
    ana = a_client(actor, "Ana", "Ruiz")
    a_client(actor, "Eve", "Ruiz")
    assert list(names_matching(Person.objects.all(), "ru an")) == [ana]
    assert names_matching(Person.objects.all(), "").count() == 2
