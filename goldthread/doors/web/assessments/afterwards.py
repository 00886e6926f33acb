"""What may follow a signature: a correction, or that it is void."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.assessments import actions
from goldthread.casework.assessments.models import Assessment
from goldthread.casework.intake.tasks import ranks_follow
from goldthread.doors.web.assessments.desk import seen_or_refused
from goldthread.doors.web.assessments.reading import page
from goldthread.doors.web.contacts.reading_form import uuid_of
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.ui.toasts import tell
from goldthread.people.persons.models import Person


@require_POST
@client_page(Act.WRITE_ASSESSMENT)
def correct(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """Begin the assessment that takes its place, with its answers."""
    found = _found(request, client, row)
    reason = request.POST.get("reason", "")
    try:
        made = actions.correct(
            assessment=found, reason=reason, form_id=uuid_of(request.POST.get("form_id", "")), by=request.viewer.actor
        )
    except DomainError as error:
        return page(request, client, found, wrong=str(error.message), typed={"correct": reason}, status=422)
    return redirect("assessments:sheet", pk=client.pk, row=made.pk)


@require_POST
@client_page(Act.WRITE_ASSESSMENT)
def void(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """Take it back, with the reason: whoever signed it, or who supervises."""
    found = _found(request, client, row)
    if found.signed_by_id != request.viewer.staff.pk and not gate.may(request.viewer, Act.OVERSEE):
        raise Http404
    reason = request.POST.get("reason", "")
    try:
        actions.void(assessment=found, reason=reason, by=request.viewer.actor)
    except DomainError as error:
        return page(request, client, found, wrong=str(error.message), typed={"void": reason}, status=422)
    ranks_follow(client.pk)
    tell(request, _("It is voided."))
    return redirect("assessments:read", pk=client.pk, row=row)


def _found(request: StaffRequest, client: Person, row: UUID) -> Assessment:
    return seen_or_refused(request, client, row, Act.WRITE_ASSESSMENT)
