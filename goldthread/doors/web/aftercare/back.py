"""Coming back: what there was before is offered for going on with. Nothing is taken over unless somebody chooses it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.assessments.models import Assessment
from goldthread.casework.episodes.models import Episode
from goldthread.casework.plans.actions import begin_plan
from goldthread.casework.plans.models import Goal, PlanVersion
from goldthread.casework.plans.queries import plan_of, versions_of
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.doors.web.episodes.common import episode_of
from goldthread.foundation.lib.errors import DomainError
from goldthread.people.persons.models import Person

MOST = 20
"""Assessments offered; the rest stand on their own page."""


@dataclass(frozen=True, slots=True)
class Before:
    """What the earlier episode leaves to go on with, as far as the viewer may see it."""

    plan: PlanVersion | None
    goals: list[Goal]
    assessments: list[Assessment]


@require_http_methods(["GET", "POST"])
@client_page(Act.READ_RECORD)
def back(request: StaffRequest, client: Person, episode: UUID) -> HttpResponse:
    """What was there when the client left; POST goes on with its plan, as a draft to look through."""
    viewer = request.viewer
    row = episode_of(request, client, episode, Act.READ_RECORD)
    before = before_of(viewer, client, row)
    may_plan = gate.sight(viewer, client, Act.WRITE_PLAN).sees_episode(row.pk, row.labels)
    begun = plan_of(row)
    problem = ""
    if request.method == "POST" and may_plan and before.plan and begun is None:
        try:
            begin_plan(episode=row, person=client, copied_from=before.plan, by=viewer.actor)
        except DomainError as error:
            problem = str(error.message)
        else:
            messages.success(request, _("The plan begins with the words of the earlier one. Look through it together."))
            return redirect("plans:of_client", pk=client.pk)
    context: dict[str, Any] = {
        "header": header_of(viewer, client, "programs"),
        "tab_title": _("coming back"),
        "client": client,
        "episode": row,
        "earlier": row.continues,
        "before": before,
        "may_plan": may_plan and begun is None,
        "begun": begun is not None,
        "may_assess": gate.may_on(viewer, Act.WRITE_ASSESSMENT, client),
        "problem": problem,
        "today": viewer.today,
    }
    return render(request, "aftercare/back.html", context, status=422 if problem else 200)


def before_of(viewer: Viewer, client: Person, row: Episode) -> Before:
    """Of the episode that *row* continues: the last version of its plan that was in force, the goals that were open when it
    ended, and the last assessment by each instrument."""
    earlier = row.continues
    sight = gate.sight(viewer, client)
    if earlier is None or not sight.sees_episode(earlier.pk, earlier.labels):
        return Before(None, [], [])
    plan = plan_of(earlier)
    versions = [one for one in versions_of(plan) if one.in_force_at] if plan else []
    goals = Goal.objects.filter(sight.rows(), episode=earlier, person=client, state="open").order_by("position", "pk")
    rows = Assessment.objects.filter(sight.rows(), person=client, episode=earlier, state="signed")
    latest: dict[UUID, Assessment] = {}
    for one in rows.select_related("version__instrument").order_by("-assessed_on", "-pk"):
        latest.setdefault(one.version.instrument_id, one)
    newest = max(versions, key=lambda one: one.number, default=None)
    return Before(newest, list(goals), list(latest.values())[:MOST])
