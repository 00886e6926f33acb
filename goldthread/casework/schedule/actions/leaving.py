"""Whose work with a client ends without somebody in their place: what they have agreed stays where it is until a person says who
goes, and that is a task, so that it is not found out at the door."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.casework.caseload import actions as caseload
from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.casework.caseload.queries import current
from goldthread.casework.schedule import queries
from goldthread.casework.schedule.models import Appointment
from goldthread.casework.tasks.actions.tasks import complete, make_task
from goldthread.casework.tasks.models import Task, TaskState
from goldthread.foundation.agency.queries import calendar_of, the_agency
from goldthread.foundation.agency.rules import DAY, Calendar, add_business_days, local_date
from goldthread.foundation.lib.actor import Actor


@transaction.atomic
def end_assignment(*, assignment: Assignment, ends_on: date, by: Actor, reason: str) -> Assignment:
    """As ``caseload.actions.end``; who is the client's worker then, else their team, is asked who goes to what is agreed for later."""
    row = caseload.end(assignment=assignment, ends_on=ends_on, by=by, reason=reason)
    if row.ended_at == by.at:
        _ask_who_goes(row, ends_on + DAY, by)
    return row


@transaction.atomic
def reopen_assignment(
    *, assignment: Assignment, ended_at: datetime, ends_on: date | None, reason: str, by: Actor
) -> Assignment:
    """As ``caseload.actions.reopen``; nobody is asked any more."""
    row = caseload.reopen(assignment=assignment, ended_at=ended_at, ends_on=ends_on, reason=reason, by=by)
    for asked in Task.objects.filter(pk=_question(row, ended_at), state=TaskState.OPEN):
        complete(task=asked, done_on=by.today, by=by, note=_("They go on working with the client."))
    return row


def _ask_who_goes(row: Assignment, since: date, by: Actor) -> None:
    after = current(row.client_id, since)
    left = [] if any(one.staff_id == row.staff_id for one in after) else _left(row, since)
    same = [one for one in after if one.episode_id == row.episode_id]  # another program may not know of this one
    worker = next((one.staff for one in same if one.kind == AssignmentKind.PRIMARY), None)
    if not left or (worker is None and row.team is None):
        return
    labels = row.labels
    for one in left:
        labels |= one.labels
    said = ngettext(
        "%(name)s still has %(n)d appointment here: say who goes",
        "%(name)s still has %(n)d appointments here: say who goes",
        len(left),
    )
    make_task(
        form_id=_question(row, by.at),
        title=said % {"name": row.staff.name, "n": len(left)},
        client=row.client,
        episode=row.episode,
        owner=worker,
        team=None if worker else row.team,
        due_on=max(by.today, _work_day_before(left[0])),
        labels=labels,
        by=by,
    )


def _left(row: Assignment, since: date) -> list[Appointment]:
    return queries.passed_on([row.client_id], [row.episode_id] if row.episode_id else [], [row.staff_id], since)


def _work_day_before(first: Appointment) -> date:
    agency = the_agency()
    if agency is None:
        return first.starts_at.date() - DAY
    day = local_date(first.starts_at, agency.time_zone)
    calendar: Calendar = calendar_of(agency, {day.year, (day - timedelta(days=14)).year})
    return add_business_days(day, -1, calendar)


def _question(row: Assignment, ended_at: datetime) -> UUID:
    """The id of the task: one for each end."""
    return uuid5(row.pk, ended_at.isoformat())
