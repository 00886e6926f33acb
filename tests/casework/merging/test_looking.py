"""The look for doubles after a first round: only where something has changed, and what comes out is what a look at all finds."""

import random
from collections.abc import Callable
from datetime import date

import pytest
from django.db import transaction

from goldthread.casework.merging.actions import looking
from goldthread.casework.merging.actions.apart import forget_apart, not_the_same
from goldthread.casework.merging.actions.looking import look_on
from goldthread.casework.merging.actions.undo import undo_merge
from goldthread.casework.merging.models import Apart, CommonKey, Look, Merge, Pair
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.people.persons.actions.about import edit_about
from goldthread.people.persons.actions.create import create_person, make_client
from goldthread.people.persons.actions.identifiers import add_identifier
from goldthread.people.persons.actions.keys import take_keys
from goldthread.people.persons.actions.names import add_name, edit_name, remove_name
from goldthread.people.persons.actions.reach import add_contact_point
from goldthread.people.persons.models import LikenessChange, Person, PersonName
from goldthread.people.persons.queries import near
from tests.casework.contacts.making import actor_of
from tests.casework.merging.making import MARIA, client, made_one
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db
GIVEN, FAMILY = ("Maria", "Marie", "Jose", "Ana"), ("Ortiz", "Ortis", "Bell")
BORN = (date(1961, 3, 4), date(1961, 4, 3), date(1961, 3, 5))
PHONES = ("215 555 0142", "215 555 0199")


@pytest.fixture
def by(db: None) -> Actor:
    return actor_of(StaffFactory())


def found() -> set[tuple[str, str, float, bool]]:
    pairs = Pair.objects.values_list("one", "other", "bits", "strong")
    return {(str(one), str(other), bits, strong) for one, other, bits, strong in pairs}


def look_to_the_end(by: Actor, size: int = 3) -> int:
    stages = 1
    while look_on(by=by, size=size):
        stages += 1
        assert stages < 500, "it comes to an end"
    return stages


def from_nothing(by: Actor) -> set[tuple[str, str, float, bool]]:
    for model in (Pair, Look, CommonKey):
        model.objects.all().delete()
    look_to_the_end(by, size=40)
    return found()


class Agency:
    """Things that happen to people, drawn by *chance*."""

    def __init__(self, chance: random.Random, by: Actor) -> None:
        self.chance, self.by = chance, by

    def one(self, **which: object) -> Person:
        return self.chance.choice(list(Person.objects.filter(**which).order_by("created_at", "pk")))

    def two(self) -> tuple[Person, Person]:
        one, other = self.chance.sample(list(Person.objects.filter(client_number__isnull=False).order_by("pk")), 2)
        return one, other

    def name(self) -> dict[str, str]:
        return {"given": self.chance.choice(GIVEN), "family": self.chance.choice(FAMILY)}

    def comes(self) -> None:
        born = {"birth_date": self.chance.choice(BORN)} if self.chance.random() < 0.8 else {}
        names = [{"kind": "legal", **self.name()}]
        create_person(by=self.by, names_given=names, values=born, client=self.chance.random() < 0.8)

    def becomes_client(self) -> None:
        make_client(person=self.one(), by=self.by)

    def renamed(self) -> None:
        row = self.chance.choice(list(PersonName.objects.order_by("person__created_at", "pk")))
        person = row.person
        edit_name(row=row, version_seen=person.version, values=self.name(), by=self.by)

    def named_besides(self) -> None:
        add_name(person=self.one(), values={"kind": "former", **self.name()}, by=self.by)

    def born(self) -> None:
        person = self.one()
        values = {"birth_date": self.chance.choice(BORN)}
        edit_about(person=person, version_seen=person.version, values=values, by=self.by)

    def telephone(self) -> None:
        values = {"kind": "mobile", "value": self.chance.choice(PHONES)}
        add_contact_point(person=self.one(), values=values, by=self.by)

    def number(self) -> None:
        add_identifier(
            person=self.one(), values={"kind": "ssn", "value": f"53271100{self.chance.randrange(2)}"}, by=self.by
        )

    def told_apart(self) -> None:
        one, other = self.two()
        not_the_same(one=one, other=other, by=self.by)

    def perhaps_after_all(self) -> None:
        row = self.chance.choice(list(Apart.objects.order_by("at", "pk")))
        forget_apart(one=row.one, other=row.other, by=self.by)

    def merged(self) -> None:
        made_one(*self.two(), self.by)

    def taken_apart(self) -> None:
        undo_merge(merge=self.chance.choice(list(Merge.objects.filter(undone_at=None))), by=self.by)

    def taken_back(self) -> None:
        """As a file of clients is: keys first, then the person."""
        people = Person.objects.filter(created_at=self.by.at, version=1, client_number__isnull=False).order_by("pk")
        person = self.chance.choice(list(people))
        take_keys([person.pk])
        person.identifiers.all().delete()
        person.delete()

    def look(self) -> None:
        look_on(by=self.by, size=2)


