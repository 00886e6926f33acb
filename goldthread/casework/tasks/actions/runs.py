"""Working out a whole program again after its rules changed: staged in small batches, with progress; it can be stopped and taken up.

A batch is worked out without holding anything, then written in one short transaction; an episode that somebody changed in
between is worked out anew, under its lock. So a screen never waits for more than one batch of rows.
"""

from collections.abc import Callable
from datetime import date
from functools import partial
from time import perf_counter
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from goldthread.casework.episodes.models import Episode
from goldthread.casework.tasks.actions.publishing import Changes, together, work_out_tasks
from goldthread.casework.tasks.actions.recompute import keep, lock, reckoning_of, recompute_locked, tasks_of
from goldthread.casework.tasks.models import Reckoning, Run, RunState
from goldthread.casework.tasks.queries.histories import Loaded, histories_of
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.giving_way import Turns
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.writes import Writes
from goldthread.foundation.programs.models import Program

FIRST_BATCH, LARGEST_BATCH = 10, 100
"""Episodes of a turn (``foundation.lib.giving_way.Turns``)."""
SLICE_SECONDS = 5.0
"""So long one job works before it puts the rest in the queue again: other jobs get their turn."""


@transaction.atomic
def rules_changed(*, program: Program, in_force_from: date, by: Actor) -> Run | None:
    """The rules of *program* have a new version. In force already: a run is made (enqueue it); later: each episode is looked at
    again on that day. Returns the run."""
    open_ones = Reckoning.objects.filter(episode__program=program, episode__discharged_on__isnull=True)
    if in_force_from > by.today:
        open_ones.filter(Q(refresh_on__isnull=True) | Q(refresh_on__gt=in_force_from)).update(refresh_on=in_force_from)
        return None
    return start_run(program=program, by=by)


@transaction.atomic
def start_run(*, program: Program, by: Actor) -> Run:
    """Make a run over every episode of *program*; those of an older run that are still to come are left to this one."""
    Run.objects.filter(program=program, state__in=[RunState.WAITING, RunState.RUNNING]).update(
        state=RunState.CANCELLED, stopped_by=by.staff, finished_at=by.at
    )
    run = Run.objects.create(
        id=new_id(),
        program=program,
        total=Episode.objects.filter(program=program).count(),
        made_by=by.staff,
        made_at=by.at,
    )
    record(by=by, action="tasks.run_started", kind="run", object_id=run.pk)
    return run


def stop_run(*, run: UUID, by: Actor) -> None:
    """Stop a run between two batches. What is worked out stays. DomainError: it is over."""
    running = Run.objects.filter(pk=run, state__in=[RunState.WAITING, RunState.RUNNING])
    with transaction.atomic():
        if not running.update(state=RunState.CANCELLED, stopped_by=by.staff, finished_at=by.at):
            raise DomainError(_("This has ended already."), "run")
        record(by=by, action="tasks.run_stopped", kind="run", object_id=run)


def resume_run(*, run: UUID, by: Actor) -> None:
    """Take up a stopped run where it was stopped. DomainError: it was not stopped."""
    stopped = Run.objects.filter(pk=run, state=RunState.CANCELLED)
    with transaction.atomic():
        if not stopped.update(state=RunState.WAITING, stopped_by=None, finished_at=None):
            raise DomainError(_("This was not stopped."), "run")
        record(by=by, action="tasks.run_resumed", kind="run", object_id=run)


def carry_on(*, run: UUID, by: Actor, seconds: float = SLICE_SECONDS) -> bool:
    """Work on a run for some *seconds*. True: there is more to do. A killed worker loses at most one batch, which is done again."""
    Run.objects.filter(pk=run, state=RunState.WAITING).update(state=RunState.RUNNING)
    until = perf_counter() + seconds
    turns = Turns(FIRST_BATCH, LARGEST_BATCH)
    while perf_counter() < until:
        row = Run.objects.get(pk=run)
        if row.state != RunState.RUNNING:
            return False
        ids = _next(row, turns.size)
        if not ids:
            Run.objects.filter(pk=run, state=RunState.RUNNING).update(state=RunState.DONE, finished_at=by.at)
            return False
        stage(ids, by, turns, partial(_advance, run, ids))
    return True


def refresh(*, by: Actor, seconds: float = SLICE_SECONDS) -> bool:
    """Look again at the episodes whose time has come: periods to come are made, later rules come into force. True: there are more."""
    until = perf_counter() + seconds
    turns = Turns(FIRST_BATCH, LARGEST_BATCH)
    while perf_counter() < until:
        due = Reckoning.objects.filter(refresh_on__lte=by.today).order_by("refresh_on", "pk")
        ids = list(due.values_list("episode_id", flat=True)[: turns.size])
        if not ids:
            return False
        stage(ids, by, turns, lambda: None)
    return True


def stage(ids: list[UUID], by: Actor, turns: Turns, then: Callable[[], None]) -> None:
    """Work out the episodes *ids*, write it and call *then*, in one of the *turns* at the writer."""
    with transaction.atomic():
        episodes = list(Episode.objects.select_related("reckoning").filter(pk__in=ids).order_by("pk"))
        loaded = histories_of(episodes, by.today)
        stored = tasks_of({one.episode.pk: None for one in loaded})
    worked = [(one, work_out_tasks(one, stored[one.episode.pk], reckoning_of(one.episode, by), by)) for one in loaded]
    with turns.turn():
        _publish(ids, worked, by)
        then()


def _publish(ids: list[UUID], worked: list[tuple[Loaded, Changes]], by: Actor) -> None:
    locked = {episode.pk: episode for episode in lock(ids)}
    fresh = [(one, changes) for one, changes in worked if _unchanged(one.episode, locked.get(one.episode.pk))]
    writes = Writes()
    keep([(reckoning_of(locked[one.episode.pk], by), one, True) for one, _changes in fresh], by, writes)
    together([changes for _one, changes in fresh]).write(writes)
    done = {one.episode.pk for one, _changes in fresh}
    stale = [episode for pk, episode in locked.items() if pk not in done]
    Reckoning.objects.filter(episode__in=stale).update(refresh_on=None)
    recompute_locked(stale, by=by)


def _unchanged(read: Episode, now: Episode | None) -> bool:
    """Is the episode as it was when it was worked out? The reckoning counts every working out."""
    return now is not None and _version(read) == _version(now)


def _version(episode: Episode) -> tuple[int, int]:
    return episode.version, episode.reckoning.version if hasattr(episode, "reckoning") else -1


def _next(run: Run, size: int) -> list[UUID]:
    rows = Episode.objects.filter(program=run.program_id).order_by("pk")
    if run.cursor:
        rows = rows.filter(pk__gt=run.cursor)
    return list(rows.values_list("pk", flat=True)[:size])


def _advance(run: UUID, ids: list[UUID]) -> None:
    Run.objects.filter(pk=run).update(cursor=ids[-1], done=F("done") + len(ids))
