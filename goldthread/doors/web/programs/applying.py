"""Changed rules reach the tasks: the version is made and its working out is queued in one transaction; progress, stop, take up."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goldthread.access.acts import Act
from goldthread.casework.tasks.actions.runs import resume_run, rules_changed, stop_run
from goldthread.casework.tasks.models import Run, RunState
from goldthread.casework.tasks.queries.preview import RuleChange, what_would_change
from goldthread.casework.tasks.tasks import work_on_run
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.doors.web.programs.trying import SHOWN
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.programs.actions import change_rules
from goldthread.foundation.programs.enums import State
from goldthread.foundation.programs.models import Program, ProgramVersion
from goldthread.foundation.programs.queries import latest
from goldthread.foundation.programs.rules.template import Template


def change_and_apply(*, program: Program, in_force_from: date, by: Actor, **change: Any) -> ProgramVersion:
    """``change_rules``, and the tasks follow: at once in the background, or on the day on which the rules come into force."""
    with transaction.atomic():
        before = latest(program).number
        version = change_rules(program=program, in_force_from=in_force_from, by=by, **change)
        if version.number == before:
            return version
        run = rules_changed(program=program, in_force_from=in_force_from, by=by)
        if run:
            _queue(run.pk)
        return version


def caseload_changes(program: Program, after: Template, on: date) -> dict[str, Any]:
    """What *after* would change for today's caseload, for a page that shows it before saving."""
    found = what_would_change(program, after, on)
    return {
        "episodes": found.episodes,
        "looked_at": found.looked_at,
        "changes": [{"title": one.title, "moved": one.moved, "states": _states(one)} for one in found.changes],
    }


def _states(change: RuleChange) -> list[dict[str, Any]]:
    """Each state with how many clients are in it, before and after, where that is not the same."""
    return [
        {"state": word, "tone": tone, "before": change.before.get(state, 0), "after": change.after.get(state, 0)}
        for state, (tone, _icon, word) in SHOWN.items()
        if change.before.get(State(state), 0) != change.after.get(State(state), 0)
    ]


def latest_run(program: Program) -> Run | None:
    """The last working out of a program, while it is not done. One query."""
    run = Run.objects.filter(program=program).order_by("-made_at", "-pk").first()
    return run if run and run.state != RunState.DONE else None


@require_POST
@staff_page(Act.MANAGE_PROGRAMS)
def run(request: StaffRequest, pk: UUID, what: str) -> HttpResponse:
    """Stop the working out of a program between two batches, or take it up where it was stopped."""
    program = get_object_or_404(Program, pk=pk)
    found = latest_run(program)
    try:
        if found is None:
            raise DomainError(_("This has ended already."))
        if what == "stop":
            stop_run(run=found.pk, by=request.viewer.actor)
        else:
            with transaction.atomic():
                resume_run(run=found.pk, by=request.viewer.actor)
                _queue(found.pk)
    except DomainError as error:
        messages.error(request, str(error.message))
    return redirect("programs:program", pk=program.pk)


def _queue(run: UUID) -> None:
    transaction.on_commit(lambda: work_on_run.enqueue(str(run)))
