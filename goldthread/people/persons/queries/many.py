"""Who is perhaps somebody already known, asked of many at once (the rows of a file): the same keys, the same scores, few statements."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from goldthread.foundation.lib.labels import ALL_LABELS
from goldthread.people.persons import likeness
from goldthread.people.persons.likeness.comparing import Score
from goldthread.people.persons.models import Identifier, Person
from goldthread.people.persons.queries.likely import COMMON, descriptions, who_bears
from goldthread.people.persons.queries.record import clear_of

KEYS_AT_ONCE = 400
"""SQLite joins at most 500 selects into one statement."""
PEOPLE_AT_ONCE = 500
MOST = 20
"""Candidates of one row that are scored: those with the most keys in common."""
Found = tuple[UUID, Score]
T = TypeVar("T")


def likely_of_many(
    asked: Sequence[tuple[int, likeness.Described]], *, among: QuerySet[Person], cleared: int = 0
) -> dict[int, list[Found]]:
    """Of each row number *asked* those *among* whom it may describe, the likeliest first; rows like nobody are left out.

    *cleared*: the labels (bits) of rows that may be looked at. What is read grows with *asked* alone: a key that many people have
    is left out, as in ``likely_the_same``.
    """
    near = _near(asked, int(ALL_LABELS) & ~cleared)
    known = _described({person for people in near.values() for person in people}, among, cleared)
    found: dict[int, list[Found]] = {}
    for number, one in asked:
        scored = [(pk, likeness.score(one, known[pk])) for pk in near[number] if pk in known]
        ranked = sorted(((pk, score) for pk, score in scored if score.possible), key=_likeliest)
        if ranked:
            found[number] = ranked
    return found


def _likeliest(pair: Found) -> tuple[float, str]:
    return -pair[1].bits, str(pair[0])


def _near(asked: Sequence[tuple[int, likeness.Described]], missing: int) -> dict[int, list[UUID]]:
    """Of each row the people with the most keys in common; one identifying number in common outweighs all of them."""
    shared: dict[int, Counter[UUID]] = {number: Counter() for number, _one in asked}
    _by_keys(asked, missing, shared)
    _by_numbers(asked, missing, shared)
    return {number: [person for person, _n in people.most_common(MOST)] for number, people in shared.items()}


def _by_keys(asked: Sequence[tuple[int, likeness.Described]], missing: int, shared: dict[int, Counter[UUID]]) -> None:
    rows: dict[int, list[int]] = defaultdict(list)
    for number, one in asked:
        for key in likeness.keys_of(one).values():
            rows[key].append(number)
    for part in _parts(sorted(rows), KEYS_AT_ONCE):
        met: dict[int, list[UUID]] = defaultdict(list)
        for key, person in who_bears(part, missing):
            met[key].append(person)
        for key, people in met.items():
            for number in rows[key] if len(people) <= COMMON else ():
                shared[number].update(people)


def _by_numbers(
    asked: Sequence[tuple[int, likeness.Described]], missing: int, shared: dict[int, Counter[UUID]]
) -> None:
    rows: dict[str, list[int]] = defaultdict(list)
    for number, one in asked:
        for digest in one.digests:
            rows[digest].append(number)
    for digests in _parts(sorted(rows), KEYS_AT_ONCE):
        seen = Identifier.objects.filter(clear_of(missing), digest__in=digests, ends_on__isnull=True)
        for digest, person in seen.values_list("digest", "person"):
            for number in rows[digest]:
                shared[number][person] += 100


def _described(people: set[UUID], among: QuerySet[Person], cleared: int) -> dict[UUID, likeness.Described]:
    found: dict[UUID, likeness.Described] = {}
    for part in _parts(sorted(people), PEOPLE_AT_ONCE):
        reached = list(among.filter(pk__in=part))
        found.update((person.pk, one) for person, one in descriptions(reached, cleared))
    return found


def _parts(every: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (every[start : start + size] for start in range(0, len(every), size))


def alike_in(rows: Sequence[tuple[int, likeness.Described]]) -> dict[int, tuple[int, Score]]:
    """Rows of one list that may be the same person as an earlier one: the likeliest earlier row, and why. Nothing is asked of the
    database. A key that more than COMMON rows have tells nobody apart here, either."""
    said = dict(rows)
    keys: dict[int, list[int | str]] = {number: [*likeness.keys_of(one).values(), *one.digests] for number, one in rows}
    many = Counter(key for mine in keys.values() for key in mine)
    earlier: dict[int | str, list[int]] = defaultdict(list)
    found: dict[int, tuple[int, Score]] = {}
    for number, one in rows:
        telling = [key for key in keys[number] if many[key] > 1 and many[key] <= COMMON]
        shared = Counter(other for key in telling for other in earlier[key])
        scored = [(likeness.score(one, said[other]), other) for other, _n in shared.most_common(MOST)]
        score, other = max(scored, key=lambda pair: (pair[0].bits, -pair[1]), default=(None, 0))
        if score and score.possible:
            found[number] = other, score
        for key in telling:
            earlier[key].append(number)
    return found
