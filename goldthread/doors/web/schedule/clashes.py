"""What a busy worker has at that time already, as far as the reader may see it."""

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.schedule.actions import DoubleBooking
from goldthread.casework.schedule.models import Appointment
from goldthread.doors.web.schedule.lines import Line, line_of

SHOWN = 5


def clash_lines(viewer: Viewer, error: DoubleBooking) -> list[Line]:
    """The first of the clashes; one that the reader may not see tells only that the time is taken. Whom they saw is recorded."""
    rows = error.clashes[:SHOWN]
    shown = Appointment.objects.filter(gate.content_in(viewer, Act.WRITE_SCHEDULE), pk__in=[row.pk for row in rows])
    seen = set(shown.values_list("pk", flat=True))
    lines = [line_of(row, viewer.at, busy=row.pk not in seen) for row in rows]
    clients = {line.named for line in lines if line.named and not line.row.group}
    if clients:
        gate.saw(viewer, clients, "schedule:clash")
    return lines
