"""Who is like each of many people: for the look for doubles among all. Nobody is left out for being the 49th, as while
somebody types (queries/likely.py): of any two people it has to come out the same, whoever of them is looked at, and when."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import Count

from goldthread.people.persons import likeness
from goldthread.people.persons.models import Identifier, Person
from goldthread.people.persons.queries.likely import COMMON, descriptions, who_bears

PART = 200
"""Keys a statement: SQLite joins at most five hundred."""
Bearers = dict[int, set[UUID]]
"""Of each key those who have it: all, or COMMON + 1 of them. An identifying number stands under ``key_of_number``."""


class Near:
    """Some people, and who shares a key or an identifying number with each of them."""

    def __init__(self, people: Sequence[Person]) -> None:
        self.described = {person.pk: one for person, one in descriptions(people, cleared=-1)}
        self.keys = {pk: _keys(one) for pk, one in self.described.items()}
        digests = {digest for one in self.described.values() for digest in one.digests}
        self.numbers = {likeness.key_of_number(digest): digest for digest in digests}
        self.bearers = bearers({key for keys in self.keys.values() for key in keys}, self.numbers)

    def of(self, person: UUID) -> set[UUID]:
        """Those who share with *person* what few people have."""
        found: set[UUID] = set()
        for key in self.keys[person]:
            if len(self.bearers[key]) <= COMMON:
                found |= self.bearers[key]
        return found - {person}

    def alike(self, *, later: bool) -> dict[UUID, dict[UUID, likeness.Score]]:
        """Of each of these people the clients who may be the same person. *later*: only those whose id is greater, so that of a
        round among all each pair is looked at once."""
        asked = {pk: {other for other in self.of(pk) if not later or other > pk} for pk in self.described}
        others = {pk for some in asked.values() for pk in some}
        clients = {one.pk: one for one in Person.objects.filter(pk__in=others, client_number__isnull=False)}
        wanted = self._worth_a_look(asked, clients)
        whole = descriptions(
            [clients[pk] for pk in sorted({pk for some in wanted.values() for pk in some})], cleared=-1
        )
        said = {person.pk: one for person, one in whole}
        scored = {pk: {q: likeness.score(self.described[pk], said[q]) for q in some} for pk, some in wanted.items()}
        return {pk: {q: score for q, score in some.items() if score.possible} for pk, some in scored.items()}

    def _worth_a_look(self, asked: dict[UUID, set[UUID]], clients: dict[UUID, Person]) -> dict[UUID, set[UUID]]:
        """Most of those asked about have another name and birthday, and nothing else could make up for that: their addresses,
        telephones and numbers need not be read."""
        named = {person.pk: one for person, one in descriptions([*clients.values()], -1, likeness.Described())}
        found: dict[UUID, set[UUID]] = {}
        for pk, some in asked.items():
            one = likeness.only_name_and_birth(self.described[pk])
            sure = self._by_number(pk)
            among = [q for q in some if q in named]
            found[pk] = {
                q for q in among if sure is None or q in sure or likeness.at_most(one, named[q]) >= likeness.POSSIBLE
            }
        return found

    def _by_number(self, person: UUID) -> set[UUID] | None:
        """Those who share an identifying number with *person*; None: too many to be known."""
        bearing = [self.bearers[key] for key in self.keys[person] & self.numbers.keys()]
        return None if any(len(some) > COMMON for some in bearing) else set().union(*bearing)


def bearers(keys: Collection[int], numbers: Mapping[int, str]) -> Bearers:
    """Who has each of *keys*, and each identifying number: *numbers* are their digests by ``key_of_number``."""
    found: Bearers = {key: set() for key in (*keys, *numbers)}
    for part in _parts(sorted(set(keys) - numbers.keys())):
        for key, person in who_bears(part, 0):
            found[key].add(person)
    for key, some in _of_numbers(numbers).items():
        found[key] |= some
    return found


def _of_numbers(numbers: Mapping[int, str]) -> Bearers:
    found: Bearers = defaultdict(set)
    key_of = {digest: key for key, digest in numbers.items()}
    rows = Identifier.objects.filter(digest__in=key_of)
    counted = dict(rows.values_list("digest").annotate(count=Count("person", distinct=True)).order_by())
    for digest, person in rows.filter(digest__in=[d for d in counted if counted[d] <= COMMON]).values_list(
        "digest", "person"
    ):
        found[key_of[digest]].add(person)
    for digest in [d for d in counted if counted[d] > COMMON]:
        some = Identifier.objects.filter(digest=digest).values_list("person", flat=True).order_by().distinct()
        found[key_of[digest]] = set(some[: COMMON + 1])
    return found


def _keys(one: likeness.Described) -> set[int]:
    return {*likeness.keys_of(one).values(), *map(likeness.key_of_number, one.digests)}


def _parts(keys: Sequence[int]) -> Iterable[Sequence[int]]:
    return (keys[start : start + PART] for start in range(0, len(keys), PART))
