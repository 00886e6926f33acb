"""Who is told: of an answer that cannot wait, and that something else is asked than before."""

from goldthread.casework.assessments.models import Assessment, InstrumentVersion
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.foundation.workforce.notices import tell
from goldthread.foundation.workforce.queries import holders, supervisors_of

ALARM = "safety_answer"
RENEWED = "instrument_renewed"


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


def tell_of_renewed(*, version: InstrumentVersion, by: Actor) -> None:
    """Tell those who keep the instruments that an update brought *version*, which is asked from now on in place of another."""
    tell(
        to=holders(Role.ADMINISTRATOR, by.today),
        kind=RENEWED,
        by=by,
        source_kind="instrument_version",
        source_id=version.pk,
    )
