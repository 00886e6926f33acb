"""The page of a client's plan: the document, and beside it what is missing, what comes next, its versions."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.queries import open_episodes
from goldthread.casework.needs.models import Need
from goldthread.casework.needs.queries import open_needs
from goldthread.casework.plans.actions import wrote_in
from goldthread.casework.plans.enums import VersionKind, VersionState
from goldthread.casework.plans.models import Plan, PlanVersion
from goldthread.casework.plans.queries import signatures_of, versions_of
from goldthread.casework.plans.rules.shape import GOALS, OBJECTIVES, STEPS
from goldthread.casework.plans.rules.suggesting import said_from, wordings
from goldthread.doors.web.clients.around import namable, saw_around
from goldthread.doors.web.clients.header import Header, header_of
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.doors.web.plans.common import Right, plans_shown, right_of, rules_on, seen_of, url_of
from goldthread.doors.web.plans.drawing import with_paths
from goldthread.doors.web.plans.forms import LineForm, ReasonForm
from goldthread.doors.web.plans.shown import Seen, document_of
from goldthread.doors.web.plans.words import ADD
from goldthread.people.persons.models import Person
from goldthread.people.persons.queries import circle_of

MAKING = (VersionState.DRAFT, VersionState.SIGNING)
ADD_IN_GOAL = {kind: ADD[kind] for kind in (OBJECTIVES, STEPS)}


@dataclass(frozen=True, slots=True)
class Beginning:
    """A plan that can be begun. *copies*: versions of other plans that it may begin with."""

    episode: Episode
    copies: list[PlanVersion]


@require_GET
@client_page(Act.READ_RECORD)
def of_client(request: StaffRequest, client: Person) -> HttpResponse:
    """The plan: the version asked for (``v``), else the one being written for who writes it, else the one in force.

    ``need``: a goal is written for that need.
    """
    header = header_of(request.viewer, client, "plan")
    plans = plans_shown(request, client)
    need = _need(request, client)
    plan, version, versions = _chosen(request, client, plans, need)
    given_up = version is not None and version.state == VersionState.WITHDRAWN
    context: dict[str, Any] = {
        "header": header,
        "tab_title": _("plan"),
        "plans": plans,
        "to_begin": _to_begin(request, client, header, plans, given_up=given_up),
        "need": need,
        "say": said_number(request.GET.get("say", "")),
    }
    if plan is None or version is None:
        return render(request, "plans/none.html", context)
    context |= page_of(request, client, version, versions)
    if need and version.state == VersionState.DRAFT and context["right"].write:
        context |= goal_for(request, client, version, need)
    if need and version.state == VersionState.IN_FORCE and context["right"].write:
        context["amend_form"] = ReasonForm(initial={"reason": said_for(need, version)})
    return render(request, "plans/of_client.html", context)


def page_of(request: StaffRequest, client: Person, version: PlanVersion, versions: list[PlanVersion]) -> dict[str, Any]:
    """What the page and its parts are drawn with."""
    right = right_of(request, client, version.plan)
    drafted = version.state == VersionState.DRAFT and right.write
    seen = seen_of(request, client, version, checked=drafted)
    return {
        **around(request, client, version, seen, right),
        **beside(request, version, versions, seen, right),
        "doc": document_of(seen),
    }


def around(request: StaffRequest, client: Person, version: PlanVersion, seen: Seen, right: Right) -> dict[str, Any]:
    """What every part of the document is drawn with, alone or on the page."""
    return {
        "client": client,
        "plan": version.plan,
        "version": version,
        "right": right,
        "edits": version.state == VersionState.DRAFT and right.write,
        "reviews": version.kind == VersionKind.REVIEW,
        "works": version.state == VersionState.IN_FORCE,
        "rules": rules_on(request, version.plan),
        "seen": seen,
        "adding": ADD,
        "adding_in_goal": ADD_IN_GOAL,
        "today": request.viewer.today,
    }


def beside(
    request: StaffRequest, version: PlanVersion, versions: list[PlanVersion], seen: Seen, right: Right
) -> dict[str, Any]:
    """What stands beside the document."""
    signatures = signatures_of(version)
    return {
        "versions": versions,
        "in_force": next((one for one in versions if one.state == VersionState.IN_FORCE), None),
        "making": next((one for one in versions if one.state in MAKING), None),
        "signatures": with_paths(one for one in signatures if one.state != "withdrawn"),
        "mine": request.viewer.staff.pk,
        "wrote_in": wrote_in(version, request.viewer.staff.pk),
        "ended": version.plan.episode.discharged_on is not None,
        "lacks": [(one, place_of(one.where)) for one in seen.lacks],
        "waits_for_approval": version.state == VersionState.SIGNING
        and rules_on(request, version.plan).plan.approval
        and version.approved_at is None,
    }


def place_of(where: str) -> str:
    """Where on the page something is missing: of a line, a part, or a kind."""
    try:
        return f"line-{UUID(where)}"
    except ValueError:
        return f"part-{where}"


def goal_for(request: StaffRequest, client: Person, version: PlanVersion, need: Need) -> dict[str, Any]:
    """The form of a goal for *need*, with beginnings of wording to choose from.

    The words of a need that carries a label which the plan does not have are not put into it: more people read the plan.
    """
    offered = wordings(need.domain)
    said = said_number(request.GET.get("say", ""))
    words = offered[int(said)] if said and int(said) < len(offered) else ""
    start = {"needs": [str(need.pk)], "domain": need.domain, "words": words}
    if not need.labels & ~version.labels:
        start["words"] = words or (need.words if need.own_words else "")
        start["from_need"] = said_from(need.words)[:300]
    form = LineForm(GOALS, version.content, pk=None, needs=needs_offered(request, client), start=start)
    url = reverse("plans:line_new", args=[client.pk, version.pk, GOALS])
    return {
        "goal_form": {
            "form": form,
            "url": url,
            "kind": GOALS,
            "wordings": offered,
            "need": need,
            "back": url_of(client, version),
        }
    }


def said_number(text: str) -> str:
    """The number of a wording that is named; empty for nonsense."""
    return text if text.isascii() and text.isdecimal() and len(text) < 4 else ""


def needs_offered(request: StaffRequest, client: Person) -> list[tuple[str, str]]:
    """The open needs, as choices of a goal. One query."""
    seen = gate.content(request.viewer, client, Act.READ_RECORD)
    return [(str(one.pk), one.words) for one in open_needs(client, seen)]


def names_offered(request: StaffRequest, client: Person) -> list[str]:
    """The people who are likely to take part: the person, their circle, their workers. Two queries."""
    viewer = request.viewer
    circle = namable(viewer, circle_of(client, gate.cleared_labels(viewer, client), viewer.today, phones=False))
    saw_around(viewer, client, circle, "plans:line")
    workers = [one.staff.name for one in gate.assignments_with(viewer, client)]
    return list(dict.fromkeys([client.display_name, *(one.other.display_name for one in circle), *workers]))


def said_for(need: Need, version: PlanVersion) -> str:
    """Why the plan is amended, when a goal is written for *need*; without its words where not all who read the plan may read it."""
    if need.labels & ~version.labels:
        return _("A goal for this need")
    return _("A goal for: %(need)s") % {"need": need.words[:250]}


def _need(request: StaffRequest, client: Person) -> Need | None:
    try:
        pk = UUID(request.GET.get("need", ""))
    except ValueError:
        return None
    return Need.objects.filter(gate.content(request.viewer, client, Act.READ_RECORD), person=client, pk=pk).first()


def _chosen(
    request: StaffRequest, client: Person, plans: list[Plan], need: Need | None
) -> tuple[Plan | None, PlanVersion | None, list[PlanVersion]]:
    """Which plan, and which version of it; nonsense in the address is the first."""
    if not plans:
        return None, None, []
    asked, wanted = request.GET.get("plan", ""), request.GET.get("v", "")
    plan = next((one for one in plans if str(one.pk) == asked), None)
    if plan is None and wanted:
        plan = _plan_with(plans, wanted)
    if plan is None and need and need.episode_id:
        plan = next((one for one in plans if one.episode_id == need.episode_id), None)
    plan = plan or plans[0]
    versions = versions_of(plan)
    for one in versions:
        one.plan = plan
    version = next((one for one in versions if str(one.pk) == wanted), None)
    return plan, version or _usual(request, client, plan, versions), versions


def _plan_with(plans: list[Plan], wanted: str) -> Plan | None:
    try:
        pk = UUID(wanted)
    except ValueError:
        return None
    held = PlanVersion.objects.filter(pk=pk).values_list("plan", flat=True).first()
    return next((one for one in plans if one.pk == held), None)


def _usual(request: StaffRequest, client: Person, plan: Plan, versions: list[PlanVersion]) -> PlanVersion | None:
    making = next((one for one in versions if one.state in MAKING), None)
    in_force = next((one for one in versions if one.state == VersionState.IN_FORCE), None)
    if making and (in_force is None or right_of(request, client, plan).write):
        return making
    return in_force or making or (versions[0] if versions else None)


def _to_begin(
    request: StaffRequest, client: Person, header: Header, plans: list[Plan], *, given_up: bool
) -> list[Beginning]:
    """Open episodes without a plan, for which this viewer may begin one. *given_up*: a plan of theirs has no version that stands,
    so it is looked which have one. One query, or none."""
    may = gate.sight(request.viewer, client, Act.WRITE_PLAN)
    rows = header.programs if header.programs else open_episodes(client, request.viewer.today)
    rows = [one for one in rows if may.sees_episode(one.pk, one.labels)]
    planned = {plan.episode_id for plan in plans}
    if not given_up and all(one.pk in planned for one in rows):
        return []
    last = _last_versions(plans)
    begun = {plan.episode_id for plan in plans if plan.pk in last}
    copies = [(plan, last[plan.pk]) for plan in plans if plan.pk in last]
    return [
        Beginning(one, [version for plan, version in copies if not plan.labels & ~one.labels])
        for one in rows
        if one.pk not in begun
    ]


def _last_versions(plans: list[Plan]) -> dict[UUID, PlanVersion]:
    """The last version of each plan that was not given up: what a new one can begin with. One query, or none."""
    if not plans:
        return {}
    by_id = {plan.pk: plan for plan in plans}
    rows = PlanVersion.objects.filter(plan__in=list(by_id)).exclude(state=VersionState.WITHDRAWN).defer("content")
    last: dict[UUID, PlanVersion] = {}
    for one in rows.order_by("plan", "-number"):
        one.plan = by_id[one.plan_id]
        last.setdefault(one.plan_id, one)
    return last
