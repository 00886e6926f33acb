"""When a document has to be renewed. Pure."""

from datetime import date, timedelta
from enum import StrEnum

BEFORE = timedelta(days=30)
"""So long before it ends is it to be renewed (product judgement: an office answers within four weeks)."""


class Holds(StrEnum):
    """How a document stands on a day."""

    ENDED = "ended"
    SOON = "soon"
    ON = "on"


def holds(expires_on: date | None, today: date) -> Holds:
    """Has it ended, does it end within 30 days, or does it hold? It holds on its last day."""
    if expires_on is None or expires_on - BEFORE > today:
        return Holds.ON
    return Holds.ENDED if expires_on < today else Holds.SOON


def renew_on(expires_on: date, today: date) -> date:
    """The day on which it should have been renewed: 30 days before it ends, and never in the past."""
    return max(expires_on - BEFORE, today)
