"""A version comes into force once everybody asked has answered and, where the program asks for it, a supervisor has approved."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from goldthread.casework.caseload.queries import primary_of
from goldthread.casework.episodes.queries import served_on
from goldthread.casework.needs.models import Need
from goldthread.casework.plans.actions.common import lock_version, told
from goldthread.casework.plans.enums import (
    GoalState,
    OwnerKind,
    SignatureRole,
    SignatureState,
    StepState,
    VersionKind,
    VersionState,
)
from goldthread.casework.plans.models import Goal, GoalNeed, Objective, PlannedService, PlanVersion, Step
from goldthread.casework.plans.queries import rules_for
from goldthread.casework.plans.rules import projecting
from goldthread.casework.plans.rules.document import digest_of, part, reviewed
from goldthread.casework.plans.rules.projecting import Row
from goldthread.casework.plans.rules.review import review_on
from goldthread.casework.record.actions import write_entry
from goldthread.casework.record.enums import EntryKind
from goldthread.casework.tasks.actions.evidence import NewEvidence, record_evidence
from goldthread.casework.tasks.actions.tasks import cancel_of_source, make_task
from goldthread.casework.tasks.models import Task, TaskState
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.text import tidy
from goldthread.foundation.programs.enums import EventKind

STEP = "step"
LEGAL = 1
"""Weight of a step that a court has ordered; others weigh 3."""
ANSWERED = (SignatureState.SIGNED, SignatureState.DECLINED, SignatureState.WITHDRAWN)


@transaction.atomic
def approve(*, version: PlanVersion, by: Actor) -> PlanVersion:
    """A supervisor has read it and agrees. DomainError: it does not wait for signatures, or they wrote in it themselves."""
    found = lock_version(version)
    if found.approved_at:
        return found
    if found.state != VersionState.SIGNING:
        raise DomainError(_("This version does not wait for an answer."))
    if by.staff and wrote_in(found, by.staff):
        raise DomainError(_("A second person approves what you wrote."))
    found.approved_by_id, found.approved_at = by.staff, by.at
    found.returned_by, found.return_comment = None, ""
    found.save(update_fields=["approved_by", "approved_at", "returned_by", "return_comment"])
    told(found, "plans.approved", by)
    put_in_force_when_ready(found, by)
    return found


def wrote_in(version: PlanVersion, staff: UUID) -> bool:
    """Did *staff* begin this version, or change a word of it?"""
    return version.made_by_id == staff or str(staff) in version.edited_by


@transaction.atomic
def return_plan(*, version: PlanVersion, comment: str, by: Actor) -> PlanVersion:
    """A supervisor has read it and sends it back, with a comment: it is a draft again, and signatures are asked for anew."""
    found = lock_version(version)
    if found.state != VersionState.SIGNING:
        raise DomainError(_("This version does not wait for an answer."))
    if not comment.strip():
        raise DomainError(_("Say what should change."), "comment")
    found.signatures.exclude(state=SignatureState.WITHDRAWN).update(
        state=SignatureState.WITHDRAWN, reason=_("Returned by the supervisor"), token_digest=""
    )
    found.state, found.digest = VersionState.DRAFT, ""
    found.returned_by_id, found.return_comment = by.staff, comment.strip()[:4000]
    found.approved_by, found.approved_at = None, None
    found.save(update_fields=["state", "digest", "returned_by", "return_comment", "approved_by", "approved_at"])
    told(found, "plans.returned", by)
    return found


def put_in_force_when_ready(version: PlanVersion, by: Actor) -> bool:
    """Put *version*, which is locked, in force if nothing is waited for any more. Did it come into force?

    Whoever must sign has signed, or said no with a reason; a worker's own no holds it up. Otherwise it goes on waiting.
    """
    if version.state != VersionState.SIGNING or _waits(version, by):
        return False
    if digest_of(version.content) != version.digest:
        raise DomainError(_("The document is not what was signed. Take the request back and ask again."))
    now = version.plan.versions.select_for_update().filter(state=VersionState.IN_FORCE).first()
    if now:
        now.state = VersionState.PAST
        now.save(update_fields=["state"])
    version.state, version.in_force_at, version.starts_on = VersionState.IN_FORCE, by.at, by.today
    version.review_on = review_on(by.today, rules_for(version.plan.episode, by.today).review)
    version.save(update_fields=["state", "in_force_at", "starts_on", "review_on"])
    _put_to_work(version, by)
    _tell(version, by)
    told(version, "plans.in_force", by)
    return True


def _waits(version: PlanVersion, by: Actor) -> bool:
    signatures = list(version.signatures.exclude(state=SignatureState.WITHDRAWN))
    open_ones = any(one.required and one.state == SignatureState.ASKED for one in signatures)
    refused = any(one.role == SignatureRole.WORKER and one.state == SignatureState.DECLINED for one in signatures)
    answered = any(one.role != SignatureRole.WORKER and one.state in ANSWERED for one in signatures)
    unapproved = rules_for(version.plan.episode, by.today).approval and version.approved_at is None
    return open_ones or refused or not answered or unapproved


def _put_to_work(version: PlanVersion, by: Actor) -> None:
    """Rows of goals, objectives, steps and services as the version says; what it no longer has is stopped or dropped."""
    plan, content = version.plan, version.content
    there = {row.pk: row for row in Goal.objects.select_for_update().filter(plan=plan)}
    said = list(projecting.goals(content))
    for row in said:
        goal = there.get(row.id)
        if goal is None:
            goal = Goal(
                id=row.id,
                plan=plan,
                person=plan.person,
                episode=plan.episode,
                opened_on=by.today,
                labels=version.labels,
            )
        _set(goal, _closed_or_open(goal, row.values, reviewed(content, str(row.id)), by))
        _answer(goal, row.needs)
    _stop([goal for pk, goal in there.items() if pk not in {row.id for row in said}], by)
    goals = {row.id for row in said}
    _project(Objective, projecting.objectives(content), Objective.objects.filter(goal__plan=plan), version, by)
    _project(PlannedService, projecting.services(content), PlannedService.objects.filter(plan=plan), version, by)
    _project(Step, projecting.steps(content), Step.objects.filter(goal__plan=plan), version, by)
    _tasks(version, goals, by)


def _closed_or_open(goal: Goal, said: dict[str, Any], review: dict[str, str], by: Actor) -> dict[str, Any]:
    """What the version says of *goal*. Only a review opens or closes it: of an amendment, what was closed before stays closed."""
    if not goal._state.adding and goal.state != GoalState.OPEN and not review.get("answer"):
        return {name: value for name, value in said.items() if name not in ("state", "outcome")}
    if said["state"] == GoalState.OPEN:
        goal.closed_on = None
    elif goal.state == GoalState.OPEN:
        goal.closed_on = by.today
    return said


def _stop(goals: Iterable[Goal], by: Actor) -> None:
    for goal in goals:
        if goal.state == GoalState.OPEN:
            goal.state, goal.closed_on = GoalState.STOPPED, by.today
            goal.save(update_fields=["state", "closed_on"])


def _answer(goal: Goal, needs: frozenset[UUID]) -> None:
    """Link the goal to the needs it answers: those of the same client alone."""
    wanted = set(Need.objects.filter(pk__in=needs, person=goal.person_id).values_list("pk", flat=True))
    there = set(GoalNeed.objects.filter(goal=goal).values_list("need", flat=True))
    GoalNeed.objects.filter(goal=goal, need__in=there - wanted).delete()
    GoalNeed.objects.bulk_create([GoalNeed(goal=goal, need_id=need) for need in sorted(wanted - there)])


def _project(model: type[Model], rows: Iterable[Row], there: Any, version: PlanVersion, by: Actor) -> None:
    """Make, change, or drop the rows of *model* so that they are *rows*."""
    old = {row.pk: row for row in there.select_for_update(of=("self",))}
    said = set()
    for row in rows:
        said.add(row.id)
        found = old.get(row.id) or _new(model, row.id, version, by)
        if isinstance(found, PlannedService):
            found.dropped = False
        if isinstance(found, Step) and found.state == StepState.DROPPED and _again(found, row):
            found.state, found.dropped_on, found.dropped_with_goal = StepState.OPEN, None, False
        _set(found, row.values)
    for pk, gone in old.items():
        if pk not in said:
            _drop(gone, by)


def _again(step: Step, row: Row) -> bool:
    """Is a step that was dropped taken up again by the version? Not one that somebody gave up with a reason, or of a closed goal."""
    closed = Goal.objects.filter(pk=row.values["goal_id"]).exclude(state=GoalState.OPEN)
    return not step.why_dropped and not closed.exists()


def _new(model: type[Model], pk: UUID, version: PlanVersion, by: Actor) -> Any:
    if model is PlannedService:
        return PlannedService(id=pk, plan=version.plan, agreed_on=by.today, labels=version.labels)
    return model(id=pk, labels=version.labels)


def _drop(row: Any, by: Actor) -> None:
    if isinstance(row, PlannedService):
        row.dropped = True
    elif isinstance(row, Step) and row.state == StepState.OPEN:
        row.state, row.dropped_on = StepState.DROPPED, by.today
    elif isinstance(row, Objective) and row.state == GoalState.OPEN:
        row.state = GoalState.STOPPED
    row.save()


def _set(row: Any, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def _tasks(version: PlanVersion, goals: set[UUID], by: Actor) -> None:
    """An open step has a task: whoever does it, the worker asks after it. One that is open no longer has none."""
    owner = primary_of(version.plan.episode, by.today)
    steps = Step.objects.filter(goal__plan=version.plan).select_related("goal")
    tasks = {
        task.source_id: task
        for task in Task.objects.filter(
            source_kind=STEP, source_id__in=[step.pk for step in steps], state=TaskState.OPEN
        )
    }
    for step in steps:
        wanted = step.state == StepState.OPEN and step.goal.state == GoalState.OPEN and step.goal_id in goals
        if not wanted:
            if step.pk in tasks:
                cancel_of_source(STEP, step.pk, by)
            continue
        if step.pk in tasks:
            _bring_up_to_date(tasks[step.pk], step)
        elif owner and step.due_on:
            make_task(
                title=title_of(step),
                client=version.plan.person,
                episode=version.plan.episode,
                owner=owner,
                due_on=step.due_on,
                by=by,
                source_kind=STEP,
                source_id=step.pk,
                weight=LEGAL if step.court_ordered else 3,
                labels=version.labels,
            )


def title_of(step: Step) -> str:
    """The task of a step: whose step it is, where it is not the worker's."""
    if step.owner_kind == OwnerKind.WORKER:
        return step.words[:200]
    who = step.owner_words or str(step.get_owner_kind_display())
    return (_("%(who)s: %(what)s") % {"who": who, "what": step.words})[:200]


