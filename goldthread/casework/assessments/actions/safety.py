"""Answers that cannot wait for the signature: a task for whoever heard them, today, and the supervisor is told."""

from collections.abc import Mapping
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from goldthread.casework.assessments.models import Assessment
from goldthread.casework.assessments.notices import tell_of_alarm
from goldthread.casework.assessments.rules.answers import Answer, same_value, value_of
from goldthread.casework.assessments.rules.definition import Item, Questionnaire
from goldthread.casework.tasks.actions.tasks import make_task
from goldthread.casework.tasks.models import Task
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.workforce.models import Staff

SAFETY = 0
"""The weight of a task that comes before all others."""


def raise_alarms(
    row: Assessment,
    questionnaire: Questionnaire,
    answers: Mapping[str, list[Answer]],
    enabled: frozenset[str] | None = None,
    *,
    by: Actor,
) -> list[str]:
    """Open the safety task of every answer among *answers* that asks for one, once for each item, and tell the supervisors.

    Within the caller's transaction. Taking the answer back closes nothing: that is for a person to look at. Returns what the
    answers ask for, in words, whether the task was opened now or before.
    """
    said = []
    for item in _alarming(questionnaire, answers, enabled):
        words = item.safety.says.plain if item.safety else ""
        words = words or _("An answer asks for a safety check: %(what)s") % {"what": row.version.instrument.title}
        said.append(words)
        _open(row, item, words, by)
    return said


def alarms_in(questionnaire: Questionnaire, answers: Mapping[str, list[Answer]]) -> list[Item]:
    """The items of which *answers* ask for a safety task."""
    return _alarming(questionnaire, answers, None)


def _alarming(
    questionnaire: Questionnaire, answers: Mapping[str, list[Answer]], enabled: frozenset[str] | None
) -> list[Item]:
    watched = {item.link_id: item for item in questionnaire.by_link.values() if item.safety}
    found = {}
    for key, given in answers.items() if watched else ():
        item = watched.get(key) or watched.get(key.rpartition("[")[0])
        if item is not None and (enabled is None or key in enabled) and any(_above(item, one) for one in given):
            found[item.link_id] = item
    return list(found.values())


def _above(item: Item, answer: Answer) -> bool:
    value = value_of(answer)
    weight = next((option.weight for option in item.options if same_value(value_of(option.answer), value)), None)
    number = weight if weight is not None else value
    if isinstance(number, Mapping):
        number = number.get("value")
    if isinstance(number, bool):
        number = int(number)
    return isinstance(number, int | float) and item.safety is not None and number > item.safety.above


def _open(row: Assessment, item: Item, words: str, by: Actor) -> None:
    pk = uuid5(_first(row), f"safety {item.link_id}")
    if Task.objects.filter(pk=pk).exists():
        return
    staff = Staff.objects.get(pk=worker_of(by))
    make_task(
        title=words,
        client=row.person,
        episode=row.episode,
        owner=staff,
        due_on=by.today,
        weight=SAFETY,
        labels=row.labels,
        form_id=pk,
        by=by,
    )
    tell_of_alarm(staff=staff, row=row, by=by)
    record(by=by, action="assessments.alarm", kind="assessment", object_id=row.pk, client=row.person_id)


def _first(row: Assessment) -> UUID:
    """The id under which it was signed first: a correction opens no task twice."""
    while row.replaces:
        row = row.replaces
    return row.pk


def worker_of(by: Actor) -> UUID:
    """Who asks and signs. Only people do."""
    if by.staff is None:
        raise ValueError("assessments are people's")
    return by.staff
