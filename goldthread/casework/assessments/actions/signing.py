"""Signing an assessment: one transaction in which everything that follows from it happens."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.casework.assessments.actions.answering import open_row, sheet_of
from goldthread.casework.assessments.actions.safety import raise_alarms, worker_of
from goldthread.casework.assessments.actions.writing import (
    CannotWrite,
    take_back_what_it_said,
    unwritable,
    write_what_it_says,
)
from goldthread.casework.assessments.changes import LATEST, Writer, remove_turn
from goldthread.casework.assessments.enums import AssessmentState
from goldthread.casework.assessments.models import Assessment, Score
from goldthread.casework.assessments.queries.instruments import questionnaire_of
from goldthread.casework.assessments.responses import response_of
from goldthread.casework.assessments.rules.blank_turns import blank_turns
from goldthread.casework.assessments.rules.definition import Questionnaire
from goldthread.casework.assessments.rules.logic import Context
from goldthread.casework.assessments.rules.problems import Problem
from goldthread.casework.assessments.rules.scoring import Score as Reckoned
from goldthread.casework.assessments.working import Finished, finish
from goldthread.casework.record.actions import void_entries, write_entry
from goldthread.casework.record.enums import EntryKind
from goldthread.casework.tasks.actions.evidence import NewEvidence, record_evidence, void_evidence
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.bulk import insert_rows
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.enums import EventKind

SOURCE = "assessment"
PLACES = Decimal("0.001")
LARGEST = Decimal(999_999)


class AnswerProblems(DomainError):
    """What keeps it from being signed, each at its item."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(_("Some answers are missing or cannot be right."))
        self.problems = list(problems)


class ChangedMeanwhile(DomainError):
    """Somebody else answered since this page was read: whoever signs looks at it first. ``keys``: which items."""

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__(_("Somebody else has answered since you opened this. Look at it, then sign again."))
        self.keys = list(keys)


@transaction.atomic
def sign(
    *, assessment: Assessment, by: Actor, seen: int = LATEST, writer: str = "", context: Context | None = None
) -> Assessment:
    """Sign what stands in *assessment*. Signing it again returns what was signed.

    Writes the response, the scores, an entry, evidence (named by the key of the instrument), safety tasks, and the audit event;
    what it corrects steps back: all or nothing. *seen*, *writer*: as in save_answers.
    *context*: the instant in the agency's zone, and what expressions may know of the record.
    AnswerProblems, ChangedMeanwhile, or DomainError: somebody else signed it, or it was thrown away.
    """
    signed = Assessment.objects.filter(pk=assessment.pk).exclude(state=AssessmentState.OPEN).first()
    if signed:
        if signed.signed_by_id != by.staff:
            raise DomainError(_("Somebody else has signed this already."))
        return signed
    row = open_row(assessment)
    changed = sheet_of(row).changed_since(seen, writer)
    if changed:
        raise ChangedMeanwhile(changed)
    questionnaire = questionnaire_of(row.version)
    context = context or Context(by.at)
    finished = _finished(row, questionnaire, context)
    if _without_blank_turns(row, questionnaire, by):
        finished = _finished(row, questionnaire, context)
    _write(row, questionnaire, finished, by)
    return row


def _finished(row: Assessment, questionnaire: Questionnaire, context: Context) -> Finished:
    """What the answers come to; AnswerProblems where it cannot be signed."""
    finished = finish(questionnaire, row.answers, context, row.skipped)
    problems = [one for one in finished.problems if not _is_skipped(one, row, finished)]
    problems += [] if problems else unwritable(questionnaire, finished)
    if problems:
        raise AnswerProblems(problems)
    return finished


def _without_blank_turns(row: Assessment, questionnaire: Questionnaire, by: Actor) -> bool:
    """Take the turns that nobody wrote in out of *row*, the last first; whether there were any."""
    blank, sheet = blank_turns(questionnaire, row.answers, row.skipped), sheet_of(row)
    for turn in reversed(blank):
        remove_turn(sheet, turn.item, turn.key, turn.number, Writer(by.staff, by.at))
    row.answers, row.skipped = sheet.answers, sheet.skipped
    return bool(blank)


def _is_skipped(problem: Problem, row: Assessment, finished: Finished) -> bool:
    """A needed answer that is not there for a reason is none that is missing."""
    return problem.item in row.skipped and not finished.answers.get(problem.item)


