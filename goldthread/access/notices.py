"""Who is told when glass is broken or a blocked person's record is tried."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from goldthread.access import relations
from goldthread.access.models import Block, BreakGlass
from goldthread.access.viewer import Viewer
from goldthread.casework.caseload.models import Assignment
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Notice, RoleAssignment, Staff, TeamMembership
from goldthread.foundation.workforce.notices import tell
from goldthread.foundation.workforce.queries import holders, supervisors_of, working_on

GLASS_BROKEN = "glass_broken"
BLOCK_TRIED = "block_tried"
BLOCK_SET = "block_set"
BLOCK_LIFTED = "block_lifted"
SEALER_LATE = "audit_unsealed"
QUIET = timedelta(hours=1)
"""A blocked worker who tries again within this time is recorded each time, and told of once."""


def tell_of_broken_glass(viewer: Viewer, glass: BreakGlass) -> int:
    """Tell the supervisors of the client's workers, the viewer's own, and quality. Returns how many people were told."""
    workers = Assignment.objects.filter(relations.on(viewer.today), client=glass.client_id)
    told = {
        *_supervisors_of_teams(viewer, Q(team__in=workers.values("team"))),
        *_supervisors_of_workers(viewer, workers.values("staff")),
        *own_supervisors(viewer),
        *holders(Role.QUALITY, viewer.today),
    }
    return _tell(told, viewer, GLASS_BROKEN, glass.client_id, "glass", glass.pk)


def tell_of_blocked_attempt(viewer: Viewer, person: UUID) -> int:
    """Tell the viewer's supervisors (quality, when there are none) that the record of a blocked person was tried."""
    recent = Notice.objects.filter(
        kind=BLOCK_TRIED, about_staff=viewer.staff.pk, about_person=person, at__gt=viewer.at - QUIET
    )
    if recent.exists():
        return 0
    told = set(own_supervisors(viewer)) or set(holders(Role.QUALITY, viewer.today))
    return _tell(told, viewer, BLOCK_TRIED, person, "", None)


def tell_of_block(block: Block, by: Actor, *, lifted: bool) -> int:
    """Tell the worker's supervisors and program managers that a block was set or lifted; never the worker, nor whoever did it.

    Quality, when nobody else is left: a block is never a matter between two people. Returns how many were told.
    """
    over = {*supervisors_of(block.staff, by.today), *_program_managers_of(block.staff, by)}
    told = {one for one in over if one.pk not in (block.staff_id, by.staff)}
    told = told or {one for one in holders(Role.QUALITY, by.today) if one.pk != block.staff_id}
    notices = tell(
        to=told,
        kind=BLOCK_LIFTED if lifted else BLOCK_SET,
        by=by,
        about_staff=block.staff_id,
        about_person=block.person_id,
        source_kind="block",
        source_id=block.pk,
    )
    return len(notices)


def _program_managers_of(worker: Staff, by: Actor) -> QuerySet[Staff]:
    """Who runs the programs of the worker's sites: their own, those of their teams; a role without a site runs them all."""
    teams = TeamMembership.objects.filter(relations.on(by.today), staff=worker).values("team__site")
    here = Q(site__isnull=True) | Q(site=worker.site_id) | Q(site__in=teams)
    roles = RoleAssignment.objects.filter(here, relations.on(by.today), role=Role.PROGRAM_MANAGER)
    return Staff.objects.filter(working_on(by.today), pk__in=roles.values("staff"))


def tell_of_late_sealer(by: Actor) -> int:
    """Tell the administrators that the audit log is not sealed in time; once an hour. Returns how many were told."""
    if Notice.objects.filter(kind=SEALER_LATE, at__gt=by.at - QUIET).exists():
        return 0
    return len(tell(to=holders(Role.ADMINISTRATOR, by.today), kind=SEALER_LATE, by=by))


def own_supervisors(viewer: Viewer) -> QuerySet[Staff]:
    """Whoever supervises, today, a team in which the viewer works."""
    return _supervisors_of_teams(viewer, Q(team__in=viewer.teams)).exclude(pk=viewer.staff.pk).order_by("name", "pk")


def _supervisors_of_workers(viewer: Viewer, workers: QuerySet[Assignment, Any]) -> QuerySet[Staff]:
    teams = TeamMembership.objects.filter(relations.on(viewer.today), staff__in=workers).values("team")
    return _supervisors_of_teams(viewer, Q(team__in=teams))


def _supervisors_of_teams(viewer: Viewer, teams: Q) -> QuerySet[Staff]:
    who = TeamMembership.objects.filter(relations.on(viewer.today), teams, supervises=True).values("staff")
    return Staff.objects.filter(pk__in=who)


def _tell(
    told: Iterable[Staff], viewer: Viewer, kind: str, person: UUID | None, source: str, source_id: UUID | None
) -> int:
    notices = tell(
        to=told,
        kind=kind,
        by=viewer.actor,
        about_staff=viewer.staff.pk,
        about_person=person,
        source_kind=source,
        source_id=source_id,
    )
    return len(notices)
