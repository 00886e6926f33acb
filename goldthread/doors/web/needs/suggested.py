"""What an assessment suggests is accepted, changed, or declined with a reason: by a person."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.needs import actions
from goldthread.casework.needs.queries import SOURCE, Undecided
from goldthread.doors.web.assessments.found import goal_url
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.doors.web.needs.answers import form_page, saved
from goldthread.doors.web.needs.forms import DeclineForm, NeedForm, SourceForm
from goldthread.doors.web.needs.views import suggested_for
from goldthread.doors.web.needs.writing import sent
from goldthread.foundation.lib.errors import DomainError
from goldthread.people.persons.models import Person


@require_POST
@client_page(Act.WRITE_ASSESSMENT)
def accept(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """It is a need, in the words suggested. ``goal``: a goal is written for it at once, beginning with that wording."""
    found = _suggestion(request, client, row)
    if found:
        one = found.suggestion
        need = actions.raise_need(
            domain=one.domain, words=one.words, strength=one.strength, by=request.viewer.actor, **_source(client, found)
        )
        messages.success(request, _("It is among the needs now."))
        if "goal" in request.POST:
            say = request.POST["goal"]
            plan = reverse("plans:of_client", args=[client.pk])
            return redirect(goal_url(plan, need.pk, say if say.isdecimal() else ""))
    return saved(request, client)


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_ASSESSMENT)
def change(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """It is a need, in other words."""
    found = _suggestion(request, client, row)
    if found is None:
        return saved(request, client)
    one = found.suggestion
    form = NeedForm(sent(request), initial={"words": one.words, "domain": one.domain, "strength": one.strength})
    del form.fields["domain"]  # the answer is about this part of life: a need in another is raised by itself
    form.says = one.because
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            actions.raise_need(
                domain=one.domain,
                words=given["words"],
                strength=int(given["strength"]),
                own_words=given["own_words"],
                by=request.viewer.actor,
                **_source(client, found),
            )
            return saved(request, client)
        except DomainError as error:
            form.refuse(error)
    return form_page(request, client, form, _("Accept it in other words"), key="needs-new", section_url="")


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_ASSESSMENT)
def decline(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """It is not taken up, with the reason; the same answer does not suggest it again."""
    found = _suggestion(request, client, row)
    if found is None:
        return saved(request, client)
    one = found.suggestion
    form = DeclineForm(sent(request))
    form.says = one.because
    if form.is_bound and form.is_valid():
        try:
            actions.decline_suggestion(
                domain=one.domain,
                words=one.words,
                strength=one.strength,
                reason=form.cleaned_data["reason"],
                by=request.viewer.actor,
                **{name: value for name, value in _source(client, found).items() if name != "source_kind"},
            )
            return saved(request, client)
        except DomainError as error:
            form.refuse(error)
    return form_page(
        request, client, form, _("Not taken up: %(words)s") % {"words": one.words}, key="needs-new", section_url=""
    )


def _suggestion(request: StaffRequest, client: Person, assessment: UUID) -> Undecided | None:
    """The one that is meant; None, with a message, when somebody has decided on it meanwhile. Http404 of what was never asked."""
    given = SourceForm(request.GET if "item" in request.GET else request.POST)
    if not given.is_valid():
        raise Http404
    item, domain = given.cleaned_data["item"], given.cleaned_data["domain"]
    may_write = gate.sight(request.viewer, client, Act.WRITE_ASSESSMENT)
    for one in suggested_for(request, client):
        meant = (one.assessment.pk, one.suggestion.item, one.suggestion.domain) == (assessment, item, domain)
        if meant and may_write.sees(one.assessment):
            return one
    messages.error(request, _("Somebody has decided on this meanwhile, or a newer assessment says otherwise."))
    return None


def _source(client: Person, found: Undecided) -> dict[str, Any]:
    return {
        "person": client,
        "episode": found.assessment.episode,
        "labels": found.assessment.labels,
        "source_kind": SOURCE,
        "source_id": found.assessment.pk,
        "source_item": found.suggestion.item,
        "because": found.suggestion.because,
    }
