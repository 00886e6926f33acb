"""Files among the answers: added to what stands there at that moment, so that two uploads at once are both kept."""

from collections.abc import Callable, Mapping, Sequence

from django.db import transaction

from goldthread.casework.assessments.actions.answering import Saved, save_answers
from goldthread.casework.assessments.changes import Said
from goldthread.casework.assessments.models import Assessment
from goldthread.casework.assessments.rules.answers import Answer
from goldthread.foundation.lib.actor import Actor


@transaction.atomic
def add_answers(*, assessment: Assessment, more: Mapping[str, Sequence[Answer]], by: Actor) -> Saved:
    """Add *more* to the answers of items that take several. Otherwise as save_answers."""
    now = _now(assessment)
    changes = {key: Said([*now.get(key, []), *answers]) for key, answers in more.items()}
    return save_answers(assessment=assessment, changes=changes, by=by)


@transaction.atomic
def take_answers_away(*, assessment: Assessment, key: str, gone: Callable[[Answer], bool], by: Actor) -> Saved | None:
    """Take those answers of the item *key* away that are *gone*. None: there are none such (any more)."""
    given = _now(assessment).get(key, [])
    left = [answer for answer in given if not gone(answer)]
    if len(left) == len(given):
        return None
    return save_answers(assessment=assessment, changes={key: Said(left)}, by=by)


def _now(assessment: Assessment) -> Mapping[str, Sequence[Answer]]:
    """The answers as they stand, locked: whoever comes second adds to what the first has added."""
    row = Assessment.objects.select_for_update().only("answers").get(pk=assessment.pk)
    answers: Mapping[str, Sequence[Answer]] = row.answers
    return answers
