"""What was done where Goldthread has no page for it yet: kind, day, who, where the paper is."""

from collections.abc import Sequence
from datetime import date, datetime, time
from urllib.parse import quote
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.caseload.queries import own_first
from goldthread.casework.episodes.models import Episode
from goldthread.casework.tasks.actions.elsewhere import KINDS, record_elsewhere
from goldthread.casework.tasks.models import Task
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.day.forms import Asked, ElsewhereForm, first_of
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.spoken import spoken
from goldthread.foundation.programs.enums import EventKind, Unit
from goldthread.foundation.programs.queries import template_on
from goldthread.foundation.programs.rules.template import Accepts, Requirement, Template
from goldthread.foundation.ui.toasts import tell
from goldthread.people.persons.models import Person


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_TASK)
def record(request: StaffRequest, client: Person) -> HttpResponse:
    """Record it; what the rules make of it is worked out at once. ``task`` and ``kind`` in the address fill the form."""
    viewer = request.viewer
    may_see = gate.content(viewer, client, Act.WRITE_TASK, episode="pk")
    episodes = (
        Episode.objects.filter(may_see, members__person=client).select_related("program").order_by("-enrolled_on")
    )
    rows = own_first(episodes, viewer.staff, client, viewer.today)
    templates = {row.pk: template_on(row.program, viewer.today) for row in rows}
    form = ElsewhereForm(
        request.POST if request.method == "POST" else None,
        episodes=episodes,
        asked=_asked_by(list(templates.values())),
        initial=first_of(viewer.today)
        | {"episode": str(rows[0].pk) if rows else ""}
        | _start(request, client, templates),
    )
    if form.is_bound and form.is_valid() and _recorded(form, client, viewer.actor):
        tell(request, _("Recorded. The list of what is due is up to date."))
        return redirect("day:tasks", pk=client.pk)
    context = {
        "header": header_of(viewer, client, "tasks"),
        "tab_title": _("done elsewhere"),
        "form": form,
        "nothing": not templates,
        "back": reverse("day:tasks", args=[client.pk]),
        "answer_here": _answer_here(request, client, form),
        "plan_here": _plan_here(request, client, form),
    }
    return render(request, "day/elsewhere.html", context, status=422 if form.is_bound else 200)


def _recorded(form: ElsewhereForm, client: Person, by: Actor) -> bool:
    said = form.cleaned_data
    try:
        record_elsewhere(
            kind=EventKind(said["kind"]),
            episode=said["episode"],
            person=client,
            done_on=said["done_on"],
            done_at=_instant(said["done_on"], said.get("done_time")),
            name=said.get("name", ""),
            who=said["who"],
            where=said["where"],
            note=said["note"],
            details=form.details,
            form_id=said["form_id"],
            by=by,
        )
    except DomainError as error:
        form.refuse(error)
        return False
    return True


def _instant(day: date, at: time | None) -> datetime | None:
    """The hour that was typed, as the agency's clock reads it."""
    return datetime.combine(day, at, timezone.get_current_timezone()) if at else None


def _asked_by(templates: Sequence[Template]) -> Asked:
    """What the rules of these templates ask for beyond a kind and a day."""
    rules = [rule for template in templates for rule in template.requirements]
    matched = [rule.trigger.match for rule in rules if rule.trigger.match]
    named = {one.name for one in (*matched, *(accepts for rule in rules for accepts in rule.accepts)) if one.name}
    return Asked(
        names=[(name, name.replace("_", " ").replace("-", " ")) for name in sorted(named)],
        rules=[(rule.key, spoken(rule.title)) for rule in rules if rule.interval and rule.interval.from_plan],
        acuity=any(rule.interval and rule.interval.by_acuity for rule in rules),
        hours=any(rule.offset and rule.offset.unit == Unit.HOURS for rule in rules),
    )


def _start(request: StaffRequest, client: Person, templates: dict[UUID, Template]) -> dict[str, str]:
    """What the form starts with: from the task that was pressed, or the kind that the link names."""
    pk = request.GET.get("task", "")
    task = Task.objects.filter(pk=pk, client=client).first() if len(pk) == 36 else None
    if task is None or task.episode_id is None or task.episode_id not in templates:
        kind = request.GET.get("kind", "")
        return {"kind": kind} if kind in {one.value for one in KINDS} else {}
    rule = _rule(templates[task.episode_id], task.requirement)
    wanted = _recordable(rule) if rule else None
    start = {"episode": str(task.episode_id)}
    return start | ({"kind": wanted.kind.value, "name": wanted.name} if wanted else {})


def _answer_here(request: StaffRequest, client: Person, form: ElsewhereForm) -> str:
    """Where the assessment that the task asks for is answered in Goldthread itself; empty where it asks for none."""
    wanted = form.initial.get("kind") == EventKind.ASSESSMENT.value
    if not wanted or not gate.may_on(request.viewer, Act.WRITE_ASSESSMENT, client):
        return ""
    return f"{reverse('assessments:new', args=[client.pk])}?task={quote(request.GET.get('task', ''))}"


def _plan_here(request: StaffRequest, client: Person, form: ElsewhereForm) -> str:
    """Where the plan is signed or reviewed that the task asks for; empty where it asks for none."""
    wanted = form.initial.get("kind") in (EventKind.PLAN_SIGNED.value, EventKind.PLAN_REVIEW.value)
    if not wanted or not gate.may_on(request.viewer, Act.WRITE_PLAN, client):
        return ""
    return reverse("plans:of_client", args=[client.pk])


def _rule(template: Template, key: str) -> Requirement | None:
    return next((one for one in template.requirements if one.key == key), None)


def _recordable(rule: Requirement) -> Accepts | None:
    return next((one for one in rule.accepts if one.kind in KINDS), None)
