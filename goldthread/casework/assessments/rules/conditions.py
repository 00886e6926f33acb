"""Which places are asked: enableWhen with all its operators, and what stands in something that is not asked."""

from collections.abc import Callable, Mapping
from typing import Any

from goldthread.casework.assessments.rules.fhirpath import Node
from goldthread.casework.assessments.rules.fhirpath.compare import is_number, order_of
from goldthread.casework.assessments.rules.fhirpath.moments import clock_of, day_of, moment_of
from goldthread.casework.assessments.rules.model import Condition, Item, Operator, Questionnaire
from goldthread.casework.assessments.rules.order import switching_order
from goldthread.casework.assessments.rules.places import Answer, Place, key_of, places, same_value, value_of
from goldthread.casework.assessments.rules.problems import ExpressionError

AnswersRead = Mapping[str, list[Answer]]


def places_by_item(questionnaire: Questionnaire, answers: AnswersRead) -> dict[str, list[Place]]:
    """The places of each item, by linkId."""
    found: dict[str, list[Place]] = {}
    for place in places(questionnaire, answers):
        found.setdefault(place.item.link_id, []).append(place)
    return found


def enabled_places(
    questionnaire: Questionnaire,
    answers: AnswersRead,
    where: dict[str, list[Place]],
    by_expression: Callable[[Place], bool],
) -> frozenset[str]:
    """The keys of the places that are asked. *by_expression* answers for items with an enableWhenExpression."""
    enabled: set[str] = set()
    for item in switching_order(questionnaire):
        parent = questionnaire.by_link.get(item.parent)
        for place in where.get(item.link_id, ()):
            if parent and key_of(parent, place.turns[: len(parent.turns)]) not in enabled:
                continue
            if item.enable_expression and not by_expression(place):
                continue
            if not item.enable_when or _hold(questionnaire, place, answers, where, enabled):
                enabled.add(place.key)
    return frozenset(enabled)


def _hold(
    questionnaire: Questionnaire, place: Place, answers: AnswersRead, where: dict[str, list[Place]], enabled: set[str]
) -> bool:
    results = (
        holds(when, _given(questionnaire.by_link[when.question], place, answers, where, enabled))
        for when in place.item.enable_when
    )
    return any(results) if place.item.enable_any else all(results)


def _given(
    asked: Item, place: Place, answers: AnswersRead, where: dict[str, list[Place]], enabled: set[str]
) -> list[Answer]:
    """The answers that *place* looks at: those of its own turn, where both stand in the same repeating group."""
    shared = 0
    for mine, theirs in zip(place.item.turns, asked.turns, strict=False):
        if mine != theirs:
            break
        shared += 1
    return [
        answer
        for other in where.get(asked.link_id, ())
        if other.key in enabled and other.turns[:shared] == place.turns[:shared]
        for answer in answers.get(other.key, ())
        if value_of(answer) is not None
    ]


def holds(when: Condition, given: list[Answer]) -> bool:
    """Whether one row of enableWhen is met by the answers *given*.

    As FHIR R5 words it more clearly than R4: ``!=`` is met when no answer is the value (also when there is none); the
    others when at least one answer fits.
    """
    if when.operator is Operator.EXISTS:
        return bool(given) is bool(when.answer)
    if when.operator is Operator.NOT_EQUAL:
        return not any(_equal(answer, when.answer) for answer in given)
    if when.operator is Operator.EQUAL:
        return any(_equal(answer, when.answer) for answer in given)
    return any(FITS[when.operator](found) for answer in given if (found := _order(answer, when.answer)) is not None)


FITS: dict[Operator, Callable[[int], bool]] = {
    Operator.GREATER: lambda found: found > 0,
    Operator.LESS: lambda found: found < 0,
    Operator.AT_LEAST: lambda found: found >= 0,
    Operator.AT_MOST: lambda found: found <= 0,
}


def _equal(answer: Answer, wanted: Any) -> bool:
    value = value_of(answer)
    if any(key in answer for key in TIMES) and isinstance(wanted, str):
        return _order(answer, wanted) == 0
    if "valueQuantity" in answer:
        return _order(answer, wanted) == 0
    return same_value(value, wanted)


TIMES = {"valueDate": day_of, "valueDateTime": moment_of, "valueTime": clock_of}


def _order(answer: Answer, wanted: Any) -> int | None:
    """How the answer compares; None when the two cannot be compared, or a date is too vague to say."""
    value = value_of(answer)
    for key, read in TIMES.items():
        if key in answer and isinstance(wanted, str):
            value = read(str(value))
            wanted = day_of(wanted) or moment_of(wanted) if key != "valueTime" else clock_of(wanted)
            break
    if isinstance(value, Mapping) and isinstance(wanted, Mapping):
        value, wanted = amount_of(value), amount_of(wanted)
        if is_number(value) != is_number(wanted):
            return None
    try:
        return order_of(value, wanted)
    except ExpressionError:
        return None


def amount_of(quantity: Mapping[str, Any]) -> Any:
    """A quantity as the machine compares it: by its unit where it has a code, else by its number."""
    return (
        Node(quantity, "Quantity").value() if quantity.get("code") and quantity.get("system") else quantity.get("value")
    )
