"""A person's rows as they are compared. Rows of any kind with these fields, also those of a migration."""

from collections.abc import Iterable, Mapping
from typing import Any

from goldthread.people.persons.likeness.described import DAY, MONTH, YEAR, Described, Name, Place, digits_of

_PARTS = {"exact": DAY, "month": MONTH, "year": YEAR, "estimated": YEAR}
_FIRST = {"legal": 0, "preferred": 1, "nickname": 2, "former": 3}
TELEPHONE_DIGITS = 10
"""The last ones are compared: a country's number may be said or not."""


def described(
    person: Any,
    names: Iterable[Any],
    points: Iterable[Any] = (),
    places: Iterable[Any] = (),
    numbers: Mapping[str, frozenset[str]] | None = None,
) -> Described:
    """*person* (birth_date, birth_date_kind) with their rows of names, contact points and addresses."""
    ordered = sorted(names, key=lambda name: _FIRST[name.kind])
    legal = ordered[0] if ordered else None
    listed = list(points)
    return Described(
        names=tuple(
            Name.said(
                name.given or (legal.given if legal else ""),
                name.family or (legal.family if legal else ""),
                name.middle,
                name.suffix,
            )
            for name in ordered
        ),
        birth=digits_of(person.birth_date),
        birth_parts=birth_parts(person.birth_date_kind),
        places=tuple(Place.said(p.line1, p.line2, p.city, p.postal_code, p.region) for p in places),
        phones=frozenset(p.key[:TELEPHONE_DIGITS] for p in listed if p.kind != "email" and p.key),
        emails=frozenset(p.key for p in listed if p.kind == "email" and p.key),
        numbers=numbers or {},
    )


def birth_parts(kind: str) -> int:
    """How many digits of a birth of this kind (DateKind) count."""
    return _PARTS[kind]
