"""The tries to reach somebody that are logged: *not found* needs three."""

from datetime import date

from django.db.models import Q

from goldthread.casework.tasks.models import Evidence, Task
from goldthread.casework.tasks.rules.closing import TRIES
from goldthread.foundation.programs.enums import EventKind


def tries_of(task: Task) -> int:
    """How many tries to reach the client are logged since the clock of *task* began, or in its period.

    A task that a person made asks for none: enough. One query.
    """
    if not task.requirement:
        return TRIES
    tried = Evidence.objects.filter(
        episode=task.episode_id, person=task.client_id, kind=EventKind.CONTACT, attempted=True, voided=False
    )
    if task.period_start and task.period_end:
        return tried.filter(happened_on__range=(task.period_start, task.period_end)).count()
    begun = next((part["from"]["on"] for part in task.why if "from" in part), None)
    return tried.filter(Q(happened_on__gte=date.fromisoformat(begun)) if begun else Q()).count()
