"""What follows from the answers: which places are asked, what is calculated, what is filled in to begin with."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from goldthread.casework.assessments.rules.conditions import enabled_places, places_by_item
from goldthread.casework.assessments.rules.fhirpath import Budget, Node, World, compiled, evaluate
from goldthread.casework.assessments.rules.fhirpath.operators import truth
from goldthread.casework.assessments.rules.fhirpath.weights import weights_in
from goldthread.casework.assessments.rules.model import Item, ItemType, Json, Questionnaire
from goldthread.casework.assessments.rules.order import calculating_order, variables_read
from goldthread.casework.assessments.rules.places import Answer, Answers, Place, key_of, places
from goldthread.casework.assessments.rules.problems import ExpressionError, Problem
from goldthread.casework.assessments.rules.responses import response_with_rows, row_key
from goldthread.casework.assessments.rules.results import answers_of_rows

OWN_ANSWER = re.compile(r"(?:[\s(]|iif\()*answer\b|.*%context\s*\.\s*answer\b", re.DOTALL)
"""What speaks of the answer of the question it stands on."""
MOST_PASSES = 12
"""How often everything is worked out again until nothing changes."""


@dataclass(frozen=True, slots=True)
class Context:
    """What expressions may know besides the answers."""

    at: datetime | None = None
    """The instant, in the agency's zone, that ``now()`` and ``today()`` say. Without it an expression that asks fails."""
    record: Mapping[str, Any] = field(default_factory=dict)
    """What the questionnaire asks of the record (``Questionnaire.launch``): ``{"patient": {FHIR Patient}}``."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What follows from the answers."""

    enabled: frozenset[str]
    """The keys of the places that are asked."""
    calculated: dict[str, list[Answer]]
    """What was worked out, by key; an empty list where it came to nothing."""
    answers: dict[str, list[Answer]]
    """The answers with what was worked out among them. Those of places not asked are still there: see ``to_response``."""
    problems: list[Problem]
    """Expressions that failed, by linkId. None of an instrument that was let in, save for answers nobody thought of."""


def work_out(
    questionnaire: Questionnaire, answers: Mapping[str, list[Answer]], context: Context | None = None
) -> Outcome:
    """What follows from *answers*: worked out again and again until nothing changes."""
    return Working(questionnaire, answers, context or Context()).outcome()


def begin(questionnaire: Questionnaire, context: Context | None = None) -> Answers:
    """The answers an assessment begins with: initial values, options chosen beforehand, what the record knows."""
    working = Working(questionnaire, {}, context or Context())
    for item in questionnaire.items:
        _begin_below(working, item, ())
    return working.outcome().answers


def begin_turn(
    questionnaire: Questionnaire, answers: Mapping[str, list[Answer]], key: str, context: Context | None = None
) -> Answers:
    """*answers* with one more turn of the repeating group at *key*, with its initial values. As they are where there is no such place
    (any more)."""
    place = next((place for place in places(questionnaire, answers) if place.key == key), None)
    if place is None:
        return dict(answers)
    working = Working(questionnaire, answers, context or Context())
    turn = working.answers.setdefault(key, [])
    turn.append({})
    for child in place.item.items:
        _begin_below(working, child, (*place.turns, len(turn) - 1))
    return working.answers


def _begin_below(working: "Working", item: Item, turns: tuple[int, ...]) -> None:
    key = key_of(item, turns)
    if item.type is ItemType.GROUP:
        count = max(1, item.min_occurs or 0) if item.many else 1
        if item.many:
            working.answers[key] = [{} for _turn in range(min(count, 20))]
        for number in range(min(count, 20)):
            for child in item.items:
                _begin_below(working, child, (*turns, number) if item.many else turns)
        return
    initial = _initial(working, item, Place(item, key, turns))
    if initial:
        working.answers[key] = initial
    for number in range(len(initial) if item.many else 1):
        for child in item.items:
            _begin_below(working, child, (*turns, number) if item.many else turns)


def _initial(working: "Working", item: Item, place: Place) -> list[Answer]:
    if item.initial_expression:
        return working.rows_of(place, item.initial_expression)
    chosen = [dict(option.answer) for option in item.options if option.initial]
    return [dict(answer) for answer in item.initial] or chosen[: None if item.repeats else 1]


