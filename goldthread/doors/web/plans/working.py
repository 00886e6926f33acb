"""What became of steps and services, said on the plan."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goldthread.access.acts import Act
from goldthread.casework.plans import actions
from goldthread.casework.plans.models import Goal, PlannedService, Step
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.doors.web.plans.common import plan_named, sent
from goldthread.doors.web.plans.deciding import decided
from goldthread.doors.web.plans.forms import CloseForm, ReasonForm, ServiceForm
from goldthread.foundation.lib.errors import DomainError, EditConflict
from goldthread.foundation.ui.toasts import tell
from goldthread.people.persons.models import Person


@require_POST
@client_page(Act.WRITE_PLAN)
def step_done(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """A step is done, today."""
    step = _step(request, client, row)
    try:
        actions.finish_step(step=step, done_on=request.viewer.today, by=request.viewer.actor)
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        tell(request, _("Done. Its task is closed, too."), undo=reverse("plans:step_reopen", args=[client.pk, step.pk]))
    return _back(client, step.goal.plan_id, step.pk)


@require_POST
@client_page(Act.WRITE_PLAN)
def step_reopen(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """It is not done after all, or taken up again."""
    step = _step(request, client, row)
    try:
        actions.reopen_step(step=step, by=request.viewer.actor)
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("It is open again."))
    return _back(client, step.goal.plan_id, step.pk)


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_PLAN)
def step_drop(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """Nobody does it any more, with the reason; its task goes."""
    step = _step(request, client, row)
    form = ReasonForm(sent(request))

    def act() -> HttpResponse:
        actions.drop_step(step=step, reason=form.values["reason"], by=request.viewer.actor)
        undo = reverse("plans:step_reopen", args=[client.pk, step.pk])
        tell(request, _("Dropped. Its task is closed, too."), undo=undo)
        return _back(client, step.goal.plan_id, step.pk)

    return decided(
        request,
        client,
        form,
        act,
        back=_place(client, step.goal.plan_id, step.pk),
        title=_("Nobody does this any more: %(what)s") % {"what": step.words},
        text=_("It stays in the plan, with your reason. Its task is taken off the list."),
        button=_("Drop it"),
    )


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_PLAN)
def goal_close(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """The goal is met, or stopped with a reason, without waiting for the review."""
    goal = _goal(request, client, row)
    form = CloseForm(sent(request))

    def act() -> HttpResponse:
        actions.close_goal(goal=goal, by=request.viewer.actor, **form.values)
        undo = reverse("plans:goal_reopen", args=[client.pk, goal.pk])
        tell(request, _("The goal is closed. Its open steps are dropped."), undo=undo)
        return _back(client, goal.plan_id, goal.pk)

    return decided(
        request,
        client,
        form,
        act,
        back=_place(client, goal.plan_id, goal.pk),
        title=_("Close the goal “%(goal)s”") % {"goal": goal.words},
        text=_(
            "Open steps toward it are dropped, and their tasks taken off the list. The next review begins with what you say here."
        ),
        button=_("Close the goal"),
    )


@require_POST
@client_page(Act.WRITE_PLAN)
def goal_reopen(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """It is open after all, with the steps that were dropped by its closing."""
    goal = _goal(request, client, row)
    try:
        actions.reopen_goal(goal=goal, by=request.viewer.actor)
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("It is open again, with its steps."))
    return _back(client, goal.plan_id, goal.pk)


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_PLAN)
def service(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """What is known of a service: the yes, the start, the end, and whether it helped."""
    found = PlannedService.objects.filter(pk=row, dropped=False).first()
    if found is None:
        raise Http404
    plan_named(request, client, found.plan_id, Act.WRITE_PLAN)
    form = ServiceForm.of(found, sent(request))
    if form.is_bound and form.is_valid():
        try:
            actions.correct_service(service=found, said=form.said, seen=form.seen_then(), by=request.viewer.actor)
        except EditConflict as conflict:
            form.met(conflict)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Saved."))
            return _back(client, found.plan_id, found.pk)
    context = {
        "title": found.words,
        "text": found.provider_words,
        "button": _("Save"),
        "form": form,
        "client": client,
        "back": _place(client, found.plan_id, found.pk),
        "header": header_of(request.viewer, client, "plan"),
        "tab_title": _("service"),
    }
    return render(request, "plans/decide.html", context, status=422 if form.is_bound else 200)


def _step(request: StaffRequest, client: Person, pk: UUID) -> Step:
    found = Step.objects.select_related("goal").filter(pk=pk).first()
    if found is None:
        raise Http404
    plan_named(request, client, found.goal.plan_id, Act.WRITE_PLAN)
    return found


def _goal(request: StaffRequest, client: Person, pk: UUID) -> Goal:
    found = Goal.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    plan_named(request, client, found.plan_id, Act.WRITE_PLAN)
    return found


def _back(client: Person, plan: UUID, line: UUID) -> HttpResponse:
    return redirect(_place(client, plan, line))


def _place(client: Person, plan: UUID, line: UUID) -> str:
    return reverse("plans:of_client", args=[client.pk]) + f"?plan={plan}#line-{line}"
