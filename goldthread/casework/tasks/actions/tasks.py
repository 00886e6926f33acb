"""What people do with tasks. Those of a rule are met by evidence alone; those of another room are closed by that room."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.rules import labels_for
from goldthread.casework.tasks.actions.evidence import NewEvidence, record_evidence
from goldthread.casework.tasks.actions.recompute import lock
from goldthread.casework.tasks.models import Reckoning, Task, TaskState
from goldthread.casework.tasks.queries.states import state_of
from goldthread.casework.tasks.queries.tries import tries_of
from goldthread.casework.tasks.rules.closing import (
    check_reason,
    check_repeat,
    check_snooze,
    check_tries,
    next_due,
)
from goldthread.foundation.agency.models import Team
from goldthread.foundation.audit.actions import record, told
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.bulk import insert_rows
from goldthread.foundation.lib.compiled import Compiled, Given
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.writes import Writes
from goldthread.foundation.programs.enums import EventKind, State
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person

EXCEPTION = "exception"
"""The source of an exception that somebody recorded at a task: its kind, with the task's id."""
TAKEN_BACK = timedelta(hours=1)
"""So long *done* can be taken back by who said it."""


@transaction.atomic
def make_task(
    *,
    title: str,
    client: Person | None = None,
    episode: Episode | None = None,
    owner: Staff | None = None,
    team: Team | None = None,
    due_on: date | None = None,
    by: Actor,
    form_id: UUID | None = None,
    source_kind: str = "",
    source_id: UUID | None = None,
    weight: int = 3,
    action: str = "note",
    repeat: dict[str, Any] | None = None,
    labels: int = 0,
    minutes: int = 15,
    note: str = "",
) -> Task:
    """Make a task by hand, or for another room (*source_kind*, *source_id*: what closes it). The same *form_id* makes one.

    *weight*: 0 safety to 3 other. *repeat*: ``{"every": "2 weeks", "until": "2026-12-31"}``: done, the next one is made.
    DomainError: no title, nobody's, or a repetition without a first day.
    """
    if form_id and (made := _MADE.first(pk=form_id)):
        return made if source_kind else _same(made, client, by)
    task = _unwritten(form_id or new_id(), title, client, episode, due_on, weight, labels, by)
    if owner is None and team is None:
        raise DomainError(_("Say whose task it is."), "owner")
    repeats = check_repeat(repeat)
    if repeats and due_on is None:
        raise DomainError(_("Say when it is due first."), "due_on")
    if repeats and due_on:
        repeats.setdefault("first", due_on.isoformat())
    task.owner, task.team = owner, team
    task.minutes, task.action, task.note, task.repeat = minutes, action, note[:1000], repeats
    task.source_kind, task.source_id = source_kind, source_id
    insert_rows([task])
    _record(by, "tasks.made", task)
    return task


def make_own_task(
    *,
    pk: UUID,
    title: str,
    client: Person,
    episode: Episode | None,
    due_on: date,
    weight: int,
    labels: int,
    writes: Writes,
    by: Actor,
) -> Event:
    """As make_task, of a task *pk* of the one who acts, which cannot be there yet, with the caller's *writes*. Returns what the audit
    log is to be told of it: the caller adds it."""
    task = _unwritten(pk, title, client, episode, due_on, weight, labels, by)
    task.owner_id = by.staff
    writes.insert([task])
    return told(by=by, action="tasks.made", kind="task", object_id=pk, client=client.pk, details={})


def _unwritten(
    pk: UUID,
    title: str,
    client: Person | None,
    episode: Episode | None,
    due_on: date | None,
    weight: int,
    labels: int,
    by: Actor,
) -> Task:
    if not title.strip():
        raise DomainError(_("Say what is to be done."), "title")
    return Task(
        id=pk,
        title=title.strip()[:200],
        client=client,
        episode=episode,
        due_on=due_on,
        remind_on=due_on,
        weight=weight,
        labels=labels_for(episode, labels) if episode else labels,
        made_by=by.staff,
        made_at=by.at,
    )


def _same(made: Task, client: Person | None, by: Actor) -> Task:
    """*made*, by the form that was sent again. DomainError: that was about somebody else."""
    mine = made.client_id == client.pk if client else made.client_id is None and made.made_by == by.staff
    if not mine:
        raise DomainError(_("This form was sent before for somebody else. Open a new one."))
    return made


_MADE: Compiled[Task] = Compiled(lambda: Task.objects.filter(pk=Given("pk")))


