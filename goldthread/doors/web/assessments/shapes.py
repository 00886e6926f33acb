"""The shape of a turn that is not there yet, so that a page without a network can add one."""

from dataclasses import replace

from goldthread.casework.assessments.rules.answers import places
from goldthread.casework.assessments.rules.definition import ItemType
from goldthread.casework.assessments.rules.logic import Context, begin_turn, work_out
from goldthread.doors.web.assessments.rows import Paper


def one_more(paper: Paper, context: Context) -> Paper | None:
    """*paper* with one more turn of every repeating group, as it would start. None where nothing repeats."""
    groups = [item for item in paper.questionnaire.by_link.values() if item.many and item.type is ItemType.GROUP]
    if not groups:
        return None
    return _one_more(paper, context, max(len(item.turns) for item in groups))


def _one_more(paper: Paper, context: Context, deep: int) -> Paper:
    """*deep*: how many groups stand inside each other at most: in a turn that is not there yet, a turn can be added, too."""
    answers = dict(paper.answers)
    for place in list(places(paper.questionnaire, paper.answers)):
        if place.item.many and place.item.type is ItemType.GROUP:
            answers = dict(begin_turn(paper.questionnaire, answers, place.key, context))
    worked = work_out(paper.questionnaire, answers, context)
    found = replace(paper, answers=worked.answers, enabled=worked.enabled, before={}, wrong={}, clashes={}, next=None)
    return replace(found, next=_one_more(found, context, deep - 1)) if deep else found
