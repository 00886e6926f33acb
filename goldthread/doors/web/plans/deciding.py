"""What is decided about a plan: begun, amended, reviewed, given up, approved, returned."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.queries import open_episodes
from goldthread.casework.plans import actions
from goldthread.casework.plans.models import PlanVersion
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.doors.web.forms import OnceForm
from goldthread.doors.web.plans.common import back_to, plan_named, plans_shown, sent, url_of, version_named
from goldthread.doors.web.plans.forms import CommentForm, ReasonForm
from goldthread.doors.web.plans.page import said_number
from goldthread.foundation.lib.errors import DomainError
from goldthread.people.persons.models import Person


@require_POST
@client_page(Act.WRITE_PLAN)
def begin(request: StaffRequest, client: Person) -> HttpResponse:
    """Begin the plan of an episode: empty, or as a copy of another plan of the client, which it then says."""
    may = gate.sight(request.viewer, client, Act.WRITE_PLAN)
    rows = open_episodes(client, request.viewer.today)
    named = request.POST.get("episode", "")
    episode = next((one for one in rows if str(one.pk) == named and may.sees_episode(one.pk, one.labels)), None)
    if episode is None:
        raise Http404
    copied = _copied(request, client, episode)
    try:
        version = actions.begin_plan(episode=episode, person=client, copied_from=copied, by=request.viewer.actor)
    except DomainError as error:
        messages.error(request, str(error.message))
        return back_to(client, None)
    return _on_with(request, client, version)


def _copied(request: StaffRequest, client: Person, episode: Episode) -> PlanVersion | None:
    """The version to begin with, of a plan that this viewer reads; none under a label that the plan of *episode* will not have:
    others read that."""
    try:
        pk = UUID(request.POST.get("copied", ""))
    except ValueError:
        return None
    read = [plan.pk for plan in plans_shown(request, client) if not plan.labels & ~episode.labels]
    return PlanVersion.objects.filter(pk=pk, plan__in=read).first()


def _on_with(request: StaffRequest, client: Person, version: PlanVersion) -> HttpResponse:
    """To the version, with the goal that it was begun for."""
    need, say = request.POST.get("need", ""), said_number(request.POST.get("say", ""))
    try:
        return redirect(url_of(client, version) + f"&need={UUID(need)}" + (f"&say={say}" if say else "") + "#add-goals")
    except ValueError:
        return redirect(url_of(client, version))


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_PLAN)
def amend(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """Begin a version that changes the one in force."""
    plan = plan_named(request, client, row, Act.WRITE_PLAN)
    form = ReasonForm(sent(request))

    def act() -> HttpResponse:
        version = actions.amend(plan=plan, reason=form.values["reason"], form_id=form.own_id, by=request.viewer.actor)
        return _on_with(request, client, version)

    text = _("The version in force stays as it is until the new one is signed.")
    return decided(request, client, form, act, title=_("Amend the plan"), button=_("Begin the new version"), text=text)


@require_POST
@client_page(Act.WRITE_PLAN)
def review(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """Begin the review: a version in which something is said of each goal."""
    plan = plan_named(request, client, row, Act.WRITE_PLAN)
    try:
        version = actions.begin_review(plan=plan, by=request.viewer.actor)
    except DomainError as error:
        messages.error(request, str(error.message))
        return back_to(client, None)
    messages.success(request, _("The review has begun. Say of each goal what became of it."))
    return back_to(client, version, "part-goals")


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_PLAN)
def withdraw(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """Give up the version in the making."""
    version = version_named(request, client, row, Act.WRITE_PLAN)
    form = ReasonForm(sent(request))

    def act() -> HttpResponse:
        actions.withdraw(version=version, reason=form.values["reason"], by=request.viewer.actor)
        messages.success(request, _("This version is given up. It stays among the versions."))
        return redirect(url_of(client, None) + f"?plan={version.plan_id}")

    title = _("Give up version %(n)s") % {"n": version.number}
    return decided(request, client, form, act, title=title, button=_("Give up"), version=version, danger=True)


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_PLAN)
def take_back(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """Take the request for signatures back, to change something."""
    version = version_named(request, client, row, Act.WRITE_PLAN)
    form = ReasonForm(sent(request))

    def act() -> HttpResponse:
        actions.back_to_draft(version=version, reason=form.values["reason"], by=request.viewer.actor)
        messages.success(request, _("It can be changed again. Everybody is asked anew for the new words."))
        return back_to(client, version)

    text = _(
        "Signatures hold for these words alone: whoever has signed is asked again. Links that were sent stop working."
    )
    title = _("Take the request for signatures back")
    return decided(request, client, form, act, title=title, button=_("Take back"), version=version, text=text)


@require_POST
@client_page(Act.APPROVE_PLAN)
def approve(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """A second person has read it."""
    version = version_named(request, client, row, Act.APPROVE_PLAN)
    try:
        actions.approve(version=version, by=request.viewer.actor)
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("Approved."))
    return back_to(client, version)


@require_http_methods(["GET", "POST"])
@client_page(Act.APPROVE_PLAN)
def give_back(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """Return it to the worker, with what is to be changed."""
    version = version_named(request, client, row, Act.APPROVE_PLAN)
    form = CommentForm(sent(request))

    def act() -> HttpResponse:
        actions.return_plan(version=version, comment=form.values["comment"], by=request.viewer.actor)
        messages.success(request, _("Returned. The worker reads what is to be changed on the plan."))
        return back_to(client, version)

    return decided(request, client, form, act, title=_("Return the plan"), button=_("Return"), version=version)


def decided(
    request: StaffRequest,
    client: Person,
    form: OnceForm,
    act: Callable[[], HttpResponse],
    *,
    version: PlanVersion | None = None,
    back: str = "",
    **said: Any,
) -> HttpResponse:
    """Do *act* when *form* was sent and is right; else its page, with everything typed."""
    if form.is_bound and form.is_valid():
        try:
            return act()
        except DomainError as error:
            form.refuse(error)
    context = {
        **said,
        "form": form,
        "client": client,
        "back": back or url_of(client, version),
        "header": header_of(request.viewer, client, "plan"),
        "tab_title": said["title"],
        "need": request.POST.get("need", ""),
        "say": said_number(request.POST.get("say", "")),
    }
    return render(request, "plans/decide.html", context, status=422 if form.is_bound else 200)
