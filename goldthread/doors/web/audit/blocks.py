"""Setting and lifting a block between a worker and a client."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goldthread.access.actions import lift_block, set_block
from goldthread.access.acts import Act
from goldthread.access.models import Block
from goldthread.doors.web.audit.forms import BlockForm
from goldthread.doors.web.audit.views import access_page
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.foundation.lib.errors import DomainError
from goldthread.people.persons.models import Person


@require_POST
@client_page(Act.SET_BLOCK)
def set_one(request: StaffRequest, client: Person) -> HttpResponse:
    """From today on the chosen worker may not see this client."""
    form = BlockForm(request.POST, viewer=request.viewer)
    if not form.is_valid():
        return access_page(request, client, form, status=422)
    try:
        set_block(person=client, by=request.viewer.actor, **form.cleaned_data)
    except DomainError as error:
        form.add_error(error.field, str(error.message))
        return access_page(request, client, form, status=422)
    messages.success(request, _("The block holds from now on."))
    return redirect("audit:who_saw", client.pk)


@require_POST
@client_page(Act.SET_BLOCK)
def lift(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """The block ends with today (or with its first day, when that is still to come)."""
    block = get_object_or_404(Block, pk=row, person=client)
    try:
        lift_block(block=block, ends_on=max(request.viewer.today, block.starts_on), by=request.viewer.actor)
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("The block ends with today."))
    return redirect("audit:who_saw", client.pk)
