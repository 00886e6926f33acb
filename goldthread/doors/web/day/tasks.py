"""One task: why it is there, and what can be done with it. A new one. What is open about one client."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.episodes.queries import open_episodes
from goldthread.casework.tasks.actions import tasks as acts
from goldthread.casework.tasks.models import Task
from goldthread.casework.tasks.queries.lists import of_client as open_of
from goldthread.casework.tasks.queries.states import state_of
from goldthread.casework.tasks.queries.tries import tries_of
from goldthread.doors.web.clients.forms.base import RecordForm
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.day.forms import CannotForm, DoneForm, GiveForm, PutOffForm, TaskForm, first_of
from goldthread.doors.web.day.lines import line_of, schedule_of
from goldthread.doors.web.day.words import REASONS
from goldthread.doors.web.entry import StaffRequest, client_page, staff_page
from goldthread.foundation.agency.models import Team
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.programs.enums import Clock, State
from goldthread.foundation.programs.queries import template_on
from goldthread.foundation.ui.toasts import tell
from goldthread.foundation.workforce.models import Staff
from goldthread.foundation.workforce.queries import working_on
from goldthread.people.persons.models import Person

OPEN = {State.NOT_YET, State.DUE_SOON, State.DUE, State.OVERDUE, State.PAUSED}
SHOWN = 200
DAY = timedelta(days=1)


@require_GET
@client_page(Act.READ_RECORD)
def of_client(request: StaffRequest, client: Person) -> HttpResponse:
    """Everything that is open about this client, whoever's task it is."""
    viewer = request.viewer
    rows = open_of(client.pk, viewer.today).filter(gate.content(viewer, client))[:SHOWN]
    lines = [line_of(row, viewer.today, viewer.staff.pk, viewer.at) for row in rows]
    may_write = gate.may_on(viewer, Act.WRITE_TASK, client)
    context = {"header": header_of(viewer, client, "tasks"), "tab_title": _("tasks"), "lines": lines}
    return render(request, "day/of_client.html", context | {"may_write": may_write})


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_TASK)
def new(request: StaffRequest, client: Person) -> HttpResponse:
    """A new task about this client."""
    context = {"header": header_of(request.viewer, client, "tasks"), "tab_title": _("new task")}
    return _new(request, client, context, reverse("day:tasks", args=[client.pk]))


