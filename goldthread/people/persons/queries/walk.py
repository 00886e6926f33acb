"""Finding people by parts of their names, without the cost growing with the number of people.

Names share few words. A part of a word is looked up among the words (by trigram), and the people of each word are read in
the order of their names, no more than are shown. Where very many words match, people themselves are walked in that order:
then matches are close together.
"""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db import connection
from django.db.models import F, Q, QuerySet

from goldthread.foundation.lib.compiled import AnyOf, Compiled, Given
from goldthread.foundation.lib.names import also_called
from goldthread.people.persons import rules
from goldthread.people.persons.models import NamePosting, NameToken, Person
from goldthread.people.persons.queries.few import InReach, Match, few_matching, person_of, these
from goldthread.people.persons.queries.postings import batches

MANY = 120
"""Words matched, from which on walking the people is quicker than reading each word's people."""

Ranked = tuple[int, Person, bool]
"""How well, who, and are they the searcher's own."""


def by_names(reach: InReach, words: list[str], limit: int, own: Compiled[tuple[UUID]] | None = None) -> list[Ranked]:
    """The best *limit* in *reach* by *words*: better first, then by name. Of few people, *own* first."""
    if not reach.small:
        return [(rank, person, False) for rank, person in _walked(reach, words, limit)]
    return _best_of(few_matching(reach, words, own), words, limit)


def names_matching(persons: QuerySet[Person], text: str) -> QuerySet[Person]:
    """*persons* narrowed to those whose names match *text*, for lists that have their own order and pages."""
    for word in rules.search_words(text):
        persons = persons.filter(has_word(word))
    return persons


def has_word(word: str) -> Q:
    """The same condition as rules.word_rank, on the search text."""
    condition = Q(search_text__contains=word if len(word) >= 3 else f" {word}")
    for other in also_called(word):
        condition |= Q(search_text__contains=f" {other} ")
    return condition


def _best_of(matching: Iterable[Match], words: list[str], limit: int) -> list[Ranked]:
    placed = []
    for match in matching:
        text, key, is_own, pk = match[:4]
        rank = rules.match_rank(text, words)
        if rank is not None:
            placed.append((not is_own, rank, key, pk, match))
    return [(rank, person_of(match), not other) for other, rank, _key, _pk, match in sorted(placed)[:limit]]


def _walked(reach: InReach, words: list[str], limit: int) -> list[tuple[int, Person]]:
    """Start from the words, best matches first; stop when there are enough."""
    tokens = [_tokens_by_rank(word) for word in words]
    found: dict[UUID, tuple[int, Person]] = {}
    previous: list[set[int]] = []
    for rank in range(rules.INSIDE + 1):
        upto = [set().union(*(ranked[r] for r in range(rank + 1))) for ranked in tokens]
        if not all(upto) or upto == previous:
            previous = upto
            continue
        previous = upto
        for person in _in_order(reach, words, upto, rank, found, limit - len(found)):
            found[person.pk] = (rank, person)
        if len(found) >= limit:
            break
    return list(found.values())


def _in_order(
    reach: InReach, words: list[str], tokens: list[set[int]], rank: int, known: Iterable[UUID], limit: int
) -> list[Person]:
    """The first *limit* in *reach*, by name, who have one of each set of *tokens* and are not *known*."""
    walkable = [ids for ids in tokens if len(ids) <= MANY]
    if not walkable:
        return list(_dense(reach.persons, words, tokens, known, rank)[:limit])
    found: list[Person] = []
    seen = set(known)
    for ids in batches(tokens, walkable, limit + len(seen)):
        fresh = [pk for pk in ids if pk not in seen]
        seen.update(fresh)
        loaded = these(reach, fresh)
        found.extend(loaded[pk] for pk in fresh if pk in loaded)
        if len(found) >= limit:
            break
    return found[:limit]


def _dense(
    persons: QuerySet[Person], words: list[str], tokens: list[set[int]], known: Iterable[UUID], rank: int
) -> QuerySet[Person]:
    """Walk the people by name."""
    for word, ids in zip(words, tokens, strict=True):
        persons = persons.filter(_at_most(word, rank) if len(ids) > MANY else _has_token(ids))
    return persons.exclude(pk__in=list(known)).order_by("sort_key", "pk")


def _has_token(ids: Iterable[int]) -> Q:
    return Q(pk__in=NamePosting.objects.filter(token__in=list(ids)).values("person"))


def _at_most(word: str, rank: int) -> Q:
    """The search text matches *word* with *rank* or better."""
    if rank == rules.INSIDE:
        return has_word(word)
    condition = Q(search_text__contains=f" {word}" if rank >= rules.START else f" {word} ")
    if rank >= rules.NICKNAME:
        for other in also_called(word):
            condition |= Q(search_text__contains=f" {other} ")
    return condition


def _tokens_by_rank(word: str) -> list[set[int]]:
    """The ids of the words of names that *word* matches, by rank. One query, two from three letters on."""
    ranked: list[set[int]] = [set() for _rank in range(rules.INSIDE + 1)]
    for pk, text in _candidates(word):
        rank = rules.word_rank(text, word)
        if rank is not None:
            ranked[rank].add(pk)
    return ranked


_STARTING: Compiled[tuple[int, str]] = Compiled(
    lambda: NameToken.objects.filter(text__gte=Given("first"), text__lt=Given("after")).values_list("pk", "text")
)
_WORDS: Compiled[tuple[int, str]] = Compiled(
    lambda: NameToken.objects.filter(AnyOf(F("text"), Given("words"))).values_list("pk", "text")
)


def _candidates(word: str) -> Iterator[tuple[int, str]]:
    others = also_called(word)
    if len(word) < 3:
        yield from _STARTING.ask(first=word, after=f"{word[:-1]}{chr(ord(word[-1]) + 1)}")
    else:
        yield from _with_part(word)
    if others:
        yield from _WORDS.ask(words=others)


def _with_part(part: str) -> list[tuple[int, str]]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT id, text FROM persons_nametoken WHERE text LIKE %s", [f"%{part}%"])
        else:
            cursor.execute(
                "SELECT rowid, text FROM persons_nametoken_parts WHERE persons_nametoken_parts MATCH %s", [f'"{part}"']
            )
        return list(cursor.fetchall())