def _bring_up_to_date(task: Task, step: Step) -> None:
    said = {"title": title_of(step), "due_on": step.due_on, "weight": LEGAL if step.court_ordered else 3}
    if any(getattr(task, name) != value for name, value in said.items()):
        for name, value in said.items():
            setattr(task, name, value)
        task.version += 1
        task.save(update_fields=[*said, "version"])


def _tell(version: PlanVersion, by: Actor) -> None:
    """Evidence for the rules of the program, and the line of the timeline, for everybody the episode serves."""
    episode = version.plan.episode
    kinds = [EventKind.PLAN_SIGNED, *([EventKind.PLAN_REVIEW] if version.kind == VersionKind.REVIEW else [])]
    people = served_on(episode, by.today) or [version.plan.person]
    record_evidence(
        source_kind="plan",
        source_id=version.pk,
        items=[
            NewEvidence(
                kind=kind,
                episode=episode,
                person=person,
                happened_on=by.today,
                happened_at=by.at,
                labels=version.labels,
            )
            for person in people
            for kind in kinds
        ],
        by=by,
    )
    for person in people:
        write_entry(
            kind=EntryKind.PLAN,
            person=person,
            episode=episode,
            happened_at=by.at,
            labels=version.labels,
            source_kind="plan",
            source_id=version.pk,
            title=tidy(version.reason),
            text=part(version.content, "vision")[:2000],
            facts={"number": version.number, "kind": version.kind},
            by=by,
        )
