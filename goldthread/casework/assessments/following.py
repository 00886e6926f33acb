"""What was said below the answers to a repeating question goes with them when answers come and go. Pure."""

from collections.abc import Mapping
from typing import Any

from goldthread.casework.assessments.changes import Said, Sheet, key_is_of, turns_of
from goldthread.casework.assessments.rules.answers import Answer, same_value, value_of
from goldthread.casework.assessments.rules.definition import Item, Questionnaire


def follow_answers(sheet: Sheet, questionnaire: Questionnaire, changes: Mapping[str, Said], before: Sheet) -> None:
    """Move what stands below the answers that *changes* wrote to where they stand now, as it stood *before*. What stood below an answer
    that was taken back goes with it."""
    for key in changes:
        item = key_is_of(questionnaire, key)
        if item is None or not item.many or not item.type.is_question or not item.items:
            continue
        old, new = before.answers.get(key, []), sheet.answers.get(key, [])
        went = _went(item, old, new)
        if any(went.get(number) != number for number in range(len(old))):
            _renumber(sheet, item, key, went)


def _went(item: Item, old: list[Answer], new: list[Answer]) -> dict[int, int]:
    """Where each old answer stands now, by number. An answer in words may have been written anew in its place."""
    went: dict[int, int] = {}
    for number, answer in enumerate(old):
        same = (
            n for n, one in enumerate(new) if n not in went.values() and same_value(value_of(one), value_of(answer))
        )
        if (found := next(same, None)) is not None:
            went[number] = found
    if not item.options:
        for number in range(min(len(old), len(new))):
            if number not in went and number not in went.values():
                went[number] = number
    return went


def _renumber(sheet: Sheet, item: Item, key: str, went: Mapping[int, int]) -> None:
    above = turns_of(key)[1] if item.turns else ()
    inner = {one.link_id for child in item.items for one in child.everything()}
    for shelf in (sheet.answers, sheet.skipped, sheet.touched):
        _move(shelf, inner, above, went)
    for one in sheet.touched:
        if _stands_below(one, inner, above):
            sheet.touched[one] = {**sheet.touched[one], "n": sheet.saves}


def _move(shelf: dict[str, Any], inner: set[str], above: tuple[int, ...], went: Mapping[int, int]) -> None:
    below = {key: shelf.pop(key) for key in list(shelf) if _stands_below(key, inner, above)}
    for key, value in below.items():
        link, turns = turns_of(key)
        number = went.get(turns[len(above)])
        if number is not None:
            shelf[f"{link}[{'.'.join(map(str, (*above, number, *turns[len(above) + 1 :])))}]"] = value


def _stands_below(key: str, inner: set[str], above: tuple[int, ...]) -> bool:
    link, turns = turns_of(key)
    return link in inner and len(turns) > len(above) and turns[: len(above)] == above
