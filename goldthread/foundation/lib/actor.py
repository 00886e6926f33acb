"""Who does something, and when: made at the entry points, handed down to actions, which never read the clock."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """Passed to every action as ``by=``.

    ``staff`` is None for the system itself (jobs, the demo generator, first-run set-up).
    ``at`` is an aware UTC instant; ``today`` is the agency's local date at that instant.
    ``request`` names the request or job, so that everything one click did can be found together.
    """

    at: datetime
    today: date
    staff: UUID | None = None
    name: str = "Goldthread"
    request: str = ""
    break_glass: UUID | None = None
