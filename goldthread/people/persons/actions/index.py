"""Keeping the search index in step with names: display name, sort key, search text, words and postings."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection

from goldthread.foundation.lib.bulk import Ready, ready_for_each
from goldthread.people.persons import rules
from goldthread.people.persons.models import NamePosting, NameToken, Person, PersonName

BATCH = 1000
Item = TypeVar("Item")


def shown_as(person: Person, names: Sequence[PersonName]) -> None:
    """Set (not save) what is kept on the person from their *names*."""
    person.display_name = rules.display_name(names)
    person.sort_key = rules.shown_sort_key(names)
    person.search_text = rules.search_text(names)


def reindex(person: Person) -> None:
    """Bring the postings of *person* in step with their search text and sort key. In the caller's transaction."""
    wanted = set(token_ids(person.search_text.split()).values())
    kept: set[int] = set()
    stale: list[int] = []
    for pk, token, sort_key in NamePosting.objects.filter(person=person).values_list("pk", "token_id", "sort_key"):
        if token in wanted and sort_key == person.sort_key and token not in kept:
            kept.add(token)
        else:
            stale.append(pk)
    if stale:
        NamePosting.objects.filter(pk__in=stale).delete()
    NamePosting.objects.bulk_create(
        NamePosting(token_id=token, person=person, sort_key=person.sort_key) for token in sorted(wanted - kept)
    )


def token_ids(words: Iterable[str]) -> dict[str, int]:
    """The id of each word, made where it is new. Two people adding the same new word at once get the same id."""
    wanted = sorted(set(words))
    known = _known(wanted)
    new = [word for word in wanted if word not in known]
    if new:
        NameToken.objects.bulk_create([NameToken(text=word) for word in new], ignore_conflicts=True, batch_size=BATCH)
        known |= _known(new)
    return known


def _known(words: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in _parts(words, BATCH):
        found.update(NameToken.objects.filter(text__in=part).values_list("text", "pk"))
    return found


def index_in_bulk(persons: Iterable[Person], known: dict[str, int] | None = None) -> int:
    """Write postings for *persons* who have none yet, a thousand at a time. Returns how many were written.

    Their sort key and search text must be set (``shown_as``). *known*: words and ids kept by the caller between calls.
    """
    ids = {} if known is None else known
    written = 0
    for part in _parts(persons, BATCH):
        missing = {word for person in part for word in person.search_text.split()} - ids.keys()
        ids.update(token_ids(missing))
        rows = [
            NamePosting(token_id=ids[word], person_id=person.pk, sort_key=person.sort_key)
            for person in part
            for word in person.search_text.split()
        ]
        NamePosting.objects.bulk_create(rows, batch_size=2 * BATCH)
        written += len(rows)
    return written


def ready_to_index(persons: Iterable[Person]) -> list[Ready]:
    """The same made ready before a transaction (``lib.bulk.run_ready``): the ids of words are looked up by the database as it writes."""
    found = list(persons)
    quote = connection.ops.quote_name
    tokens, postings = quote(NameToken._meta.db_table), quote(NamePosting._meta.db_table)
    key: Any = NamePosting._meta.get_field("person")
    words = sorted({word for person in found for word in person.search_text.split()})
    new_words = f"INSERT INTO {tokens} (text) SELECT word FROM {{given}} WHERE true ON CONFLICT DO NOTHING"  # noqa: S608  # names from models
    new_postings = (
        f"INSERT INTO {postings} (token_id, person_id, sort_key) "  # noqa: S608  # names from models
        f"SELECT token.id, person, sort_key FROM {{given}} JOIN {tokens} AS token ON token.text = word"
    )
    rows = [
        (word, key.get_db_prep_save(person.pk, connection), person.sort_key)
        for person in found
        for word in person.search_text.split()
    ]
    return [
        ready_for_each(new_words, {"word": "text"}, [(word,) for word in words]),
        ready_for_each(new_postings, {"word": "text", "person": "uuid", "sort_key": "text"}, rows),
    ]


def names_of(person: UUID) -> list[PersonName]:
    """All names of a person, the oldest first."""
    return list(PersonName.objects.filter(person=person).order_by("pk"))


def _parts(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    rest = iter(items)
    while part := list(islice(rest, size)):
        yield part
