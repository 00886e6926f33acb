"""Whose report may be seen by whom: the reporter's own always; others by the act *report.read*."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.incidents.models import MandatedReport
from goldthread.casework.incidents.queries import reports
from goldthread.foundation.audit.actions import record

READERS = (Act.MAKE_REPORT, Act.READ_REPORT, Act.READ_POLICY)
"""The last is every role's: whoever started a report goes on with it in whatever role they have by then."""


def seen_by(viewer: Viewer) -> QuerySet[MandatedReport]:
    """The reports that *viewer* may open: their own, and those of clients on whom they may read reports; none about themselves."""
    allowed = gate.content_in(viewer, Act.READ_REPORT) | Q(reporter=viewer.staff)
    return reports().filter(allowed).exclude(about_staff=viewer.staff)


def own(viewer: Viewer) -> QuerySet[MandatedReport]:
    """Those that *viewer* makes. No lost client and no block takes a report out of its reporter's hands."""
    return reports().filter(reporter=viewer.staff)


def names_reporter(viewer: Viewer, rows: list[MandatedReport]) -> set[UUID]:
    """Of *rows*, the ids of those whose reporter may be named to *viewer*. One query."""
    by_label = gate.content_in(viewer, Act.READ_REPORT, labels="reporter_labels")
    cleared = MandatedReport.objects.filter(by_label, pk__in=[row.pk for row in rows])
    mine = {row.pk for row in rows if row.reporter_id == viewer.staff.pk}
    return mine | set(cleared.values_list("pk", flat=True))


def open_report(viewer: Viewer, pk: UUID, page: str) -> MandatedReport:
    """The report, when *viewer* may open it; the read is recorded. Otherwise Http404, and the refusal is recorded."""
    found = seen_by(viewer).filter(pk=pk).first()
    if found is None:
        gate.refuse(viewer, Act.READ_REPORT, why="relation", page=page)
        raise Http404
    action = "reports.printed" if page == "reports:print" else "reports.read"
    record(by=viewer.actor, action=action, kind="report", object_id=pk, client=found.client_id, details={"page": page})
    return found


def open_own(viewer: Viewer, pk: UUID, page: str) -> MandatedReport:
    """The report, when *viewer* makes it. Somebody else's: Http404, as if it were not there."""
    found = own(viewer).filter(pk=pk).first()
    if found is None:
        gate.refuse(viewer, Act.MAKE_REPORT, why="relation", page=page)
        raise Http404
    return found
