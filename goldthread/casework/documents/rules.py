"""When a document has to be renewed, and when it is evidence. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from goldthread.casework.episodes.models import Episode
from goldthread.foundation.programs.enums import EventKind

SOURCE = "document"
"""Of a timeline entry and of evidence: a version; of the task of renewing: its document."""

BEFORE = timedelta(days=30)
"""So long before it ends is it to be renewed (product judgement: an office answers within four weeks)."""


class Holds(StrEnum):
    """How a document stands on a day."""

    ENDED = "ended"
    SOON = "soon"
    ON = "on"


@dataclass(frozen=True, slots=True)
class Serves:
    """The requirement that a paper is to meet: whose, its key, and the kind of evidence (and which one) that the rule accepts."""

    episode: Episode
    requirement: str
    kind: EventKind
    name: str = ""


def holds(expires_on: date | None, today: date) -> Holds:
    """Has it ended, does it end within 30 days, or does it hold? It holds on its last day."""
    if expires_on is None or expires_on - BEFORE > today:
        return Holds.ON
    return Holds.ENDED if expires_on < today else Holds.SOON


def renew_on(expires_on: date, today: date) -> date:
    """The day on which it should have been renewed: 30 days before it ends, and never in the past."""
    return max(expires_on - BEFORE, today)


def proves(*, removed: bool, wrong: bool, renewed: bool, expires_on: date | None, today: date) -> bool:
    """Is a version evidence on *today*? Not one that was removed, or was the wrong paper, or has run out unless it was *renewed* (or
    need not be): that it held in its time stays true."""
    if removed or wrong:
        return False
    return renewed or expires_on is None or expires_on >= today
