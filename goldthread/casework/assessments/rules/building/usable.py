"""What of an instrument being built can be tried already: all of it, or what is left without its mistakes."""

from collections.abc import Iterable

from goldthread.casework.assessments.rules.building.elements import Row, with_key
from goldthread.casework.assessments.rules.building.scores import scores_in, with_score
from goldthread.casework.assessments.rules.building.tree import Impossible, items_of, with_item, without
from goldthread.casework.assessments.rules.definition import read_questionnaire
from goldthread.casework.assessments.rules.extensions import HL7, extensions_of
from goldthread.casework.assessments.rules.model import Json, Questionnaire
from goldthread.casework.assessments.rules.problems import DefinitionError, Problem

LOGIC = ("enableWhen", "enableBehavior")
TRIES = 4


def usable_part(content: Json) -> tuple[Questionnaire | None, list[Problem]]:
    """The instrument as far as it can be asked, and what is wrong with the rest. None: nothing can be asked.

    First the conditions and expressions of what is wrong are left out, then the items, then all scores.
    """
    found: list[Problem] = []
    tried = dict(content)
    for number in range(TRIES):
        try:
            return read_questionnaire(tried), found
        except DefinitionError as error:
            found = found or error.problems
            tried = _without(tried, error.problems, whole=number > 0, scores=number > 1)
    return None, found


def _without(content: Row, problems: Iterable[Problem], *, whole: bool, scores: bool) -> Row:
    wrong = {problem.item for problem in problems}
    for score in scores_in(content):
        if scores or score.name in wrong:
            content = with_score(content, score.name, None)
    for link_id in wrong & items_of(content).keys():
        try:
            content = without(content, link_id) if whole else with_item(content, link_id, _bare)
        except Impossible:  # it stood in one that is gone already
            continue
    return content


def _bare(item: Json) -> Row:
    """*item* without what can go wrong: its conditions, and the extensions of FHIR and ours but for words and looks."""
    found = dict(item)
    for name in LOGIC:
        found = with_key(found, name, None)
    kept = [
        one for one in extensions_of(found) if str(one.get("url", "")).startswith(HL7) and "xpression" not in str(one)
    ]
    return with_key(found, "extension", kept)
