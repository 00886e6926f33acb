"""The rows of the page: one for each need, with all that hangs on it; then goals that answer no need."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from goldthread.casework.thread.rules.breaks import Break
from goldthread.casework.thread.rules.known import ContactKnown, GoalKnown, Known, NeedKnown, ServiceKnown, StepKnown


@dataclass(frozen=True, slots=True)
class Thread:
    """One row: need → goal → who does what → what happened → did it help. *need* None: a goal that answers no need.
    *goal* None: the need has no goal yet. A need with two goals has two rows; a goal that answers two needs stands in both."""

    need: NeedKnown | None
    goal: GoalKnown | None
    steps: tuple[StepKnown, ...] = ()
    services: tuple[ServiceKnown, ...] = ()
    contacts: tuple[ContactKnown, ...] = ()
    breaks: tuple[Break, ...] = ()

    @property
    def whole(self) -> bool:
        """Is there no break in it?"""
        return not self.breaks


def threads(known: Known, found: Iterable[Break]) -> list[Thread]:
    """The rows, needs in the order in which they are given. *found*: the breaks of the same day."""
    broken: dict[UUID, list[Break]] = {}
    for one in found:
        broken.setdefault(one.at, []).append(one)
    rows: list[Thread] = []
    for need in known.needs:
        goals = [goal for goal in known.goals if need.id in goal.needs]
        rows += [_row(known, need, goal, broken) for goal in goals] or ([_bare(need, broken)] if need.open else [])
    shown = {need.id for need in known.needs}
    rows += [_row(known, None, goal, broken) for goal in known.goals if not goal.needs & shown]
    return rows


def _bare(need: NeedKnown, broken: dict[UUID, list[Break]]) -> Thread:
    return Thread(need, None, breaks=tuple(broken.get(need.id, ())))


def _row(known: Known, need: NeedKnown | None, goal: GoalKnown, broken: dict[UUID, list[Break]]) -> Thread:
    steps = tuple(step for step in known.steps if step.goal == goal.id and step.state != "dropped")
    services = tuple(service for service in known.services if service.goal == goal.id)
    contacts = tuple(contact for contact in known.contacts if goal.id in contact.goals)
    places = [need.id] if need else []
    places += [goal.id, *(service.id for service in services)]
    return Thread(need, goal, steps, services, contacts, tuple(one for at in places for one in broken.get(at, ())))
