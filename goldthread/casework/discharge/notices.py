"""Who is told of a way out. A notice about a labelled one names no client."""

from collections.abc import Iterable

from goldthread.casework.discharge.models import WayOut
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.workforce.models import Staff
from goldthread.foundation.workforce.notices import tell

WAITING, RETURNED, DIED = "discharge_waiting", "discharge_returned", "client_died"
SOURCE = "discharge"


def tell_readers(kind: str, way: WayOut, to: Iterable[Staff], by: Actor) -> None:
    """Tell *to* that a discharge waits for one of them, or that a client has died."""
    about = None if way.labels else way.person_id
    tell(to=to, kind=kind, by=by, about_staff=by.staff, about_person=about, source_kind=SOURCE, source_id=way.pk)


def tell_writer(kind: str, way: WayOut, to: Staff, by: Actor) -> None:
    """Tell who signed it."""
    tell_readers(kind, way, [to], by)
