"""Today's appointments, for My day."""

from collections.abc import Iterable

from django.utils import timezone

from goldthread.access.gate import Shown
from goldthread.access.viewer import Viewer
from goldthread.casework.caseload.queries import covering
from goldthread.casework.schedule.queries import day_span
from goldthread.doors.web.schedule.agreed import agreed_with
from goldthread.doors.web.schedule.lines import Line, lines_of


def visits_of(viewer: Viewer, *, covers: bool) -> list[Line]:
    """What the viewer has today, soonest first, with who else goes; what they do for a colleague who is away, where the viewer
    *covers* somebody. Two queries (three). The page that shows them tells the audit log (``named_in``)."""
    away = covering(viewer.staff, viewer.today, viewer.today) if covers else []
    found = agreed_with(viewer, day_span(viewer.today, timezone.get_current_timezone()), away)
    return lines_of(viewer, found, away, standing=True)


def named_in(lines: Iterable[Line]) -> list[Shown]:
    """The clients whom *lines* name."""
    return [line.named for line in lines if line.named]
