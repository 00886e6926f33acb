"""Whom an urgent inquiry is told to."""

from collections.abc import Iterable

from django.db.models import Q

from goldthread.casework.intake.models import Inquiry
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Notice, Staff, TeamMembership
from goldthread.foundation.workforce.notices import tell
from goldthread.foundation.workforce.queries import holders, on, working_on

URGENT = "inquiry_urgent"
MOST_TOLD = 12


def tell_of_urgent(row: Inquiry, by: Actor) -> None:
    """Tell once of *row*: the workers of the team that sees to it and its supervisors; without a team, intake. Not who took it down."""
    if Notice.objects.filter(kind=URGENT, source_id=row.pk).exists():
        return
    tell(to=_whom(row, by), kind=URGENT, by=by, source_kind="inquiry", source_id=row.pk)


def _whom(row: Inquiry, by: Actor) -> Iterable[Staff]:
    intake = holders(Role.INTAKE, by.today)
    if row.team_id is None:
        return [] if row.labels else intake[:MOST_TOLD]
    members = TeamMembership.objects.filter(on(by.today), team=row.team_id)
    seats = Q(pk__in=members.filter(supervises=True).values("staff"))
    seats |= Q(pk__in=members.values("staff")) & Q(pk__in=intake.values("pk"))
    return Staff.objects.filter(working_on(by.today)).filter(seats).order_by("name", "pk")[:MOST_TOLD]