ACTS: tuple[Callable[[Agency], None], ...] = (
    *(3 * (Agency.comes, Agency.renamed, Agency.look)),
    *(2 * (Agency.number, Agency.told_apart, Agency.born, Agency.telephone, Agency.taken_back)),
    *(Agency.becomes_client, Agency.named_besides, Agency.perhaps_after_all, Agency.merged, Agency.taken_apart),
)


@pytest.mark.parametrize("seed", [1, 2, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(3, 13))])
def test_what_is_found_after_changes_is_what_a_look_from_nothing_finds(
    seed: int, by: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key is common here when three people have it, so that keys cross that line in both directions again and again."""
    for module in (looking, near):
        monkeypatch.setattr(module, "COMMON", 2)
    agency = Agency(random.Random(seed), by)
    for _person in range(6):
        agency.comes()
    happened = 0
    for _turn in range(60):
        act = agency.chance.choice(ACTS)
        try:
            with transaction.atomic():
                act(agency)
            happened += 1
        except (DomainError, IndexError, ValueError):
            continue
    assert happened > 35
    look_to_the_end(by)
    assert not LikenessChange.objects.exists()
    caught_up = found()
    assert caught_up == from_nothing(by)


@pytest.fixture
def three(by: Actor, monkeypatch: pytest.MonkeyPatch) -> list[Person]:
    """Three of one name, and three are too many to tell anything by it."""
    for module in (looking, near):
        monkeypatch.setattr(module, "COMMON", 2)
    people = [client(by, MARIA) for _ in range(3)]
    look_to_the_end(by)
    assert not found()
    return people


def test_a_key_that_too_many_had_tells_again_when_one_of_them_goes_and_no_more_when_one_comes(
    by: Actor, three: list[Person]
) -> None:
    people = three[:2]
    take_keys([three[2].pk])
    three[2].delete()
    former = client(by, {"given": "Zoe", "family": "Bell"})
    row = add_name(person=former, values={"kind": "former", **MARIA}, by=by)
    look_to_the_end(by)
    assert not found(), "still three"
    remove_name(row=row, by=by)
    look_to_the_end(by)
    assert {(one, other) for one, other, _bits, _strong in found()} == {(str(people[0].pk), str(people[1].pk))}
    client(by, MARIA)
    look_to_the_end(by)
    assert not found()


def test_so_it_does_when_one_is_taken_back(by: Actor, three: list[Person]) -> None:
    Agency(random.Random(1), by).taken_back()
    look_to_the_end(by)
    assert len(found()) == 1


def test_and_so_does_a_number(by: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (looking, near):
        monkeypatch.setattr(module, "COMMON", 2)
    people = [client(by, {"given": given, "family": "Bell"}) for given in ("Zoe", "Max", "Ida")]
    for person in people[:2]:
        add_identifier(person=person, values={"kind": "ssn", "value": "532-71-1001"}, by=by)
    look_to_the_end(by)
    assert len(found()) == 1, "names of three, but the number is theirs alone"
    add_identifier(person=people[2], values={"kind": "ssn", "value": "532-71-1001"}, by=by)
    look_to_the_end(by)
    assert not found()
    take_keys([people[2].pk])
    people[2].identifiers.all().delete()
    look_to_the_end(by)
    assert len(found()) == 1


def test_after_the_first_round_only_who_has_changed_is_looked_at(by: Actor) -> None:
    """And a worker that is killed goes on where it stopped: each stage is kept with how far it came."""
    people = sorted((client(by, {"given": f"Ann{n}", "family": "Bell"}).pk for n in range(5)), key=str)
    assert look_on(by=by, size=2)
    assert Look.objects.get().after == people[1]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(looking, "_keep", _killed)
        with pytest.raises(RuntimeError):
            look_on(by=by, size=2)
    assert Look.objects.get().after == people[1], "nothing half done"
    assert look_to_the_end(by, size=2) == 3
    assert look_to_the_end(by) == 1, "nothing has changed"
    add_name(person=Person.objects.get(pk=people[0]), values={"kind": "former", "given": "Zoe", "family": "Fox"}, by=by)
    assert LikenessChange.objects.values_list("person", flat=True).get() == people[0]
    assert not look_on(by=by)
    assert not LikenessChange.objects.exists()


def _killed(*_args: object) -> None:
    raise RuntimeError


def test_other_weights_are_a_new_round(by: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    client(by, MARIA)
    client(by, MARIA)
    look_to_the_end(by)
    Pair.objects.all().delete()
    assert not look_on(by=by), "nobody has changed"
    monkeypatch.setattr(looking.likeness, "RULES", "other")
    look_to_the_end(by)
    assert Pair.objects.count() == 1
