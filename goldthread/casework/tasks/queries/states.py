"""Where a stored task stands on a day. Comparisons only: the rows need no touching for the day to go by."""

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, Q

from goldthread.casework.tasks.models import Task, TaskState
from goldthread.foundation.programs.enums import State

CLOSED: dict[str, State | None] = {
    TaskState.DONE: State.MET,
    TaskState.EXCEPTED: State.EXCEPTED,
    TaskState.MISSED: State.MISSED,
    TaskState.PAUSED: State.PAUSED,
    TaskState.CANCELLED: None,
}
SHARE = "share"


class Standing(NamedTuple):
    """What decides on where a task stands, and who may see it; the names are those of Task."""

    state: str
    starts_on: date | None
    period_end: date | None
    rest: str
    rests_from: date | None
    rests_until: date | None
    counts: bool
    due_on: date | None
    due_at: datetime | None
    remind_on: date | None
    clock: str
    labels: int
    episode_id: UUID | None


def state_of(task: Task | Standing, today: date, now: datetime | None = None) -> State | None:
    """Where *task* stands on *today* (at *now*, for one that is due at an hour). None: it is on no list."""
    if task.state != TaskState.OPEN:
        return CLOSED[task.state]
    if task.starts_on and today < task.starts_on:
        return None
    if task.rest == "excepted" and rests(task, today):
        return State.EXCEPTED
    if task.period_end and today > task.period_end:
        if task.rest == "paused" and rests(task, task.period_end):
            return State.PAUSED
        return State.MISSED if task.counts else None
    if rests(task, today):
        return State.PAUSED
    return _open(task, today, now)


def rests(task: Task | Standing, day: date) -> bool:
    """Is *task* paused, or excused, on *day*?"""
    return bool(task.rests_from and task.rests_until and task.rests_from <= day <= task.rests_until)


def _open(task: Task | Standing, today: date, now: datetime | None) -> State:
    if task.due_on is None:
        return State.NOT_YET
    if task.clock == SHARE:
        return State.DUE_SOON if today >= task.due_on else State.NOT_YET
    if today > task.due_on or (now and task.due_at and now > task.due_at):
        return State.OVERDUE
    if today == task.due_on:
        return State.DUE
    return State.DUE_SOON if task.remind_on and today >= task.remind_on else State.NOT_YET


def live(today: date) -> Q:
    """Tasks that somebody can act on: open, begun, not resting, their period not over. For any day, whatever ran or did not."""
    begun = Q(starts_on__isnull=True) | Q(starts_on__lte=today)
    running = Q(period_end__isnull=True) | Q(period_end__gte=today)
    awake = Q(rests_from__isnull=True) | Q(rests_from__gt=today) | Q(rests_until__lt=today)
    return Q(state=TaskState.OPEN) & begun & running & awake


def missed(today: date) -> Q:
    """Periods that ended unmet and were neither excused nor paused; those with a reason and those still without."""
    awake = Q(rests_from__isnull=True) | Q(rests_from__gt=F("period_end")) | Q(rests_until__lt=F("period_end"))
    return Q(state=TaskState.OPEN, counts=True, period_end__lt=today) & awake | Q(state=TaskState.MISSED)


def missed_without_reason(today: date) -> Q:
    """Missed periods that still need a reason, by whose list they are on."""
    return missed(today) & Q(reason="")


def overdue(today: date, now: datetime | None = None) -> Q:
    """Live tasks whose due date, or hour, is over. Reminders of a share are never overdue."""
    late = Q(due_on__lt=today)
    if now:
        late |= Q(due_at__lt=now)
    return live(today) & late & ~Q(clock=SHARE)


def due_on(today: date) -> Q:
    """Live tasks that are due on *today*."""
    return live(today) & Q(due_on=today)


def escalated(today: date) -> Q:
    """Live tasks that the supervisor sees: late by as much as the rule says."""
    return live(today) & Q(escalate_on__lte=today) & ~Q(clock=SHARE)


def snoozed(today: date) -> Q:
    """Tasks put off until after *today*."""
    return Q(snoozed_until__gt=today)
