"""Who is told of an urgent inquiry, and of offers that were accepted or that nobody answered."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from goldthread.casework.intake.models import Inquiry, Place
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
    return _of_team(row.team_id, by)


LAPSED = "offer_lapsed"
ACCEPTED = "offer_accepted"


def tell_of_lapsed(place: Place, by: Actor) -> None:
    """Nobody answered an offer in time: who stays in touch, else the team's intake and supervisors."""
    to = [place.owner] if place.owner else _of_team(place.team_id, by)
    tell(to=to, kind=LAPSED, by=by, source_kind="place", source_id=place.pk)


def tell_of_answer(place: Place, by: Actor) -> None:
    """An offer was accepted: who stays in touch, when it was somebody else who heard it."""
    if place.owner:
        tell(to=[place.owner], kind=ACCEPTED, by=by, source_kind="place", source_id=place.pk)


def _of_team(team: UUID | None, by: Actor) -> Iterable[Staff]:
    if team is None:
        return []
    members = TeamMembership.objects.filter(on(by.today), team=team)
    intake = holders(Role.INTAKE, by.today).values("pk")
    seats = Q(pk__in=members.filter(supervises=True).values("staff"))
    seats |= Q(pk__in=members.values("staff")) & Q(pk__in=intake)
    return Staff.objects.filter(working_on(by.today)).filter(seats).order_by("name", "pk")[:MOST_TOLD]
