"""What the pages of a plan share: the plan or version that the address names, as far as this viewer may do this to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, F
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.needs.models import Need
from goldthread.casework.plans.enums import VersionKind, VersionState
from goldthread.casework.plans.models import Goal, Objective, Plan, PlanVersion, Progress, Step
from goldthread.casework.plans.queries import IN_THE_MAKING, plans_of, services_of
from goldthread.casework.plans.rules.checks import lacks
from goldthread.casework.plans.rules.copies import untouched
from goldthread.casework.plans.rules.document import lines
from goldthread.casework.plans.rules.shape import GOALS
from goldthread.doors.web.entry import StaffRequest, page_of
from goldthread.doors.web.plans.shown import Seen, Work
from goldthread.foundation.lib.compiled import AnyOf
from goldthread.foundation.programs.queries import template_on
from goldthread.foundation.programs.rules.template import Template
from goldthread.people.persons.models import Person


@dataclass(frozen=True, slots=True)
class Right:
    """What this viewer may do with a plan."""

    write: bool
    approve: bool


def sent(request: StaffRequest) -> Any:
    """What a form is bound to; None while it is only looked at."""
    return request.POST if request.method == "POST" else None


def plans_shown(request: StaffRequest, client: Person) -> list[Plan]:
    """The client's plans that the viewer may read. One query."""
    return plans_of(client, gate.content(request.viewer, client, Act.READ_RECORD))


def right_of(request: StaffRequest, client: Person, plan: Plan) -> Right:
    """What the viewer may do with *plan*. No query."""
    viewer = request.viewer
    return Right(
        write=gate.sight(viewer, client, Act.WRITE_PLAN).sees(plan),
        approve=gate.sight(viewer, client, Act.APPROVE_PLAN).sees(plan),
    )


def plan_named(request: StaffRequest, client: Person, pk: UUID, act: Act) -> Plan:
    """The plan *pk* of *client*, when the viewer may do *act* to it. Otherwise Http404, and the audit log is told."""
    found = next((one for one in plans_shown(request, client) if one.pk == pk), None)
    if found is None or not gate.sight(request.viewer, client, act).sees(found):
        gate.refuse(request.viewer, act, client.pk, why="label", page=page_of(request))
        raise Http404
    return found


def version_named(request: StaffRequest, client: Person, pk: UUID, act: Act) -> PlanVersion:
    """The version *pk* of a plan of *client*, in the same way, with its plan, episode and program."""
    rows = PlanVersion.objects.select_related("made_by", "approved_by", "returned_by", "copied_from")
    found = rows.filter(pk=pk).first()
    if found is None:
        gate.refuse(request.viewer, act, client.pk, why="label", page=page_of(request))
        raise Http404
    found.plan = plan_named(request, client, found.plan_id, act)
    return found


def draft_named(request: StaffRequest, client: Person, pk: UUID) -> PlanVersion:
    """A version that this viewer may write in. What is no draft any more, its action refuses."""
    return version_named(request, client, pk, Act.WRITE_PLAN)


def rules_on(request: StaffRequest, plan: Plan) -> Template:
    """The program's rules today."""
    return template_on(plan.episode.program, request.viewer.today)


def seen_of(request: StaffRequest, client: Person, version: PlanVersion, *, checked: bool) -> Seen:
    """What the document of *version* is shown with. *checked*: with what is missing. At most eight queries, whatever its length."""
    rules = rules_on(request, version.plan).plan
    missing = lacks(version.content, rules, review=version.kind == VersionKind.REVIEW) if checked else []
    needs = needs_named(request, client, version.content)
    return Seen(version.content, missing, needs, work_of(version), untouched_in(version))


def untouched_in(version: PlanVersion) -> frozenset[str]:
    """What of a copy still reads as it was copied, until it is signed. One query, or none."""
    if version.copied_from is None or version.state not in IN_THE_MAKING:
        return frozenset()
    return untouched(version.content, version.copied_from.content)


def needs_named(request: StaffRequest, client: Person, content: Mapping[str, Any]) -> dict[str, str]:
    """The words of the needs that goals answer, by id; those that this viewer may read. One query, or none."""
    named = {pk for goal in lines(content, GOALS) for pk in goal.get("needs", ())}
    if not named:
        return {}
    rows = Need.objects.filter(
        gate.content(request.viewer, client, Act.READ_RECORD), AnyOf(F("pk"), [UUID(pk) for pk in named])
    )
    return {str(pk): words for pk, words in rows.values_list("pk", "words")}


def work_of(version: PlanVersion) -> Work:
    """What the plan put to work. Six queries; none for a plan that never was in force."""
    if version.number == 1 and version.state in (VersionState.DRAFT, VersionState.SIGNING):
        return Work()
    plan = version.plan
    goals = {str(one.pk): one for one in Goal.objects.filter(plan=plan)}
    told = Progress.objects.filter(goal__plan=plan, voided=False)
    counts = told.filter(source_kind="contact").values("goal").annotate(n=Count("source_id", distinct=True))
    latest: dict[str, Progress] = {}
    for one in told.order_by("-on", "-pk")[:100]:
        latest.setdefault(str(one.goal_id), one)
    return Work(
        goals,
        {str(one.pk): one for one in Objective.objects.filter(goal__plan=plan)},
        {str(one.pk): one for one in Step.objects.filter(goal__plan=plan)},
        {str(one.pk): one for one in services_of(plan)},
        {str(row["goal"]): row["n"] for row in counts},
        latest,
    )


def back_to(client: Person, version: PlanVersion | None, at: str = "") -> HttpResponse:
    """To the plan's page; *at*: the place on it."""
    return redirect(url_of(client, version, at))


def url_of(client: Person, version: PlanVersion | None, at: str = "") -> str:
    """The address of the plan's page, with *version* open on it."""
    query = f"?v={version.pk}" if version else ""
    return reverse("plans:of_client", args=[client.pk]) + query + (f"#{at}" if at else "")
