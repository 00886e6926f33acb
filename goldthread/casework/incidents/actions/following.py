"""What follows from every step: the audit event, the entry of the ledger, the tasks."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from goldthread.casework.incidents.models import MandatedReport
from goldthread.casework.record.actions import write_entry
from goldthread.casework.record.enums import EntryKind
from goldthread.casework.tasks.actions.tasks import make_task
from goldthread.casework.tasks.models import Task
from goldthread.foundation.agency.rules import local_date
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor

SOURCE = "report"
"""Of the entry and the evidence."""
ORAL, WRITTEN, RECEIPT = "report_oral", "report_written", "report_receipt"
"""Of the tasks, each of which is settled by its own step."""


def put_on_list(report: MandatedReport, kind: str, title: str, due_at: datetime, zone: str, by: Actor) -> Task:
    """A task of the reporter. It names no client, whose page would show colleagues who reports."""
    task = make_task(
        title=title,
        owner=report.reporter,
        due_on=local_date(due_at, zone),
        by=by,
        source_kind=kind,
        source_id=report.pk,
        weight=0,
        action="report",
        note=_("The duty is your own. Telling a supervisor does not end it."),
    )
    task.due_at = due_at
    task.save(update_fields=["due_at"])
    return task


def tell_ledger(report: MandatedReport, by: Actor) -> None:
    """One entry a report, as far as it has come. It carries the reporter's label: an entry names who wrote it."""
    write_entry(
        kind=EntryKind.REPORT,
        person=report.client,
        episode=report.episode,
        happened_at=report.suspected_at,
        labels=report.reporter_labels,
        source_kind=SOURCE,
        source_id=report.pk,
        facts={"state": str(report.stage)},
        by=by,
    )


def log(report: MandatedReport, action: str, by: Actor, **details: Any) -> None:
    """Record *action*. The client's own list of who saw them leaves reports out (they name the reporter)."""
    record(by=by, action=action, kind="report", object_id=report.pk, client=report.client_id, details=details)