@transaction.atomic
def complete(*, task: Task, done_on: date, by: Actor, note: str = "") -> Task:
    """A task that a person made is done; late is said so. One that repeats makes its next one. Twice changes nothing.

    DomainError: it belongs to a rule or to another room, it is closed otherwise, or the day lies ahead.
    """
    row = Task.objects.select_for_update().get(pk=task.pk)
    if row.state == TaskState.DONE:
        return row
    if row.requirement:
        raise DomainError(_("A rule asks for this: it is done by what you document, not by ticking it off."), "task")
    if row.source_kind:
        raise DomainError(_("This is closed where it comes from."), "task")
    if row.state != TaskState.OPEN:
        raise DomainError(_("This task is closed already."), "task")
    if done_on > by.today:
        raise DomainError(_("This day has not come yet."), "done_on")
    row.done_on = done_on
    row.late = row.due_on is not None and done_on > row.due_on
    row.note = note[:1000] or row.note
    _close(row, TaskState.DONE, by)
    _record(by, "tasks.done", row)
    _next_of(row, by)
    return row


@transaction.atomic
def reopen(*, task: Task, by: Actor) -> Task:
    """Take back *done* of a moment ago: the task is open as before. Twice changes nothing.

    DomainError: somebody else closed it, not today, or it is one that a rule or another room closes, or that repeats.
    """
    row = Task.objects.select_for_update().get(pk=task.pk)
    if row.state == TaskState.OPEN:
        return row
    own = row.closed_by == by.staff and row.closed_at is not None and by.at - row.closed_at <= TAKEN_BACK
    if row.state != TaskState.DONE or row.requirement or row.source_kind or row.repeat or not own:
        raise DomainError(_("It is too late to take this back. Make a new task."), "task")
    row.state, row.closed_by, row.closed_at, row.done_on, row.late = TaskState.OPEN, None, None, None, False
    row.version += 1
    row.save()
    _record(by, "tasks.reopened", row)
    return row


@transaction.atomic
def cannot(
    *, task: Task, reason: str, note: str = "", by: Actor, on: date | None = None, until: date | None = None
) -> Task:
    """It could not be done. Where the rule accepts *reason*, that is the documented exception; else it stays as late as it is.

    *on*: the day on which it could not be done (without it: today). For a missed period it is its reason, and it stays
    missed, unless *on* lies in the period and the rule accepts the reason. A task that a person made is closed with the reason.
    *until*: the last day on which the reason holds, where it is known; the next day the rule asks again, as late as it is then.
    DomainError: no such reason, fewer than three logged tries for *not found*, a day ahead, or a task that is closed.
    """
    if task.requirement and task.episode_id:
        lock([task.episode_id])  # before the task: evidence takes them in this order, too
    row = Task.objects.select_for_update().get(pk=task.pk)
    why = check_reason(reason)
    day = on or by.today
    if day > by.today:
        raise DomainError(_("This day has not come yet."), "on")
    if state_of(row, by.today, by.at) in (None, State.MET, State.EXCEPTED) and row.state != TaskState.OPEN:
        raise DomainError(_("This task is closed already."), "task")
    if row.source_kind:
        raise DomainError(_("This is closed where it comes from."), "task")
    if until and until < by.today:
        raise DomainError(_("Choose today or a day to come."), "until")
    check_tries(why, tries_of(row))
    row.reason, row.note = str(why), note[:1000] or row.note
    if not row.requirement:
        _close(row, TaskState.EXCEPTED, by)
    else:
        _except(row, str(why), day, until, by)
    _record(by, "tasks.could_not", row, reason=str(why))
    _next_of(row, by)
    return row


@transaction.atomic
def snooze(*, task: Task, until: date, by: Actor) -> Task:
    """Put a task off until *until*: it is out of the way, and as due as before. DomainError: beyond the grace of its rule."""
    row = _open(task)
    check_snooze(until, by.today, row.grace_until, row.due_on, of_a_rule=bool(row.requirement))
    row.snoozed_until = until
    row.version += 1
    row.save(update_fields=["snoozed_until", "version"])
    _record(by, "tasks.snoozed", row)
    return row


@transaction.atomic
def delegate(*, task: Task, to: Staff, by: Actor, had: str | None = None) -> Task:
    """Ask *to* to do it. It stays in sight of who asked, under *Waiting on others*. Giving it back ends that.

    *had*: the key of whose task it was when the page was opened (empty: nobody's). DomainError: it has changed hands since.
    """
    row = _open(task)
    if to.ended_on and to.ended_on < by.today:
        raise DomainError(_("This worker does not work here any more."), "to")
    if row.owner_id == to.pk:
        return row
    if had is not None and had != str(row.owner_id or ""):
        who = row.owner or row.team
        raise DomainError(
            _("This task has changed hands: %(who)s has it now.") % {"who": who.name if who else "—"}, "to"
        )
    asker = row.asked_by_id or row.owner_id or by.staff
    row.asked_by_id = None if asker == to.pk else asker
    row.owner, row.team = to, None
    row.version += 1
    row.save(update_fields=["asked_by", "owner", "team", "version"])
    _record(by, "tasks.delegated", row, to=str(to.pk))
    return row


