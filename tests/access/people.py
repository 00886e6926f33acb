"""Who looks, in the tests of this room."""

from datetime import date, datetime

from goldthread.access.viewer import Viewer, viewer_for
from goldthread.foundation.workforce.models import Staff
from tests.factories import AT

TODAY = date(2026, 11, 19)


def viewer(staff: Staff, today: date = TODAY, at: datetime = AT) -> Viewer:
    """The staff member as they come through the door."""
    found = viewer_for(staff.user, at, today, "test")
    assert found is not None
    return found
