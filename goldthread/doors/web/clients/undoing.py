"""Undoing, from the message that says a row was ended.

What a room keeps a history of it takes back from there. What it does not is kept in the reader's own session, in the
database, until the next such thing is done: what somebody typed stands in no address.
"""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from goldthread.access import gate
from goldthread.casework.caseload import actions as caseload
from goldthread.casework.caseload.models import Assignment
from goldthread.casework.schedule import actions as schedule
from goldthread.doors.web.clients.sections import Place, Section, ended
from goldthread.doors.web.entry import StaffRequest
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.ui.toasts import tell
from goldthread.people.persons.actions.undo import reopen

KEPT = "ended_assignment"


def keep(request: StaffRequest, row: Any) -> None:
    """Remember, before it is ended, what an assignment says: it has no history of its own."""
    if isinstance(row, Assignment):
        request.session[KEPT] = {
            "row": str(row.pk),
            "at": request.viewer.at.isoformat(),
            "ends_on": row.ends_on.isoformat() if row.ends_on else None,
            "reason": row.reason,
        }


def offer(request: StaffRequest, place: Place, section: Section, row: Any) -> None:
    """Say that *row* was ended, with the button that takes it back; nothing when it was not ended."""
    fresh = type(row)._default_manager.filter(pk=row.pk).first()
    if section.reopen and fresh and ended(fresh) and not place.relation:
        undo = place.url("row_undo", section.key, row.pk, getattr(fresh, "version", 0))
        tell(request, _("Saved. It has ended."), undo=undo)


def undo(request: StaffRequest, place: Place, section: Section, row: Any, version: int) -> HttpResponse:
    """Take back the ending of *row*, for who may change the section."""
    if section.reopen is None or not gate.may_on(request.viewer, section.act, place.client):
        gate.refuse(request.viewer, section.act, place.client.pk, page=section.key)
        raise Http404
    try:
        section.reopen(request=request, row=row, version=version)
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("Undone. It is as it was before."))
    return redirect(place.home(section))


def reopen_row(*, request: Any, row: Any, version: int) -> Any:
    """Of a row that keeps its history."""
    return reopen(row=row, version=version, by=request.viewer.actor)


def reopen_assignment(*, request: Any, row: Assignment, version: int) -> Any:
    """Of an assignment: as the session remembers it."""
    kept = request.session.pop(KEPT, None)
    if not kept or kept["row"] != str(row.pk):
        raise DomainError(caseload.TOO_LATE)
    return schedule.reopen_assignment(
        assignment=row,
        ended_at=datetime.fromisoformat(kept["at"]),
        ends_on=date.fromisoformat(kept["ends_on"]) if kept["ends_on"] else None,
        reason=kept["reason"],
        by=request.viewer.actor,
    )
