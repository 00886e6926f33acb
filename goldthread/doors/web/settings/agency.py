"""Overview, profile, security, closed days, roles, background jobs."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.roles import policy_table
from goldthread.doors.jobs.actions import retry
from goldthread.doors.jobs.queries import failed_jobs
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.doors.web.settings import forms
from goldthread.doors.web.settings.saving import done, form_page, saved, tried
from goldthread.foundation.agency import actions, queries
from goldthread.foundation.agency.models import Agency, ClosedDay


def agency_of_page() -> Agency:
    """The agency; Http404 before it is set up."""
    agency = queries.the_agency()
    if agency is None:
        raise Http404
    return agency


@staff_page(Act.MANAGE_AGENCY, Act.MANAGE_STAFF, Act.READ_STAFF, Act.READ_POLICY, Act.READ_JOBS)
def overview(request: StaffRequest) -> HttpResponse:
    """Everything that can be set up, with a sentence each; only what this viewer may open."""
    places = [
        (
            Act.MANAGE_AGENCY,
            "settings:profile",
            _("Agency profile"),
            _("Name, your word for client, time zone, languages"),
        ),
        (Act.MANAGE_AGENCY, "settings:days", _("Closed days"), _("Public holidays, and days of your own")),
        (Act.MANAGE_AGENCY, "settings:security", _("Security"), _("Second step, and how long a session lasts")),
        (Act.READ_STAFF, "settings:sites", _("Sites"), _("The places you work from")),
        (Act.READ_STAFF, "settings:teams", _("Teams"), _("Who works together, and who supervises")),
        (Act.READ_STAFF, "settings:staff", _("Staff"), _("Who works here, with which roles")),
        (Act.HAND_OVER, "settings:hand_over", _("Hand over"), _("Give one worker's caseload to another")),
        (Act.READ_POLICY, "settings:roles", _("Roles and permissions"), _("Who may do what, and why")),
        (Act.READ_JOBS, "settings:jobs", _("Failed jobs"), _("Work in the background that did not succeed")),
    ]
    shown = [place[1:] for place in places if gate.may(request.viewer, place[0])]
    return render(request, "settings/overview.html", {"places": shown})


@staff_page(Act.MANAGE_AGENCY)
def profile(request: StaffRequest) -> HttpResponse:
    """The agency's profile."""
    agency = agency_of_page()
    form = forms.ProfileForm(request.POST or None, initial=_initial(agency, actions.PROFILE))
    if saved(
        form,
        lambda: actions.edit_profile(
            agency=agency, values=form.values, version=form.cleaned_data["version"] or 0, by=request.viewer.actor
        ),
        lambda: agency_of_page().version,
    ):
        return done(request, _("The profile is saved."), "settings:profile")
    return form_page(request, form, title=_("Agency profile"), button=_("Save profile"), back="settings:overview")


@staff_page(Act.MANAGE_AGENCY)
def security(request: StaffRequest) -> HttpResponse:
    """Second step and session limits."""
    agency = agency_of_page()
    form = forms.SecurityForm(request.POST or None, initial=_initial(agency, actions.SECURITY))
    if saved(
        form,
        lambda: actions.edit_security(
            agency=agency, values=form.values, version=form.cleaned_data["version"] or 0, by=request.viewer.actor
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
    form = forms.ClosedDayForm(request.POST or None)
    if saved(
        form,
        lambda: actions.add_closed_day(
            agency=agency, **form.values, by=request.viewer.actor, form_id=form.cleaned_data["form_id"]
        ),
    ):
        return redirect(f"{request.path}?year={form.cleaned_data['day'].year}")
    year = _year(request)
    context = {
        "form": form,
        "year": year,
        "lines": queries.days_of_year(agency, year),
        "source": f"{agency.holiday_country} {agency.holiday_region}".strip(),
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
    if row:
        actions.remove_closed_day(row=row, by=request.viewer.actor)
    return done(request, _("The day is off the list."), "settings:days")


@staff_page(Act.READ_POLICY)
def roles(request: StaffRequest) -> HttpResponse:
    """Each role: what it is for, and what it may do."""
    return render(request, "settings/roles.html", {"sections": policy_table()})


@staff_page(Act.READ_JOBS)
def jobs(request: StaffRequest) -> HttpResponse:
    """The jobs that were given up."""
    return render(request, "settings/jobs.html", {"jobs": failed_jobs()})


@staff_page(Act.READ_JOBS)
@require_POST
def retry_job(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Let a failed job run again."""
    tried(request, lambda: retry(job=pk, by=request.viewer.actor), _("The job will run again in a moment."))
    return redirect("settings:jobs")
