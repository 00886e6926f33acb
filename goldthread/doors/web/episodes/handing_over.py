"""Transfer to another worker, and the page on which they read what is open."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.caseload import actions
from goldthread.casework.caseload.models import Assignment
from goldthread.casework.record.enums import EntryKind
from goldthread.casework.record.models import Draft
from goldthread.casework.record.queries import latest
from goldthread.casework.schedule.actions import DoubleBooking
from goldthread.casework.schedule.actions import transfer as pass_on
from goldthread.casework.tasks.models import Task, TaskState
from goldthread.doors.web.clients.circle import workers_for
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.doors.web.episodes.agreed import agreed_of, ahead_of
from goldthread.doors.web.episodes.common import back_to, episode_of, saved, sent
from goldthread.doors.web.episodes.enrolling import team_for
from goldthread.doors.web.episodes.forms import TransferForm
from goldthread.doors.web.episodes.views import waits_for
from goldthread.doors.web.schedule.clashes import clash_lines
from goldthread.doors.web.schedule.lines import Line
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person

MOST = 100
"""Tasks on one hand-over page; beyond them the page says how many more there are."""


@require_http_methods(["GET", "POST"])
@client_page(Act.MANAGE_EPISODE)
def transfer(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """The form that gives an episode to another worker."""
    viewer = request.viewer
    episode = episode_of(request, client, row, Act.MANAGE_EPISODE)
    agreed = agreed_of(viewer, episode)
    form = TransferForm(
        sent(request), workers=workers_for(client, viewer.today), agreed=agreed, initial={"on": viewer.today}
    )
    clashes: list[Line] = []

    def act() -> None:
        values = form.values
        staff = Staff.objects.get(pk=values.pop("to_staff"))
        staying = [UUID(pk) for pk in values.pop("staying", [])]
        team = team_for(viewer, staff, episode.program.team)
        try:
            pass_on(episode=episode, to_staff=staff, team=team, staying=staying, by=viewer.actor, **values)
        except DoubleBooking as error:
            form.ask_to_confirm()
            clashes.extend(clash_lines(viewer, error))
            raise

    if saved(form, act):
        return back_to(request, client, _("Transferred. The new worker is told, and finds the hand-over page here."))
    title = _("Transfer %(program)s") % {"program": episode.program}
    context = {
        "title": title,
        "tab_title": title,
        "form": form,
        "clashes": clashes,
        "header": header_of(viewer, client, "programs"),
    }
    return render(request, "episodes/transfer.html", context, status=422 if form.is_bound else 200)


@require_GET
@client_page(Act.READ_RECORD)
def hand_over(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """What is open, on one page that prints: for the new worker, and for who looks whether they read it."""
    viewer = request.viewer
    assignment = _assignment(viewer, client, row)
    context = {
        "header": header_of(viewer, client, "programs"),
        "tab_title": _("hand-over"),
        "assignment": assignment,
        "may_confirm": waits_for(viewer, assignment),
        **open_things(viewer, client, assignment),
    }
    return render(request, "episodes/hand_over.html", context)


@require_POST
@client_page(Act.READ_RECORD)
def confirm(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """The new worker has read it."""
    assignment = _assignment(request.viewer, client, row)
    try:
        actions.confirm_read(assignment=assignment, by=request.viewer.actor)
    except DomainError as error:
        messages.error(request, str(error.message))
        return redirect("episodes:hand_over", pk=client.pk, row=row)
    return back_to(request, client, _("Noted: you have read the hand-over."))


def open_things(viewer: Viewer, client: Person, assignment: Assignment) -> dict[str, Any]:
    """What the new worker takes over: tasks, appointments, unsigned drafts, the last contact. Content that they may read alone."""
    may_read = gate.content(viewer, client)
    here = Q(episode=assignment.episode_id) | Q(episode__isnull=True)
    begun = Q(starts_on__isnull=True) | Q(starts_on__lte=viewer.today)
    tasks = Task.objects.filter(may_read, here, begun, client=client, state=TaskState.OPEN).select_related("owner")
    drafts = Draft.objects.filter(may_read, here, person=client).exclude(staff=assignment.staff_id)
    shown = list(tasks.order_by("due_on", "weight", "pk")[: MOST + 1])
    return {
        "tasks": shown[:MOST],
        "more_tasks": tasks.count() - MOST if len(shown) > MOST else 0,
        "ahead": ahead_of(viewer, client, assignment),
        "drafts": list(drafts.select_related("staff").defer("content").order_by("-saved_at")[:20]),
        "contacts": latest(client, may_read, [EntryKind.CONTACT], 3),
    }


def _assignment(viewer: Viewer, client: Person, row: UUID) -> Assignment:
    """The hand-over *row* of *client*, when the viewer may know of its episode. Otherwise Http404."""
    found = Assignment.objects.filter(pk=row, client=client, follows__isnull=False)
    found = found.filter(gate.content(viewer, client, Act.READ_EPISODE))
    assignment = found.select_related("staff", "follows__staff", "episode__program", "team").first()
    if assignment is None:
        raise Http404
    return assignment
