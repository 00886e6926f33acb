"""Today's appointments, for My day."""

from django.utils import timezone

from goldthread.access import gate
from goldthread.access.viewer import Viewer
from goldthread.casework.caseload.queries import covering
from goldthread.casework.schedule.queries import day_span
from goldthread.doors.web.schedule.agreed import agreed_with
from goldthread.doors.web.schedule.lines import Line, lines_of


def visits_of(viewer: Viewer, *, covers: bool) -> list[Line]:
    """What the viewer has today, soonest first, with who else goes; what they do for a colleague who is away, where the viewer
    *covers* somebody. Two queries (three), and one insert where a client is shown."""
    away = covering(viewer.staff, viewer.today, viewer.today) if covers else []
    found = agreed_with(viewer, day_span(viewer.today, timezone.get_current_timezone()), away)
    lines = lines_of(viewer, found, away, standing=True)
    clients = {line.named for line in lines if line.named}
    if clients:
        gate.saw(viewer, clients, "day")
    return lines
