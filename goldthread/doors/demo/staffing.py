"""Makes the demo agency itself: profile, sites, teams, staff with accounts and roles."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from goldthread.doors.demo.agency import (
    COLLEAGUES,
    NAME,
    PASSWORD,
    PLACES,
    REGION,
    TIME_ZONE,
    Colleague,
)
from goldthread.foundation.accounts.models import User
from goldthread.foundation.agency.models import Agency, Site, Team
from goldthread.foundation.workforce.models import RoleAssignment, Staff, TeamMembership


@dataclass(slots=True)
class Office:
    """The agency's people and teams, by name."""

    staff: dict[str, Staff]
    teams: dict[str, Team]
    sites: dict[str, Site]
    """The site of each team, by the team's name."""
    inherited: list[UUID] = field(default_factory=list)
    """Clients of Jonah's who were Renee's before he came."""
    carried: dict[str, str] = field(default_factory=dict)
    """The worker of each client to whom something ordinary may happen, both by name."""


def open_office(today: date, at: datetime) -> Office:
    """Make the agency with its three sites and teams and fourteen colleagues. The database must hold no agency."""
    Agency.objects.create(
        name=NAME,
        time_zone=TIME_ZONE,
        holiday_region=REGION,
        languages=["en", "es"],
        mfa_required=False,
    )
    sites = {place.team: Site(name=place.site, address=place.address, phone=place.phone) for place in PLACES}
    Site.objects.bulk_create(sites.values())
    teams = {place.team: Team(name=place.team, site=sites[place.team]) for place in PLACES}
    Team.objects.bulk_create(teams.values())
    office = Office({}, teams, sites)
    password = make_password(PASSWORD)  # one hash for all: fourteen of Argon2 would take seconds
    for number, colleague in enumerate(COLLEAGUES):
        office.staff[colleague.name] = _engage(office, colleague, number, password, today)
    return office


def _engage(office: Office, colleague: Colleague, number: int, password: str, today: date) -> Staff:
    user = User.objects.create(email=colleague.email, password=password)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    started = today - timedelta(days=int(colleague.years * 365))
    staff = Staff.objects.create(
        user=user,
        name=colleague.name,
        title=colleague.title,
        languages=list(colleague.languages),
        phone=f"(617) 555-01{20 + number} ext. {300 + number}",
        site=office.sites.get(colleague.team) or office.sites[PLACES[0].team],
        started_on=started,
    )
    RoleAssignment.objects.bulk_create(
        RoleAssignment(staff=staff, role=role, starts_on=started) for role in colleague.roles
    )
    TeamMembership.objects.bulk_create(
        TeamMembership(staff=staff, team=office.teams[team], supervises=supervises, starts_on=started)
        for team, supervises in _places_in_teams(colleague)
    )
    return staff


def _places_in_teams(colleague: Colleague) -> list[tuple[str, bool]]:
    """A supervisor supervises; with clients of their own they also work in their team."""
    works = [(colleague.team, False)] if colleague.load else []
    return works + [(team, True) for team in colleague.supervises]
