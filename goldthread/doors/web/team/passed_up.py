"""What reached the supervisor: tasks so late that their rule says so. Read, reassigned, asked about, documented."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.tasks.actions import tasks as acts
from goldthread.casework.tasks.models import Task, TaskState
from goldthread.casework.tasks.queries.lists import RANK
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.day.lines import Line, line_of
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.doors.web.team.forms import AskForm
from goldthread.foundation.lib.compiled import AnyOf, Compiled, Given
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.spoken import spoken
from goldthread.foundation.ui.toasts import tell
from goldthread.people.persons.models import Person

FIRST = 6
"""On the overview; the list behind the number has all."""


@dataclass(frozen=True, slots=True)
class Passed:
    """One line, and what the viewer has asked its worker about this client and not heard yet."""

    line: Line
    asked: list[Task] = field(default_factory=list)


def first_of(viewer: Viewer, tasks: Collection[UUID]) -> dict[str, Any]:
    """The first of *tasks* (ids, which the figures found passed up to *viewer*), and how many there are.

    The gate is not asked anew: what the viewer may not see is not among them. Three queries, none of none.
    """
    shown = _FIRST.ask(tasks=tasks) if tasks else []
    if shown:
        gate.saw(viewer, {row.client for row in shown if row.client}, "team")
    return {"rows": with_questions(viewer, shown), "count": len(tasks)}


_FIRST: Compiled[Task] = Compiled(
    lambda: (
        Task.objects.filter(AnyOf(F("pk"), Given("tasks")))
        .select_related("client", "owner", "episode__program")
        .order_by(*RANK)[:FIRST]
    )
)


def with_questions(viewer: Viewer, tasks: Sequence[Task]) -> list[Passed]:
    """*tasks* as lines, each with what was asked about its client. One query."""
    clients = [task.client_id for task in tasks if task.client_id]
    asked: dict[tuple[UUID | None, UUID | None], list[Task]] = {}
    if clients:
        for one in _ASKED.ask(staff=viewer.staff.pk, clients=clients):
            asked.setdefault((one.client_id, one.owner_id), []).append(one)
    return [
        Passed(line_of(task, viewer.today, viewer.staff.pk), asked.get((task.client_id, task.owner_id), []))
        for task in tasks
    ]


_ASKED: Compiled[Task] = Compiled(
    lambda: Task.objects.filter(
        AnyOf(F("client"), Given("clients")), asked_by=Given("staff"), state=TaskState.OPEN, requirement=""
    ).order_by("made_at")
)


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_TASK)
def ask(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """Ask the worker about one of their tasks: the question is on their list, and stays under *Waiting on others* on one's own."""
    viewer = request.viewer
    may_see = gate.content(viewer, client, Act.WRITE_TASK)
    found = Task.objects.filter(may_see, pk=row, client=client, state=TaskState.OPEN, owner__isnull=False)
    task = found.select_related("owner", "episode__program").first()
    if task is None or task.owner_id == viewer.staff.pk:
        raise Http404
    form = AskForm(request.POST if request.method == "POST" else None, initial={"due_on": viewer.today})
    if form.is_bound and form.is_valid() and _asked(viewer, client, task, form):
        tell(request, _("Asked. It stays in your sight under Waiting on others."))
        return redirect("team:overview")
    context = {
        "form": form,
        "task": task,
        "line": line_of(task, viewer.today, viewer.staff.pk),
        "header": header_of(viewer, client, "tasks"),
        "tab_title": _("question"),
    }
    return render(request, "team/ask.html", context, status=422 if form.is_bound else 200)


def _asked(viewer: Viewer, client: Person, about: Task, form: AskForm) -> bool:
    said: dict[str, Any] = form.cleaned_data
    due_on: date = said["due_on"]
    try:
        with transaction.atomic():
            made = acts.make_task(
                title=said["question"],
                client=client,
                episode=about.episode,
                owner=viewer.staff,
                due_on=due_on,
                action="task",
                labels=about.labels,
                note=_("About: %(title)s") % {"title": spoken(about.title)},
                form_id=form.own_id,
                by=viewer.actor,
            )
            # Sent again, it stays with who has been given it since.
            if about.owner and made.owner_id == viewer.staff.pk:
                acts.delegate(task=made, to=about.owner, by=viewer.actor)
    except DomainError as error:
        form.refuse(error)
        return False
    return True
