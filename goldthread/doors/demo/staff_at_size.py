"""Sites, teams and staff for as many clients as asked: one worker for so many clients, one supervisor for eight workers."""

from dataclasses import dataclass
from datetime import date, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from goldthread.doors.demo.agency import PASSWORD, REGION, TIME_ZONE, email_of
from goldthread.foundation.accounts.models import User
from goldthread.foundation.agency.models import Agency, Site, Team
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import RoleAssignment, Staff, TeamMembership

WORKERS_A_TEAM = 8
TEAMS_A_SITE = 6
BATCH = 500
ONE_EACH = (Role.INTAKE, Role.PROGRAM_MANAGER, Role.QUALITY, Role.BILLING, Role.AUDITOR, Role.ADMINISTRATOR)


@dataclass(slots=True)
class Workforce:
    """The workers in their order, and the team of each."""

    workers: list[Staff]
    teams: list[Team]

    def of(self, number: int) -> tuple[Staff, Team]:
        """The worker numbered *number*, and their team."""
        return self.workers[number], self.teams[number // WORKERS_A_TEAM]


def engage_many(workers: int, today: date) -> Workforce:
    """Make the agency, *workers* case managers, a supervisor for each team and one colleague for every other role."""
    Agency.objects.create(
        name="Bench Community Services",
        time_zone=TIME_ZONE,
        holiday_region=REGION,
        languages=["en", "es"],
        mfa_required=False,
    )
    team_count = -(-workers // WORKERS_A_TEAM)
    sites = [Site(name=f"Site {n + 1}") for n in range(-(-team_count // TEAMS_A_SITE))]
    teams = [Team(name=f"Team {n + 1}", site=sites[n // TEAMS_A_SITE]) for n in range(team_count)]
    Site.objects.bulk_create(sites, batch_size=BATCH)
    Team.objects.bulk_create(teams, batch_size=BATCH)
    password = make_password(PASSWORD)  # one hash for all: Argon2 is slow on purpose
    own_teams = [teams[n // WORKERS_A_TEAM] for n in range(workers)]
    managers = _engage(Role.CASE_MANAGER, workers, own_teams, password, today)
    _engage(Role.SUPERVISOR, team_count, teams, password, today)
    for role in ONE_EACH:
        _engage(role, 1, [], password, today)
    return Workforce(managers, teams)


def _engage(role: Role, count: int, teams: list[Team], password: str, today: date) -> list[Staff]:
    """*count* colleagues with *role* under one *password* (hashed); the n-th in the n-th of *teams*."""
    started = today - timedelta(days=2_000)
    users = [User(email=email_of(role, number), password=password) for number in range(count)]
    addresses = [EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users]
    staff = [
        Staff(user=user, name=f"{role.label} {number + 1}", title=str(role.label), started_on=started)
        for number, user in enumerate(users)
    ]
    roles = [RoleAssignment(staff=one, role=role, starts_on=started) for one in staff]
    places = [
        TeamMembership(staff=one, team=team, supervises=role == Role.SUPERVISOR, starts_on=started)
        for one, team in zip(staff, teams, strict=False)
    ]
    User.objects.bulk_create(users, batch_size=BATCH)
    EmailAddress.objects.bulk_create(addresses, batch_size=BATCH)
    Staff.objects.bulk_create(staff, batch_size=BATCH)
    RoleAssignment.objects.bulk_create(roles, batch_size=BATCH)
    TeamMembership.objects.bulk_create(places, batch_size=BATCH)
    return staff
