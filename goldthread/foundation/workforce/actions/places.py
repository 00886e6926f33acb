"""Closing and reopening sites and teams: not while people are in them."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from goldthread.foundation.agency.editing import change
from goldthread.foundation.agency.models import Site, Team
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.workforce.actions.guards import one_at_a_time
from goldthread.foundation.workforce.models import Staff, TeamMembership


@transaction.atomic
def close_team(*, team: Team, on: date, by: Actor) -> Team:
    """Close *team* from the day *on*. DomainError: somebody is in it on that day or later."""
    one_at_a_time()
    staying = TeamMembership.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), team=team)
    if staying.exists():
        raise DomainError(_("People are in this team then. Let them leave it first."), "closed_on")
    return change(team, {"closed_on": on}, version=team.version, by=by, action="agency.team_closed", kind="team")


@transaction.atomic
def reopen_team(*, team: Team, by: Actor) -> Team:
    """Open a closed team again. DomainError: its site is closed."""
    if team.site.closed_on:
        raise DomainError(_("Its site is closed. Open the site first."))
    return change(team, {"closed_on": None}, version=team.version, by=by, action="agency.team_reopened", kind="team")


@transaction.atomic
def close_site(*, site: Site, on: date, by: Actor) -> Site:
    """Close *site* from the day *on*. DomainError: a team or somebody works from it then."""
    one_at_a_time()
    if Team.objects.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on), site=site).exists():
        raise DomainError(_("Teams work from this site then. Close or move them first."), "closed_on")
    if Staff.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=on), site=site).exists():
        raise DomainError(_("People work from this site then. Give them another site first."), "closed_on")
    return change(site, {"closed_on": on}, version=site.version, by=by, action="agency.site_closed", kind="site")


@transaction.atomic
def reopen_site(*, site: Site, by: Actor) -> Site:
    """Open a closed site again."""
    return change(site, {"closed_on": None}, version=site.version, by=by, action="agency.site_reopened", kind="site")
