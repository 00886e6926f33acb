"""Finding people by whatever somebody remembers of them. The same answers on both databases; see docs/adr/0008-search.md."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from django.db.models import QuerySet

from goldthread.people.persons import rules
from goldthread.people.persons.models import Person
from goldthread.people.persons.queries.keys import Key, read_keys
from goldthread.people.persons.queries.walk import by_names, has_word


class InReach(Protocol):
    """The people among whom to look: the gate's Scope."""

    @property
    def persons(self) -> QuerySet[Person]: ...

    @property
    def small(self) -> bool: ...


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
    first: QuerySet[Person] | None = None,
    limit: int = 25,
    country: str = "US",
) -> list[Found]:
    """The people in *scope* whom *text* describes, at most *limit*: those of *first* (own clients) before others, better
    matches before weaker ones, then by name.

    *text*: parts of names in any order; a phone number or its end (4 digits or more); a whole identifier or its last four; a
    client number; a date of birth in the order of *country* or any other; or names together with one of these.
    """
    keys, words = read_keys(text, today, country)
    if not keys and not words:
        return []
    own = _among(first, True, keys, words, limit) if first is not None else []
    mine = {found.person.pk for found in own}
    rest = _among(scope.persons, scope.small, keys, words, limit + len(mine)) if len(own) < limit else []
    found = own + [hit for hit in rest if hit.person.pk not in mine]
    return [replace(hit, own=hit.person.pk in mine, line=_line(hit.person, today)) for hit in found[:limit]]


def _line(person: Person, today: date) -> str:
    number = f"#{person.client_number}" if person.client_number else ""
    return " · ".join(part for part in (rules.age_words(person, today), number) if part)


def _among(persons: QuerySet[Person], small: bool, keys: Sequence[Key], words: list[str], limit: int) -> list[Found]:
    found = _by_keys(persons, keys, words, limit) if keys else []
    if words and not keys:
        found = [Found(person, "name", rank) for rank, person in by_names(persons, small, words, limit)]
    return found


def _by_keys(persons: QuerySet[Person], keys: Sequence[Key], words: list[str], limit: int) -> list[Found]:
    """Everybody with all of *keys* and *words*. A key leads to few people, however many there are."""
    led = [key.people() for key in keys]
    matching = persons.filter(pk__in=set.intersection(*map(set, led)))
    for word in words:
        matching = matching.filter(has_word(word))
    found: list[Found] = []
    for person in matching.order_by("sort_key", "pk")[: limit if not words else 10 * limit]:
        rank = rules.match_rank(person.search_text, words)
        if rank is not None:
            found.append(Found(person, led[0][person.pk], rank))
    return sorted(found, key=lambda hit: (hit.rank, hit.person.sort_key, hit.person.pk))[:limit]
