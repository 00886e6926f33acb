"""Keys and places of answers: see ``answers``, which tells how they are written."""

from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

from goldthread.casework.assessments.rules.model import Item, Questionnaire, Value

Answer = dict[str, Any]
Answers = MutableMapping[str, list[Answer]]


@dataclass(frozen=True, slots=True)
class Place:
    """An item at one of the places where it stands."""

    item: Item
    key: str
    turns: tuple[int, ...]
    """The numbers of the turns above it: as many as ``item.turns``."""


def key_of(item: Item, turns: tuple[int, ...]) -> str:
    """The key of *item* below *turns*."""
    return f"{item.link_id}[{'.'.join(map(str, turns))}]" if item.turns else item.link_id


def value_of(answer: Mapping[str, Any]) -> Any:
    """The value of an answer, whatever its type; None when it has none."""
    return next((value for key, value in answer.items() if key.startswith("value")), None)


def places(questionnaire: Questionnaire, answers: Mapping[str, list[Answer]]) -> Iterator[Place]:
    """Every place of every item, in the order they are asked. A repeating group without turns has none."""
    for item in questionnaire.items:
        yield from places_below(item, (), answers)


def places_below(item: Item, turns: tuple[int, ...], answers: Mapping[str, list[Answer]]) -> Iterator[Place]:
    """*item* under *turns* and all below it."""
    key = key_of(item, turns)
    yield Place(item, key, turns)
    inner = [(*turns, number) for number in range(len(answers.get(key, [])))] if item.many else [turns]
    for under in inner:
        for child in item.items:
            yield from places_below(child, under, answers)


def same_value(one: Value, other: Value) -> bool:
    """Whether two values are the same answer: codings by system and code, quantities by number and unit."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        if one.get("code") or other.get("code"):
            alike = (one.get("code"), one.get("value")) == (other.get("code"), other.get("value"))
            systems = {one.get("system"), other.get("system")} - {None, ""}
            return alike and len(systems) <= 1
        return {**one} == {**other}
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return one == other
