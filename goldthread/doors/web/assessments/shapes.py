"""The shape of a turn that is not there yet, so that a page without a network can add one."""

from dataclasses import replace

from goldthread.casework.assessments.rules.answers import places
from goldthread.casework.assessments.rules.definition import ItemType
from goldthread.casework.assessments.rules.logic import Context, begin_turn, work_out
from goldthread.doors.web.assessments.rows import Paper


def one_more(paper: Paper, context: Context) -> Paper | None:
    """*paper* with one more turn of every repeating group, as it would start. None where nothing repeats."""
    questionnaire = paper.questionnaire
    if not any(item.many and item.type is ItemType.GROUP for item in questionnaire.by_link.values()):
        return None
    answers = dict(paper.answers)
    for place in list(places(questionnaire, paper.answers)):
        if place.item.many and place.item.type is ItemType.GROUP:
            answers = dict(begin_turn(questionnaire, answers, place.key, context))
    worked = work_out(questionnaire, answers, context)
    return replace(paper, answers=worked.answers, enabled=worked.enabled, before={}, wrong={}, clashes={}, next=None)
