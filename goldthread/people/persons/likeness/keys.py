"""By which likely pairs are looked up: what two records of one person nearly always share at least one of.

A key joins two things, so that few people have it however common the name: *Maria Garcia* is many people, *Garcia born in
1961* and *Maria at 19104* are few. A key that many have after all is left out of a lookup (queries/likely.py).
"""

from collections.abc import Iterator
from hashlib import blake2b
from itertools import product

from goldthread.foundation.lib.names import formal_names
from goldthread.people.persons.likeness.described import DAY, Described, Name, Place
from goldthread.people.persons.likeness.sounds import sound_of

Key = int
"""64 bits (signed) of a digest of what is joined: short in the index, and no names are read off it."""
MOST = 40
"""Keys of one person; somebody with ten names and ten addresses is found by the first of them."""


def keys_of(one: Described) -> dict[str, Key]:
    """The keys of *one* by what they say, at most MOST."""
    said = dict.fromkeys(_said(one))
    return {words: _short(words) for words in list(said)[:MOST]}


def key_of_number(digest: str) -> Key:
    """What stands for an identifying number, known by its *digest*, beside the keys."""
    return _short(f"number {digest}")


def _short(words: str) -> Key:
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest(), signed=True)


def _said(one: Described) -> Iterator[str]:
    yield from (f"phone {phone}" for phone in sorted(one.phones))
    yield from (f"email {email}" for email in sorted(one.emails))
    day = _day(one.birth) if one.birth_parts == DAY else ""
    year = one.birth[:4]
    if day:
        yield f"born {year} {day}"
    for name in one.names:
        yield from _of_name(name, year, day)
    for name, place in product(one.names, one.places):
        yield from _of_both(name, place)
    for place in one.places:
        yield from _of_place(place, year)


def _day(birth: str) -> str:
    """Day and month in either order."""
    return "".join(sorted((birth[4:6], birth[6:])))


def _sounds(name: Name) -> list[str]:
    """Of each part of the name, so that it does not matter which is the first name."""
    parts = [part for part in (name.family, name.given) if part]
    return [sound_of(part) for part in parts]


def _of_name(name: Name, year: str, day: str) -> Iterator[str]:
    if name.given and name.family:
        for given in (name.given, *sorted(formal_names(name.given))):
            yield "name " + " ".join(sorted((sound_of(given), sound_of(name.family))))
    for sound in _sounds(name):
        if year:
            yield f"year {sound} {year}"
        if day:
            yield f"day {sound} {day}"


def _of_both(name: Name, place: Place) -> Iterator[str]:
    for sound in _sounds(name):
        if place.postal:
            yield f"zip {sound} {place.postal}"


def _of_place(place: Place, year: str) -> Iterator[str]:
    street = sound_of(place.street.split()[0]) if place.street else ""
    if street and place.number:
        yield f"house {street} {place.number}"
    if street and place.postal:
        yield f"street {street} {place.postal}"
