"""The demo agency: invented people and staff, the same every time, and as many clients as measuring needs.

What it is for: something real to look at after ``./run``, and data for the bench. May import everything below the doors.
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def make_demo(today: date | None = None, at: datetime | None = None) -> None:
    """Make the demo agency in an empty database, as of *at* (default: now) and *today* (default: the agency's date then)."""
    from goldthread.doors.demo import agency, making  # here: Django's apps live in this package's neighbours

    at = at or datetime.now(UTC)
    making.make_demo(today or at.astimezone(ZoneInfo(agency.TIME_ZONE)).date(), at)
