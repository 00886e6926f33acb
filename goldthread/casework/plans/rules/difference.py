"""What changed from one version to the next, as people read it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django_stubs_ext import StrOrPromise

from goldthread.casework.plans.rules.document import line, lines, part
from goldthread.casework.plans.rules.shape import KINDS, PARTS


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, before and after, as kept; *name* tells how to say it."""

    name: str
    label: StrOrPromise
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Change:
    """One change. *what*: ``added``, ``removed``, ``changed`` or ``moved``; of a part *kind* is ``parts`` and *pk* its key."""

    what: str
    kind: str
    pk: str
    title: StrOrPromise
    words: str
    fields: tuple[FieldChange, ...] = ()


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Every change from *before* to *after*, in the order of the page; what was removed after what is there."""
    return [*_parts(before, after), *(one for kind in KINDS for one in _lines(kind, before, after))]


def _parts(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    for key, one in PARTS.items():
        was, now = part(before, key), part(after, key)
        if was != now:
            what = "changed" if was and now else "added" if now else "removed"
            yield Change(what, "parts", key, one.title, "", (FieldChange(key, one.title, was, now),))


def _lines(kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    first = KINDS[kind].fields[0].name
    for now in lines(after, kind):
        was = line(before, kind, now["id"])
        if was is None:
            yield Change("added", kind, now["id"], KINDS[kind].one, now.get(first, ""), _fields(kind, {}, now))
        elif changed := _fields(kind, was, now):
            yield Change("changed", kind, now["id"], KINDS[kind].one, now.get(first, ""), changed)
    for was in lines(before, kind):
        if line(after, kind, was["id"]) is None:
            yield Change("removed", kind, was["id"], KINDS[kind].one, was.get(first, ""), _fields(kind, was, {}))
    yield from _moved(kind, before, after)


def _fields(kind: str, was: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(one.name, one.label, was.get(one.name) or "", now.get(one.name) or "")
        for one in KINDS[kind].fields
        if (was.get(one.name) or "") != (now.get(one.name) or "")
    )


def _moved(kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    """One line for the whole kind: the order in which its lines stand is another."""
    there = {one["id"] for one in lines(before, kind)} & {one["id"] for one in lines(after, kind)}
    was = [one["id"] for one in lines(before, kind) if one["id"] in there]
    now = [one["id"] for one in lines(after, kind) if one["id"] in there]
    if was != now:
        yield Change("moved", kind, "", KINDS[kind].title, "")
