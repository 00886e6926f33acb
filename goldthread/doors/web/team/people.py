"""Whose work the viewer oversees: teams and workers."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q, QuerySet

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.standing_in import AskedBy
from goldthread.access.viewer import Viewer
from goldthread.foundation.agency.models import Team
from goldthread.foundation.lib.compiled import AnyOf
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import RoleAssignment, Staff, TeamMembership
from goldthread.foundation.workforce.queries import on, working_on

MOST = 60
"""Workers on one page; a site with more is looked at team by team."""


@dataclass(frozen=True, slots=True)
class Overseen:
    """The workers of one page, by name. ``whole``: they are all there are, so that sums over them are sums of everything."""

    workers: list[Staff]
    teams: list[Team]
    team: Team | None
    whole: bool

    @property
    def next(self) -> UUID | None:
        """After whom the next page begins."""
        return self.workers[MOST - 1].pk if len(self.workers) > MOST else None

    @property
    def shown(self) -> list[Staff]:
        return self.workers[:MOST]

    @property
    def ids(self) -> list[UUID]:
        return [worker.pk for worker in self.shown]


def overseen(viewer: Viewer, team: str = "", after: str = "") -> Overseen:
    """The case managers at work today whom *viewer* oversees, of one *team* (an id) or of all, from the one *after* (an id) on.

    Two queries, three from the second page on.
    """
    teams = _TEAMS.ask(viewer)
    chosen = next((one for one in teams if str(one.pk) == team), None)
    only = teams[0] if len(teams) == 1 else None
    last_id = _uuid(after)
    if not chosen and not last_id:
        found = _FIRST.ask(viewer)
        return Overseen(found, teams, only, whole=len(found) <= MOST)
    among = _among(viewer, chosen)
    last = among.filter(pk=last_id).first() if last_id else None
    rest = among.filter(Q(name__gt=last.name) | Q(name=last.name, pk__gt=last.pk)) if last else among
    found = list(_first(rest))
    return Overseen(found, teams, chosen or only, whole=last is None and len(found) <= MOST)


def everybody(viewer: Viewer, team: Team | None) -> list[UUID]:
    """The ids of all whom *viewer* oversees, of one *team* or of all, however many pages they take: for sums over them and the
    lists behind those. One query."""
    return list(_among(viewer, team).order_by().values_list("pk", flat=True))


def _among(viewer: Viewer, team: Team | None) -> QuerySet[Staff]:
    among = workers_of(viewer)
    return among.filter(pk__in=_members(viewer).filter(team=team).values("staff")) if team else among


def _first(among: QuerySet[Staff]) -> QuerySet[Staff]:
    return among.order_by("name", "pk")[: MOST + 1]


def workers_of(viewer: Viewer) -> QuerySet[Staff]:
    """Every case manager at work today whom *viewer* oversees."""
    managers = RoleAssignment.objects.filter(on(viewer.today), role=Role.CASE_MANAGER).values("staff")
    return gate.workers(viewer, Act.OVERSEE).filter(working_on(viewer.today), pk__in=managers)


_FIRST: AskedBy[Staff] = AskedBy(lambda viewer: _first(workers_of(viewer)))


def _teams(viewer: Viewer) -> QuerySet[Team]:
    """The teams in which they work, by name; of a supervisor those that they supervise."""
    places = _members(viewer).filter(staff__in=workers_of(viewer).values("pk"))
    found = Team.objects.filter(pk__in=places.values("team"), closed_on__isnull=True)
    if viewer.supervised and gate.scope(viewer, Act.FIND).small:
        found = found.filter(AnyOf(F("pk"), viewer.supervised))
    return found.order_by("name", "pk")


_TEAMS: AskedBy[Team] = AskedBy(_teams)


def _members(viewer: Viewer) -> QuerySet[TeamMembership]:
    return TeamMembership.objects.filter(on(viewer.today), supervises=False)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
