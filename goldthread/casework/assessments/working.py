"""What answers amount to, asked of the rules in one place."""

from collections.abc import Container, Mapping
from dataclasses import dataclass

from goldthread.casework.assessments.rules.answers import Answer
from goldthread.casework.assessments.rules.checking import check_answers
from goldthread.casework.assessments.rules.definition import Questionnaire
from goldthread.casework.assessments.rules.logic import Context, work_out
from goldthread.casework.assessments.rules.problems import Problem
from goldthread.casework.assessments.rules.scoring import Score, score


@dataclass(frozen=True, slots=True)
class Finished:
    """Answers as they are signed: with what is calculated, the keys of the places that are asked, scores, what is wrong."""

    answers: dict[str, list[Answer]]
    enabled: frozenset[str]
    scores: list[Score]
    problems: list[Problem]


def finish(
    questionnaire: Questionnaire,
    answers: Mapping[str, list[Answer]],
    context: Context,
    skipped: Container[str] = (),
) -> Finished:
    """Everything that *answers* come to. What failed to be worked out is a problem, never a blank score. *skipped*: as in check_answers."""
    outcome = work_out(questionnaire, answers, context)
    problems = check_answers(questionnaire, answers, context, skipped)
    return Finished(outcome.answers, outcome.enabled, score(questionnaire, answers, context), problems)
