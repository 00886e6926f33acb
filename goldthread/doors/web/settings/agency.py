"""Overview, profile, security, closed days, roles, background jobs."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.signing import BadSignature, TimestampSigner
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.roles import PolicyLine, PolicySection, policy_table
from goldthread.doors.jobs.actions import retry
from goldthread.doors.jobs.queries import failed_jobs
from goldthread.doors.jobs.queue import Row
from goldthread.doors.web.account.first_run import regions
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.doors.web.settings import forms
from goldthread.doors.web.settings.contents import all_places
from goldthread.doors.web.settings.saving import done, form_page, saved, sent, tried
from goldthread.foundation.agency import actions, queries
from goldthread.foundation.agency.models import Agency, ClosedDay

UNDO = TimestampSigner(salt="settings.day")
JOBS = {
    "goldthread.access.tasks.watch_the_sealer": gettext_lazy("Watch that the audit log is sealed"),
    "goldthread.casework.caseload.tasks.tasks_follow_workers": gettext_lazy("Give tasks to the workers who begin"),
    "goldthread.casework.documents.tasks.end_papers": gettext_lazy("Ask again for papers that have ended"),
    "goldthread.casework.imports.tasks.look_after_imports": gettext_lazy("Go on with files that were interrupted"),
    "goldthread.casework.imports.tasks.work_on_import": gettext_lazy("Check or bring in a file of clients"),
    "goldthread.casework.intake.tasks.look_after_waitlists": gettext_lazy("Look after the waitlists"),
    "goldthread.casework.intake.tasks.rank_client_anew": gettext_lazy("Rank somebody who waits anew"),
    "goldthread.casework.merging.tasks.gather_after_merge": gettext_lazy("Move what was written during a merge"),
    "goldthread.casework.merging.tasks.gather_after_merges": gettext_lazy("Move what was written during merges"),
    "goldthread.casework.merging.tasks.look_for_pairs": gettext_lazy("Look for two records of one person"),
    "goldthread.casework.tasks.tasks.look_again": gettext_lazy("Make the tasks of the periods to come"),
    "goldthread.casework.tasks.tasks.work_on_run": gettext_lazy("Apply changed rules to the tasks"),
    "goldthread.casework.thread.tasks.tasks_of_threads": gettext_lazy("Make tasks of broken threads"),
    "goldthread.doors.morning.tasks.mail_the_morning": gettext_lazy("Mail the morning lists"),
    "goldthread.doors.web.packages.tasks.make_file": gettext_lazy("Make the file of a transfer package"),
    "goldthread.doors.web.plans.tasks.mail_link": gettext_lazy("Mail a link to sign a plan"),
    "goldthread.doors.web.plans.tasks.make_paper": gettext_lazy("Make a plan into a PDF"),
    "goldthread.doors.web.discharge.tasks.make_packet": gettext_lazy("Make a discharge packet into a PDF"),
    "goldthread.foundation.accounts.tasks.mail_invitation": gettext_lazy("Mail an invitation"),
    "goldthread.foundation.accounts.tasks.mail_password_changed": gettext_lazy("Mail that a password was changed"),
    "goldthread.foundation.accounts.tasks.mail_password_reset": gettext_lazy("Mail a link for a new password"),
    "goldthread.foundation.audit.tasks.seal_audit_log": gettext_lazy("Seal the audit log"),
    "goldthread.foundation.files.tasks.sweep": gettext_lazy("Clear away files that belong to nothing"),
    "goldthread.foundation.workforce.tasks.mail_notice": gettext_lazy("Mail that there is a notice"),
}
"""What each job does, in words. A test fails when a job has none."""


@dataclass(frozen=True, slots=True)
class Undo:
    """A closed day that was just taken off the list, and the token that puts it back."""

    pk: UUID
    day: date
    name: str
    works: bool
    token: str


def agency_of_page() -> Agency:
    """The agency; Http404 before it is set up."""
    agency = queries.the_agency()
    if agency is None:
        raise Http404
    return agency


@staff_page(Act.MANAGE_AGENCY, Act.MANAGE_STAFF, Act.READ_STAFF, Act.READ_POLICY, Act.READ_JOBS)
def overview(request: StaffRequest) -> HttpResponse:
    """Everything that can be set up, with a sentence each; only what this viewer may open."""
    groups = [
        (group, [place for place in places if gate.may(request.viewer, place.act)]) for group, places in all_places()
    ]
    return render(request, "settings/overview.html", {"groups": [group for group in groups if group[1]]})


@staff_page(Act.MANAGE_AGENCY)
def profile(request: StaffRequest) -> HttpResponse:
    """The agency's profile."""
    agency = agency_of_page()
    form = forms.ProfileForm(sent(request), initial=_initial(agency, actions.PROFILE))
    if saved(
        form,
        lambda: actions.edit_profile(
            agency=agency, values=form.values, version=form.version_seen, by=request.viewer.actor
        ),
        lambda: agency_of_page().version,
    ):
        return done(request, _("The profile is saved."), "settings:profile")
    return form_page(request, form, title=_("Agency profile"), button=_("Save profile"), back="settings:overview")


