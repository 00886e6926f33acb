"""Closing a program, and opening it again."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.caseload.actions import close_program, reopen_program, still_in
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.doors.web.programs.forms import CloseForm
from goldthread.doors.web.settings.saving import done, saved, sent
from goldthread.foundation.programs.models import Program


@staff_page(Act.MANAGE_PROGRAMS)
def close(request: StaffRequest, pk: UUID) -> HttpResponse:
    """From which day on nobody is enrolled any more; how many are in it, and where who may see them finds them."""
    viewer = request.viewer
    row = get_object_or_404(Program, pk=pk)
    form = CloseForm(sent(request), initial={"closed_on": row.closed_on or viewer.today})

    def act() -> None:
        close_program(program=row, closed_on=form.cleaned_data["closed_on"], by=viewer.actor)

    if saved(form, act):
        return done(request, _("Nobody is enrolled from that day on."), "programs:program", pk)
    context = {
        "program": row,
        "form": form,
        "many": still_in(row, viewer.today),
        "may_find": gate.may(viewer, Act.FIND),
        "may_move": gate.may(viewer, Act.MANAGE_EPISODE),
    }
    return render(request, "programs/close.html", context, status=422 if form.is_bound else 200)


@require_POST
@staff_page(Act.MANAGE_PROGRAMS)
def reopen(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Clients can be enrolled again."""
    row = get_object_or_404(Program, pk=pk)
    reopen_program(program=row, by=request.viewer.actor)
    return done(request, _("It is open again."), "programs:program", pk)
