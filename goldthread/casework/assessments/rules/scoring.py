"""Scores: what the answers amount to, in which band, and why there is none when there is none."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.casework.assessments.rules.logic import Context, Outcome, Working
from goldthread.casework.assessments.rules.model import Band, Item, Missing, Option, Questionnaire, ScoreRule, Text
from goldthread.casework.assessments.rules.places import Answer, key_of, same_value, value_of
from goldthread.casework.assessments.rules.problems import ExpressionError
from goldthread.casework.assessments.rules.results import number_of, tidy


@dataclass(frozen=True, slots=True)
class Score:
    """One number that the answers came to."""

    name: str
    title: Text
    value: float | int | None
    """None: there is none, and ``why`` says why."""
    band: Band | None
    severity: int | None
    why: str
    """In words of the reader: that it was prorated, that answers are missing, that the expression failed; else empty."""
    missing: tuple[str, ...]
    """linkIds of its questions that were asked and not answered."""
    lowest: float | int | None
    highest: float | int | None
    """The ends of the scale, where they are known: from the weights of its items, or from the bands."""


def score(
    questionnaire: Questionnaire, answers: Mapping[str, list[Answer]], context: Context | None = None
) -> list[Score]:
    """The scores of *answers*, in the order of the questionnaire. Answers to what is not asked count nothing."""
    working = Working(questionnaire, answers, context or Context())
    outcome = working.outcome()
    return [score_of(rule, working, outcome) for rule in questionnaire.scores]


def score_of(rule: ScoreRule, working: Working, outcome: Outcome) -> Score:
    """One score of answers worked out before."""
    asked = [item for item in _items(rule, working.questionnaire) if key_of(item, ()) in outcome.enabled]
    missing = tuple(item.link_id for item in asked if not _given(item, outcome))
    value, why = _value(rule, working, outcome, asked, missing)
    band = band_of(rule, value)
    if value is not None and rule.bands and band is None:
        why = _("the value is outside of all bands")
    lowest, highest = scale_of(rule, working.questionnaire)
    return Score(rule.name, rule.title, value, band, band.severity if band else None, why, missing, lowest, highest)


def band_of(rule: ScoreRule, value: float | int | None) -> Band | None:
    """The band a value is in. A value between the end of one band and the start of the next belongs to the lower one."""
    if value is None:
        return None
    for number, band in enumerate(rule.bands):
        following = rule.bands[number + 1].low if number + 1 < len(rule.bands) else None
        starts = band.low is None or band.low <= value
        ends = band.high is None or value <= band.high or (following is not None and value < following)
        if starts and ends:
            return band
    return None


def scale_of(rule: ScoreRule, questionnaire: Questionnaire) -> tuple[float | int | None, float | int | None]:
    """The lowest and highest value a score can take, where that is known."""
    weights = [
        [w for option in item.options if (w := option_weight(option)) is not None]
        for item in _items(rule, questionnaire)
    ]
    if weights and all(weights) and not rule.expression:
        low, high = sum(map(min, weights)), sum(map(max, weights))
        return (_mean(low, len(weights)), _mean(high, len(weights))) if rule.mean else (tidy(low), tidy(high))
    if rule.bands:
        return rule.bands[0].low, rule.bands[-1].high
    return None, None


def option_weight(option: Option) -> float | int | None:
    """What an option counts: its weight, or the number it is."""
    value = value_of(option.answer)
    return option.weight if option.weight is not None else number_of(value)


def weight_of_answer(item: Item, answer: Answer) -> float | int | None:
    """What one answer counts: the weight of its option, or its number; None when it counts nothing."""
    value = value_of(answer)
    for option in item.options:
        if same_value(value_of(option.answer), value):
            return option_weight(option)
    if isinstance(value, bool):
        return int(value)
    return number_of(value)


def _items(rule: ScoreRule, questionnaire: Questionnaire) -> list[Item]:
    return [questionnaire.by_link[link_id] for link_id in rule.items]


def _given(item: Item, outcome: Outcome) -> list[Answer]:
    return [answer for answer in outcome.answers.get(key_of(item, ()), []) if value_of(answer) is not None]


def _value(
    rule: ScoreRule, working: Working, outcome: Outcome, asked: list[Item], missing: tuple[str, ...]
) -> tuple[float | int | None, str]:
    allowed = {Missing.NONE: 0, Missing.PRORATED: rule.most_missing, Missing.SUM: len(asked)}[rule.missing]
    if len(missing) > allowed:
        return None, str(rule.says) or _missing_words(len(missing), allowed)
    if asked and len(missing) == len(asked):
        return None, _("nothing was answered")
    try:
        value = _expressed(rule, working) if rule.expression else _added(rule, outcome, asked)
    except ExpressionError as error:
        return None, _("it could not be worked out: %(why)s") % {"why": error}
    if value is None:
        return None, _("the answers came to no number")
    if missing and rule.missing is Missing.PRORATED:
        if rule.mean:
            return value, _mean_words(len(missing))
        prorated = math.floor(value * len(asked) / (len(asked) - len(missing)) + 0.5)
        words = ngettext(
            "%(count)s answer is missing: the score is prorated from the others.",
            "%(count)s answers are missing: the score is prorated from the others.",
            len(missing),
        )
        return prorated, words % {"count": len(missing)}
    return tidy(value), ""


def _mean_words(missing: int) -> str:
    words = ngettext(
        "%(count)s answer is missing: the score is the mean of the others.",
        "%(count)s answers are missing: the score is the mean of the others.",
        missing,
    )
    return words % {"count": missing}


def _mean(total: float | int, count: int) -> float | int:
    """Rounded half up to two places: a score is read, not reckoned with."""
    return tidy(math.floor(total * 100 / count + 0.5) / 100)


def _missing_words(missing: int, allowed: int) -> str:
    words = ngettext("%(count)s answer is missing.", "%(count)s answers are missing.", missing) % {"count": missing}
    return f"{words} " + (_("At most %(most)s may be.") % {"most": allowed} if allowed else _("All are needed."))


def _expressed(rule: ScoreRule, working: Working) -> float | int | None:
    place = next((one for one in working.places() if one.item.link_id == rule.on_item), None) if rule.on_item else None
    rows = working.evaluate(place, rule.expression)
    if not rows:
        return None
    value = number_of(rows[0])
    if len(rows) > 1 or value is None:
        raise ExpressionError(_("it came to something else than one number"))
    return value


def _added(rule: ScoreRule, outcome: Outcome, asked: list[Item]) -> float | int | None:
    total: Any = 0
    answered = 0
    for item in asked:
        weights = [weight_of_answer(item, answer) for answer in _given(item, outcome)]
        answered += bool(weights)
        known = [weight for weight in weights if weight is not None]
        if len(known) < len(weights):
            raise ExpressionError(_("an answer to %(item)s has no weight") % {"item": item.link_id})
        total += sum(_turned(item, weight) if item.link_id in rule.reverse else weight for weight in known)
    if rule.mean:
        return _mean(total, answered) if answered else None
    return tidy(total) if asked else None


def _turned(item: Item, weight: float | int) -> float | int:
    """A reverse item: the lowest weight counts as the highest."""
    weights = [w for option in item.options if (w := option_weight(option)) is not None]
    ends = [w for w in (number_of(item.min_value), number_of(item.max_value)) if w is not None]
    low, high = (min(weights), max(weights)) if weights else (ends[0], ends[-1])
    return low + high - weight
