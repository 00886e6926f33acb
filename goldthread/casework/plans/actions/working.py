"""What becomes of steps, services and goals while the plan is at work."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.casework.plans.actions.putting_in_force import STEP
from goldthread.casework.plans.enums import GoalState, Helped, StepState
from goldthread.casework.plans.models import Goal, PlannedService, Step
from goldthread.casework.tasks.actions.tasks import cancel_of_source, settle_source
from goldthread.casework.tasks.models import Task, TaskState
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
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
    """It is not done after all: the undo of finish_step; its task is open again."""
    found = _locked_step(step)
    if found.state != StepState.DONE:
        return found
    found.state, found.done_on, found.done_source = StepState.OPEN, None, None
    found.save(update_fields=["state", "done_on", "done_source"])
    task = Task.objects.select_for_update().filter(source_kind=STEP, source_id=found.pk, state=TaskState.DONE)
    last = task.order_by("-closed_at", "-pk").first()
    if last:
        last.state, last.done_on, last.late, last.closed_by, last.closed_at = TaskState.OPEN, None, False, None, None
        last.version += 1
        last.save()
    _record(by, "plans.step_reopened", "step", found.pk, found.goal)
    return found


@transaction.atomic
def drop_step(*, step: Step, by: Actor) -> Step:
    """It is not done, and nobody will: it stays readable, its task goes. The next version should say so."""
    found = _locked_step(step)
    if found.state != StepState.OPEN:
        return found
    found.state = StepState.DROPPED
    found.save(update_fields=["state"])
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
    found = PlannedService.objects.select_for_update(of=("self",)).select_related("plan").get(pk=service.pk)
    for name, day in (("confirmed_on", confirmed_on), ("started_on", started_on), ("ended_on", ended_on)):
        if day and day > by.today:
            raise DomainError(_("This day has not come yet."), name)
        if day:
            setattr(found, name, day)
    if found.started_on and found.ended_on and found.ended_on < found.started_on:
        raise DomainError(_("The last day cannot be before the first day."), "ended_on")
    if helped and helped not in Helped.values:
        raise DomainError(_("Choose one from the list."), "helped")
    if helped:
        found.helped, found.helped_words = helped, tidy(helped_words)[:300]
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
    found.state, found.closed_on, found.outcome = state, by.today, tidy(outcome)[:300]
    found.save(update_fields=["state", "closed_on", "outcome"])
    for step in Step.objects.filter(goal=found, state=StepState.OPEN):
        drop_step(step=step, by=by)
    _record(by, "plans.goal_closed", "goal", found.pk, found)
    return found


def _locked_step(step: Step) -> Step:
    return Step.objects.select_for_update(of=("self",)).select_related("goal").get(pk=step.pk)


def _record(by: Actor, action: str, kind: str, pk: UUID, goal: Goal) -> None:
    record(by=by, action=action, kind=kind, object_id=pk, client=goal.person_id, details={})
