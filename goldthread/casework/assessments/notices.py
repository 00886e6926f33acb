"""Whom an answer is told to that cannot wait."""

from goldthread.casework.assessments.models import Assessment
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.workforce.models import Staff
from goldthread.foundation.workforce.notices import tell
from goldthread.foundation.workforce.queries import supervisors_of

ALARM = "safety_answer"


def tell_of_alarm(*, staff: Staff, row: Assessment, by: Actor) -> None:
    """Tell those who supervise *staff* that an answer opened a safety task."""
    tell(
        to=supervisors_of(staff, by.today),
        kind=ALARM,
        by=by,
        about_staff=staff.pk,
        about_person=row.person_id,
        source_kind="assessment",
        source_id=row.pk,
    )
