"""*Not the same person*: remembered, until what is compared of one of them changes."""

import json
from collections.abc import Collection
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from goldthread.casework.merging.models import Apart, Pair
from goldthread.casework.merging.rules import first_second
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.text import tidy
from goldthread.people.persons.actions.keys import compare_again
from goldthread.people.persons.likeness import keys_of
from goldthread.people.persons.models import Person
from goldthread.people.persons.queries.likely import descriptions


@transaction.atomic
def not_the_same(*, one: Person, other: Person, by: Actor, why: str = "") -> Apart:
    """Somebody has looked, and these are two people. Said again it is the newer word that holds."""
    first, second = in_order(one, other)
    made, _new = Apart.objects.update_or_create(
        one=first,
        other=second,
        defaults={
            "why": tidy(why)[:300],
            "print": print_of(first, second),
            "at": by.at,
            "by": by.staff,
            "by_name": by.name,
            "labels": first.labels | second.labels,
        },
    )
    Pair.objects.filter(one=first, other=second).delete()
    compare_again([first.pk])  # whoever compares them in this very moment does not know yet
    for person in (first, second):
        details = {"pair": [str(first.pk), str(second.pk)]}
        record(by=by, action="merging.apart", kind="person", object_id=person.pk, client=person.pk, details=details)
    return made


@transaction.atomic
def forget_apart(*, one: Person, other: Person, by: Actor) -> None:
    """Take it back: they may be one person after all."""
    first, second = in_order(one, other)
    if Apart.objects.filter(one=first, other=second).delete()[0]:
        compare_again([first.pk])
        for person in (first, second):
            record(by=by, action="merging.apart_undone", kind="person", object_id=person.pk, client=person.pk)


def told_apart(person: UUID, others: Collection[UUID]) -> set[UUID]:
    """Those of *others* of whom it is known, and still holds, that they are not *person*. One query when there is none."""
    rows = Apart.objects.filter(Q(one=person, other__in=others) | Q(other=person, one__in=others))
    found = set()
    for row in rows.select_related("one", "other"):
        if row.print == print_of(row.one, row.other):
            found.add(row.other_id if row.one_id == person else row.one_id)
    return found


def in_order(one: Person, other: Person) -> tuple[Person, Person]:
    """As pairs are kept."""
    return (one, other) if first_second(one.pk, other.pk) else (other, one)


def print_of(*persons: Person) -> str:
    """A digest of all that is compared of *persons*: names, birth, telephones, addresses, identifying numbers."""
    said = []
    for _person, one in descriptions(persons, cleared=-1):
        words = sorted([*keys_of(one), *one.digests, *(f"{name}" for name in one.names), one.birth, f"{one.places}"])
        said.append(words)
    return sha256(json.dumps(said).encode()).hexdigest()