class Working:
    """One working-out: the answers as they become, and the response that expressions see, made anew when they changed."""

    def __init__(
        self,
        questionnaire: Questionnaire,
        answers: Mapping[str, list[Answer]],
        context: Context,
        like: Json | None = None,
    ) -> None:
        """*like*: the response the answers came in, whose head (``authored``, ``subject`` …) expressions may read."""
        self.questionnaire = questionnaire
        self.context = context
        self.like = like
        self.answers: dict[str, list[Answer]] = {key: list(given) for key, given in answers.items()}
        self.enabled: frozenset[str] | None = None
        self.budget = Budget()
        self.problems: dict[Problem, None] = {}
        self.weights = weights_in(questionnaire.data)
        self._response: tuple[dict[str, Any], dict[str, dict[str, Any]]] | None = None
        self._variables: dict[tuple[str, tuple[int, ...]], dict[str, Any]] = {}

    def outcome(self) -> Outcome:
        """Everything worked out until nothing changes any more."""
        calculated: dict[str, list[Answer]] = {}
        for _pass in range(MOST_PASSES):
            self.problems.clear()
            where = places_by_item(self.questionnaire, self.answers)
            enabled = enabled_places(self.questionnaire, self.answers, where, self._asked)
            before = (self.enabled, dict(calculated))
            self._enable(enabled)
            calculated = self._calculate(where)
            if before == (enabled, calculated):
                break
        else:
            for key in sorted(key for key, given in calculated.items() if before[1].get(key) != given) or [""]:
                self.problems[Problem(key, _("is worked out in a circle: it never comes to rest"))] = None
        return Outcome(enabled, calculated, self.answers, list(self.problems))

    def places(self) -> Iterator[Place]:
        """The places as the answers are now."""
        return places(self.questionnaire, self.answers)

    def evaluate(self, place: Place | None, expression: str, wanted: frozenset[str] | None = None) -> list[Any]:
        """The rows *expression* comes to at *place* (None: for the whole). ExpressionError when it fails. *wanted*: the variables it reads,
        when only those are to be worked out."""
        variables = self.variables(place, wanted)
        item, turns = (place.item, place.turns) if place else (None, ())
        return self._evaluate(expression, *self._start(item, turns, expression, variables))

    def _start(
        self, item: Item | None, turns: tuple[int, ...], expression: str, known: dict[str, Any]
    ) -> tuple[dict[str, Any], list[Any] | None]:
        """With which variables an expression on *item* begins, and where: None is the whole response."""
        if item is None:
            return known, None
        if item.type is ItemType.GROUP:
            return known, _focus(expression, known)
        if not OWN_ANSWER.match(expression):
            return known, None
        own = _in_place(self._current()[1].get(key_of(item, turns[: len(item.turns)])))
        return {**known, "context": own}, own

    def _evaluate(self, expression: str, variables: Mapping[str, Any], focus: list[Any] | None) -> list[Any]:
        world = World(self.response, variables, self.weights, self.context.at)
        return evaluate(compiled(expression), world, self.budget, focus)

    def rows_of(self, place: Place, expression: str, wanted: frozenset[str] | None = None) -> list[Answer]:
        """The answers that *expression* comes to at *place*; a problem and none when it fails."""

        def work() -> list[Answer]:
            return answers_of_rows(place.item, self.evaluate(place, expression, wanted))

        return self._guarded(place.item.link_id, work) or []

    @property
    def response(self) -> dict[str, Any]:
        """The QuestionnaireResponse as it is now."""
        return self._current()[0]

    def variables(self, place: Place | None, wanted: frozenset[str] | None = None) -> dict[str, Any]:
        """What expressions at *place* may name. Those of the items above it are worked out once."""
        if place is None:
            return self._declared("", (), self._base(None), wanted)
        item, known = place.item, self._declared("", (), self._base(None), wanted)
        above: list[Item] = [item]
        while above[-1].parent:
            above.append(self.questionnaire.by_link[above[-1].parent])
        for one in reversed(above):
            turns = place.turns[: len(one.turns) + (one is not item and one.many)]
            context = self._row(one, turns)
            known = self._declared(one.link_id, turns, {**known, "context": context, "qitem": one.data}, wanted)
        return known

    def _base(self, _place: None) -> dict[str, Any]:
        record = {name: self.context.record.get(name) for name in self.questionnaire.launch}
        fixed = {"resource": self.response, "rootResource": self.response, "questionnaire": self.questionnaire.data}
        return {**record, **fixed, "context": self.response}

    def _declared(
        self, link_id: str, turns: tuple[int, ...], known: dict[str, Any], wanted: frozenset[str] | None
    ) -> dict[str, Any]:
        """*known* and the variables that an item (or, without one, the questionnaire) declares, each seeing those before. *wanted*: only
        those; None: all."""
        if (link_id, turns) in self._variables:
            return self._variables[(link_id, turns)]
        item = self.questionnaire.by_link[link_id] if link_id else None
        for variable in item.variables if item else self.questionnaire.variables:
            if wanted is not None and variable.name not in wanted:
                continue
            begun = self._start(item, turns, variable.expression, dict(known))
            found = self._guarded(link_id, partial(self._evaluate, variable.expression, *begun))
            known[variable.name] = found or []
        self._variables[(link_id, turns)] = known
        return known

    def _row(self, item: Item, turns: tuple[int, ...]) -> Any:
        """``%context``: the row of a group; for a question the turn of the repeating group it stands in, or the whole."""
        rows = self._current()[1]
        if item.type is ItemType.GROUP:
            key = key_of(item, turns[: len(item.turns)])
            found = rows.get(row_key(key, turns[-1]) if item.many and len(turns) > len(item.turns) else key)
            return _in_place(found)
        if item.turns and self.questionnaire.by_link[item.turns[-1]].type is ItemType.GROUP:
            group = self.questionnaire.by_link[item.turns[-1]]
            return _in_place(rows.get(row_key(key_of(group, turns[: len(group.turns)]), turns[len(group.turns)])))
        return self.response

    def _current(self) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
        if self._response is None:
            self._response = response_with_rows(self.questionnaire, self.answers, self.enabled, self.like)
        return self._response

    def _changed(self) -> None:
        self._response = None
        self._variables = {}

    def _enable(self, enabled: frozenset[str]) -> None:
        if enabled != self.enabled:
            self.enabled = enabled
            self._changed()

    def _asked(self, place: Place) -> bool:
        def work() -> bool:
            return truth(self.evaluate(place, place.item.enable_expression)) is True

        return bool(self._guarded(place.item.link_id, work))

    def _calculate(self, where: dict[str, list[Place]]) -> dict[str, list[Answer]]:
        found: dict[str, list[Answer]] = {}
        for item in calculating_order(self.questionnaire):
            for place in where.get(item.link_id, ()):
                found[place.key] = self._worth(place)
                if found[place.key] != self.answers.get(place.key, []):
                    self.answers[place.key] = found[place.key]
                    self._changed()
        return found

    def _worth(self, place: Place) -> list[Answer]:
        """What a calculated item comes to. It does not see its own answer: a sum over all items is no circle. Nor do the variables it
        reads, which are worked out for it apart: what others read of them knows the answer."""
        item, row = place.item, self._current()[1].get(place.key, {})
        if "answer" not in row:
            return self.rows_of(place, item.calculated)
        own, known = row.pop("answer"), self._variables
        self._variables = {}
        try:
            return self.rows_of(place, item.calculated, variables_read(self.questionnaire, item.link_id))
        finally:
            row["answer"], self._variables = own, known

    def _guarded(self, link_id: str, work: Callable[[], Any]) -> Any:
        """What *work* gives; a problem and None when its expression fails."""
        try:
            return work()
        except ExpressionError as error:
            self.problems[Problem(link_id, str(error))] = None
            return None


def _focus(expression: str, variables: Mapping[str, Any]) -> list[Any] | None:
    """What an expression on a group starts from: its own row, unless it says that it starts from the whole response."""
    return None if expression.lstrip().startswith("QuestionnaireResponse") else variables["context"]


def _in_place(row: dict[str, Any] | None) -> Any:
    """A row as a node that knows where it stands in a response."""
    return [] if row is None else [Node(row, "QuestionnaireResponse.item")]