@transaction.atomic
def take(*, task: Task, staff: Staff, by: Actor) -> Task:
    """Take a task of the team. DomainError: somebody else was faster."""
    row = _open(task)
    if row.owner_id and row.owner_id != staff.pk:
        raise DomainError(_("Somebody else has just taken this task."), "task")
    row.owner, row.team = staff, None
    row.version += 1
    row.save(update_fields=["owner", "team", "version"])
    _record(by, "tasks.taken", row)
    return row


def cancel_of_source(source_kind: str, source_id: UUID, by: Actor) -> int:
    """Close the open tasks that come from a source, because it is gone. Called by the source's room. Returns how many."""
    return _close_of_source(source_kind, source_id, TaskState.CANCELLED, by)


def settle_source(source_kind: str, source_id: UUID, by: Actor) -> int:
    """Close the open tasks that come from a source, because they are done. Called by the source's room. Returns how many."""
    return _close_of_source(source_kind, source_id, TaskState.DONE, by)


@transaction.atomic
def _close_of_source(source_kind: str, source_id: UUID, state: TaskState, by: Actor) -> int:
    rows = Task.objects.select_for_update().filter(source_kind=source_kind, source_id=source_id, state=TaskState.OPEN)
    found = list(rows.order_by("pk"))
    for row in found:
        if state == TaskState.DONE:
            row.done_on = by.today
            row.late = row.due_on is not None and by.today > row.due_on
        _close(row, state, by)
        _record(by, "tasks.done" if state == TaskState.DONE else "tasks.cancelled", row)
    return len(found)


def _open(task: Task) -> Task:
    row = Task.objects.select_for_update().get(pk=task.pk)
    if row.state != TaskState.OPEN:
        raise DomainError(_("This task is closed already."), "task")
    return row


def _close(row: Task, state: TaskState, by: Actor) -> None:
    row.state, row.closed_by, row.closed_at = state, by.staff, by.at
    row.snoozed_until = None
    row.version += 1
    row.save()


def _except(row: Task, reason: str, day: date, until: date | None, by: Actor) -> None:
    """Record the exception for the rule to judge; a period that is over keeps being missed, now with its reason."""
    over = row.period_end is not None and row.period_end < by.today
    if over and not (row.period_start and row.period_end and row.period_start <= day <= row.period_end):
        _close(row, TaskState.MISSED, by)
        Reckoning.objects.filter(episode=row.episode_id).update(version=F("version") + 1)
        return
    row.version += 1
    row.save(update_fields=["reason", "note", "version"])
    if row.episode is None or row.client is None:
        raise ValueError("A rule's task has an episode and a client.")
    item = NewEvidence(
        kind=EventKind.EXCEPTION,
        episode=row.episode,
        person=row.client,
        happened_on=day,
        details={"requirement": row.requirement, "reason": reason} | ({"until": until.isoformat()} if until else {}),
        labels=row.labels,
    )
    record_evidence(source_kind=EXCEPTION, source_id=new_id(), items=[item], by=by)
    row.refresh_from_db()
    if over and row.state == TaskState.OPEN:
        row.reason = reason
        _close(row, TaskState.MISSED, by)


def _next_of(row: Task, by: Actor) -> None:
    """A recurring task that is closed makes its next one."""
    if not row.repeat or row.due_on is None:
        return
    due_on = next_due(row.due_on, row.repeat)
    if due_on is None:
        return
    made = Task.objects.create(
        id=new_id(),
        title=row.title,
        client_id=row.client_id,
        episode_id=row.episode_id,
        owner_id=row.owner_id,
        team_id=row.team_id,
        asked_by_id=row.asked_by_id,
        due_on=due_on,
        remind_on=due_on,
        weight=row.weight,
        minutes=row.minutes,
        action=row.action,
        repeat=row.repeat,
        labels=row.labels,
        made_by=row.made_by,
        made_at=by.at,
    )
    _record(by, "tasks.made", made)


def _record(by: Actor, action: str, task: Task, **details: str) -> None:
    record(by=by, action=action, kind="task", object_id=task.pk, client=task.client_id, details=details)
