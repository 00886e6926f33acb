"""Making the stored tasks what the engine says, by the fewest rows: those that are right are not touched."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from goldthread.casework.episodes.rules import labels_for
from goldthread.casework.tasks.models import Reckoning, Task, TaskState
from goldthread.casework.tasks.queries.histories import Loaded
from goldthread.casework.tasks.rules.engine import obligations
from goldthread.casework.tasks.rules.narrowing import RUNWAY_DAYS, Since
from goldthread.casework.tasks.rules.obligation import Obligation
from goldthread.casework.tasks.rules.versions import rules_on
from goldthread.casework.tasks.rules.wanted import AT_DISCHARGE, WEIGHTS, Wanted, reason_of, wanted
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.bulk import delete_rows, update_rows
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.writes import Writes
from goldthread.foundation.programs.enums import Weight

Key = tuple[UUID, str, str]
"""Client, requirement, occurrence: what makes a requirement's task one."""


@dataclass(slots=True)
class Changes:
    """What has to be written so that the tasks of some episodes are right."""

    made: list[Task] = field(default_factory=list)
    changed: list[Task] = field(default_factory=list)
    closed: list[Task] = field(default_factory=list)
    """Those of which the state changes, too: only then what a person did with it is written over."""
    gone: list[UUID] = field(default_factory=list)
    moved: list[Task] = field(default_factory=list)
    """Those of a whole household that stood with a member who left it."""

    @property
    def is_doubtful(self) -> bool:
        """Would a narrow look rather not do this? A task goes that the rules do not ask for any more, or to another member: with
        it may go some that were not looked at."""
        return bool(self.gone or self.moved) or any(task.state == TaskState.CANCELLED for task in self.closed)

    def write(self, writes: Writes, *, narrow: bool = False) -> bool:
        """Write it, with what *writes* holds already. What goes, or goes to another member, goes first: its name may be taken again.
        False: after a *narrow* look, a task that was to be made is there already, and stays as it is."""
        if self.gone:
            delete_rows(Task, self.gone)
        update_rows(self.moved, ("client", "version"))
        writes.update(self.changed, COMPARED_AND_LABELS)
        writes.update(self.closed, WRITTEN)
        (writes.insert_new if narrow else writes.insert)(self.made)
        return writes.write()


COMPARED = (
    "title",
    "state",
    "due_on",
    "due_at",
    "remind_on",
    "grace_until",
    "escalate_on",
    "weight",
    "minutes",
    "action",
    "clock",
    "starts_on",
    "period_start",
    "period_end",
    "counts",
    "rest",
    "rests_from",
    "rests_until",
    "done_on",
    "late",
    "met_by",
    "why",
)
COMPARED_AND_LABELS = (*COMPARED, "occurrence", "labels", "version")
WRITTEN = (*COMPARED_AND_LABELS, "reason", "snoozed_until", "closed_by", "closed_at")
assert len(WEIGHTS) == len(Weight)


def work_out_tasks(
    loaded: Loaded, stored: Iterable[Task], reckoning: Reckoning, by: Actor, only: Since | None = None
) -> Changes:
    """How the tasks of one episode differ from what its rules say on the actor's day. *only*: of these requirements, of each
    what lies in its window; *stored* are the tasks of which the same is true."""
    until = date.fromordinal(by.today.toordinal() + RUNWAY_DAYS)
    found = obligations(loaded.history, loaded.rules, by.today, until, only)
    requirements = {rule.key: rule.now for rule in rules_on(loaded.rules, by.today)}
    there: dict[Key, Task] = {(task.client_id, task.requirement, task.occurrence): task for task in stored}  # type: ignore[misc]  # a rule's task has a client
    changes = Changes()
    for one in found:
        want = wanted(one, requirements[one.key], by.today)
        if want is None:
            continue
        client = want.who if isinstance(want.who, UUID) else loaded.client
        task = there.pop((client, want.requirement, want.occurrence), None)
        if task is None and loaded.episode.household_id and want.who is None:
            task = _of_former_member(there, want, client, changes)
        if task is None and one.share:
            task = _reminder_before(there, want, client)
        if task is None:
            changes.made.append(_new(loaded, want, one, client, reckoning, by))
        else:
            _change(task, want, one, loaded, by, changes)
    for task in there.values():
        _let_go(task, changes, by)
    return changes


def _of_former_member(there: dict[Key, Task], want: Wanted, client: UUID, changes: Changes) -> Task | None:
    """The task about the whole household that stood with a member who left. What is open, or is to be opened again, goes to
    *client*, who is there; what was done stays in the record in which it was done."""
    key = next((one for one in there if one[1:] == (want.requirement, want.occurrence)), None)
    if key is None:
        return None
    task = there.pop(key)
    if TaskState.OPEN in (task.state, want.values["state"]):
        task.client_id = client
        task.version += 1
        changes.moved.append(task)
    return task


