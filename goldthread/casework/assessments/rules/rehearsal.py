"""Every expression of a definition tried out before it is let in: read, its names looked up, worked out on invented answers.

So an expression that fails is told to who installs the instrument, never shown to a worker as a blank score.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from goldthread.casework.assessments.rules.extensions import WEIGHTS
from goldthread.casework.assessments.rules.fhirpath import Budget, compiled
from goldthread.casework.assessments.rules.fhirpath.functions import FUNCTIONS
from goldthread.casework.assessments.rules.fhirpath.machine import FIXED
from goldthread.casework.assessments.rules.logic import Context, Working, begin
from goldthread.casework.assessments.rules.model import Item, ItemType, Questionnaire
from goldthread.casework.assessments.rules.notes import Notes
from goldthread.casework.assessments.rules.order import calculated_circles, holders
from goldthread.casework.assessments.rules.places import Answer, Answers, key_of, places
from goldthread.casework.assessments.rules.problems import ExpressionError, Problem

MOST_EXPRESSIONS = 600
MOST_LENGTH = 200_000
"""Characters of all expressions together."""
REHEARSED = datetime(2026, 1, 15, 12, tzinfo=UTC)
"""What ``now()`` says in the rehearsal."""
ALWAYS = frozenset(("resource", "rootResource", "context", "questionnaire", "qitem", *FIXED))


def check_expressions(questionnaire: Questionnaire, notes: Notes) -> None:
    """Note every expression that cannot be read, names what is not there, goes in a circle, or fails when it is tried."""
    found = expressions_of(questionnaire)
    if len(found) > MOST_EXPRESSIONS or sum(len(expression) for _item, expression, _names in found) > MOST_LENGTH:
        notes.add("", _("more than %(most)s expressions") % {"most": MOST_EXPRESSIONS})
        return
    for link_id, expression, names in found:
        _check_names(link_id, expression, names, questionnaire, notes)
    if notes.problems:
        return
    for circle in calculated_circles(questionnaire):
        notes.add(circle[0], _("is worked out in a circle: %(circle)s") % {"circle": " → ".join([*circle, circle[0]])})
    if not notes.problems and found:
        _try(questionnaire, notes)


def expressions_of(questionnaire: Questionnaire) -> list[tuple[str, str, frozenset[str]]]:
    """Each expression with the item it is on and the variables it may name."""
    general = ALWAYS | frozenset(questionnaire.launch)
    found: list[tuple[str, str, frozenset[str]]] = []
    names = set(general)
    for variable in questionnaire.variables:
        found.append(("", variable.expression, frozenset(names)))
        names.add(variable.name)
    whole = frozenset(names)
    found += [("", rule.expression, whole) for rule in questionnaire.constraints]
    found += [(rule.on_item or rule.name, rule.expression, whole) for rule in questionnaire.scores if rule.expression]
    for item in questionnaire.by_link.values():
        found += _of_item(questionnaire, item, general)
    return found


def _of_item(
    questionnaire: Questionnaire, item: Item, general: frozenset[str]
) -> list[tuple[str, str, frozenset[str]]]:
    *outer, own = holders(questionnaire, item)
    names = set(general) | {variable.name for holder in outer for variable in holder}
    found = []
    for variable in own:
        found.append((item.link_id, variable.expression, frozenset(names)))
        names.add(variable.name)
    written = (item.enable_expression, item.calculated, item.initial_expression)
    asked = [*filter(None, written), *_rules_of(item)]
    return found + [(item.link_id, expression, frozenset(names)) for expression in asked]


def _rules_of(item: Item) -> list[str]:
    """What its answers are held against."""
    found = (item.min_expression, item.max_expression, *(rule.expression for rule in item.constraints))
    return [expression for expression in found if expression]


def _check_names(
    link_id: str, expression: str, names: frozenset[str], questionnaire: Questionnaire, notes: Notes
) -> None:
    try:
        read = compiled(expression)
    except ExpressionError as error:
        notes.add(link_id, _told(expression, str(error)))
        return
    for name in sorted(read.functions - FUNCTIONS.keys()):
        notes.add(link_id, _told(expression, _("%(name)s() is not known") % {"name": name}))
    if "defineVariable" not in read.functions:
        for name in sorted(read.names - names):
            notes.add(link_id, _told(expression, _("%%%(name)s is not known") % {"name": name}))
    if read.functions & {"weight", "ordinal"} and not _has_weights(questionnaire):
        notes.add(link_id, _told(expression, _("it weighs answers, but no option has a weight")))


def _has_weights(questionnaire: Questionnaire) -> bool:
    written = json.dumps(questionnaire.data)
    return any(url in written for url in WEIGHTS)


def _told(expression: str, reason: str) -> str:
    shown = expression if len(expression) <= 80 else f"{expression[:77]}…"
    return _("the expression “%(expression)s” cannot be used: %(why)s") % {"expression": shown, "why": reason}


def _try(questionnaire: Questionnaire, notes: Notes) -> None:
    """Work everything out on no answers, and on an answer to every question."""
    context = Context(REHEARSED)
    answers: Answers = {}
    steps: list[Callable[[Answers], Answers]] = [
        lambda _before: {},
        lambda _before: begin(questionnaire, context),
        partial(filled, questionnaire),
    ]
    for prepare in steps:
        answers = prepare(answers)
        for problem in trial(questionnaire, answers, context):
            notes.add(problem.item, problem.reason)
        if notes.problems:
            return


def trial(questionnaire: Questionnaire, answers: Answers, context: Context) -> list[Problem]:
    """What fails when everything is worked out on *answers*: logic, calculations, constraints and scores."""
    working = Working(questionnaire, answers, context)
    outcome = working.outcome()
    working.budget = Budget()
    found = [Problem(one.item, _("an expression fails: %(why)s") % {"why": one.reason}) for one in outcome.problems]
    rules = [(None, rule.on_item or rule.name, rule.expression) for rule in questionnaire.scores if rule.expression]
    rules += [(None, "", rule.expression) for rule in questionnaire.constraints]
    placed = [
        (place, place.item.link_id, expression)
        for place in places(questionnaire, outcome.answers)
        for expression in _rules_of(place.item)
    ]
    for place, link_id, expression in [*rules, *placed]:
        try:
            working.evaluate(place, expression)
        except ExpressionError as error:
            found.append(Problem(link_id, _told(expression, str(error))))
    return found


def filled(questionnaire: Questionnaire, begun: Answers) -> Answers:
    """*begun* with an invented answer to every question that has none."""
    answers: dict[str, list[Answer]] = {key: list(given) for key, given in begun.items()}
    for top in questionnaire.items:
        _fill(top, (), answers)
    return answers


def _fill(item: Item, turns: tuple[int, ...], answers: dict[str, list[Answer]]) -> None:
    key = key_of(item, turns)
    if item.type is ItemType.GROUP and item.many and not answers.get(key):
        answers[key] = [{}]
    if item.type.is_question and not item.calculated and not answers.get(key):
        answers[key] = [example(item)]
    for child in item.items:
        _fill(child, (*turns, 0) if item.many else turns, answers)


def example(item: Item) -> Answer:
    """An answer that *item* takes."""
    if item.options:
        return dict(item.options[-1].answer)
    if item.type in (ItemType.INTEGER, ItemType.DECIMAL):
        low = item.min_value if isinstance(item.min_value, int | float) else 1
        return {"valueInteger" if item.type is ItemType.INTEGER else "valueDecimal": low}
    if item.type is ItemType.QUANTITY:
        unit = item.unit or next(iter(item.units), None)
        kept: dict[str, Any] = {"value": 1}
        if unit:
            kept |= {"unit": unit.text, "code": unit.code, **({"system": unit.system} if unit.system else {})}
        return {"valueQuantity": kept}
    return EXAMPLES.get(item.type, {"valueString": "abc"})


EXAMPLES: dict[ItemType, Answer] = {
    ItemType.BOOLEAN: {"valueBoolean": True},
    ItemType.DATE: {"valueDate": "2026-01-10"},
    ItemType.DATE_TIME: {"valueDateTime": "2026-01-10T10:00:00Z"},
    ItemType.TIME: {"valueTime": "10:00:00"},
    ItemType.URL: {"valueUri": "https://example.org"},
    ItemType.CHOICE: {"valueCoding": {"code": "other"}},
    ItemType.ATTACHMENT: {"valueAttachment": {"contentType": "text/plain", "url": "https://example.org/a"}},
    ItemType.REFERENCE: {"valueReference": {"reference": "Patient/1"}},
}
