"""Reading programs, their rules and the shipped templates. Everyone may know the rules they are held to."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.caseload.actions import still_in
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.doors.web.programs.applying import latest_run
from goldthread.doors.web.programs.showing import (
    behind_lines,
    change_lines,
    facts,
    other_lines,
    rule_lines,
    who_deviation,
)
from goldthread.foundation.lib.labels import names_of
from goldthread.foundation.lib.spoken import spoken
from goldthread.foundation.programs import queries
from goldthread.foundation.programs.actions import labels_of
from goldthread.foundation.programs.models import Program, ProgramVersion
from goldthread.foundation.programs.rules.deviations import from_content
from goldthread.foundation.programs.rules.loosening import WHO, title_of
from goldthread.foundation.programs.rules.template import Template
from goldthread.foundation.programs.rules.writing import to_yaml
from goldthread.foundation.programs.shipped import FOLDER, shipped


def _context(request: StaffRequest) -> dict[str, Any]:
    return {"may_edit": gate.may(request.viewer, Act.MANAGE_PROGRAMS)}


@require_GET
@staff_page(Act.MANAGE_PROGRAMS, Act.READ_POLICY)
def listing(request: StaffRequest) -> HttpResponse:
    """The programs of the agency, with what they ask for today."""
    today = request.viewer.today
    programs = queries.all_programs()
    rules = queries.rules_of(program.pk for program in programs)
    deviating = queries.deviating(today)
    rows = [
        {
            "program": program,
            "template": queries.in_force(rules[program.pk], today),
            "labels": names_of(program.labels),
            "deviations": len(deviating.get(program.pk, ())),
            "behind": len(
                queries.behind(program.template_key, rules[program.pk][-1][1], deviating.get(program.pk, ()))
            ),
        }
        for program in programs
    ]
    return render(request, "programs/list.html", {"rows": rows, **_context(request)})


@require_GET
@staff_page(Act.MANAGE_PROGRAMS, Act.READ_POLICY)
def templates(request: StaffRequest) -> HttpResponse:
    """The templates that come with Goldthread."""
    found = sorted(shipped().values(), key=lambda template: spoken(template.title))
    return render(request, "programs/templates.html", {"templates": found, **_context(request)})


def _shipped(key: str) -> Template:
    template = shipped().get(key)
    if template is None:
        raise Http404
    return template


@require_GET
@staff_page(Act.MANAGE_PROGRAMS, Act.READ_POLICY)
def template(request: StaffRequest, key: str) -> HttpResponse:
    """One shipped template, before a program is opened from it."""
    found = _shipped(key)
    context = {
        "template": found,
        "rules": rule_lines(found, []),
        "facts": facts(found),
        "labels": names_of(labels_of(found)),
    }
    return render(request, "programs/template.html", {**context, **_context(request)})


@require_GET
@staff_page(Act.MANAGE_PROGRAMS, Act.READ_POLICY)
def template_file(_request: StaffRequest, key: str) -> HttpResponse:
    """A shipped template as its file."""
    found = _shipped(key)
    return _file((FOLDER / f"{found.key}.yaml").read_text("utf-8"), found.key)


def _file(text: str, name: str) -> HttpResponse:
    answer = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.yaml"'
    return answer


@require_GET
@staff_page(Act.MANAGE_PROGRAMS, Act.READ_POLICY)
def program(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One program: its rules as sentences with their sources, its words, and the versions of its rules."""
    row = get_object_or_404(Program.objects.select_related("team"), pk=pk)
    versions = queries.versions_of(row)
    held, newest = _held(versions, request), queries.parsed(versions[0])
    behind = queries.behind(row.template_key, newest, from_content(versions[0].deviations))
    context = {
        "program": row,
        "template": queries.parsed(held),
        "rules": rule_lines(queries.parsed(held), from_content(held.deviations), queries.source_of(row, versions)),
        "facts": facts(queries.parsed(held)),
        "behind": behind_lines(behind, queries.source_of(row, versions), newest),
        "who_deviation": who_deviation(held),
        "labels": names_of(row.labels),
        "still_in": still_in(row, request.viewer.today) if row.closed_on else 0,
        "may_move": gate.may(request.viewer, Act.MANAGE_EPISODE),
        "versions": versions,
        "held": held,
        "waiting": [version for version in versions if version.in_force_from > request.viewer.today],
        "origin": shipped().get(row.template_key),
        "run": latest_run(row),
    }
    return render(request, "programs/program.html", {**context, **_context(request)})


def _held(versions: list[ProgramVersion], request: StaffRequest) -> ProgramVersion:
    """The version in force today; before the program opens, its first one. *versions* are newest first."""
    begun = [version for version in versions if version.in_force_from <= request.viewer.today]
    newest = max(begun, key=lambda version: (version.in_force_from, version.number), default=None)
    return newest or versions[-1]


@require_GET
@staff_page(Act.MANAGE_PROGRAMS, Act.READ_POLICY)
def program_file(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The rules of a program as a file: those of ``?version=``, else the newest."""
    row = get_object_or_404(Program, pk=pk)
    asked = request.GET.get("version", "")
    versions = row.versions.order_by("-number")
    if asked:
        versions = versions.filter(number=int(asked) if asked.isdecimal() and len(asked) < 9 else 0)
    version = versions.first()
    if version is None:
        raise Http404
    return _file(to_yaml(queries.parsed(version)), f"{row.key}-{version.number}")


@require_GET
@staff_page(Act.MANAGE_PROGRAMS, Act.READ_POLICY)
def version(request: StaffRequest, pk: UUID, number: int) -> HttpResponse:
    """What changed with one version, readable."""
    row = get_object_or_404(Program, pk=pk)
    versions = queries.versions_of(row)
    found = next((one for one in versions if one.number == number), None)
    before = next((one for one in versions if one.number == number - 1), None)
    if found is None:
        raise Http404
    now = queries.parsed(found)
    was = queries.parsed(before) if before else now
    context = {
        "program": row,
        "version": found,
        "before": before,
        "changes": change_lines(was, now),
        "others": other_lines(was, now),
        "deviations": [(_title(now, was, one.requirement), one) for one in from_content(found.deviations)],
    }
    return render(request, "programs/version.html", {**context, **_context(request)})


def _title(now: Template, was: Template, key: str) -> str:
    rule = now.requirement(key) or was.requirement(key)
    return title_of(key, rule) if rule or key == WHO else _("a rule that was taken out")
