"""The steps of a report: call, write, send, receipt. Each is the reporter's alone, in whatever order they come."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.casework.incidents.actions.following import ORAL, RECEIPT, WRITTEN, log, put_on_list, tell_ledger
from goldthread.casework.incidents.enums import SentHow
from goldthread.casework.incidents.models import MandatedReport
from goldthread.casework.incidents.rules.checks import LONGEST, check_done, check_text
from goldthread.casework.tasks.actions.tasks import settle_source
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError

RECEIPT_AFTER = timedelta(days=3)
"""A receipt that has not come by then is asked for (product judgement)."""


class NotYours(DomainError):
    """Somebody else's report: it can be read by who may, and touched by nobody but its reporter."""

    def __init__(self) -> None:
        super().__init__(_("Only whoever reports can go on with this report."))


class WrittenElsewhere(DomainError):
    """The written report was saved from another page meanwhile. Nothing was overwritten."""

    def __init__(self) -> None:
        super().__init__(_("This was saved from another page. Both texts are below: save again to keep yours."), "text")


@transaction.atomic
def log_oral(*, report: MandatedReport, at: datetime, to: str, reference: str, by: Actor) -> MandatedReport:
    """The call was made: when, to whom, under which number. Twice changes nothing. DomainError: see the checks."""
    row = _own(report, by)
    if row.oral_at is not None:
        return row
    check_done(at, _minute(row.suspected_at), by.at, "oral_on")
    row.oral_at = at
    row.oral_to = check_text(to, "oral_to", _("Write whom you spoke to, or which office it was."))[:200]
    row.oral_reference = reference.strip()[:80]
    return _step(row, "reports.called", ORAL, by)


@transaction.atomic
def write_report(*, report: MandatedReport, text: str, version_seen: int, by: Actor) -> MandatedReport:
    """Keep the written report as it was typed. DomainError: sent already, too long, or saved from another page meanwhile."""
    row = _own(report, by)
    if row.written_text == text:
        return row
    if row.sent_at is not None:
        raise DomainError(
            _("It was sent as it stands here. Send what is missing as a letter, and log its receipt."), "text"
        )
    if row.version != version_seen:
        raise WrittenElsewhere
    if len(text) > LONGEST:
        raise DomainError(_("This is too long. Keep it under 40,000 characters."), "text")
    row.written_text, row.written_saved_at = text, by.at
    return _step(row, "reports.written", "", by)


@transaction.atomic
def send_written(*, report: MandatedReport, at: datetime, how: str, to: str, zone: str, by: Actor) -> MandatedReport:
    """The written report was sent. Twice changes nothing. DomainError: nothing is written, or a day that cannot be."""
    row = _own(report, by)
    if row.sent_at is not None:
        return row
    check_text(row.written_text, "text", _("Write the report first, and save it."))
    check_done(at, _minute(row.suspected_at), by.at, "sent_on")
    row.sent_at, row.sent_how, row.sent_to = at, SentHow(how), to.strip()[:200]
    sent = _step(row, "reports.sent", WRITTEN, by)
    put_on_list(sent, RECEIPT, _("Safety report: ask for the receipt"), at + RECEIPT_AFTER, zone, by)
    return sent


@transaction.atomic
def log_receipt(*, report: MandatedReport, at: datetime, receipt: str, by: Actor) -> MandatedReport:
    """The receipt came. Twice changes nothing. DomainError: nothing was sent, or a day that cannot be."""
    row = _own(report, by)
    if row.receipt_at is not None:
        return row
    if row.sent_at is None:
        raise DomainError(_("Log first that the written report was sent."), "receipt")
    check_done(at, _minute(row.sent_at), by.at, "receipt_on")
    row.receipt_at = at
    row.receipt = check_text(receipt, "receipt", _("Write the number on the receipt, or who confirmed it."))[:200]
    return _step(row, "reports.received", RECEIPT, by)


def own_row(report: MandatedReport, by: Actor) -> MandatedReport:
    """The report, locked, when it is *by*'s own. NotYours."""
    row = MandatedReport.objects.select_for_update().get(pk=report.pk)
    if by.staff is None or row.reporter_id != by.staff:
        raise NotYours
    return row


def _own(report: MandatedReport, by: Actor) -> MandatedReport:
    row = own_row(report, by)
    if row.closed_at is not None:
        raise DomainError(_("This report was closed as a mistake. Take it up again first."))
    return row


def _minute(at: datetime) -> datetime:
    """People write minutes, not seconds."""
    return at.replace(second=0, microsecond=0)


def _step(row: MandatedReport, action: str, settles: str, by: Actor) -> MandatedReport:
    row.version += 1
    row.save()
    if settles:
        settle_source(settles, row.pk, by)
    tell_ledger(row, by)
    log(row, action, by)
    return row
