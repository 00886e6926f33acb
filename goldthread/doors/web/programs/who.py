"""Who a program is for: as sentences, tried on an invented person, and changed."""

from decimal import Decimal, InvalidOperation
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.eligibility.rules.judging import judge
from goldthread.casework.eligibility.rules.known import Known
from goldthread.casework.eligibility.rules.words import SOURCES, VERDICTS, reason, say, say_all, say_not
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.doors.web.intake.page import TONES, state_of
from goldthread.doors.web.programs.section import SectionForm, read_section, save_section, written
from goldthread.doors.web.programs.showing import who_deviation
from goldthread.doors.web.settings.saving import sent
from goldthread.foundation.lib.dates import read_date
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.programs import queries
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.rules.eligibility import Asked, Diagnosed, Eligibility, Enrolled
from goldthread.foundation.programs.rules.loosening import WHO, loosened
from goldthread.people.facts.rules.fields import COVERAGES
from goldthread.people.facts.rules.values import MOST


class WhoForm(SectionForm):
    """The section ``eligibility`` of a template as text."""

    section = "eligibility"
    words = gettext_lazy("Criteria")


@require_http_methods(["GET", "POST"])
@staff_page(Act.MANAGE_PROGRAMS, Act.READ_POLICY)
def who(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The criteria of the newest version. Sent with ``look``, they are read back; else saved as another version."""
    program = get_object_or_404(Program, pk=pk)
    versions = queries.versions_of(program)
    version, source = versions[0], queries.source_of(program, versions)
    template = queries.parsed(version)
    may_edit = gate.may(request.viewer, Act.MANAGE_PROGRAMS)
    first_day = max(version.in_force_from, request.viewer.today)
    initial = {
        "version": version.number,
        "in_force_from": first_day,
        "text": written(template, "eligibility"),
        "deviation_by": request.viewer.staff.pk,
    }
    form = WhoForm(sent(request) if may_edit else None, template=template, today=request.viewer.today, initial=initial)
    after = read_section(form, template)
    answered = form.deviations(source, after) if after else []
    if after and "look" not in request.POST and save_section(request, form, program, after, answered):
        messages.success(request, _("The rules are saved."))
        return redirect("programs:who", program.pk)
    names = queries.titles(queries.all_programs())
    context = {
        "program": program,
        "form": form,
        "may_edit": may_edit,
        "rules": template.eligibility,
        "lines": say_all(template.eligibility.rule, names),
        "deviation": who_deviation(version),
        "from_the_field": not source.eligibility.source.judgement,
        "source": source.eligibility.source,
        "wider": after is not None and any(one.key == WHO for one in loosened(source, after)),
        "looked": say_all(after.eligibility.rule, names) if after else None,
        **_trial(request, template.eligibility, names),
    }
    status = 409 if form.conflicts else 422 if form.is_bound and (form.errors or not after) else 200
    return render(request, "programs/who.html", context, status=status)


def _trial(request: StaffRequest, rules: Eligibility, names: dict[str, str]) -> dict[str, Any]:
    """The fields of a try, filled as the address says, and what comes of it."""
    given = request.GET
    texts = [
        ("born", _("Date of birth"), given.get("born", "")),
        ("state", _("State"), given.get("state", "")),
        ("zip", _("ZIP code"), given.get("zip", "")),
        ("income", _("Income a month"), given.get("income", "")),
        ("household", _("People in the household"), given.get("household", "")),
    ]
    yes_no = [("yes", _("Yes")), ("no", _("No"))]
    choices: list[tuple[str, Any, str, Any]] = [
        ("coverage", _("Coverage"), given.get("coverage", ""), COVERAGES),
        (
            "referral",
            _("Who sent them"),
            given.get("referral", ""),
            [(str(one), name) for one, name in SOURCES.items()],
        ),
    ]
    asked = [one for one in rules.rule.criteria() if isinstance(one, Asked | Diagnosed | Enrolled)]
    choices += [(f"a-{one.key}", say(one, names), given.get(f"a-{one.key}", ""), yes_no) for one in asked]
    shown = {"trial": [(name, label, value[:40]) for name, label, value in texts], "trial_choices": choices}
    if not given:
        return shown
    known = _invented(request, [one.key for one in asked])
    judged = judge(rules.rule, known, request.viewer.today)
    lines = [
        SimpleNamespace(
            words=(say if one.wanted else say_not)(one.criterion, names),
            reason=reason(one, names),
            tone=TONES[one.counts][0],
            icon=TONES[one.counts][1],
            verdict=VERDICTS[one.counts],
        )
        for one in judged.answers
    ]
    tone, icon = TONES[judged.verdict]
    return shown | {"judged": {"verdict": VERDICTS[judged.verdict], "tone": tone, "icon": icon, "lines": lines}}


def _invented(request: StaffRequest, asked: list[str]) -> Known:
    """Somebody who does not exist, as the address describes them. What cannot be read is not known."""
    given = request.GET
    try:
        born = read_date(given["born"], latest=request.viewer.today) if given.get("born", "").strip() else None
    except DomainError:
        born = None
    try:
        income = Decimal(given["income"].replace("$", "").replace(",", "")) if given.get("income") else None
    except InvalidOperation:
        income = None
    people = given.get("household", "")
    return Known(
        born=(born, born) if born else None,
        state=given.get("state", "").strip().upper()[:2],
        postal_code=given.get("zip", "").strip()[:5],
        income=income if income is not None and income.is_finite() and abs(income) <= MOST else None,
        household=int(people) if people.isdecimal() and len(people) < 3 and int(people) else None,
        coverage=frozenset({given["coverage"]}) if given.get("coverage") else None,
        referral=given.get("referral", "") if given.get("referral", "") in {str(one) for one in SOURCES} else "",
        agency_state=state_of(request),
        answers={key: given[f"a-{key}"] == "yes" for key in asked if given.get(f"a-{key}") in ("yes", "no")},
    )
