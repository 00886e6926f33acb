"""Reading plans. What may be seen is a condition that the gate gives."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q

from goldthread.casework.episodes.models import Episode
from goldthread.casework.plans.enums import GoalState, SignatureRole, VersionState
from goldthread.casework.plans.models import (
    Goal,
    GoalNeed,
    Objective,
    Plan,
    PlannedService,
    PlanVersion,
    Progress,
    Signature,
    Step,
)
from goldthread.casework.plans.rules.document import lines
from goldthread.casework.plans.rules.shape import GOALS
from goldthread.foundation.programs.queries import template_on
from goldthread.foundation.programs.rules.template import PlanRules
from goldthread.people.persons.models import Person

IN_THE_MAKING = (VersionState.DRAFT, VersionState.SIGNING)


def plans_of(person: Person | UUID, seen: Q) -> list[Plan]:
    """The plans of *person*, of open episodes first, with episode and program. *seen*: of rows with ``episode`` and ``labels``."""
    rows = Plan.objects.filter(seen, Q(person=person) | Q(episode__members__person=person)).distinct()
    found = rows.select_related("episode__program").order_by("-episode__enrolled_on", "pk")
    return sorted(found, key=lambda plan: plan.episode.discharged_on is not None)


def plan_of(episode: Episode | UUID) -> Plan | None:
    """The plan of *episode*."""
    return Plan.objects.filter(episode=episode).select_related("episode__program").first()


def versions_of(plan: Plan) -> list[PlanVersion]:
    """Every version, newest first, with who made and approved it."""
    return list(plan.versions.select_related("made_by", "approved_by", "returned_by").order_by("-number"))


def version_in_force(plan: Plan) -> PlanVersion | None:
    """The version that holds today."""
    return plan.versions.filter(state=VersionState.IN_FORCE).first()


def version_in_the_making(plan: Plan) -> PlanVersion | None:
    """The version that is being written, or waits for signatures."""
    return plan.versions.filter(state__in=IN_THE_MAKING).first()


def signatures_of(version: PlanVersion) -> list[Signature]:
    """Who was asked to sign, in the order in which they were asked; the person first."""
    rows = version.signatures.select_related("staff", "witness").order_by("asked_at", "pk")
    places = {role: place for place, role in enumerate(SignatureRole.values)}
    return sorted(rows, key=lambda one: (one.asked_at, places[one.role]))


def rules_for(episode: Episode, on: date) -> PlanRules:
    """What the program of *episode* asks of its plans on the day *on*."""
    return template_on(episode.program, on).plan


def open_goals(person: Person | UUID, seen: Q, episodes: Iterable[UUID] | None = None) -> list[Goal]:
    """The open goals of *person* in the order of their plan, each with open ``objectives_open`` and ``steps_open``; of
    *episodes* alone where they are given. Three queries."""
    rows = Goal.objects.filter(seen, person=person, state=GoalState.OPEN)
    if episodes is not None:
        rows = rows.filter(episode__in=list(episodes))
    objectives = Prefetch(
        "objectives",
        Objective.objects.filter(state=GoalState.OPEN).order_by("position", "pk"),
        to_attr="objectives_open",
    )
    steps = Prefetch("steps", Step.objects.filter(state="open").order_by("position", "pk"), to_attr="steps_open")
    return list(rows.prefetch_related(objectives, steps).order_by("position", "opened_on", "pk"))


def needs_with_goals(person: Person | UUID, needs: Collection[UUID]) -> set[UUID]:
    """Those of *needs* that an open goal answers, or a goal of a version that is being made. None or two queries."""
    if not needs:
        return set()
    open_goals = GoalNeed.objects.filter(need__in=needs, goal__state=GoalState.OPEN)
    found = set(open_goals.values_list("need", flat=True))
    theirs = Q(plan__person=person) | Q(plan__episode__members__person=person)
    making = PlanVersion.objects.filter(theirs, state__in=IN_THE_MAKING)
    written = {need for one in making for goal in lines(one.content, GOALS) for need in goal.get("needs", ())}
    return found | {pk for pk in needs if str(pk) in written}


def progress_of(goals: Iterable[UUID], limit: int = 200) -> list[Progress]:
    """What was said of *goals*, newest first, at most *limit*."""
    rows = Progress.objects.filter(goal__in=list(goals), voided=False).select_related("recorded_by")
    return list(rows.order_by("-on", "-pk")[:limit])


def services_of(plan: Plan) -> list[PlannedService]:
    """The services that the plan counts on, those a later version dropped left out."""
    return list(plan.services.filter(dropped=False).order_by("position", "pk"))
