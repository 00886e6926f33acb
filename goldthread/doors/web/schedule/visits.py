"""Today's appointments, for My day."""

from django.utils import timezone

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.caseload.queries import covering
from goldthread.casework.schedule.queries import today_of
from goldthread.doors.web.schedule.lines import Line, line_of


def visits_of(viewer: Viewer, *, covers: bool) -> list[Line]:
    """What the viewer has today, soonest first, with who else goes; what they do for a colleague who is away, where the viewer
    *covers* somebody. Two queries (three), and one insert where a client is shown."""
    seen = gate.content_in(viewer, Act.WRITE_SCHEDULE)
    away = covering(viewer.staff, viewer.today, viewer.today) if covers else []
    rows = today_of(viewer.staff, viewer.today, zone=timezone.get_current_timezone(), seen=seen, covers=away)
    clients = {row.client for row in rows if row.client}
    if clients:
        gate.saw(viewer, clients, "day")
    return [line_of(row, viewer.at, staff=viewer.staff.pk, covers=away) for row in rows]
