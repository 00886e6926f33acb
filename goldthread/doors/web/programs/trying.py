"""Trying rules on an invented client: a form, or the scenario file that says the same. Nothing is kept."""

import json
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from goldthread.access.acts import Act
from goldthread.casework.tasks.rules.engine import Standing
from goldthread.casework.tasks.rules.scenario import Asked, Scenario, read_scenario
from goldthread.casework.tasks.rules.scenario_answers import Answer, answers_of, as_json
from goldthread.casework.tasks.rules.versions import Rules
from goldthread.casework.tasks.rules.words import explain
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.doors.web.programs.trying_form import MOST_ROWS, ROWS, TryForm
from goldthread.foundation.lib.spoken import spoken
from goldthread.foundation.programs import queries
from goldthread.foundation.programs.enums import State
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.rules.problems import Problem, TemplateError
from goldthread.foundation.programs.rules.template import Template
from goldthread.foundation.programs.rules.words import say
from goldthread.foundation.programs.shipped import shipped

OURS = "our-"
"""Before the key of a program of the agency: a template may be called the same."""
LONGEST = 20_000
MOST_ASKED = 12
MOST_SHOWN = 24
"""Characters of a scenario, days, and periods of one rule: the command line has no such limits."""
EMPTY = """program: foster-care-child
enrolled: 2026-01-15
events:
  - {on: 2026-01-20, kind: contact, mode: in_person, place: residence, minutes: 45}
  - {on: 2026-02-11, kind: contact, mode: in_person, place: school}
  - {on: 2026-03-02, kind: plan_signed}
ask: [2026-02-01, 2026-03-01, 2026-03-31]
"""
SHOWN: dict[State, tuple[str, str, Any]] = {
    State.NOT_YET: ("", "clock", gettext_lazy("not yet")),
    State.DUE_SOON: ("blue", "clock", gettext_lazy("due soon")),
    State.DUE: ("amber", "clock", gettext_lazy("due")),
    State.OVERDUE: ("red", "alert", gettext_lazy("overdue")),
    State.MET: ("pine", "check", gettext_lazy("met")),
    State.EXCEPTED: ("", "info", gettext_lazy("excused")),
    State.MISSED: ("red", "x", gettext_lazy("missed")),
    State.PAUSED: ("", "hour", gettext_lazy("paused")),
}


@require_http_methods(["GET", "POST"])
@staff_page(Act.MANAGE_PROGRAMS, Act.READ_POLICY)
def try_rule(request: StaffRequest, pk: UUID | None = None) -> HttpResponse:
    """How rules would treat an invented client: those of the program *pk*, of another one, or of a template.

    The form is sent as an address, so that a try can be passed on; the file is posted (``scenario``), as it may be long.
    """
    program = get_object_or_404(Program, pk=pk) if pk else None
    ours = {f"{OURS}{one.key}": one for one in queries.all_programs() if one.closed_on is None or one == program}
    chosen = f"{OURS}{program.key}" if program else request.GET.get("program", "")
    form = _form(request, ours, chosen)
    as_file = request.method == "POST" or "file" in request.GET
    text = ""
    if request.method == "POST":
        text = request.POST.get("scenario", "").replace("\r\n", "\n")
    elif form.is_bound and form.is_valid():
        text = form.scenario()
    elif as_file:
        text = EMPTY
    answers, problems = _tried(text, ours, request.viewer.today) if text and "file" not in request.GET else ([], [])
    context = {
        "program": program,
        "form": form,
        "more_rows": len(form.numbers) + ROWS if len(form.numbers) < MOST_ROWS else 0,
        "as_file": as_file,
        "scenario": text or EMPTY,
        "problems": [_problem(one, text) for one in problems],
        "answers": answers,
        "told": json.dumps(as_json([(asked, rows) for asked, rows, _rules in answers]), ensure_ascii=False, indent=2),
        "shown": [_shown(asked, rows, rules) for asked, rows, rules in answers],
    }
    return render(request, "programs/try.html", context, status=422 if problems else 200)


def _form(request: StaffRequest, ours: dict[str, Program], chosen: str) -> TryForm:
    """The form, bound once it was sent; what the address names is chosen beforehand."""
    templates = sorted((spoken(template.title), template.key) for template in shipped().values())
    offered = [
        (_("Your programs"), [(key, program.name) for key, program in ours.items()]),
        (_("Templates"), [(key, title) for title, key in templates]),
    ]
    rows = request.GET.get("rows", "")
    common: dict[str, Any] = {
        "programs": [group for group in offered if group[1]],
        "rows": int(rows) if rows.isascii() and rows.isdigit() and len(rows) < 4 else ROWS,
    }
    if "enrolled" in request.GET:
        said = request.GET.copy()
        said.setdefault("program", chosen)
        return TryForm(said, **common)
    today = request.viewer.today
    return TryForm(initial={"program": chosen, "enrolled": today, "on": today}, **common)


def _tried(
    text: str, ours: dict[str, Program], today: date
) -> tuple[list[tuple[Asked, list[Standing], Rules]], list[Problem]]:
    """The answers with the rules by which they were given, or every mistake."""
    if len(text) > LONGEST:
        return [], [Problem("", 0, _("This page reads %(most)d characters at most.") % {"most": LONGEST})]
    held = queries.rules_of(program.pk for program in ours.values())
    first = {key: held[program.pk][0][1] for key, program in ours.items()}
    try:
        scenario = read_scenario(text, "", {**shipped(), **first}, today)
    except TemplateError as error:
        return [], error.problems
    scenario = _with_versions(scenario, {id(first[key]): held[program.pk] for key, program in ours.items()})
    if len(scenario.asked) > MOST_ASKED:
        return [], [Problem("", 0, _("This page answers about %(most)d days at most.") % {"most": MOST_ASKED})]
    answers: list[Answer] = answers_of(scenario)
    return [(asked, rows, scenario.rules) for asked, rows in answers], []


def _with_versions(scenario: Scenario, held: dict[int, Rules]) -> Scenario:
    """A program of the agency has its rules by the days on which they are in force, those to come included."""
    versions = held.get(id(scenario.rules[0][1])) if len(scenario.rules) == 1 else None
    return replace(scenario, rules=versions) if versions else scenario


def _problem(problem: Problem, text: str) -> dict[str, Any]:
    """A mistake with its line, and what stands in it."""
    lines = text.splitlines()
    there = lines[problem.line - 1].strip() if 0 < problem.line <= len(lines) else ""
    return {"line": problem.line, "what": problem.what, "there": there}


def _shown(asked: Asked, rows: list[Standing], rules: Rules) -> dict[str, Any]:
    """A day asked about: each rule as a sentence, and where each of its periods stands."""
    template: Template = queries.in_force(tuple(rules), asked.on)
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        held = template if template.requirement(row.key) else rules[0][1]
        entry = found.setdefault(
            row.key, {"title": row.requirement.title, "says": say(row.requirement, held), "rows": [], "more": 0}
        )
        if len(entry["rows"]) < MOST_SHOWN:
            entry["rows"].append(_row(row, asked))
        else:
            entry["more"] += 1
    return {"on": asked.on, "rules": list(found.values())}


def _row(row: Standing, asked: Asked) -> dict[str, Any]:
    tone, icon, word = SHOWN[row.state]
    one = row.obligation
    rate = None if one.rate is None else round(one.rate * 100)
    why = explain(row.why, asked.on)
    return {
        "tone": tone,
        "icon": icon,
        "state": word,
        "rate": rate,
        "period": one.period,
        "who": one.member,
        "why": why[:1].upper() + why[1:],
    }