def _write(row: Assessment, questionnaire: Questionnaire, finished: Finished, by: Actor) -> None:
    row.signed_by_id, row.signed_at = worker_of(by), by.at
    row.response = response_of(row, questionnaire, finished, author=by.name)
    row.state = AssessmentState.SIGNED
    row.answers, row.skipped = {}, {}
    row.save()
    if row.replaces_id:
        _step_back(row, by)
    scores = scores_of(row, finished.scores)
    insert_rows(scores)
    raise_alarms(row, questionnaire, finished.answers, finished.enabled, by=by)
    _write_elsewhere(row, questionnaire, finished, by)
    tell(row, scores, by)
    details = {
        "instrument": str(row.version.instrument_id),
        "number": row.version.number,
        "corrects": bool(row.replaces_id),
    }
    record(
        by=by, action="assessments.signed", kind="assessment", object_id=row.pk, client=row.person_id, details=details
    )


def _write_elsewhere(row: Assessment, questionnaire: Questionnaire, finished: Finished, by: Actor) -> None:
    try:
        write_what_it_says(row, questionnaire, finished, by)
    except CannotWrite as error:
        raise AnswerProblems(error.problems) from error


def tell(row: Assessment, scores: Iterable[Score], by: Actor) -> None:
    """The entry and the evidence of a signed assessment."""
    write_entry(
        kind=EntryKind.ASSESSED,
        person=row.person,
        episode=row.episode,
        happened_at=row.signed_at or by.at,
        labels=row.labels,
        source_kind=SOURCE,
        source_id=row.pk,
        title=row.version.instrument.title,
        text="; ".join(in_short(score) for score in scores),
        by=by,
    )
    items = []
    if row.episode:
        items.append(
            NewEvidence(
                kind=EventKind.ASSESSMENT,
                episode=row.episode,
                person=row.person,
                happened_on=row.assessed_on,
                happened_at=row.signed_at,
                name=row.version.instrument.key,
                labels=row.labels,
            )
        )
    record_evidence(source_kind=SOURCE, source_id=row.pk, items=items, by=by)


def in_short(score: Score) -> str:
    """*Total 14: moderate*."""
    if score.value is None:
        return f"{score.title}: {score.why}"
    value = f"{score.value:f}".rstrip("0").rstrip(".") if "." in f"{score.value:f}" else f"{score.value:f}"
    return f"{score.title} {value}" + (f": {score.band}" if score.band else "")


def scores_of(row: Assessment, reckoned: Iterable[Reckoned]) -> list[Score]:
    """What was finished out, as rows. Their order is that of the instrument."""
    return [_score(row, one, place) for place, one in enumerate(reckoned)]


def _score(row: Assessment, one: Reckoned, place: int) -> Score:
    value, why = _kept(one)
    return Score(
        id=new_id(),
        assessment=row,
        person_id=row.person_id,
        instrument=row.version.instrument.key,
        name=one.name[:60],
        title=one.title.plain[:200],
        value=value,
        place=place,
        lowest=_end(one.lowest),
        highest=_end(one.highest),
        band=one.band.label.plain[:120] if one.band else "",
        severity=one.severity,
        why=why[:300],
        on=row.assessed_on,
        current=True,
        labels=row.labels,
    )


def _kept(one: Reckoned) -> tuple[Decimal | None, str]:
    """The value to three decimal places, and what is to be said of it."""
    if one.value is None:
        return None, one.why
    value = Decimal(str(one.value))
    if abs(value) > LARGEST:
        return None, _("It is too large to be kept.")
    return value.quantize(PLACES, rounding=ROUND_HALF_UP), one.why


def _end(value: float | int | None) -> Decimal | None:
    """An end of the scale, where it can be kept."""
    if value is None or abs(value) > LARGEST:
        return None
    return Decimal(str(value)).quantize(PLACES, rounding=ROUND_HALF_UP)


def _step_back(row: Assessment, by: Actor) -> None:
    """What *row* corrects no longer counts: not as evidence, not in charts, not on the timeline."""
    before = Assessment.objects.select_for_update().get(replaced_by=row)
    before.state = AssessmentState.CORRECTED
    before.save(update_fields=["state"])
    before.scores.update(current=False)
    void_evidence(source_kind=SOURCE, source_id=before.pk, by=by)
    void_entries(source_kind=SOURCE, source_id=before.pk, by=by)
    take_back_what_it_said(before, row.reason, by)
