"""Keeping the keys of likeness (``likeness/keys.py``) in step with names, birth, telephones and addresses."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from goldthread.foundation.lib.bulk import Ready, delete_of, ready_for_each
from goldthread.people.persons.likeness import Described, keys_of
from goldthread.people.persons.likeness.rows import described
from goldthread.people.persons.models import (
    Address,
    ContactPoint,
    Identifier,
    LikenessChange,
    LikenessKey,
    Person,
    PersonName,
)

SECTIONS = frozenset({"names", "about", "reach", "addresses"})
"""The sections of a record from which keys are made."""
COMPARED = SECTIONS | {"identifiers"}
"""Those of which something is compared."""


def rekey(person: Person) -> None:
    """Bring the keys of *person* in step, and say that they are to be looked at again. In the caller's transaction. Five queries
    where no key changed."""
    wanted = {(row.key, row.labels) for row in _fresh([person])}
    kept: set[tuple[int, int]] = set()
    stale: dict[int, int] = {}
    for pk, key, labels in LikenessKey.objects.filter(person=person).values_list("pk", "key", "labels"):
        if (key, labels) in wanted and (key, labels) not in kept:
            kept.add((key, labels))
        else:
            stale[pk] = key
    if stale:
        LikenessKey.objects.filter(pk__in=stale).delete()
    LikenessKey.objects.bulk_create(
        LikenessKey(person=person, key=key, labels=labels) for key, labels in sorted(wanted - kept)
    )
    compare_again([person.pk], lost=sorted(set(stale.values()) - {key for key, _labels in wanted}))


def compare_again(persons: Iterable[UUID], lost: Iterable[int] = ()) -> None:
    """What is compared of *persons* has changed. *lost*: keys that nobody of them has any more."""
    gone = list(lost)
    LikenessChange.objects.bulk_create(LikenessChange(person=person, lost=gone) for person in persons)


def take_keys(persons: Collection[UUID]) -> None:
    """*persons* are no clients any more, or not at all: nobody finds them by a key. Before their rows go."""
    lost: dict[UUID, list[int | str]] = {person: [] for person in persons}
    for person, key in LikenessKey.objects.filter(person__in=persons).values_list("person", "key"):
        lost[person].append(key)
    for person, digest in Identifier.objects.filter(person__in=persons).values_list("person", "digest"):
        lost[person].append(digest)
    delete_of(LikenessKey, "person", persons)
    LikenessChange.objects.bulk_create(LikenessChange(person=person, lost=keys) for person, keys in lost.items())


def key_new(
    person: Person, names: Iterable[PersonName], points: Iterable[ContactPoint] = (), places: Iterable[Address] = ()
) -> list[LikenessKey]:
    """The keys (not saved) of somebody of whom *names*, *points* and *places* are all there is."""
    return [
        LikenessKey(person=person, key=key, labels=labels)
        for key, labels in labelled_keys(person, names, points, places).items()
    ]


def keys_ready(keys: Sequence[tuple[int, UUID, int]]) -> Ready:
    """*keys* (key, person, labels) of people who have none yet. A dozen for each person: as models they would take a tenth of a file's time."""
    quote, meta = connection.ops.quote_name, LikenessKey._meta
    field: Any = meta.get_field("person")
    people = {
        person: field.get_db_prep_save(person, connection) for person in {person for _key, person, _labels in keys}
    }
    statement = f"INSERT INTO {quote(meta.db_table)} (key, person_id, labels) SELECT key, person, labels FROM {{given}}"  # noqa: S608  # names from models
    columns = {"key": "bigint", "person": "uuid", "labels": "integer"}
    return ready_for_each(statement, columns, [(key, people[person], labels) for key, person, labels in keys])


def labelled_keys(
    person: Person, names: Iterable[PersonName], points: Iterable[ContactPoint], places: Iterable[Address]
) -> dict[int, int]:
    """The same keys as values: each with its labels."""
    labelled: dict[int, tuple[list[ContactPoint], list[Address]]] = {0: ([], [])}
    for point in points:
        labelled.setdefault(point.labels, ([], []))[0].append(point)
    for place in places:
        labelled.setdefault(place.labels, ([], []))[1].append(place)
    named = list(names)
    found: dict[int, int] = {}
    for labels, (some, others) in sorted(labelled.items()):  # what can be said without a label is found without it
        for key in _keys(described(person, named, some, others)):
            found.setdefault(key, labels)
    return found


def key_in_bulk(persons: Collection[Person]) -> int:
    """Write the keys of *persons*, who have none yet. Returns how many. A few thousand people at a time, please."""
    rows = _fresh(persons)
    LikenessKey.objects.bulk_create(rows, batch_size=2000)
    compare_again(person.pk for person in persons)
    return len(rows)


def _keys(one: Described) -> Iterable[int]:
    return keys_of(one).values()


def _fresh(persons: Collection[Person]) -> list[LikenessKey]:
    ids = [person.pk for person in persons]
    names: dict[UUID, list[PersonName]] = defaultdict(list)
    points: dict[UUID, list[ContactPoint]] = defaultdict(list)
    places: dict[UUID, list[Address]] = defaultdict(list)
    for name in PersonName.objects.filter(person__in=ids).order_by("pk"):
        names[name.person_id].append(name)
    for point in ContactPoint.objects.filter(person__in=ids).order_by("pk"):
        points[point.person_id].append(point)
    for place in Address.objects.filter(person__in=ids).order_by("pk"):
        places[place.person_id].append(place)
    return [row for one in persons for row in key_new(one, names[one.pk], points[one.pk], places[one.pk])]
