"""People of the demo written by hand, team by team: those on the pictures of the screens, and some beside them."""

from datetime import date

from goldthread.doors.demo.known import families, mental_health, mental_health_more, older_adults
from goldthread.doors.demo.known.shorthand import Known


def everybody(today: date) -> list[Known]:
    """All families written by hand, in a fixed order."""
    rooms = (mental_health, mental_health_more, older_adults, families)
    return [known for room in rooms for known in room.people(today)]


__all__ = ["Known", "everybody"]
