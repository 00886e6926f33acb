"""Changing the rules of a program: one as a sentence, a new one, or all of them as a file."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from goldthread.access.acts import Act
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.doors.web.programs.applying import caseload_changes, change_and_apply
from goldthread.doors.web.programs.forms import ChangeForm, UploadForm
from goldthread.doors.web.programs.rule_form import NEW, RuleForm
from goldthread.doors.web.programs.showing import ChangeLine, change_lines, other_lines
from goldthread.doors.web.settings.saving import saved, sent
from goldthread.foundation.programs import queries
from goldthread.foundation.programs.models import Program, ProgramVersion
from goldthread.foundation.programs.rules.problems import TemplateError
from goldthread.foundation.programs.rules.reading import read_template
from goldthread.foundation.programs.rules.template import Requirement, Template
from goldthread.foundation.programs.rules.words import say


@dataclass(frozen=True, slots=True)
class Desk:
    """A program whose rules are being changed, on top of the newest version."""

    request: StaffRequest
    program: Program
    versions: list[ProgramVersion]
    template: Template

    @property
    def number(self) -> int:
        """The number of the newest version."""
        return self.versions[0].number

    def initial(self) -> dict[str, Any]:
        """What every form of a change begins with."""
        first_day = max(self.versions[0].in_force_from, self.request.viewer.today)
        return {"version": self.number, "in_force_from": first_day, "deviation_by": self.request.viewer.staff.pk}

    def save(self, form: ChangeForm, after: Template) -> bool:
        """Make the version that *form* asks for. False: the form says what is wrong."""
        said = form.cleaned_data
        return saved(
            form,
            lambda: change_and_apply(
                program=self.program,
                template=after,
                in_force_from=said["in_force_from"],
                by=self.request.viewer.actor,
                reason=said["reason"],
                deviations=form.deviations(queries.source_of(self.program, self.versions), after),
                version_seen=said["version"] or 0,
            ),
            lambda: queries.latest(self.program).number,
        )

    def rule_seen(self, number: int, key: str) -> Requirement | None:
        """The rule *key* as it stood in version *number*."""
        seen = next((version for version in self.versions if version.number == number), None)
        return queries.parsed(seen).requirement(key) if seen else None


def _desk(request: StaffRequest, pk: UUID) -> Desk:
    program = get_object_or_404(Program, pk=pk)
    versions = queries.versions_of(program)
    return Desk(request, program, versions, queries.parsed(versions[0]))


@staff_page(Act.MANAGE_PROGRAMS)
def rule(request: StaffRequest, pk: UUID, key: str) -> HttpResponse:
    """Change one rule, as a sentence."""
    desk = _desk(request, pk)
    found = desk.template.requirement(key)
    if found is None:
        raise Http404
    return _rule_page(desk, found)


@staff_page(Act.MANAGE_PROGRAMS)
def new_rule(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Add a rule of the agency's own."""
    return _rule_page(_desk(request, pk), NEW)


def _rule_page(desk: Desk, found: Requirement) -> HttpResponse:
    request = desk.request
    form = RuleForm(
        sent(request),
        requirement=found,
        template=desk.template,
        today=request.viewer.today,
        initial=desk.initial(),
    )
    after = _read(form, desk)
    if after and "look" not in request.POST and desk.save(form, after):
        return _done(desk)
    looked: list[ChangeLine] = change_lines(desk.template, after) if after else []
    context = {
        "form": form,
        "program": desk.program,
        "rule": found,
        "said": say(found, desk.template) if found.key else "",
        "looked": looked,
        "would": _would(form, desk, after),
        "from_the_field": bool(found.key) and not found.source.judgement,
        "clocks": _clocks(form),
    }
    return render(request, "programs/rule.html", context, status=_status(form, looked))


def _clocks(form: RuleForm) -> dict[str, Any]:
    """The three radios of the clock by their value: each stands at the line that it is for."""
    if "clock" not in form.fields:
        return {}
    return {str(radio.data["value"]): radio.tag for radio in form["clock"]}


def _read(form: RuleForm, desk: Desk) -> Template | None:
    """The rules as the form asks for them; None when nothing was sent, or it is wrong."""
    if not form.is_bound or not form.is_valid():
        return None
    said, key = form.cleaned_data, form.requirement.key
    if key and said["version"] and desk.rule_seen(said["version"], key) == form.requirement:
        said["version"] = desk.number  # others changed other rules meanwhile: no conflict
    elif not key:
        said["version"] = desk.number
    try:
        return form.changed(desk.template)
    except TemplateError as error:
        form.refuse_problems(error)
        return None


def _would(form: ChangeForm, desk: Desk, after: Template | None) -> dict[str, Any] | None:
    """What the change would mean for today's caseload, once somebody looks at it before saving."""
    if after is None or form.errors or form.conflicts:
        return None
    return caseload_changes(desk.program, after, max(form.cleaned_data["in_force_from"], desk.request.viewer.today))


def _status(form: ChangeForm, looked: Any = None) -> int:
    if form.conflicts:
        return 409
    return 422 if form.is_bound and (form.errors or not looked) else 200


@staff_page(Act.MANAGE_PROGRAMS)
def upload(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Replace all rules by those of a file."""
    desk = _desk(request, pk)
    form = UploadForm(
        sent(request), request.FILES or None, template=desk.template, today=request.viewer.today, initial=desk.initial()
    )
    after = _from_file(form)
    if after and desk.save(form, after):
        return _done(desk)
    context = {
        "form": form,
        "program": desk.program,
        "looked": change_lines(desk.template, after) if after else [],
        "others": other_lines(desk.template, after) if after else [],
        "would": _would(form, desk, after),
    }
    return render(request, "programs/upload.html", context, status=_status(form))


def _from_file(form: UploadForm) -> Template | None:
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return read_template(form.cleaned_data["file"])
    except TemplateError as error:
        form.refuse_problems(error, "file")
        return None


def _done(desk: Desk) -> HttpResponse:
    made = queries.latest(desk.program)
    if made.number == desk.number:
        messages.info(desk.request, _("Nothing was different."))
        return redirect("programs:program", desk.program.pk)
    messages.success(desk.request, _("The rules are saved."))
    return redirect("programs:version", desk.program.pk, made.number)
