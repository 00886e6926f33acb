"""What came of an inquiry: enrolled, on a waitlist, referred elsewhere (each writes it through ``decide``), or closed with a good answer."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.rules import labels_for
from goldthread.casework.intake.actions.settling import still_open
from goldthread.casework.intake.actions.writing import SOURCE, follow
from goldthread.casework.intake.enums import CloseReason, InquiryState, Result
from goldthread.casework.intake.models import Inquiry, Outcome
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.once import made_before
from goldthread.foundation.programs.models import Program
from goldthread.foundation.workforce.models import Staff


@transaction.atomic
def decide(
    *,
    inquiry: Inquiry,
    result: Result,
    by: Actor,
    program: Program | None = None,
    episode: Episode | None = None,
    source_kind: str = "",
    source_id: UUID | None = None,
    reason: str = "",
    note: str = "",
    told: str = "",
    override: str = "",
    judged: dict[str, Any] | None = None,
    form_id: UUID | None = None,
) -> Outcome:
    """Write down what came of *inquiry* for *program* (None: as a whole); it is done once every program it asks for has an answer.

    *source_kind*, *source_id*: the row of another room that goes on with it. The same *form_id* makes one. Every room that answers
    an inquiry comes through here: one lock, one audit event, the task closed. DomainError: finished, or answered already.
    """
    if made := made_before(Outcome, form_id, inquiry_id=inquiry.pk):
        return made
    row = still_open(inquiry.pk)
    if program and row.outcomes.filter(program=program, voided=False).exists():
        raise DomainError(_("Somebody has just answered for this program. Look again."), "program")
    outcome = Outcome.objects.create(
        id=form_id or new_id(),
        inquiry=row,
        program=program,
        result=result,
        episode=episode,
        source_kind=source_kind,
        source_id=source_id,
        reason=reason,
        note=note.strip()[:2000],
        told=told.strip()[:2000],
        override=override.strip()[:300],
        judged=judged or {},
        labels=labels_for(program, row.labels) if program else row.labels,
        made_by=by.staff,
        made_at=by.at,
    )
    details = {"result": str(result), "program": program.key if program else "", "override": bool(override.strip())}
    record(by=by, action="intake.decided", kind=SOURCE, object_id=row.pk, client=row.client_id, details=details)
    _finish_when_answered(row, by, whole=program is None)
    inquiry.refresh_from_db()
    return outcome


def _finish_when_answered(row: Inquiry, by: Actor, *, whole: bool) -> None:
    asked = set(row.asked.values_list("program_id", flat=True))
    answered = set(row.outcomes.filter(voided=False, program__isnull=False).values_list("program_id", flat=True))
    if whole or asked <= answered:
        row.state, row.finished_at = InquiryState.DONE, by.at
    row.version += 1
    row.save()
    follow(row, by)


@transaction.atomic
def close(
    *, inquiry: Inquiry, reason: str, told: str, by: Actor, note: str = "", form_id: UUID | None = None
) -> Outcome:
    """The inquiry ends here: *reason* (a word of CloseReason), and what the caller was *told*. DomainError: one of them is missing."""
    if reason not in CloseReason.values:
        raise DomainError(_("Choose why it is closed."), "reason")
    if not told.strip() and reason not in (CloseReason.SPAM, CloseReason.TWICE, CloseReason.NOT_REACHED):
        raise DomainError(_("Write what the caller was told."), "told")
    return decide(inquiry=inquiry, result=Result.CLOSED, reason=reason, told=told, note=note, by=by, form_id=form_id)


@transaction.atomic
def reopen(*, inquiry: Inquiry, by: Actor) -> Inquiry:
    """An inquiry that was closed goes on. What was enrolled, or waits, stays. Twice changes nothing."""
    row = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    if row.state == InquiryState.OPEN:
        return row
    row.outcomes.filter(result=Result.CLOSED, voided=False).update(voided=True)
    row.state, row.finished_at = InquiryState.OPEN, None
    row.version += 1
    row.save()
    follow(row, by)
    record(by=by, action="intake.reopened", kind=SOURCE, object_id=row.pk, client=row.client_id)
    return row


@transaction.atomic
def give(*, inquiry: Inquiry, to: Staff | None, by: Actor) -> Inquiry:
    """*to* sees to it from now on; None: it is the team's again."""
    row = still_open(inquiry.pk)
    row.owner = to
    row.version += 1
    row.save(update_fields=["owner", "version"])
    follow(row, by)
    details = {"to": str(to.pk) if to else ""}
    record(by=by, action="intake.given", kind=SOURCE, object_id=row.pk, client=row.client_id, details=details)
    return row
