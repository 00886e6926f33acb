"""Pause, resume, and taking back a discharge."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goldthread.access.acts import Act
from goldthread.casework.caseload import actions
from goldthread.casework.discharge.actions import undo_discharge
from goldthread.casework.discharge.queries.ways import done_way
from goldthread.casework.episodes.models import Episode
from goldthread.doors.web.discharge.forms import TakeBackForm
from goldthread.doors.web.entry import StaffRequest, client_page, page_of
from goldthread.doors.web.episodes.common import back_to, episode_of, form_page, saved, sent
from goldthread.doors.web.episodes.forms import PauseForm, ResumeForm
from goldthread.doors.web.episodes.views import undoable
from goldthread.doors.web.intake.full import full_words, taken_up
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.written import written_day
from goldthread.people.persons.models import Person


@require_http_methods(["GET", "POST"])
@client_page(Act.MANAGE_EPISODE)
def pause(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """The form of a pause."""
    episode = episode_of(request, client, row, Act.MANAGE_EPISODE)
    by = request.viewer.actor
    form = PauseForm(sent(request), initial={"starts_on": by.today})

    def act() -> None:
        actions.pause(episode=episode, by=by, form_id=form.cleaned_data["form_id"], **form.values)

    if saved(form, act):
        return back_to(
            request, client, _("Paused. Its clocks stand still until it goes on, but for those that the law sets.")
        )
    title = _("Pause %(program)s") % {"program": episode.program}
    return form_page(request, client, form, title=title, button=_("Pause"))


@require_http_methods(["GET", "POST"])
@client_page(Act.MANAGE_EPISODE)
def resume(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """The form with which a paused episode goes on."""
    episode = episode_of(request, client, row, Act.MANAGE_EPISODE)
    by = request.viewer.actor
    form = ResumeForm(sent(request), initial={"on": by.today})
    if saved(form, lambda: actions.resume(episode=episode, by=by, **form.values)):
        return back_to(request, client, _("It goes on. Due dates have moved by the days of the pause."))
    title = _("Go on with %(program)s") % {"program": episode.program}
    return form_page(request, client, form, title=title, button=_("Go on"))


@require_http_methods(["GET", "POST"])
@client_page(Act.MANAGE_EPISODE)
def undo(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """Take back a discharge made by mistake; one that was signed, on the page that asks why. Where no place is free, this one asks."""
    episode = episode_of(request, client, row, Act.MANAGE_EPISODE)
    if way := done_way(episode):
        return redirect("discharge:undo", pk=client.pk, row=way.pk)
    full = undoable(episode, request.viewer.at) and taken_up(episode.program, request.viewer.today) is not None
    asked = TakeBackForm(request.POST if "reason" in request.POST else None)
    if full and (request.method == "GET" or (asked.is_bound and not asked.is_valid())):
        return _why_over(request, client, episode, asked)
    if request.method == "GET":
        if not undoable(episode, request.viewer.at):
            messages.error(request, _("It is too late to take this back, or somebody did it already."))
        return redirect("episodes:of_client", pk=client.pk)
    if full and not asked.is_bound:
        return redirect("episodes:undo", pk=client.pk, row=episode.pk)
    why = asked.cleaned_data["reason"] if asked.is_bound and asked.is_valid() else ""
    try:
        _row, stays = undo_discharge(episode=episode, by=request.viewer.actor, why_over=why)
    except DomainError as error:
        messages.error(request, str(error.message))
        return redirect("episodes:of_client", pk=client.pk)
    said = _("The discharge is taken back. Workers and due dates are as before.")
    if stays:
        said += " " + _("This stays as it became: %(what)s.") % {"what": ", ".join(stays)}
    return back_to(request, client, said)


def _why_over(request: StaffRequest, client: Person, episode: Episode, form: TakeBackForm) -> HttpResponse:
    """No place is free any more: the page that says so, and asks why they come back all the same."""
    words = full_words(request.viewer, episode.program, page_of(request))
    full = words + " " + _("Taking it back makes one more than there are: say why all the same.")
    last = written_day(episode.discharged_on, "j M Y") if episode.discharged_on else ""
    about = _("%(program)s, last day %(day)s. Workers and due dates become as they were before.") % {
        "program": episode.program.name,
        "day": last,
    }
    title = _("Take the discharge back")
    return form_page(request, client, form, title=title, button=_("Take it back"), text=about, full=full)
