"""Who comes first on a program's waitlist: as sentences, and changed."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.intake.rules.waiting import sentences
from goldthread.casework.intake.tasks import look_after_waitlists
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.doors.web.programs.section import SectionForm, read_section, save_section, written
from goldthread.doors.web.settings.saving import sent
from goldthread.foundation.programs import queries
from goldthread.foundation.programs.models import Program


class WaitsForm(SectionForm):
    """The section ``waitlist`` of a template as text."""

    section = "waitlist"
    words = gettext_lazy("Order")


@require_http_methods(["GET", "POST"])
@staff_page(Act.MANAGE_PROGRAMS, Act.READ_POLICY)
def waits(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The order of the newest version. Sent with ``look``, it is read back; else saved, and everybody who waits is ranked anew."""
    program = get_object_or_404(Program, pk=pk)
    version = queries.latest(program)
    template = queries.parsed(version)
    may_edit = gate.may(request.viewer, Act.MANAGE_PROGRAMS)
    first_day = max(version.in_force_from, request.viewer.today)
    named = replace(template, waitlist=replace(template.waitlist, first=template.comes_first))
    initial = {"version": version.number, "in_force_from": first_day, "text": written(named, "waitlist")}
    form = WaitsForm(
        sent(request) if may_edit else None, template=template, today=request.viewer.today, initial=initial
    )
    after = read_section(form, template)
    if after and "look" not in request.POST and save_section(request, form, program, after):
        transaction.on_commit(look_after_waitlists.enqueue)
        messages.success(request, _("The rules are saved. Who waits is ranked anew in a moment."))
        return redirect("programs:waits", program.pk)
    context = {
        "program": program,
        "form": form,
        "may_edit": may_edit,
        "rules": template.waitlist,
        "lines": sentences(template),
        "looked": sentences(after) if after else None,
    }
    status = 409 if form.conflicts else 422 if form.is_bound and (form.errors or not after) else 200
    return render(request, "programs/waits.html", context, status=status)
