"""After the signature: an assessment is corrected by a new one, or voided. It is never edited."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from goldthread.casework.assessments.actions.safety import worker_of
from goldthread.casework.assessments.actions.writing import take_back_what_it_said
from goldthread.casework.assessments.enums import AssessmentState
from goldthread.casework.assessments.models import Assessment
from goldthread.casework.assessments.queries.assessments import answers_of
from goldthread.casework.assessments.responses import skipped_of
from goldthread.casework.record.actions import void_entries
from goldthread.casework.tasks.actions.evidence import void_evidence
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id

SOURCE = "assessment"


@transaction.atomic
def correct(*, assessment: Assessment, reason: str, by: Actor, form_id: UUID | None = None) -> Assessment:
    """Begin the assessment that takes the place of a signed one, with the answers that it has. It counts until then.

    Where one is begun already, that one is returned. DomainError: no reason, or it does not stand any more.
    """
    row = _signed(assessment)
    begun = Assessment.objects.filter(replaces=row).first()
    if begun:
        return begun
    made = Assessment(
        id=form_id or new_id(),
        version=row.version,
        person_id=row.person_id,
        episode_id=row.episode_id,
        staff_id=worker_of(by),
        assessed_on=row.assessed_on,
        answers=answers_of(row),
        skipped=skipped_of(row.response or {}),
        started_at=by.at,
        saved_at=by.at,
        replaces=row,
        reason=_why(reason),
        labels=row.labels,
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        begun = Assessment.objects.filter(replaces=row).first()
        if begun is None:  # the id is taken by something else
            raise DomainError(_("This form is of somebody else. Open the page again.")) from None
        return begun
    _record(by, "correction_begun", made)
    return made


@transaction.atomic
def void(*, assessment: Assessment, reason: str, by: Actor) -> Assessment:
    """Take a signed assessment back, with its reason: it stays readable, and is evidence of nothing. Twice changes nothing.

    DomainError: no reason, or it does not stand any more, or a correction of it is begun.
    """
    row = Assessment.objects.select_for_update().get(pk=assessment.pk)
    if row.state == AssessmentState.VOIDED:
        return row
    row = _signed(row)
    if Assessment.objects.filter(replaces=row).exists():
        raise DomainError(_("A correction of this is begun. Sign it, or throw it away, first."))
    row.state, row.reason = AssessmentState.VOIDED, _why(reason)
    row.voided_by_id, row.voided_at = worker_of(by), by.at
    row.save(update_fields=["state", "reason", "voided_by", "voided_at"])
    row.scores.update(current=False)
    void_evidence(source_kind=SOURCE, source_id=row.pk, by=by)
    void_entries(source_kind=SOURCE, source_id=row.pk, by=by)
    take_back_what_it_said(row, row.reason, by)
    _record(by, "voided", row)
    return row


def _signed(assessment: Assessment) -> Assessment:
    rows = Assessment.objects.select_for_update(of=("self",)).select_related("version__instrument")
    row = rows.get(pk=assessment.pk)
    if row.state != AssessmentState.SIGNED:
        raise DomainError(_("This does not stand any more: it was corrected or voided, or is not signed."))
    return row


def _why(reason: str) -> str:
    if not reason.strip():
        raise DomainError(_("Say why."), "reason")
    return reason.strip()[:300]


def _record(by: Actor, what: str, row: Assessment) -> None:
    record(by=by, action=f"assessments.{what}", kind="assessment", object_id=row.pk, client=row.person_id)