@staff_page(Act.MANAGE_AGENCY)
def security(request: StaffRequest) -> HttpResponse:
    """Second step and session limits."""
    agency = agency_of_page()
    form = forms.SecurityForm(sent(request), initial=_initial(agency, actions.SECURITY))
    if saved(
        form,
        lambda: actions.edit_security(
            agency=agency, values=form.values, version=form.version_seen, by=request.viewer.actor
        ),
        lambda: agency_of_page().version,
    ):
        return done(request, _("Saved. It holds from the next request of everybody."), "settings:security")
    return form_page(request, form, title=_("Security"), button=_("Save security"), back="settings:overview")


def _initial(agency: Agency, fields: tuple[str, ...]) -> dict[str, object]:
    return {name: getattr(agency, name) for name in (*fields, "version")}


@staff_page(Act.MANAGE_AGENCY)
def days(request: StaffRequest) -> HttpResponse:
    """The public holidays of a year and the agency's own days; a form to add one."""
    agency = agency_of_page()
    form = forms.ClosedDayForm(sent(request))
    undo = _undo(request.GET.get("undo", ""))
    if saved(
        form,
        lambda: actions.add_closed_day(agency=agency, **form.values, by=request.viewer.actor, form_id=form.own_id),
    ):
        return redirect(f"{request.path}?year={form.cleaned_data['day'].year}")
    year = _year(request)
    context = {
        "form": form,
        "year": year,
        "lines": queries.days_of_year(agency, year),
        "source": _whose_holidays(agency),
        "undo": undo,
    }
    return render(request, "settings/days.html", context, status=422 if form.is_bound else 200)


def _year(request: StaffRequest) -> int:
    """The year asked for, within reason; else this one."""
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else 0
    return year if 1990 <= year <= 2100 else request.viewer.today.year


@staff_page(Act.MANAGE_AGENCY)
@require_POST
def remove_day(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take a day of the agency's own off the list."""
    row = ClosedDay.objects.filter(pk=pk).first()
    if row is None:
        return redirect("settings:days")
    actions.remove_closed_day(row=row, by=request.viewer.actor)
    kept = {"pk": str(row.pk), "day": row.day.isoformat(), "name": row.name, "works": row.open}
    return redirect(f"{reverse('settings:days')}?{urlencode({'year': row.day.year, 'undo': UNDO.sign_object(kept)})}")


@staff_page(Act.MANAGE_AGENCY)
@require_POST
def restore_day(request: StaffRequest) -> HttpResponse:
    """Undo a removal: the same day is put back on the list."""
    undo = _undo(request.POST.get("undo", ""))
    if undo is None:
        messages.error(request, _("It is too late to undo this. Add the day again."))
        return redirect("settings:days")
    agency, by = agency_of_page(), request.viewer.actor
    tried(
        request,
        lambda: actions.add_closed_day(
            agency=agency, day=undo.day, name=undo.name, works=undo.works, by=by, form_id=undo.pk
        ),
        _("The day is on the list again."),
    )
    return redirect(f"{reverse('settings:days')}?year={undo.day.year}")


def _undo(token: str) -> Undo | None:
    """The removed day that *token* describes; None when it was not made here, or more than an hour ago."""
    try:
        kept = UNDO.unsign_object(token, max_age=3600)
    except BadSignature:
        return None
    return Undo(UUID(kept["pk"]), date.fromisoformat(kept["day"]), kept["name"], kept["works"], token)


def _whose_holidays(agency: Agency) -> str:
    """*Massachusetts, United States*; empty for a country whose holidays are not known."""
    country = dict(forms.countries()).get(agency.holiday_country, "")
    region = dict(regions()).get(agency.holiday_region) if agency.holiday_country == "US" else None
    return ", ".join(part for part in (region or agency.holiday_region, country) if country and part)


@staff_page(Act.READ_POLICY)
def roles(request: StaffRequest) -> HttpResponse:
    """Each role: what it is for, and what it may do."""
    return render(request, "settings/roles.html", {"sections": [in_groups(section) for section in policy_table()]})


def in_groups(section: PolicySection) -> dict[str, Any]:
    """One role with its lines gathered by whom they are about: (whom, labels, lines)."""
    groups: dict[tuple[str, tuple[str, ...]], list[PolicyLine]] = {}
    for line in section.lines:
        groups.setdefault((str(line.to), tuple(str(label) for label in line.labels)), []).append(line)
    return {
        "role": section.role.value,
        "name": section.name,
        "purpose": section.purpose,
        "groups": [(to, labels, lines) for (to, labels), lines in groups.items()],
    }


@staff_page(Act.READ_JOBS)
def jobs(request: StaffRequest) -> HttpResponse:
    """The jobs that were given up."""
    return render(request, "settings/jobs.html", {"jobs": [in_words(row) for row in failed_jobs()]})


def in_words(row: Row) -> dict[str, Any]:
    """A failed job as a person reads it: what was to be done, when it was given up, how often it was tried."""
    return {
        "pk": row.pk,
        "words": JOBS.get(row.task_path, row.task_path.rsplit(".", 1)[-1].replace("_", " ")),
        "finished_at": row.finished_at,
        "tries": len(row.worker_ids),
        "error": row.exception_class_path.rsplit(".", 1)[-1],
    }


@staff_page(Act.READ_JOBS)
@require_POST
def retry_job(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Let a failed job run again."""
    tried(request, lambda: retry(job=pk, by=request.viewer.actor), _("The job will run again in a moment."))
    return redirect("settings:jobs")
