"""What comes after a discharge, as its confirmation tells it: the contacts that are planned, or why there are none."""

from goldthread.access import gate
from goldthread.access.viewer import Viewer
from goldthread.casework.aftercare.enums import AfterState
from goldthread.casework.aftercare.models import AftercareContact
from goldthread.casework.aftercare.queries import aftercare_of
from goldthread.casework.discharge.models import WayOut


def planned_after(viewer: Viewer, way: WayOut) -> list[AftercareContact]:
    """The contacts planned after *way*, by day, as far as the *viewer* may see them. Two queries."""
    rows = aftercare_of(way.person, gate.content(viewer, way.person))
    own = [one for one in rows if one.episode_id == way.episode_id and one.ended_at is None]
    return [line for one in own for line in one.lines if line.state == AfterState.PLANNED]  # type: ignore[attr-defined]  # prefetched under this name
