"""Taking a discharge back, with the reason: on the client's page, or, where the end took the client from who ended it, on their own."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.afterwards import open_goodbye
from goldthread.casework.discharge import actions
from goldthread.casework.discharge.enums import WayState
from goldthread.casework.discharge.models import WayOut
from goldthread.casework.episodes.rules import may_undo
from goldthread.doors.web.discharge.desk import desk_of
from goldthread.doors.web.discharge.forms import TakeBackForm
from goldthread.doors.web.entry import StaffRequest, client_page, page_of, staff_page
from goldthread.doors.web.intake.full import full_words
from goldthread.foundation.lib.errors import DomainError
from goldthread.people.persons.models import Person


@require_http_methods(["GET", "POST"])
@client_page(Act.MANAGE_EPISODE)
def undo(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """By whoever may end the episode, as long as the client is in their reach."""
    return _undo(request, desk_of(request, client, row, Act.MANAGE_EPISODE).way)


@require_http_methods(["GET", "POST"])
@staff_page(Act.MANAGE_EPISODE)
def undo_own(request: StaffRequest, row: UUID) -> HttpResponse:
    """By who signed or ended it and may end episodes, though the last day took the client out of their reach (ADR 0065)."""
    return _undo(request, open_goodbye(request.viewer, row, page_of(request)))


def _undo(request: StaffRequest, way: WayOut) -> HttpResponse:
    if way.state != WayState.DONE or way.ended_at is None or not may_undo(way.ended_at, request.viewer.at):
        messages.error(request, _("It is too late to take this back, or somebody did it already."))
        return _back(request, way)
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            told = reason if request.POST.get("full") else ""
            _episode, stays = actions.undo_discharge(
                episode=way.episode, by=request.viewer.actor, reason=reason, why_over=told
            )
        except DomainError as error:
            form.refuse(error)
        else:
            said = _("The discharge is taken back. Workers and due dates are as before.")
            if stays:
                said += " " + _("This stays as it became: %(what)s.") % {"what": ", ".join(stays)}
            messages.success(request, said)
            return _back(request, way)
    context = {"way": way, "form": form, "full": full_words(request.viewer, way.episode.program, page_of(request))}
    return render(request, "discharge/undo.html", context, status=422 if form.is_bound else 200)


def _back(request: StaffRequest, way: WayOut) -> HttpResponse:
    if gate.clients(request.viewer, Act.READ_EPISODE).filter(pk=way.person_id).exists():
        return redirect("episodes:of_client", pk=way.person_id)
    return redirect("discharge:mine")
