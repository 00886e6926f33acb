"""What the calendar asks for: tasks go to the worker who begins today."""

from datetime import timedelta

from django.db.models import Q

from goldthread.casework.caseload.actions.proving import follow_hand_overs, follow_workers
from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.casework.caseload.queries import on
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.jobs import job

LOOKED_BACK = timedelta(days=7)
"""So long the machine may have stood still and nothing is forgotten."""


@job()
def tasks_follow_workers(by: Actor) -> None:
    """Give tasks to the workers who began lately, as was arranged before. Again changes nothing."""
    since = by.today - LOOKED_BACK
    begun = Q(starts_on__range=(since, by.today)) | Q(ends_on__range=(since, by.today))
    rows = Assignment.objects.filter(begun, kind=AssignmentKind.PRIMARY, episode__discharged_on__isnull=True)
    follow_workers([pk for pk in rows.values_list("episode", flat=True).distinct() if pk], by)
    handed = Assignment.objects.filter(on(by.today), starts_on__gte=since, follows__isnull=False)
    follow_hand_overs(handed.select_related("follows", "staff"), by)
