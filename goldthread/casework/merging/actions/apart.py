"""*Not the same person*: remembered, until what is compared of one of them changes."""

import json
from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from goldthread.casework.merging.models import Apart, Pair
from goldthread.casework.merging.rules import first_second
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.text import tidy
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
    for person in (first, second):
        details = {"pair": [str(first.pk), str(second.pk)]}
        record(by=by, action="merging.apart", kind="person", object_id=person.pk, client=person.pk, details=details)
    return made


@transaction.atomic
def forget_apart(*, one: Person, other: Person, by: Actor) -> None:
    """Take it back: they may be one person after all."""
    first, second = in_order(one, other)
    if Apart.objects.filter(one=first, other=second).delete()[0]:
        for person in (first, second):
            record(by=by, action="merging.apart_undone", kind="person", object_id=person.pk, client=person.pk)


def told_apart(person: Person, others: Iterable[Person]) -> set[UUID]:
    """Those of *others* of whom it is known, and still holds, that they are not *person*. At most five queries; one when
    there is none."""
    wanted = {other.pk: other for other in others}
    rows = Apart.objects.filter(Q(one=person, other__in=wanted) | Q(other=person, one__in=wanted))
    found = set()
    for row in rows:
        other = wanted[row.other_id if row.one_id == person.pk else row.one_id]
        if row.print == print_of(*in_order(person, other)):
            found.add(other.pk)
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
