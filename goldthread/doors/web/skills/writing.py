"""What was seen is written down, and taken back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.skills import actions
from goldthread.casework.skills.models import SkillStep
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.entry import StaffRequest, client_page, page_of
from goldthread.doors.web.needs.choosing import episodes_for
from goldthread.doors.web.skills.forms import SeenForm
from goldthread.doors.web.skills.views import page_of as ladder_page
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.ui.addresses import address
from goldthread.people.persons.models import Person


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_ASSESSMENT)
def add(request: StaffRequest, client: Person) -> HttpResponse:
    """The form of what was seen; ``skill`` in the address chooses it beforehand."""
    by = request.viewer.actor
    sent: Any = request.POST if request.method == "POST" else None
    initial = {"skill": request.GET.get("skill", ""), "on": by.today}
    form = SeenForm(sent, episodes=episodes_for(request.viewer, client), initial=initial)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            actions.record_step(
                person=client,
                skill=given["skill"],
                level=int(given["level"]),
                on=given["on"],
                evidence=given["evidence"],
                episode=form.episode,
                form_id=given["form_id"],
                by=by,
            )
            return _saved(request, client)
        except DomainError as error:
            form.refuse(error)
    return _form_page(request, client, form)


@require_POST
@client_page(Act.WRITE_ASSESSMENT)
def take_back(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """It was written down by mistake: it is drawn no more, and stays in the timeline, struck through."""
    seen = gate.content(request.viewer, client, Act.WRITE_ASSESSMENT)
    step = SkillStep.objects.filter(seen, person=client, pk=row).first()
    if step is None:
        gate.refuse(request.viewer, Act.WRITE_ASSESSMENT, client.pk, why="label", page=page_of(request))
        raise Http404
    actions.void_step(step=step, by=request.viewer.actor)
    messages.success(request, _("Taken back. It stays in the timeline, struck through."))
    return _saved(request, client)


def _saved(request: StaffRequest, client: Person) -> HttpResponse:
    if not request.htmx:
        return redirect("skills:of_client", pk=client.pk)
    answer = render(request, "skills/saved.html", ladder_page(request, client))
    answer["HX-Retarget"], answer["HX-Reswap"] = "#skills", "outerHTML"
    return answer


def _form_page(request: StaffRequest, client: Person, form: SeenForm) -> HttpResponse:
    title = _("What was seen")
    context: dict[str, Any] = {
        "section": {"key": "skills-new"},
        "form": form,
        "form_title": title,
        "form_url": request.path,
        "section_url": "",
        "back_url": address("skills:of_client", client.pk),
        "conflicts": [],
        "whole_page": True,
        "tab_title": title,
    }
    status = 422 if form.is_bound else 200
    if request.htmx:
        return render(request, "clients/section_form.html", context, status=status)
    context["header"] = header_of(request.viewer, client, "skills")
    return render(request, "clients/section_page.html", context, status=status)
