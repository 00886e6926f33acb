"""Who goes is told what others do to their time. A notice about a labelled appointment names no client: the calendar shows
to each what they may see. Nor does one about a group: it is about several."""

from collections.abc import Iterable
from uuid import UUID

from goldthread.casework.schedule.enums import CALLED_OFF
from goldthread.casework.schedule.models import Appointment
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.workforce.models import Staff
from goldthread.foundation.workforce.notices import tell

GIVEN, MOVED, OFF = "appointment_given", "appointment_moved", "appointment_off"
SOURCE = "appointment"


def tell_goers(kind: str, row: Appointment, workers: Iterable[UUID], by: Actor) -> None:
    """Tell *workers* (ids) that somebody else gave them *row*, moved it, or that they do not go after all. No query for
    oneself."""
    others = [pk for pk in dict.fromkeys(workers) if pk != by.staff]
    if not others or (kind == OFF and _goes_on(row)):
        return
    tell(
        to=Staff.objects.filter(pk__in=others),
        kind=kind,
        by=by,
        about_staff=by.staff,
        about_person=None if row.labels or row.group else row.client_id,
        source_kind=SOURCE,
        source_id=row.pk,
    )


def _goes_on(row: Appointment) -> bool:
    """One of a group does not come; the others do, and so does who leads it."""
    if row.group is None:
        return False
    others = Appointment.objects.filter(group=row.group).exclude(pk=row.pk)
    return others.exclude(state__in=CALLED_OFF).exists()
