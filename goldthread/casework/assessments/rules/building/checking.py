"""Everything that is wrong with an instrument being built, and what may be meant otherwise, by item or score."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.casework.assessments.rules.building.scores import scores_in
from goldthread.casework.assessments.rules.building.shared import is_shared
from goldthread.casework.assessments.rules.building.tree import items_of
from goldthread.casework.assessments.rules.building.types import CHOICES, COUNTED, type_of
from goldthread.casework.assessments.rules.building.wording import languages_in, words_of
from goldthread.casework.assessments.rules.conditions import holds
from goldthread.casework.assessments.rules.definition import read_questionnaire
from goldthread.casework.assessments.rules.model import (
    Condition,
    Item,
    ItemType,
    Json,
    Operator,
    Questionnaire,
    ScoreRule,
)
from goldthread.casework.assessments.rules.problems import DefinitionError
from goldthread.casework.assessments.rules.scoring import option_weight, scale_of
from goldthread.people.persons.rules import language_name


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at. ``item``: linkId, or ``score``: the name of a score; neither when it is about the whole."""

    reason: str
    item: str = ""
    score: str = ""
    shared: bool = False
    """It is about a rule or a named value of the whole."""
    language: str = ""
    """It is about the words in that language."""
    hard: bool = True
    """It keeps the instrument from being used; otherwise it is only pointed out."""


def check(content: Json) -> list[Finding]:
    """What is to be said of *content*: what is wrong first. Without anything hard it can be put in use."""
    try:
        questionnaire = read_questionnaire(content)
    except DefinitionError as error:
        return [*_placed(content, error), *_missing_head(content)]
    found = [*_missing_head(content), *_nothing_asked(questionnaire)]
    found += [one for rule in questionnaire.scores for one in _of_score(rule, questionnaire)]
    found += [one for item in questionnaire.by_link.values() for one in _of_item(item, questionnaire)]
    found += _untranslated(content)
    return sorted(found, key=lambda one: not one.hard)


def is_usable(found: list[Finding]) -> bool:
    """Can the instrument be put in use?"""
    return not any(one.hard for one in found)


def _placed(content: Json, error: DefinitionError) -> Iterator[Finding]:
    """Mistakes of the reader, each with the item or score that it is about."""
    items, scores = items_of(content), {one.name for one in scores_in(content)}
    for problem in error.problems:
        if problem.item in items:
            yield Finding(problem.reason, item=problem.item)
        elif problem.item in scores:
            yield Finding(problem.reason, score=problem.item)
        else:
            yield Finding(str(problem), shared=is_shared(content, problem.reason))


def _missing_head(content: Json) -> Iterator[Finding]:
    if not content.get("title"):
        yield Finding(_("It has no name."))


def _nothing_asked(questionnaire: Questionnaire) -> Iterator[Finding]:
    if not any(item.type.is_question for item in questionnaire.by_link.values()):
        yield Finding(_("It asks nothing: add a question."))
    for item in questionnaire.by_link.values():
        if not item.text and not item.hidden and item.type is not ItemType.GROUP and not item.prefix:
            yield Finding(_("says nothing: write the question."), item=item.link_id)


def _of_score(rule: ScoreRule, questionnaire: Questionnaire) -> Iterator[Finding]:
    if not rule.expression:
        for link_id in rule.items:
            yield from _counted(rule, questionnaire.by_link[link_id])
    if rule.bands:
        yield from _gaps(rule, questionnaire)


def _counted(rule: ScoreRule, item: Item) -> Iterator[Finding]:
    weights = [option_weight(option) for option in item.options]
    said = {"item": _called(item)}
    if item.type not in COUNTED or (item.type in CHOICES and not any(weight is not None for weight in weights)):
        yield Finding(_("“%(item)s” counts, but none of its answers has a weight.") % said, score=rule.name)
    elif None in weights:
        yield Finding(
            _("“%(item)s” counts, but some of its answers have no weight: with them there is no score.") % said,
            score=rule.name,
        )
    if item.turns:
        yield Finding(_("“%(item)s” counts, but it can be asked several times.") % said, score=rule.name)
    if item.link_id in rule.reverse and not weights and (item.min_value is None or item.max_value is None):
        yield Finding(_("“%(item)s” counts in reverse: say its least and its most.") % said, score=rule.name)


def _gaps(rule: ScoreRule, questionnaire: Questionnaire) -> Iterator[Finding]:
    """Values of the scale that no band holds."""
    low, high = scale_of(rule, questionnaire)
    first, last = rule.bands[0], rule.bands[-1]
    said = {"score": rule.title}
    if low is not None and first.low is not None and first.low > low:
        yield Finding(
            _("The bands start at %(n)s: lower values are in none.") % {"n": first.low}, score=rule.name, hard=False
        )
    if high is not None and last.high is not None and last.high < high:
        yield Finding(
            _("The bands end at %(n)s: higher values are in none.") % {"n": last.high}, score=rule.name, hard=False
        )
    if any(band.high is None for band in rule.bands[:-1]) or any(band.low is None for band in rule.bands[1:]):
        yield Finding(
            _("Only the first band of “%(score)s” may start, and only the last may end, open.") % said, score=rule.name
        )


def _of_item(item: Item, questionnaire: Questionnaire) -> Iterator[Finding]:
    for condition in item.enable_when:
        asked = questionnaire.by_link[condition.question]
        if not _can_hold(condition, asked):
            said = {"item": _called(asked)}
            yield Finding(_("waits for an answer that “%(item)s” cannot have.") % said, item=item.link_id, hard=False)
    if item.safety and item.options and not any((option_weight(one) or 0) > item.safety.above for one in item.options):
        yield Finding(_("opens a safety task, but none of its answers weighs enough."), item=item.link_id, hard=False)


def _can_hold(condition: Condition, asked: Item) -> bool:
    if asked.type is not ItemType.CHOICE or not asked.options or condition.operator is Operator.EXISTS:
        return True
    return any(holds(condition, [dict(option.answer)]) for option in asked.options)


def _untranslated(content: Json) -> Iterator[Finding]:
    """How many texts each language lacks in which some are there."""
    for language in languages_in(content):
        missing = sum(not word.said for word in words_of(content, language))
        if missing:
            said = ngettext(
                "%(language)s: %(n)s text is not translated, and is read as it was written.",
                "%(language)s: %(n)s texts are not translated, and are read as they were written.",
                missing,
            )
            yield Finding(said % {"n": missing, "language": language_name(language)}, hard=False, language=language)


def _called(item: Item) -> str:
    return item.text.plain[:60] or item.link_id


def scorable(content: Json) -> list[tuple[str, Json]]:
    """The questions that can count in a score: numbers, yes or no, choices; by linkId."""
    return [(link, item) for link, item in items_of(content).items() if type_of(item) in COUNTED]
