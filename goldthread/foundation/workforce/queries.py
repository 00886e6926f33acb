"""Reading who works here."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Count, Prefetch, Q, QuerySet

from goldthread.foundation.accounts.models import User
from goldthread.foundation.agency.models import Team
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.compiled import Compiled, Given
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Notice, RoleAssignment, SavedView, Staff, TeamMembership


def on(day: date) -> Q:
    """Roles and memberships that hold on *day*."""
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def working_on(day: date) -> Q:
    """Staff who work here on *day* and whose account is open."""
    return Q(started_on__lte=day, user__is_active=True) & (Q(ended_on__isnull=True) | Q(ended_on__gte=day))


def gone_by(day: date, to: str = "") -> Q:
    """Staff who worked here and do not any more on *day*, or whose account is closed. *to*: the path to them, with its ``__``."""
    return Q(**{f"{to}ended_on__lt": day}) | Q(**{f"{to}user__is_active": False})


def works_on(staff: Staff, day: date) -> bool:
    """As ``working_on``, of one who is loaded with their account."""
    return staff.started_on <= day and (staff.ended_on is None or staff.ended_on >= day) and staff.user.is_active


def staff_of_team(team: Team, day: date) -> QuerySet[Staff]:
    """Who works in *team* on *day*, without its supervisors, by name."""
    rows = TeamMembership.objects.filter(on(day), team=team, supervises=False)
    return Staff.objects.filter(pk__in=rows.values("staff")).order_by("name", "pk")


def supervisors_of(staff: Staff, today: date) -> QuerySet[Staff]:
    """Who supervises, on *today*, a team in which *staff* works; never *staff* themselves. By name."""
    teams = TeamMembership.objects.filter(on(today), staff=staff, supervises=False).values("team")
    rows = TeamMembership.objects.filter(on(today), team__in=teams, supervises=True)
    return (
        Staff.objects.filter(working_on(today), pk__in=rows.values("staff")).exclude(pk=staff.pk).order_by("name", "pk")
    )


def roles_on(staff: Staff, day: date) -> set[Role]:
    """The roles that *staff* holds on *day*."""
    return {Role(role) for role in RoleAssignment.objects.filter(on(day), staff=staff).values_list("role", flat=True)}


def holders(role: Role, day: date) -> QuerySet[Staff]:
    """Who holds *role* on *day* and can sign in, by name."""
    rows = RoleAssignment.objects.filter(on(day), role=role)
    return Staff.objects.filter(working_on(day), pk__in=rows.values("staff")).order_by("name", "pk")


def who_speak(language: str, today: date) -> set[UUID]:
    """Who works here today and speaks *language* with clients, by id. No query for English, which everybody speaks, or for none."""
    if language in ("", "en"):
        return set()
    rows = Staff.objects.filter(working_on(today)).exclude(languages=[]).values_list("pk", "languages")
    return {pk for pk, spoken in rows if language in spoken}


def other_administrators(without: Staff, after: date) -> QuerySet[Staff]:
    """Who else can administer for good after the day *after*: the role without an end, an open account, a password set."""
    lasting = RoleAssignment.objects.filter(
        role=Role.ADMINISTRATOR, starts_on__lte=after, ends_on__isnull=True, staff__ended_on__isnull=True
    )
    invited_only = User.objects.filter(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    found = Staff.objects.filter(pk__in=lasting.values("staff"), user__is_active=True)
    return found.exclude(pk=without.pk).exclude(user__in=invited_only)


def staff_list(
    *,
    today: date,
    text: str = "",
    role: str = "",
    team: UUID | None = None,
    site: UUID | None = None,
    state: str = "working",
) -> QuerySet[Staff]:
    """Staff by name, with account, site, and the roles and teams of *today*.

    *state*: ``working``, ``invited`` (no password yet), ``left`` or ``all``.
    """
    left = Q(ended_on__lt=today) | Q(user__is_active=False)
    found = Staff.objects.select_related("user", "site").prefetch_related(
        Prefetch("roles", RoleAssignment.objects.filter(on(today)).order_by("role"), to_attr="roles_now"),
        Prefetch("memberships", TeamMembership.objects.filter(on(today)).select_related("team"), to_attr="teams_now"),
    )
    conditions: dict[str, Q] = {
        "working": ~left,
        "left": left,
        "invited": ~left & Q(user__password__startswith=UNUSABLE_PASSWORD_PREFIX),
    }
    found = found.filter(conditions.get(state, Q()))
    for word in text.split():
        found = found.filter(Q(name__icontains=word) | Q(user__email__icontains=word) | Q(title__icontains=word))
    if role:
        found = found.filter(pk__in=RoleAssignment.objects.filter(on(today), role=role).values("staff"))
    if team:
        found = found.filter(pk__in=TeamMembership.objects.filter(on(today), team=team).values("staff"))
    if site:
        found = found.filter(site=site)
    return found.order_by("name", "pk")


@dataclass(frozen=True, slots=True)
class People:
    """Who is in a team on a day."""

    supervisors: list[Staff]
    members: list[Staff]


def people_of_teams(teams: Iterable[UUID], day: date) -> dict[UUID, People]:
    """For each of *teams* (ids) its supervisors and members on *day*, by name. One query."""
    found: dict[UUID, People] = defaultdict(lambda: People([], []))
    rows = TeamMembership.objects.filter(on(day), team__in=list(teams)).select_related("staff").order_by("staff__name")
    for row in rows:
        people = found[row.team_id]
        (people.supervisors if row.supervises else people.members).append(row.staff)
    return {team: found[team] for team in teams}


def history_of(staff: Staff, limit: int = 30) -> list[Event]:
    """What was changed about *staff*, newest first: from the audit log. ``actor_name`` is put on each event. Two queries."""
    keys = [str(staff.pk), str(staff.user_id)]
    kinds = ["staff", "account"]
    events: list[Any] = list(
        Event.objects.filter(kind__in=kinds, object_id__in=keys)
        .exclude(action__startswith="accounts.sign")
        .order_by("-id")[:limit]
    )
    names = dict(
        Staff.objects.filter(pk__in={event.actor for event in events if event.actor}).values_list("pk", "name")
    )
    for event in events:
        event.actor_name = names.get(event.actor, "Goldthread")
    return events


_UNSEEN = Compiled(
    lambda: (
        Notice.objects.filter(to=Given("staff"), seen_at__isnull=True)
        .values("to")
        .annotate(many=Count("pk"))
        .values_list("many")
    )
)


def unseen_notices(staff: Staff) -> int:
    """How many notices *staff* has not marked as seen. One query on an index."""
    counted = _UNSEEN.first(staff=staff.pk)
    return counted[0] if counted else 0


def notices_of(staff: Staff, *, before: UUID | None = None, limit: int = 30) -> list[Notice]:
    """The notices of *staff*, newest first; *before*: those older than this one (ids sort by time)."""
    found = Notice.objects.filter(to=staff)
    if before:
        found = found.filter(pk__lt=before)
    return list(found.order_by("-pk")[:limit])


_VIEWS = Compiled(lambda: SavedView.objects.filter(staff=Given("staff"), page=Given("page")).order_by("name"))


def saved_views(staff: Staff, page: str) -> list[SavedView]:
    """The views that *staff* keeps of *page*, by name."""
    return _VIEWS.ask(staff=staff.pk, page=page)
