"""How whole a thread is, as a number that an auditor would come to with pencil and paper. docs/the-thread.md says how."""

from dataclasses import dataclass
from datetime import date

from goldthread.casework.thread.rules.breaks import asked_contacts, breaks
from goldthread.casework.thread.rules.known import Known


@dataclass(frozen=True, slots=True)
class Whole:
    """*held* of *asked* links hold."""

    held: int
    asked: int

    @property
    def percent(self) -> int | None:
        """In whole percent, rounded down, so that 100 means: every one. None: nothing is asked yet."""
        return self.held * 100 // self.asked if self.asked else None


def how_whole(known: Known, on: date) -> Whole:
    """Each link that is asked of the client on the day *on*, and how many of them hold. Each break is one that does not."""
    asked = _asked(known, on)
    return Whole(asked - len(breaks(known, on)), asked)


def _asked(known: Known, on: date) -> int:
    """1 for each requirement of an assessment · 1 for each open need (a goal) · 1 for each plan (signed) · 4 for each open goal
    (a need, a step, its date, a contact) · 1 for each service (confirmed) · 1 for each that ended (did it help?) · 1 for each
    contact of the last days since there is a plan (a goal)."""
    goals = [goal for goal in known.goals if goal.open]
    return (
        known.assessments
        + sum(need.open for need in known.needs)
        + len(known.plans)
        + 4 * len(goals)
        + len(known.services)
        + sum(bool(service.ended_on) for service in known.services)
        + len(asked_contacts(known, on))
    )
