"""Everything that answers come to, by name: calculated values and scores."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from goldthread.casework.assessments.rules.logic import Context, Working
from goldthread.casework.assessments.rules.model import Json, Questionnaire
from goldthread.casework.assessments.rules.places import Answer, value_of
from goldthread.casework.assessments.rules.problems import Problem
from goldthread.casework.assessments.rules.scoring import score_of


@dataclass(frozen=True, slots=True)
class Worked:
    """``values``: of each calculated item by its key (several as a list, none as None), and of each score by its name."""

    values: dict[str, Any]
    notes: list[str]
    """What is to be said of the scores, each after its name: prorated, not enough answered."""
    problems: list[Problem]


def worked_out(
    questionnaire: Questionnaire, answers: Mapping[str, list[Answer]], context: Context, like: Json | None = None
) -> Worked:
    """Every calculated value and score of *answers*. *like*: the response they came in, whose head expressions may read."""
    working = Working(questionnaire, answers, context, like)
    outcome = working.outcome()
    values: dict[str, Any] = {}
    for key, given in outcome.calculated.items():
        found = [value_of(answer) for answer in given]
        values[key] = found if len(found) > 1 else next(iter(found), None)
    notes = []
    for rule in questionnaire.scores:
        score = score_of(rule, working, outcome)
        if not rule.on_item or rule.name != rule.on_item:
            values[rule.name] = score.value
        if score.why:
            notes.append(f"{rule.name}: {score.why}")
    return Worked(values, notes, outcome.problems)
