"""The relations of the policy as queries: which clients, and which workers, a viewer is bound to today."""

from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from goldthread.access.models import Block, BreakGlass
from goldthread.access.rules import Relation
from goldthread.access.viewer import Viewer
from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.foundation.lib.compiled import AnyOf
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import TeamMembership

AFTER = Q(kind=AssignmentKind.AFTERCARE)
"""Of no team, so that neither team nor site hold through it; and whose worker's supervisor has a relation of their own."""


def on(today: date) -> Q:
    """Rows whose days, from ``starts_on`` to ``ends_on``, include *today*."""
    return Q(starts_on__lte=today) & (Q(ends_on__isnull=True) | Q(ends_on__gte=today))


def whole_agency(viewer: Viewer, role: Role, to: Relation) -> bool:
    """Does *to* under *role* bind the viewer to every client, assigned or not?"""
    return to == Relation.AGENCY or (to == Relation.SITE and role not in viewer.sites)


def can_hold(viewer: Viewer, role: Role, to: Relation) -> bool:
    """Can *to* under *role*, short of the whole agency, bind the viewer to anybody? Without a query."""
    match to:
        case Relation.CASELOAD | Relation.COVER | Relation.AFTERCARE:
            return True
        case Relation.TEAM:
            return bool(viewer.teams)
        case Relation.SUPERVISOR_OF | Relation.AFTERCARE_OF:
            return bool(viewer.supervised)
        case Relation.SITE:
            return role in viewer.sites
        case Relation.GLASS:
            return viewer.has_broken_glass
    return False


def assigned(viewer: Viewer, role: Role, to: Relation) -> Q | None:
    """The assignments through which *to* holds, as a condition on Assignment. None when it holds through no assignment."""
    match to:
        case Relation.CASELOAD:
            return Q(staff=viewer.staff, kind__in=[AssignmentKind.PRIMARY, AssignmentKind.SECONDARY])
        case Relation.COVER:
            return Q(staff=viewer.staff, kind=AssignmentKind.COVER)
        case Relation.TEAM:
            return Q(AnyOf(F("team"), viewer.teams)) if viewer.teams else None
        case Relation.SUPERVISOR_OF:
            if not viewer.supervised:
                return None
            return Q(AnyOf(F("team"), viewer.supervised)) | Q(~AFTER, staff__in=members(viewer))
        case Relation.AFTERCARE | Relation.AFTERCARE_OF:
            return _after(viewer, to)
        case Relation.SITE:
            return Q(team__site=viewer.sites[role]) if role in viewer.sites else None
    return None


def _after(viewer: Viewer, to: Relation) -> Q | None:
    if to == Relation.AFTERCARE:
        return AFTER & Q(staff=viewer.staff)
    return AFTER & Q(staff__in=members(viewer)) if viewer.supervised else None


def branches(viewer: Viewer, role: Role, to: Relation) -> list[Q]:
    """The same in parts, each of which an index answers: joined by OR none would."""
    if to == Relation.SUPERVISOR_OF and viewer.supervised:
        of_team = Q(AnyOf(F("team"), viewer.supervised))
        return [of_team, Q(~AFTER, staff__in=members(viewer)) & (Q(team__isnull=True) | ~of_team)]
    condition = assigned(viewer, role, to)
    return [] if condition is None else [condition]


def assignments(viewer: Viewer, condition: Q) -> QuerySet[Assignment]:
    """The assignments of today that meet *condition*."""
    return Assignment.objects.filter(on(viewer.today)).filter(condition)


def glasses(viewer: Viewer) -> QuerySet[BreakGlass]:
    """The glasses that the viewer has broken and that are still open."""
    return BreakGlass.objects.filter(staff=viewer.staff, opened_at__lte=viewer.at, ends_at__gt=viewer.at)


def blocks(viewer: Viewer) -> QuerySet[Block]:
    """The blocks of today between the viewer and anybody."""
    return Block.objects.filter(on(viewer.today), staff=viewer.staff)


def workers(viewer: Viewer, role: Role, to: Relation) -> Q | None:
    """The workers to whom *to* under *role* binds the viewer, as a condition on Staff. None when there are none.

    Their own caseload binds the viewer to themselves.
    """
    if whole_agency(viewer, role, to):
        return Q()
    if to == Relation.CASELOAD:
        return Q(pk=viewer.staff.pk)
    if to == Relation.SUPERVISOR_OF and viewer.supervised:
        return Q(pk__in=members(viewer))
    if to == Relation.SITE:
        at_site = TeamMembership.objects.filter(on(viewer.today), team__site=viewer.sites[role]).values("staff")
        return Q(site=viewer.sites[role]) | Q(pk__in=at_site)
    return None


def members(viewer: Viewer) -> QuerySet[TeamMembership, Any]:
    """The workers of the teams that the viewer supervises, as a subquery of their ids."""
    return TeamMembership.objects.filter(on(viewer.today), AnyOf(F("team"), viewer.supervised)).values("staff")
