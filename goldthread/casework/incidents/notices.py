"""Telling the agency that there is a report: who looks after the reporter, or, where nobody does, who watches over reports."""

from collections.abc import Iterable

from goldthread.casework.incidents.models import MandatedReport
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.foundation.workforce.notices import tell
from goldthread.foundation.workforce.queries import holders, supervisors_of

STARTED, CLOSED, TAKEN_UP = "report_started", "report_closed", "report_taken_up"


def tell_of_report(report: MandatedReport, by: Actor, kind: str = STARTED) -> bool:
    """Tell that there is a report (or what became of it), not who makes it. Was there anybody to tell?

    That one was closed as a mistake is told to those who watch over reports, too: nobody is to be talked out of one unseen.
    """
    to = to_tell(report, by)
    if kind != STARTED:
        to = [*to, *_allowed(holders(Role.QUALITY, by.today), report)]
    tell(to=to, kind=kind, by=by, about_person=report.client_id, source_kind="report", source_id=report.pk)
    return bool(to)


def to_tell(report: MandatedReport, by: Actor) -> list[Staff]:
    """Who looks after the reporter, else who watches over reports; never the reporter, nor whom of the staff it concerns.

    Where it concerns their own supervisor: who supervises that one, else the program managers; and who watches over reports.
    """
    above = list(supervisors_of(report.reporter, by.today))
    to = _allowed(above, report)
    watching = _allowed(holders(Role.QUALITY, by.today), report)
    if report.about_staff is None:
        return to or watching
    if report.about_staff in above:
        higher = _allowed(supervisors_of(report.about_staff, by.today), report)
        to = [*to, *(higher or _allowed(holders(Role.PROGRAM_MANAGER, by.today), report))]
    return [*to, *watching] or _allowed(holders(Role.PROGRAM_MANAGER, by.today), report)


def _allowed(staff: Iterable[Staff], report: MandatedReport) -> list[Staff]:
    return [one for one in staff if one.pk not in (report.reporter_id, report.about_staff_id)]
