"""Which rows of a file may be one person, and which may be somebody known. Signs only: a person decides."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from goldthread.casework.imports.rules.rows import Client
from goldthread.foundation.lib.names import also_called, words_of
from goldthread.foundation.lib.phones import email_key, phone_key
from goldthread.people.persons.enums import ContactKind

WHY: dict[str, str | Promise] = {
    "number": _("same number"),
    "name": _("same name"),
    "name_like": _("similar name"),
    "birth": _("same date of birth"),
    "birth_like": _("similar date of birth"),
    "phone": _("same phone or email"),
}
"""What is the same, in words."""


@dataclass(frozen=True, slots=True)
class Signs:
    """By what somebody is recognized. ``numbers``: kind and bare value; ``reach``: keys of phones and emails."""

    given: frozenset[str]
    family: frozenset[str]
    births: str
    numbers: frozenset[tuple[str, str]]
    reach: frozenset[str]


def signs_of(client: Client) -> Signs:
    """The signs in a row."""
    from goldthread.people.persons.rules import bare

    given = {word for name in client.names for part in ("given", "middle") for word in words_of(name.get(part, ""))}
    family = {word for name in client.names for word in words_of(name.get("family", ""))}
    born = client.about.get("birth_date")
    exact = born is not None and client.about.get("birth_date_kind") == "exact"
    return Signs(
        frozenset(given),
        frozenset(family),
        born.isoformat() if exact and born else "",
        frozenset((one["kind"], bare(one["value"])) for one in client.numbers),
        frozenset(reach_key(one["kind"], one["value"]) for one in client.reach),
    )


def reach_key(kind: str, value: str) -> str:
    """As the persons room keeps phones and emails."""
    return email_key(value) if kind == ContactKind.EMAIL else phone_key(value)


def why_same(one: Signs, other: Signs) -> list[str]:
    """What is the same of two that may be one person; empty: they are two as far as the signs tell.

    One number alone is enough. Else two of: name, date of birth, phone, of which one is the name or a similar one; two
    different exact dates of birth with a shared phone are a family (twins share the date and differ in the first name).
    """
    why = []
    if one.numbers & other.numbers:
        why.append("number")
    name = _names(one, other)
    birth = _births(one.births, other.births)
    phone = "phone" if one.reach & other.reach else ""
    if why:
        return [*why, *(sign for sign in (name, birth, phone) if sign)]
    if not name or (one.births and other.births and not birth):
        return []
    if birth == "birth" or (birth and name == "name") or phone:
        return [sign for sign in (name, birth, phone) if sign]
    return []


def _names(one: Signs, other: Signs) -> str:
    """Both first and last name, whole or by a short form, or first and last swapped."""
    given = _share(one.given, other.given)
    family = bool(one.family & other.family)
    if given and family:
        return "name" if one.given & other.given else "name_like"
    if one.given & other.family and one.family & other.given:
        return "name_like"
    if not one.family or not other.family:
        return "name_like" if given else ""
    return ""


def _share(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one & other) or any(also_called(word) & other for word in one)


def _births(one: str, other: str) -> str:
    """The same day; a digit off, or day and month swapped, is similar."""
    if not one or not other:
        return ""
    if one == other:
        return "birth"
    if one[:5] + one[8:] + one[7:8] + one[5:7] == other or sum(a != b for a, b in zip(one, other, strict=True)) == 1:
        return "birth_like"
    return ""


def twins_in_file(rows: list[tuple[int, Signs]]) -> Iterator[tuple[int, int, list[str]]]:
    """Each row that may be the same as an earlier one: its number, the earlier one's, and why."""
    seen: dict[str, list[int]] = {}
    signs = dict(rows)
    for number, one in rows:
        candidates = sorted({other for key in keys_of(one) for other in seen.get(key, ())[:50]})
        for other in candidates:
            if why := why_same(one, signs[other]):
                yield number, other, why
                break
        for key in keys_of(one):
            seen.setdefault(key, []).append(number)


def keys_of(signs: Signs) -> set[str]:
    """Under which somebody is put to be compared: who shares none cannot be the same."""
    keys = {f"n:{kind}:{value}" for kind, value in signs.numbers} | {f"r:{key}" for key in signs.reach}
    if signs.births:
        keys |= {f"b:{signs.births}"}
        keys |= {f"f:{word}:{signs.births[:4]}" for word in signs.family | signs.given}
    return keys