def _reminder_before(there: dict[Key, Task], want: Wanted, client: UUID) -> Task | None:
    """The one reminder of a share, which is named after the last visit that counted: after the next one it is named after that, and
    goes on. Not where somebody did something with it."""
    key = next((one for one in there if one[:2] == (client, want.requirement)), None)
    if key is None or there[key].state != TaskState.OPEN or _is_touched(there[key]):
        return None
    return there.pop(key)


def _new(loaded: Loaded, want: Wanted, one: Obligation, client: UUID, reckoning: Reckoning, by: Actor) -> Task:
    closed = want.values["state"] != TaskState.OPEN
    return Task(
        id=new_id(),
        client_id=client,
        episode_id=loaded.episode.pk,
        owner_id=reckoning.owner_id,
        team_id=None if reckoning.owner_id else reckoning.team_id,
        requirement=want.requirement,
        occurrence=want.occurrence,
        reason=reason_of(want.values, one),
        labels=labels_for(loaded.episode),
        made_by=by.staff,
        made_at=by.at,
        closed_by=by.staff if closed else None,
        closed_at=by.at if closed else None,
        **want.values,
    )


def _change(task: Task, want: Wanted, one: Obligation, loaded: Loaded, by: Actor, changes: Changes) -> None:
    """Make *task* what is wanted, if it is anything else."""
    values = _with_reason_given(task, want.values)
    labels = labels_for(loaded.episode)
    same = task.occurrence == want.occurrence and task.labels == labels
    if same and all(getattr(task, name) == values[name] for name in COMPARED):
        return
    closing = task.state != values["state"]
    if closing:
        _close(task, values, one, by)
    for name in COMPARED:
        setattr(task, name, values[name])
    task.occurrence, task.labels = want.occurrence, labels
    task.version += 1
    (changes.closed if closing else changes.changed).append(task)


def _with_reason_given(task: Task, values: Any) -> Any:
    """A missed period for which somebody has said why stays closed with that."""
    explained = task.state == TaskState.MISSED and task.reason and task.period_end == values["period_end"]
    if explained and values["period_end"] and values["state"] == TaskState.OPEN:
        return dict(values) | {"state": TaskState.MISSED}
    return values


def _close(task: Task, values: Any, one: Obligation, by: Actor) -> None:
    """The state changes: who closed it, and why, go with it."""
    closed = values["state"] != TaskState.OPEN
    task.closed_by, task.closed_at = (by.staff, by.at) if closed else (None, None)
    task.reason = reason_of(values, one)
    if closed:
        task.snoozed_until = None


def _let_go(task: Task, changes: Changes, by: Actor) -> None:
    """The rules do not ask for *task* any more. What nobody touched disappears; what somebody did with it stays to be read."""
    explained = task.state in (TaskState.MISSED, TaskState.CANCELLED) and task.reason not in ("", AT_DISCHARGE)
    if not (explained or _is_touched(task)):
        changes.gone.append(task.pk)
    elif task.state != TaskState.CANCELLED:
        task.state, task.closed_by, task.closed_at = TaskState.CANCELLED, by.staff, by.at
        task.version += 1
        changes.closed.append(task)


def _is_touched(task: Task) -> bool:
    """Did somebody do something with it, open as it is?"""
    return bool(task.note or task.snoozed_until or task.asked_by_id)


def next_look(loaded: Loaded, today: date) -> date | None:
    """The day on which time alone asks for another look at an episode; None: never.

    Half of the runway, the day on which the next version of the rules comes into force, or that of a planned discharge.
    """
    if loaded.history.discharged is not None:
        return None
    days = [date.fromordinal(today.toordinal() + RUNWAY_DAYS // 2)]
    days += [since for since, _template in loaded.rules if since > today]
    days += [loaded.episode.discharged_on] if loaded.episode.discharged_on else []
    return min(days)


def look_again(before: date | None, loaded: Loaded, today: date, *, whole: bool) -> date | None:
    """The day that ``next_look`` says, after a working out of *today*, when it was *before*. Only one of the *whole* episode puts it
    off: the rest was not looked at."""
    look = next_look(loaded, today)
    return look if whole or look is None or before is None else min(look, before)


def worked_out_by(look: date) -> date:
    """A day on which, or after which, the whole episode was worked out last, of one that is looked at again on *look*: it was put
    off by half of the runway at most."""
    return date.fromordinal(look.toordinal() - RUNWAY_DAYS // 2)


def together(changes: Sequence[Changes]) -> Changes:
    """The changes of several episodes as one."""
    return Changes(
        [task for one in changes for task in one.made],
        [task for one in changes for task in one.changed],
        [task for one in changes for task in one.closed],
        [pk for one in changes for pk in one.gone],
        [task for one in changes for task in one.moved],
    )
