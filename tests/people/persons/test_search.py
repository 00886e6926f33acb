from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.compiled import Compiled
from goldthread.people.persons import rules
from goldthread.people.persons.actions.identifiers import add_identifier
from goldthread.people.persons.models import Person
from goldthread.people.persons.queries import find_persons, postings, walk
from goldthread.people.persons.queries.postings import COMMON
from goldthread.people.persons.queries.walk import MANY
from tests.people.persons.helpers import a_client, everybody

pytestmark = pytest.mark.django_db


def found(text: str, today: date, small: bool, **more: Any) -> list[str]:
    hits = find_persons(text=text, scope=everybody(small), today=today, **more)
    return [hit.person.display_name for hit in hits]


@pytest.fixture(params=[True, False], ids=["small", "wide"])
def small(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def test_parts_of_any_name_in_any_order_without_accents_or_case(actor: Actor, today: date, small: bool) -> None:
    a_client(actor, "José", "García-Núñez")
    a_client(actor, "Liam", "O'Brien")
    for text in ("garcia jose", "JOSÉ", "nune", "uñe", "garcianunez", "jos gar", "Núñez, José"):
        assert found(text, today, small) == ["José García-Núñez"], text
    for text in ("obrien", "O’Brien", "brien", "obr"):
        assert found(text, today, small) == ["Liam O'Brien"], text
    assert found("jose brien", today, small) == []
    assert found("", today, small) == found("-- ", today, small) == []


def test_nicknames_lead_to_formal_names_and_back(actor: Actor, today: date, small: bool) -> None:
    a_client(actor, "William", "Stone")
    a_client(actor, "José", "Reyes")
    a_client(actor, "Bill", "Ames")
    assert found("bill", today, small) == ["Bill Ames", "William Stone"]
    assert found("Pepe", today, small) == ["José Reyes"]
    assert found("william", today, small) == ["William Stone", "Bill Ames"]


def test_former_and_preferred_names(actor: Actor, today: date, small: bool) -> None:
    extra = [{"kind": "former", "family": "Okafor"}, {"kind": "preferred", "given": "Dee"}]
    a_client(actor, names=extra)
    for text in ("okafor", "dee", "dana", "dee whit"):
        assert found(text, today, small) == ["Dee Whitfield"], text


def test_whole_words_before_starts_before_insides_then_by_name(actor: Actor, today: date, small: bool) -> None:
    for name in ("Tamara", "Mara", "Marabel", "Zmara"):
        a_client(actor, name, "Lee")
    a_client(actor, "Mara", "Abbot")
    assert found("mara", today, small) == ["Mara Abbot", "Mara Lee", "Marabel Lee", "Tamara Lee", "Zmara Lee"]
    assert found("mara", today, small, limit=2) == ["Mara Abbot", "Mara Lee"]


def test_one_and_two_letters_are_starts(actor: Actor, today: date, small: bool) -> None:
    a_client(actor, "Li", "Wu")
    a_client(actor, "Ali", "Khan")
    assert found("li", today, small) == ["Li Wu"]
    assert found("k", today, small) == ["Ali Khan"]


def test_own_clients_come_first(actor: Actor, today: date, small: bool) -> None:
    born = date(1961, 4, 3)
    a_client(actor, "Ana", "Alvarez", values={"birth_date": born})
    mine = a_client(actor, "Anastasia", "Zimmer", values={"birth_date": born})
    own = Compiled(lambda: Person.objects.filter(pk=mine.pk).values_list("pk"))
    for text in ("ana", "1961-04-03"):
        hits = find_persons(text=text, scope=everybody(small), today=today, own=own, limit=25)
        shown = [(hit.person.display_name, hit.own) for hit in hits]
        assert shown == [("Anastasia Zimmer", True), ("Ana Alvarez", False)]


def test_phone_birth_number_and_identifier(actor: Actor, today: date, small: bool) -> None:
    dana = a_client(
        actor,
        contact={"kind": "mobile", "value": "215-555-0142"},
        values={"birth_date": date(1961, 3, 4)},
    )
    a_client(actor, "Eve", "Other", values={"birth_date": date(1990, 4, 3)})
    add_identifier(person=dana, values={"kind": "ssn", "value": "123-45-6789"}, by=actor)
    for text in (
        "(215) 555-0142", "2155550142", "+1 215 555 0142", "0142", "5550142", "dana 0142",
        "3/4/1961", "1961-03-04", "4 Mar 1961", "Mar 4 '61", "03041961", "4 de marzo de 1961", "4/3/1961",
        "123-45-6789", "123456789", "6789", "whit 6789", str(dana.client_number),
    ):  # fmt: skip
        assert found(text, today, small) == ["Dana Whitfield"], text
    for text in ("0143", "eve 0142", "3/4/1962", "123-45-6780", "78"):
        assert found(text, today, small) == [], text


NAMES = st.text("abelmnor", min_size=1, max_size=5)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=15),
    st.lists(NAMES, min_size=1, max_size=2),
    st.integers(1, 6),
)
def test_every_way_of_looking_gives_what_plain_python_gives(
    actor: Actor, today: date, people: list[tuple[str, str]], words: list[str], limit: int
) -> None:
    Person.objects.all().delete()
    persons = [a_client(actor, first, last) for first, last in people]
    wanted = rules.search_words(" ".join(words))
    ranked = [(rules.match_rank(p.search_text, wanted), p.sort_key, p.pk) for p in persons]
    expected = [pk for rank, _key, pk in sorted(r for r in ranked if r[0] is not None)][:limit]
    ways = ((True, MANY, COMMON), (False, MANY, COMMON), (False, 0, COMMON), (False, MANY, 1))
    try:
        for small, walk.MANY, postings.COMMON in ways:
            hits = find_persons(text=" ".join(words), scope=everybody(small), today=today, limit=limit)
            assert [hit.person.pk for hit in hits] == expected
    finally:
        walk.MANY, postings.COMMON = MANY, COMMON


def test_among_few_one_statement_finds_people_and_all_that_is_told_of_them(
    actor: Actor, today: date, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    person = a_client(actor, "Dana", "Stone")
    find_persons(text="stone", scope=everybody(True), today=today)
    with django_assert_num_queries(1):
        (hit,) = find_persons(text="stone", scope=everybody(True), today=today)
        assert (hit.person, hit.person.display_name) == (person, "Dana Stone")
        assert hit.line.endswith(f"#{person.client_number}")
