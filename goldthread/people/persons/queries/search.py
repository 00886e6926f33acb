"""Finding people by whatever somebody remembers of them. The same answers on both databases; see docs/adr/0008-search.md."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from goldthread.foundation.lib.compiled import Compiled
from goldthread.people.persons import rules
from goldthread.people.persons.models import Person
from goldthread.people.persons.queries.few import InReach, Own
from goldthread.people.persons.queries.keys import Key, read_keys
from goldthread.people.persons.queries.walk import by_names, has_word


@dataclass(frozen=True, slots=True)
class Found:
    """One person found. ``why``: name, phone, identifier, number or birth_date; ``rank``: how well, 0 is best."""

    person: Person
    why: str
    rank: int
    own: bool = False
    line: str = ""
    """Number and age, to tell people of one name apart."""


def find_persons(
    *,
    text: str,
    scope: InReach,
    today: date,
    own: Compiled[tuple[UUID]] | None = None,
    limit: int = 25,
    country: str = "US",
) -> list[Found]:
    """The people in *scope* whom *text* describes, at most *limit*: those of *own* before others, better matches before
    weaker ones, then by name.

    *own* yields the ids of the searcher's clients, asked with what the scope is asked with.

    *text*: parts of names in any order; a phone number or its end (4 digits or more); a whole identifier or its last four; a
    client number; a date of birth in the order of *country* or any other; or names together with one of these.
    """
    keys, words = read_keys(text, today, country)
    if not keys and not words:
        return []
    if scope.small:
        found = _among(scope, keys, words, limit, own)
    else:
        mine = [replace(hit, own=True) for hit in _among(Own(scope, own), keys, words, limit)] if own else []
        rest = _among(scope, keys, words, limit + len(mine)) if len(mine) < limit else []
        known = {hit.person.pk for hit in mine}
        found = [*mine, *(hit for hit in rest if hit.person.pk not in known)][:limit]
    return [replace(hit, line=_line(hit.person, today)) for hit in found]


def _line(person: Person, today: date) -> str:
    number = f"#{person.client_number}" if person.client_number else ""
    return " · ".join(part for part in (rules.age_words(person, today), number) if part)


def _among(
    reach: InReach, keys: Sequence[Key], words: list[str], limit: int, own: Compiled[tuple[UUID]] | None = None
) -> list[Found]:
    if keys:
        ids = {pk for (pk,) in own.ask(**reach.given)} if own else set()
        return _by_keys(reach.persons, keys, words, limit, ids)
    return [Found(person, "name", rank, is_own) for rank, person, is_own in by_names(reach, words, limit, own)]


def _by_keys(
    persons: QuerySet[Person], keys: Sequence[Key], words: list[str], limit: int, own: Collection[UUID]
) -> list[Found]:
    """Everybody with all of *keys* and *words*. A key leads to few people, however many there are."""
    led = [key.people() for key in keys]
    matching = persons.filter(pk__in=set.intersection(*map(set, led)))
    for word in words:
        matching = matching.filter(has_word(word))
    found: list[Found] = []
    for person in matching.order_by("sort_key", "pk")[: 10 * limit]:
        rank = rules.match_rank(person.search_text, words)
        if rank is not None:
            found.append(Found(person, led[0][person.pk], rank, person.pk in own))

    def place(hit: Found) -> tuple[bool, int, str, UUID]:
        return not hit.own, hit.rank, hit.person.sort_key, hit.person.pk

    return sorted(found, key=place)[:limit]
