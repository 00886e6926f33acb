"""Shipped instruments as the tests read them."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from goldthread.casework.assessments.rules.answers import Answer
from goldthread.casework.assessments.rules.definition import Item, Questionnaire, read_questionnaire
from goldthread.casework.assessments.rules.scoring import Score, option_weight, score
from goldthread.casework.assessments.shipped import shipped

KEYS = [one.key for one in shipped()]


@cache
def instrument(key: str) -> Questionnaire:
    """The shipped instrument *key*, read and checked as one that is installed."""
    return read_questionnaire(next(one.content for one in shipped() if one.key == key))


def weighing(item: Item, weight: float) -> Answer:
    """The answer of *item* that counts *weight*."""
    return dict(next(option.answer for option in item.options if option_weight(option) == weight))


def scores(key: str, weights: dict[str, float | None]) -> dict[str, Score]:
    """The scores of answers that count so: linkId → weight; None: not answered."""
    questionnaire = instrument(key)
    answers = {
        link: [weighing(questionnaire.by_link[link], weight)] for link, weight in weights.items() if weight is not None
    }
    return {one.name: one for one in score(questionnaire, answers)}


def said(found: Score) -> tuple[float | int | None, str, int | None]:
    """Value, words of the band, severity."""
    return found.value, str(found.band.label) if found.band else "", found.severity


def elements(value: Any) -> Iterator[dict[str, Any]]:
    """Every object within *value*."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from elements(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from elements(inner)
