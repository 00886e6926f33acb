"""What somebody who has left had of intake: it is the team's again, with its task, so that nobody who asked is forgotten with them."""

from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from goldthread.casework.caseload.queries import current
from goldthread.casework.intake.actions.hand_offs import SOURCE as HAND_OFF
from goldthread.casework.intake.actions.hand_offs import give_hand_off, team_of
from goldthread.casework.intake.actions.outcomes import give
from goldthread.casework.intake.actions.waiting import OFFER, keep_in_touch
from goldthread.casework.intake.actions.waiting import SOURCE as PLACE
from goldthread.casework.intake.actions.writing import SOURCE as INQUIRY
from goldthread.casework.intake.enums import HandOffState, InquiryState
from goldthread.casework.intake.models import HandOff, Inquiry, Place
from goldthread.casework.intake.models.waiting import OPEN
from goldthread.casework.tasks.models import Task, TaskState
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.workforce.models import Staff
from goldthread.foundation.workforce.queries import gone_by, supervisors_of, working_on, works_on

KINDS = (INQUIRY, PLACE, OFFER, HAND_OFF)


def tasks_of_intake(staff: UUID) -> QuerySet[Task]:
    """What *staff* has to do for who asked, waits, or was referred elsewhere."""
    return Task.objects.filter(owner=staff, state=TaskState.OPEN, source_kind__in=KINDS)


def take_over(*, by: Actor) -> int:
    """Give what leavers had to the team, where there is one, else to whoever supervised them. Again changes nothing. How many moved?

    Each in a transaction of its own. Where there is neither, it stays: it stands in the lists of intake all the same.
    """
    tasks = Task.objects.filter(gone_by(by.today, "owner__"), state=TaskState.OPEN, source_kind__in=KINDS)
    moved = 0
    for kind, source in list(tasks.order_by("pk").values_list("source_kind", "source_id")):
        with transaction.atomic():
            moved += bool(source and _GIVEN[kind](source, by))
    return moved


def _inquiry(pk: UUID, by: Actor) -> bool:
    row = Inquiry.objects.select_related("owner").filter(pk=pk, state=InquiryState.OPEN).first()
    if row is None or row.owner is None:
        return False
    heir = None if row.team_id else _heir(row.owner, by)
    if heir is None and row.team_id is None:
        return False
    give(inquiry=row, to=heir, by=by)
    return True


def _place(row: Place | None, by: Actor) -> bool:
    if row is None or row.owner is None:
        return False
    heir = None if row.team_id else _heir(row.owner, by)
    if heir is None and row.team_id is None:
        return False
    keep_in_touch(place=row, owner=heir, by=by)
    return True


def _places() -> QuerySet[Place]:
    return Place.objects.filter(OPEN).select_related("owner")


def _hand_off(pk: UUID, by: Actor) -> bool:
    rows = HandOff.objects.select_related(
        "owner", "client", "inquiry__owner", "inquiry__team", "episode__program__team"
    )
    row = rows.filter(pk=pk, state=HandOffState.OPEN).first()
    if row is None or row.owner is None:
        return False
    to = _worker(row, by)
    if to is None and team_of(row) is None:
        to = _heir(row.owner, by)
        if to is None:
            return False
    give_hand_off(hand_off=row, to=to, by=by)
    return True


def _worker(row: HandOff, by: Actor) -> Staff | None:
    """Who works with the client now, in that program first; of an inquiry, whose it is by now."""
    if row.client:
        found = current(row.client, by.today)
        own = [one.staff for one in found if one.episode_id == row.episode_id] or [one.staff for one in found]
        return next((one for one in own if works_on(one, by.today)), None)
    owner = row.inquiry.owner if row.inquiry else None
    return owner if owner and works_on(owner, by.today) else None


def _heir(staff: Staff, by: Actor) -> Staff | None:
    """Who supervised *staff* on their last day, and works here."""
    heads = supervisors_of(staff, min(staff.ended_on or by.today, by.today))
    return heads.filter(working_on(by.today)).first()


_GIVEN: dict[str, Callable[[UUID, Actor], bool]] = {
    INQUIRY: _inquiry,
    PLACE: lambda pk, by: _place(_places().filter(pk=pk).first(), by),
    OFFER: lambda pk, by: _place(_places().filter(offers=pk).first(), by),
    HAND_OFF: _hand_off,
}
