"""Sites and teams."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.doors.web.settings import forms
from goldthread.doors.web.settings.saving import done, form_page, saved, sent, tried
from goldthread.foundation.agency import actions
from goldthread.foundation.agency.models import Site, Team
from goldthread.foundation.workforce import actions as workforce
from goldthread.foundation.workforce.queries import people_of_teams


@staff_page(Act.READ_STAFF)
def sites(request: StaffRequest) -> HttpResponse:
    """The places the agency works from."""
    found = Site.objects.order_by("closed_on", "name").prefetch_related("teams")
    return render(request, "settings/sites.html", {"sites": found, **_may_edit(request)})


@staff_page(Act.READ_STAFF)
def teams(request: StaffRequest) -> HttpResponse:
    """The teams with their supervisors and members of today."""
    found: list[Any] = list(Team.objects.select_related("site").order_by("closed_on", "name"))
    people = people_of_teams([team.pk for team in found], request.viewer.today)
    for team in found:
        team.people = people[team.pk]
    return render(request, "settings/teams.html", {"teams": found, **_may_edit(request)})


def _may_edit(request: StaffRequest) -> dict[str, bool]:
    return {"may_edit": gate.may(request.viewer, Act.MANAGE_STAFF)}


@staff_page(Act.MANAGE_STAFF)
def new_site(request: StaffRequest) -> HttpResponse:
    """Add a site."""
    form = forms.SiteForm(sent(request))
    if saved(
        form,
        lambda: actions.add_site(**form.values, by=request.viewer.actor, form_id=form.own_id),
    ):
        return done(request, _("The site is added."), "settings:sites")
    return form_page(request, form, title=_("New site"), button=_("Add site"), back="settings:sites")


@staff_page(Act.MANAGE_STAFF)
def site(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Change a site."""
    row = get_object_or_404(Site, pk=pk)
    form = forms.SiteForm(sent(request), initial=vars(row))
    if saved(
        form,
        lambda: actions.edit_site(site=row, values=form.values, version=form.version_seen, by=request.viewer.actor),
        lambda: Site.objects.get(pk=pk).version,
    ):
        return done(request, _("The site is saved."), "settings:sites")
    return form_page(request, form, title=row.name, button=_("Save site"), back="settings:sites")


@staff_page(Act.MANAGE_STAFF)
def new_team(request: StaffRequest) -> HttpResponse:
    """Add a team."""
    form = forms.TeamForm(sent(request))
    if saved(
        form,
        lambda: actions.add_team(**form.values, by=request.viewer.actor, form_id=form.own_id),
    ):
        return done(request, _("The team is added."), "settings:teams")
    return form_page(request, form, title=_("New team"), button=_("Add team"), back="settings:teams")


@staff_page(Act.MANAGE_STAFF)
def team(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Change a team."""
    row = get_object_or_404(Team, pk=pk)
    form = forms.TeamForm(sent(request), initial={"name": row.name, "site": row.site, "version": row.version})
    if saved(
        form,
        lambda: actions.edit_team(team=row, values=form.values, version=form.version_seen, by=request.viewer.actor),
        lambda: Team.objects.get(pk=pk).version,
    ):
        return done(request, _("The team is saved."), "settings:teams")
    return form_page(request, form, title=row.name, button=_("Save team"), back="settings:teams")


@staff_page(Act.MANAGE_STAFF)
def close_site(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Close a site from a day."""
    row = get_object_or_404(Site, pk=pk)
    form = forms.CloseForm(sent(request), initial={"closed_on": request.viewer.today})
    if saved(
        form,
        lambda: workforce.close_site(site=row, on=form.cleaned_data["closed_on"], by=request.viewer.actor),
    ):
        return done(request, _("The site is closed. You can open it again."), "settings:sites")
    return form_page(request, form, title=_("Close %s") % row.name, button=_("Close site"), back="settings:sites")


@staff_page(Act.MANAGE_STAFF)
def close_team(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Close a team from a day."""
    row = get_object_or_404(Team, pk=pk)
    form = forms.CloseForm(sent(request), initial={"closed_on": request.viewer.today})
    if saved(
        form,
        lambda: workforce.close_team(team=row, on=form.cleaned_data["closed_on"], by=request.viewer.actor),
    ):
        return done(request, _("The team is closed. You can open it again."), "settings:teams")
    return form_page(request, form, title=_("Close %s") % row.name, button=_("Close team"), back="settings:teams")


@staff_page(Act.MANAGE_STAFF)
@require_POST
def reopen_site(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Open a closed site again."""
    row = get_object_or_404(Site, pk=pk)
    tried(request, lambda: workforce.reopen_site(site=row, by=request.viewer.actor), _("The site is open again."))
    return redirect("settings:sites")


@staff_page(Act.MANAGE_STAFF)
@require_POST
def reopen_team(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Open a closed team again."""
    row = get_object_or_404(Team.objects.select_related("site"), pk=pk)
    tried(request, lambda: workforce.reopen_team(team=row, by=request.viewer.actor), _("The team is open again."))
    return redirect("settings:teams")
