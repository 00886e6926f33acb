"""Opening a program, and its name and team."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from goldthread.access.acts import Act
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.doors.web.programs.forms import NewProgramForm, ProgramForm, refuse_problems
from goldthread.doors.web.settings.saving import done, form_page, saved, sent
from goldthread.foundation.programs.actions import edit_program, open_program
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.rules.problems import TemplateError
from goldthread.foundation.programs.rules.reading import read_template
from goldthread.foundation.programs.rules.template import Template
from goldthread.foundation.programs.shipped import shipped


@staff_page(Act.MANAGE_PROGRAMS)
def new(request: StaffRequest) -> HttpResponse:
    """Open a program from a shipped template, or from a file."""
    asked = request.GET.get("template", "")
    template = shipped().get(asked)
    initial = {"template": asked, "name": template.title} if template else {"template": "mental-health-tcm"}
    form = NewProgramForm(sent(request), request.FILES or None, today=request.viewer.today, initial=initial)
    if (
        form.is_bound
        and form.is_valid()
        and (chosen := _chosen(form))
        and saved(form, lambda: _open(request, form, chosen))
    ):
        return redirect("programs:program", form.cleaned_data["form_id"])
    return render(request, "programs/new.html", {"form": form}, status=422 if form.is_bound else 200)


def _chosen(form: NewProgramForm) -> Template | None:
    """The template that was chosen or sent; None, with what is wrong shown, when there is none."""
    said = form.cleaned_data
    if key := said["template"]:
        return shipped()[key]
    if not said["file"]:
        form.add_error("file", _("Choose a file, or one of the templates."))
        return None
    try:
        return read_template(said["file"])
    except TemplateError as error:
        refuse_problems(form, error, "file")
        return None


def _open(request: StaffRequest, form: NewProgramForm, template: Template) -> None:
    said = form.cleaned_data
    open_program(
        key=slugify(said["name"])[:60] or template.key,
        name=said["name"],
        template=template,
        template_key=said["template"],
        team=said["team"],
        opened_on=said["opened_on"],
        by=request.viewer.actor,
        form_id=said["form_id"],
    )


@staff_page(Act.MANAGE_PROGRAMS)
def edit(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Name and team of a program."""
    row = get_object_or_404(Program, pk=pk)
    initial: dict[str, Any] = {"name": row.name, "team": row.team_id, "version": row.version}
    form = ProgramForm(sent(request), today=request.viewer.today, initial=initial)
    if saved(
        form,
        lambda: edit_program(
            program=row, values=form.values, version=form.cleaned_data["version"] or 0, by=request.viewer.actor
        ),
        lambda: Program.objects.get(pk=pk).version,
    ):
        return done(request, _("Saved."), "programs:program", pk)
    title = _("Name and team")
    return form_page(
        request, form, title=title, button=_("Save"), back="programs:program", back_id=pk, back_label=row.name
    )
