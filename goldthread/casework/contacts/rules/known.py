"""What the record knows that a note is checked against: read once, by ``queries.known_for``."""

from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from uuid import UUID

from goldthread.casework.contacts.rules.minutes import LATE_AFTER


@dataclass(frozen=True, slots=True)
class Life:
    """When somebody was born, and died."""

    name: str
    born_on: date | None
    died_on: date | None


@dataclass(frozen=True, slots=True)
class Enrolment:
    """The episode that the note names, when it is one of the client's."""

    program: str
    enrolled_on: date
    referred_on: date | None
    discharged_on: date | None


@dataclass(frozen=True, slots=True)
class Known:
    """``lives`` by client; ``episodes``: those of the clients in the note; ``overlapping``: other contacts of the worker."""

    zone: tzinfo
    at: datetime
    today: date
    lives: dict[UUID, Life] = field(default_factory=dict)
    episode: Enrolment | None = None
    has_episodes: bool = False
    """Is the client enrolled anywhere, so that a program has to be named?"""
    members: frozenset[UUID] = frozenset()
    """Who is served under the episode on the day, where the note is about others than its first client, too."""
    overlapping: tuple[tuple[datetime, datetime], ...] = ()
    late_after: int = LATE_AFTER
    cosign: bool = False
