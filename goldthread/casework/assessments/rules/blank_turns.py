"""Turns of repeating groups in which nothing was said: they are asked nothing, and are not there once it is signed. Pure.

Every repeating group begins with one turn, so that there is something to write in. Who has no medicines leaves it empty. As FHIR has
it (``Questionnaire.item.required``): what is required inside a group that may stay away is required where the group is there.
"""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

from goldthread.casework.assessments.rules.model import Item, ItemType, Questionnaire
from goldthread.casework.assessments.rules.places import Answer, key_of, places_below, value_of


@dataclass(frozen=True, slots=True)
class BlankTurn:
    """Turn *number* of the repeating group *item* at *key*."""

    item: Item
    key: str
    number: int
    above: tuple[int, ...]

    @property
    def turns(self) -> tuple[int, ...]:
        """The numbers under which everything inside it stands."""
        return (*self.above, self.number)


def blank_turns(
    questionnaire: Questionnaire, answers: Mapping[str, list[Answer]], skipped: Container[str] = ()
) -> list[BlankTurn]:
    """The turns that nobody wrote in, in the order of the questionnaire, none inside another. A reason why there is no answer
    (*skipped*: their keys) is something that was said; what is calculated or hidden is not. As many turns as the group has to have
    are none of them.
    """
    found: list[BlankTurn] = []
    for item in questionnaire.items:
        found += _below(item, (), answers, skipped)
    return found


def keys_inside(turns: list[BlankTurn], answers: Mapping[str, list[Answer]]) -> frozenset[str]:
    """The keys of everything that stands in *turns*."""
    return frozenset(
        place.key for turn in turns for child in turn.item.items for place in places_below(child, turn.turns, answers)
    )


def _below(
    item: Item, above: tuple[int, ...], answers: Mapping[str, list[Answer]], skipped: Container[str]
) -> Iterator[BlankTurn]:
    if not item.many:
        for child in item.items:
            yield from _below(child, above, answers, skipped)
        return
    key = key_of(item, above)
    blank = _blank(item, key, above, answers, skipped) if item.type is ItemType.GROUP else []
    yield from blank
    left_out = {one.number for one in blank}
    for number in range(len(answers.get(key, []))):
        if number not in left_out:
            for child in item.items:
                yield from _below(child, (*above, number), answers, skipped)


def _blank(
    item: Item, key: str, above: tuple[int, ...], answers: Mapping[str, list[Answer]], skipped: Container[str]
) -> list[BlankTurn]:
    turns = [BlankTurn(item, key, number, above) for number in range(len(answers.get(key, [])))]
    blank = [turn for turn in turns if not _is_written_in(turn, answers, skipped)]
    needed = max(item.min_occurs or 0, int(item.required)) - (len(turns) - len(blank))
    return blank[max(0, needed) :]


def _is_written_in(turn: BlankTurn, answers: Mapping[str, list[Answer]], skipped: Container[str]) -> bool:
    return any(
        place.key in skipped or any(value_of(answer) is not None for answer in answers.get(place.key, []))
        for child in turn.item.items
        for place in places_below(child, turn.turns, answers)
        if place.item.type.is_question and not place.item.hidden and not place.item.calculated
    )
