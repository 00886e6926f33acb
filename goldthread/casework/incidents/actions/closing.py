"""A report that was started by mistake: closed by its reporter before anybody was called, and taken up again at any time.

Nobody is to be talked out of a report unseen: the row stays with its reason, whoever was told of the report and whoever watches over
reports is told, and the clocks run on from the suspicion as if it had never been closed.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.casework.incidents.actions.following import ORAL, SOURCE, WRITTEN, log, tell_ledger
from goldthread.casework.incidents.actions.reporting import own_row
from goldthread.casework.incidents.actions.starting import prove, put_both_on_list
from goldthread.casework.incidents.models import MandatedReport
from goldthread.casework.incidents.notices import CLOSED, TAKEN_UP, tell_of_report
from goldthread.casework.incidents.rules.checks import check_text
from goldthread.casework.tasks.actions.evidence import void_evidence
from goldthread.casework.tasks.actions.tasks import cancel_of_source
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError


@transaction.atomic
def close_as_mistake(*, report: MandatedReport, reason: str, by: Actor) -> MandatedReport:
    """There was no suspicion: the wrong client, the same report twice, a slip of the finger. Twice changes nothing.

    DomainError: without a reason; somebody was called, or something was sent already.
    """
    row = own_row(report, by)
    if row.closed_at is not None:
        return row
    if row.oral_at is not None or row.sent_at is not None:
        raise DomainError(
            _("Protective services know of this report already: it can no longer be closed as a mistake.")
        )
    row.closed_reason = check_text(reason, "reason", _("Say why it was a mistake."))[:2000]
    row.closed_at = by.at
    row.version += 1
    row.save()
    for kind in (ORAL, WRITTEN):
        cancel_of_source(kind, row.pk, by)
    void_evidence(source_kind=SOURCE, source_id=row.pk, by=by)
    tell_ledger(row, by)
    tell_of_report(row, by, CLOSED)
    log(row, "reports.closed", by)
    return row


@transaction.atomic
def take_up_again(*, report: MandatedReport, zone: str, by: Actor) -> MandatedReport:
    """It was no mistake after all: its tasks are back, with the clocks they had. Twice changes nothing."""
    row = own_row(report, by)
    if row.closed_at is None:
        return row
    row.closed_at, row.closed_reason = None, ""
    row.version += 1
    row.save()
    put_both_on_list(row, zone, by)
    prove(row, zone, by)
    tell_ledger(row, by)
    tell_of_report(row, by, TAKEN_UP)
    log(row, "reports.taken_up", by)
    return row
