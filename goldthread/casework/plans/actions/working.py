"""What becomes of steps, services and goals while the plan is at work."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from goldthread.casework.plans.actions.putting_in_force import STEP
from goldthread.casework.plans.enums import GoalState, Helped, StepState, VersionState
from goldthread.casework.plans.models import Goal, PlannedService, PlanVersion, Step
from goldthread.casework.plans.rules.document import goal_ids
from goldthread.casework.tasks.actions.tasks import cancel_of_source, settle_source
from goldthread.casework.tasks.models import Task, TaskState
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError, EditConflict, FieldConflict
from goldthread.foundation.lib.text import tidy


@transaction.atomic
def finish_step(*, step: Step, done_on: date, by: Actor, source_id: UUID | None = None) -> Step:
    """It is done, and its task with it. *source_id*: the contact in which it was done. Twice changes nothing.

    DomainError: a day ahead, or a step that was dropped.
    """
    found = _locked_step(step)
    if found.state == StepState.DONE:
        return found
    if found.state == StepState.DROPPED:
        raise DomainError(_("This step is not in the plan any more."))
    if done_on > by.today:
        raise DomainError(_("This day has not come yet."), "done_on")
    found.state, found.done_on, found.done_source = StepState.DONE, done_on, source_id
    found.save(update_fields=["state", "done_on", "done_source"])
    settle_source(STEP, found.pk, by)
    _record(by, "plans.step_done", "step", found.pk, found.goal)
    return found


@transaction.atomic
def reopen_step(*, step: Step, by: Actor) -> Step:
    """It is not done after all, or somebody takes it up again: the undo of finish_step and drop_step; its task is open again.

    A step that is not done after all, of a goal that was closed meanwhile, counts as dropped with it.
    DomainError: it was dropped, and its goal is closed.
    """
    found = _locked_step(step)
    if found.state == StepState.OPEN:
        return found
    if found.goal.state == GoalState.OPEN:
        return _opened(found, by)
    if found.state == StepState.DROPPED:
        raise DomainError(_("Its goal is closed. Open the goal again first."))
    found.done_on, found.done_source = None, None
    found.save(update_fields=["done_on", "done_source"])
    return _dropped(found, by, with_goal=True)


def _opened(found: Step, by: Actor) -> Step:
    found.state, found.done_on, found.done_source = StepState.OPEN, None, None
    found.dropped_on, found.why_dropped, found.dropped_with_goal = None, "", False
    found.save()
    tasks = Task.objects.select_for_update().filter(source_kind=STEP, source_id=found.pk)
    none_open = found.goal.episode.discharged_on is None and not tasks.filter(state=TaskState.OPEN).exists()
    last = tasks.order_by("-closed_at", "-pk").first() if none_open else None
    if last:
        last.state, last.done_on, last.late, last.closed_by, last.closed_at = TaskState.OPEN, None, False, None, None
        last.version += 1
        last.save()
    _record(by, "plans.step_reopened", "step", found.pk, found.goal)
    return found


@transaction.atomic
def drop_step(*, step: Step, reason: str, by: Actor) -> Step:
    """It is not done, and nobody will, for *reason*: it stays readable, its task goes, and later versions leave it dropped.

    DomainError: no reason, or it is done.
    """
    found = _locked_step(step)
    if found.state == StepState.DROPPED:
        return found
    if found.state == StepState.DONE:
        raise DomainError(_("This step is done. Open it again first."))
    why = tidy(reason)[:300]
    if not why:
        raise DomainError(_("Say why."), "reason")
    return _dropped(found, by, why=why)


def _dropped(found: Step, by: Actor, *, why: str = "", with_goal: bool = False) -> Step:
    found.state, found.dropped_on = StepState.DROPPED, by.today
    found.why_dropped, found.dropped_with_goal = why, with_goal
    found.save(update_fields=["state", "dropped_on", "why_dropped", "dropped_with_goal"])
    cancel_of_source(STEP, found.pk, by)
    _record(by, "plans.step_dropped", "step", found.pk, found.goal)
    return found


@transaction.atomic
def note_service(
    *,
    service: PlannedService,
    by: Actor,
    confirmed_on: date | None = None,
    started_on: date | None = None,
    ended_on: date | None = None,
    helped: str = "",
    helped_words: str = "",
) -> PlannedService:
    """What became known of a service; what is left out stays as it is. DomainError: a day ahead, or an end before the start."""
    found = _locked_service(service)
    for name, day in (("confirmed_on", confirmed_on), ("started_on", started_on), ("ended_on", ended_on)):
        if day:
            setattr(found, name, day)
    if helped:
        found.helped, found.helped_words = helped, tidy(helped_words)[:300]
    return _kept_service(found, by)


@transaction.atomic
def correct_service(
    *, service: PlannedService, said: Mapping[str, Any], seen: Mapping[str, Any], by: Actor
) -> PlannedService:
    """All that is known of a service, as a page said it that showed what was *seen*; what was emptied is taken out.

    What the writer left alone stays as somebody else may have written it meanwhile. EditConflict: both wrote in one
    field. DomainError: as note_service.
    """
    found = _locked_service(service)
    said = {**said, "helped_words": tidy(said["helped_words"])[:300]}
    there = {name: getattr(found, name) for name in said}
    changed = {name: value for name, value in said.items() if value not in (seen.get(name), there[name])}
    clashes = [
        FieldConflict(name, value, there[name], "", None)
        for name, value in changed.items()
        if there[name] != seen.get(name)
    ]
    if clashes:
        raise EditConflict(_("Somebody else wrote here at the same time."), clashes)
    for name, value in changed.items():
        setattr(found, name, value)
    return _kept_service(found, by)


def _locked_service(service: PlannedService) -> PlannedService:
    return PlannedService.objects.select_for_update(of=("self",)).select_related("plan").get(pk=service.pk)


def _kept_service(found: PlannedService, by: Actor) -> PlannedService:
    for name in ("confirmed_on", "started_on", "ended_on"):
        if (getattr(found, name) or by.today) > by.today:
            raise DomainError(_("This day has not come yet."), name)
    if found.started_on and found.ended_on and found.ended_on < found.started_on:
        raise DomainError(_("The last day cannot be before the first day."), "ended_on")
    if found.helped not in ("", *Helped.values):
        raise DomainError(_("Choose one from the list."), "helped")
    found.save()
    record(
        by=by, action="plans.service_noted", kind="service", object_id=found.pk, client=found.plan.person_id, details={}
    )
    return found


@transaction.atomic
def close_goal(*, goal: Goal, state: str, outcome: str, by: Actor) -> Goal:
    """The goal is met, or stopped with a reason, between reviews; its open steps are dropped. DomainError otherwise."""
    if state not in (GoalState.MET, GoalState.STOPPED):
        raise DomainError(_("Choose one from the list."), "state")
    if state == GoalState.STOPPED and not tidy(outcome):
        raise DomainError(_("Say why."), "outcome")
    found = Goal.objects.select_for_update().get(pk=goal.pk)
    if found.state == state:
        return found
    if found.state != GoalState.OPEN:
        raise DomainError(_("This goal is closed already. Open it again first."))
    found.state, found.closed_on, found.outcome = state, by.today, tidy(outcome)[:300]
    found.save(update_fields=["state", "closed_on", "outcome"])
    for step in _steps(found).filter(state=StepState.OPEN):
        _dropped(step, by, with_goal=True)
    _record(by, "plans.goal_closed", "goal", found.pk, found)
    return found


@transaction.atomic
def reopen_goal(*, goal: Goal, by: Actor) -> Goal:
    """It is open after all: the undo of close_goal, with the steps that were dropped by it. DomainError: no version in force has it."""
    found = Goal.objects.select_for_update().get(pk=goal.pk)
    if found.state == GoalState.OPEN:
        return found
    now = PlanVersion.objects.filter(plan=found.plan_id, state=VersionState.IN_FORCE).first()
    if now is None or str(found.pk) not in goal_ids(now.content):
        raise DomainError(_("This goal is not in the plan any more. Write it into a new version."))
    found.state, found.closed_on, found.outcome = GoalState.OPEN, None, ""
    found.save(update_fields=["state", "closed_on", "outcome"])
    for step in _steps(found).filter(state=StepState.DROPPED, dropped_with_goal=True):
        _opened(step, by)
    _record(by, "plans.goal_reopened", "goal", found.pk, found)
    return found


def _steps(goal: Goal) -> QuerySet[Step]:
    rows = Step.objects.select_for_update(of=("self",)).select_related("goal__episode")
    return rows.filter(goal=goal).order_by("pk")


def _locked_step(step: Step) -> Step:
    return Step.objects.select_for_update(of=("self",)).select_related("goal__episode").get(pk=step.pk)


def _record(by: Actor, action: str, kind: str, pk: UUID, goal: Goal) -> None:
    record(by=by, action=action, kind=kind, object_id=pk, client=goal.person_id, details={})
