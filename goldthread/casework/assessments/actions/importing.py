"""Answers that come from elsewhere: a QuestionnaireResponse becomes a signed assessment, kept as it came."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.casework.assessments.actions.safety import worker_of
from goldthread.casework.assessments.actions.signing import scores_of, tell
from goldthread.casework.assessments.canonical import digest_of
from goldthread.casework.assessments.enums import AssessmentState
from goldthread.casework.assessments.models import Assessment, InstrumentVersion
from goldthread.casework.assessments.queries.instruments import questionnaire_of
from goldthread.casework.assessments.rules.answers import from_response
from goldthread.casework.assessments.rules.logic import Context
from goldthread.casework.assessments.working import finish
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.bulk import insert_rows
from goldthread.foundation.lib.errors import DomainError
from goldthread.people.persons.models import Person

DONE = ("completed", "amended")
BY_CONTENT = UUID("5b3e3a52-4d1c-4f0e-9a43-0c9f0c1e7a11")
"""Names responses without an id of ours, by what they say: imported twice, they are there once."""


@transaction.atomic
def import_response(
    *, content: dict[str, Any], version: InstrumentVersion, person: Person, by: Actor
) -> tuple[Assessment, bool]:
    """Keep *content*, *person*'s answers to *version*, as it came, with its scores, entry and evidence of no program.

    Returns the assessment, and whether it is new: the same response is imported once. No safety task is opened: it was
    answered elsewhere, before. ResponseError: it does not belong to the questionnaire. DomainError: it is not finished, or
    another one is here under its id.
    """
    pk = id_of(content)
    there = Assessment.objects.filter(pk=pk).first()
    if there:
        if there.response != content or there.person_id != person.pk:
            raise DomainError(_("Another assessment is kept under this id."))
        return there, False
    if content.get("status") not in DONE:
        raise DomainError(_("It is not finished: its status is “%(status)s”.") % {"status": content.get("status", "")})
    questionnaire = questionnaire_of(version)
    answers = from_response(questionnaire, content)
    at = authored(content, by)
    row = Assessment.objects.create(
        id=pk,
        version=version,
        person=person,
        staff_id=worker_of(by),
        state=AssessmentState.SIGNED,
        assessed_on=min(at.date(), by.today),
        response=content,
        started_at=at,
        saved_at=by.at,
        signed_by_id=worker_of(by),
        signed_at=at,
    )
    scores = scores_of(row, finish(questionnaire, answers, Context(at)).scores)
    insert_rows(scores)
    tell(row, scores, by)
    record(by=by, action="assessments.imported", kind="assessment", object_id=row.pk, client=person.pk)
    return row, True


def id_of(content: dict[str, Any]) -> UUID:
    """Its own id where that is one of ours; else one made of what it says."""
    try:
        return UUID(str(content.get("id", "")))
    except ValueError:
        return uuid5(BY_CONTENT, digest_of(content))


def authored(content: dict[str, Any], by: Actor) -> datetime:
    """When it was answered, as it says; not later than now."""
    text = str(content.get("authored") or "")
    try:
        if "T" in text:
            at = datetime.fromisoformat(text)
            at = at if at.tzinfo else at.replace(tzinfo=by.at.tzinfo)
        else:
            day = date.fromisoformat(text)
            at = datetime(day.year, day.month, day.day, 12, tzinfo=by.at.tzinfo)
    except ValueError:
        return by.at
    return min(at, by.at)
