"""Telling the agency that there is a report: who looks after the reporter, or, where nobody does, who watches over reports."""

from goldthread.casework.incidents.models import MandatedReport
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.notices import tell
from goldthread.foundation.workforce.queries import holders, supervisors_of

STARTED = "report_started"


def tell_of_report(report: MandatedReport, by: Actor) -> bool:
    """Tell that there is a report, not who makes it. Was there anybody to tell?"""
    to = [one for one in supervisors_of(report.reporter, by.today) if one.pk != by.staff]
    to = to or [one for one in holders(Role.QUALITY, by.today) if one.pk != by.staff]
    tell(to=to, kind=STARTED, by=by, about_person=report.client_id, source_kind="report", source_id=report.pk)
    return bool(to)
