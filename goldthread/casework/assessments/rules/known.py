"""A group that writes facts starts from those that are known, so that nobody types them again. Pure."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from goldthread.casework.assessments.rules.model import Item, ItemType, Questionnaire
from goldthread.casework.assessments.rules.places import Answer, key_of, value_of
from goldthread.casework.assessments.rules.writes import FactRule, fact_rules, key_below

MOST = 50
"""Turns that one group starts with."""


class Known(Protocol):
    """A fact."""

    kind: str
    value: Any
    starts_on: date | None
    ends_on: date | None


def with_known(
    questionnaire: Questionnaire, answers: Mapping[str, list[Answer]], facts: Iterable[Known]
) -> dict[str, list[Answer]]:
    """*answers* with a turn for each of *facts* in the groups that write its kind. What starts with an answer is left alone.

    A group that does not repeat takes the first fact.
    """
    found, rows = dict(answers), list(facts)
    for rule in fact_rules(questionnaire):
        mine = [fact for fact in rows if fact.kind == rule.kind and _fits(fact, rule)]
        if not rule.group.turns and not _is_begun(rule, questionnaire, found):
            _begin_with(rule, mine, questionnaire, found)
    return found


def kinds_of(questionnaire: Questionnaire) -> set[str]:
    """The kinds of fact that it asks for."""
    return {rule.kind for rule in fact_rules(questionnaire)}


def _fits(fact: Known, rule: FactRule) -> bool:
    return all(fact.value.get(name) == word for name, word in rule.fixed.items())


def _is_begun(rule: FactRule, questionnaire: Questionnaire, answers: Mapping[str, list[Answer]]) -> bool:
    turns = (0,) if rule.group.many else ()
    return any(answers.get(key_below(link, turns, questionnaire)) for link in rule.fields.values())


def _begin_with(
    rule: FactRule, facts: list[Known], questionnaire: Questionnaire, answers: dict[str, list[Answer]]
) -> None:
    taken = facts[: rule.group.max_occurs or MOST] if rule.group.many else facts[:1]
    if taken and rule.group.many:
        answers[key_of(rule.group, ())] = [{} for _fact in taken]
    for number, fact in enumerate(taken):
        turns = (number,) if rule.group.many else ()
        said = {link: fact.value.get(name) for name, link in rule.fields.items()}
        said |= {link: day for link, day in ((rule.starts_on, fact.starts_on), (rule.ends_on, fact.ends_on)) if link}
        for link, word in said.items():
            answer = _answer(questionnaire.by_link[link], word) if word not in (None, "") else None
            if answer:
                answers[key_below(link, turns, questionnaire)] = [answer]


def _answer(item: Item, word: Any) -> Answer | None:
    """How *item* says *word*; None where it cannot."""
    if item.type is ItemType.CHOICE:
        return next((dict(option.answer) for option in item.options if _code(option.answer) == word), None)
    make = MAKERS.get(item.type)
    return make(word) if make else None


def _code(answer: Mapping[str, Any]) -> Any:
    value = value_of(answer)
    return value.get("code") if isinstance(value, Mapping) else value


def _number(word: Any) -> float | int:
    number = Decimal(str(word))
    return int(number) if number == int(number) else float(number)


MAKERS: dict[ItemType, Callable[[Any], Answer]] = {
    ItemType.BOOLEAN: lambda word: {"valueBoolean": word == "yes"},
    ItemType.DATE: lambda word: {"valueDate": str(word)},
    ItemType.DECIMAL: lambda word: {"valueDecimal": _number(word)},
    ItemType.INTEGER: lambda word: {"valueInteger": int(Decimal(str(word)))},
    ItemType.STRING: lambda word: {"valueString": str(word)},
    ItemType.TEXT: lambda word: {"valueString": str(word)},
    ItemType.OPEN_CHOICE: lambda word: {"valueString": str(word)},
}