@require_http_methods(["GET", "POST"])
@staff_page(Act.WRITE_TASK)
def new_own(request: StaffRequest) -> HttpResponse:
    """A new task that is about no client."""
    return _new(request, None, {}, reverse("day:my_day"))


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_TASK)
def task(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """One task about this client."""
    may_see = gate.content(request.viewer, client, Act.WRITE_TASK)
    found = _found(Task.objects.filter(may_see, client=client), row)
    header = {"header": header_of(request.viewer, client, "tasks"), "tab_title": _("task")}
    return _one(request, found, header, reverse("day:tasks", args=[client.pk]))


@require_http_methods(["GET", "POST"])
@staff_page(Act.WRITE_TASK)
def own(request: StaffRequest, row: UUID) -> HttpResponse:
    """One task that is about no client: of its owner, of who asked for it, of the team."""
    viewer = request.viewer
    mine = Q(owner=viewer.staff) | Q(asked_by=viewer.staff) | Q(made_by=viewer.staff.pk) | Q(team__in=viewer.teams)
    return _one(request, _found(Task.objects.filter(mine, client__isnull=True), row), {}, reverse("day:my_day"))


@require_POST
@client_page(Act.WRITE_TASK)
def reopen(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """Take back *done* of a task about this client."""
    may_see = gate.content(request.viewer, client, Act.WRITE_TASK)
    return _reopen(request, _found(Task.objects.filter(may_see, client=client), row))


@require_POST
@staff_page(Act.WRITE_TASK)
def reopen_own(request: StaffRequest, row: UUID) -> HttpResponse:
    """Take back *done* of a task that is about no client."""
    mine = Q(owner=request.viewer.staff) | Q(asked_by=request.viewer.staff)
    return _reopen(request, _found(Task.objects.filter(mine, client__isnull=True), row))


def _reopen(request: StaffRequest, found: Task) -> HttpResponse:
    try:
        acts.reopen(task=found, by=request.viewer.actor)
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        tell(request, _("It is on the list again."))
    return redirect("day:my_day")


def _found(among: QuerySet[Task], row: UUID) -> Task:
    found = among.filter(pk=row).select_related("client", "episode__program", "owner", "asked_by", "team").first()
    if found is None:
        raise Http404
    return found


def _new(request: StaffRequest, client: Person | None, context: dict[str, Any], back: str) -> HttpResponse:
    viewer = request.viewer
    form = TaskForm(
        request.POST if request.method == "POST" else None,
        staff=_colleagues(viewer),
        teams=Team.objects.filter(pk__in=viewer.teams | viewer.supervised).order_by("name"),
        initial={"owner": viewer.staff.pk, "due_on": request.GET.get("due", "")},
    )
    if form.is_bound and form.is_valid() and _made(form, viewer, client):
        tell(request, _("The task is on the list."))
        return redirect(back)
    context |= {"form": form, "back": back, "client": client}
    return render(request, _template("new", client), context, status=422 if form.is_bound else 200)


def _made(form: TaskForm, viewer: Viewer, client: Person | None) -> bool:
    said = form.cleaned_data
    team, repeat = said["team"], said["repeat"]
    episodes = open_episodes(client, viewer.today) if client else []
    try:
        acts.make_task(
            title=said["title"],
            client=client,
            episode=episodes[0] if len(episodes) == 1 else None,
            owner=None if team else said["owner"] or viewer.staff,
            team=team,
            due_on=said["due_on"],
            repeat={"every": repeat} if repeat else None,
            action="task",
            note=said["note"],
            labels=_common_labels(episodes),
            form_id=said["form_id"],
            by=viewer.actor,
        )
    except DomainError as error:
        form.refuse(error)
        return False
    return True


def _common_labels(episodes: list[Any]) -> int:
    """A task that could be of any of several programs carries the labels of all: words typed here may speak of each."""
    labels = 0
    for episode in episodes:
        labels |= episode.labels
    return labels


def _colleagues(viewer: Viewer) -> QuerySet[Staff]:
    return Staff.objects.filter(working_on(viewer.today)).order_by("name")


def _others(viewer: Viewer, found: Task) -> QuerySet[Staff]:
    """Whom else it can be asked of."""
    return _colleagues(viewer).exclude(pk=found.owner_id) if found.owner_id else _colleagues(viewer)


def _one(request: StaffRequest, found: Task, context: dict[str, Any], back: str) -> HttpResponse:
    viewer = request.viewer
    verbs = _verbs(request, found)
    verb = request.POST.get("do", "")
    if "day" in (request.GET.get("back"), request.POST.get("back")):
        back = reverse("day:my_day")
    if request.method == "POST" and verb in verbs:
        form, act, said = verbs[verb]
        if form.is_valid() and _did(form, act):
            tell(request, said, undo=_undo(found) if verb == "done" else "")
            return redirect(back)
    state = state_of(found, viewer.today, viewer.at)
    context |= {
        "task": found,
        "line": line_of(found, viewer.today, viewer.staff.pk, viewer.at),
        "forms": {name: form for name, (form, _act, _said) in verbs.items()},
        "open": state in OPEN or (state == State.MISSED and not found.reason),
        "missed": state == State.MISSED,
        "verb": verb,
        "back": back,
        "from_day": back == reverse("day:my_day"),
        "accepted": _accepted(found),
        "tries": tries_of(found) if found.requirement else None,
        "put_off_to": _latest(found),
        "schedule": schedule_of(found, viewer.today, "day") if gate.may(viewer, Act.WRITE_SCHEDULE) else "",
    }
    return render(request, _template("task", found.client), context, status=422 if request.method == "POST" else 200)


def _undo(found: Task) -> str:
    """Where *done* is taken back. One that repeats has made its next one: empty."""
    if found.repeat:
        return ""
    if found.client_id:
        return reverse("day:reopen", args=[found.client_id, found.pk])
    return reverse("day:reopen_own", args=[found.pk])


def _accepted(found: Task) -> list[str]:
    """The reasons that the rule accepts, in words. Two queries; none for a task that a person made."""
    if not found.requirement or found.episode is None:
        return []
    rule = template_on(
        found.episode.program, found.period_end or found.due_on or found.episode.enrolled_on
    ).requirement(found.requirement)
    return sorted(str(REASONS[one]) for one in rule.exceptions) if rule else []


def _latest(found: Task) -> date | None:
    """The last day to which a rule's task can be put off."""
    return (found.grace_until or found.due_on) if found.requirement else None


Verb = tuple[RecordForm, Callable[[dict[str, Any]], object], str]


def _verbs(request: StaffRequest, found: Task) -> dict[str, Verb]:
    """What can be done with the task: the form, what it does, what is said afterwards."""
    viewer, sent = request.viewer, request.POST.get("do", "") if request.method == "POST" else ""
    first: dict[str, Any] = first_of(viewer.today)
    by = viewer.actor

    def data(verb: str) -> Any:
        return request.POST if sent == verb else None

    verbs: dict[str, Verb] = {}
    if found.owner_id is None and found.team_id:
        verbs["take"] = (
            RecordForm(data("take")),
            lambda said: acts.take(task=found, staff=viewer.staff, by=by),
            _("It is your task now."),
        )
    if not found.requirement and not found.source_kind:
        verbs["done"] = (
            DoneForm(data("done"), initial=first, prefix=None, auto_id="done-%s"),
            lambda said: acts.complete(task=found, done_on=said["done_on"], note=said["note"], by=by),
            _("Done."),
        )
    if not found.source_kind:
        verbs["cannot"] = (
            CannotForm(
                data("cannot"),
                once=found.clock == Clock.TRIGGER,
                initial=first | _day_of(found, viewer.today),
                auto_id="cannot-%s",
            ),
            lambda said: acts.cannot(
                task=found, reason=said["reason"], note=said["note"], on=said["on"], until=said.get("until"), by=by
            ),
            _("The reason is written down."),
        )
    latest = _latest(found)
    if not found.requirement or (latest and latest > viewer.today):
        verbs["put_off"] = (
            PutOffForm(data("put_off"), auto_id="put-off-%s", first=viewer.today + DAY, last=latest),
            lambda said: acts.snooze(task=found, until=said["until"], by=by),
            _("Put off. It is as due as before."),
        )
    verbs["give"] = (
        GiveForm(data("give"), staff=_others(viewer, found), auto_id="give-%s"),
        lambda said: acts.delegate(task=found, to=said["to"], by=by, had=request.POST.get("had")),
        _("Asked. It stays in your sight under Waiting on others."),
    )
    return verbs


def _day_of(found: Task, today: date) -> dict[str, str]:
    """A period that is over was missed within it: the reason holds for a day of it."""
    over = found.period_end is not None and found.period_end < today
    return {"on": found.period_end.isoformat()} if over and found.period_end else {}


def _did(form: RecordForm, act: Callable[[dict[str, Any]], object]) -> bool:
    try:
        act(form.cleaned_data)
    except DomainError as error:
        form.refuse(error)
        return False
    return True


def _template(page: str, client: Person | None) -> str:
    return f"day/{page}_of_client.html" if client else f"day/{page}.html"
