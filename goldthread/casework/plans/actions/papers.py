"""A version is asked for as a file, and made by the worker."""

import hashlib
import json
from datetime import datetime
from uuid import UUID

from django.db import transaction

from goldthread.casework.plans.actions.common import staff_of, told
from goldthread.casework.plans.models import Paper, PlanVersion, Signature
from goldthread.casework.plans.rules.document import digest_of
from goldthread.foundation.files.actions import keep_made
from goldthread.foundation.lib.actor import Actor

FORMS = ("plain", "large", "fridge")
PDF = "application/pdf"
LIBRARIES, FAILED = "libraries", "failed"
"""What can be the problem with a paper."""


def stand_of(version: PlanVersion, signatures: list[Signature]) -> str:
    """Of what a paper shows: words, state and signatures. Another stand is another paper."""
    shown = [digest_of(version.content), version.state, *(f"{one.pk} {one.state} {one.at}" for one in signatures)]
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()


@transaction.atomic
def ask_for_paper(*, version: PlanVersion, form: str, language: str, stand: str, by: Actor) -> tuple[Paper, bool]:
    """The paper of this stand, and whether it is to be made: asked for the first time, or again after a problem or a long wait."""
    paper, new = Paper.objects.get_or_create(
        version=version,
        form=form,
        language=language,
        stand=stand,
        defaults={"asked_by_id": staff_of(by), "asked_at": by.at, "labels": version.labels},
    )
    again = not new and (bool(paper.problem) or waits_long(paper, by.at))
    if again:
        paper.problem, paper.asked_at = "", by.at
        paper.save(update_fields=["problem", "asked_at"])
    if new or again:
        told(version, "plans.paper_asked", by, form=form)
    return paper, new or again


@transaction.atomic
def keep_paper(*, paper: UUID, data: bytes | None, by: Actor) -> None:
    """Keep what was made of it; None: the server lacks what it takes. Twice changes nothing."""
    found = Paper.objects.select_for_update().get(pk=paper)
    if found.file_id is not None:
        return
    if data is None:
        found.problem = LIBRARIES
    else:
        found.file, found.problem = keep_made(data=data, media_type=PDF, by=by), ""
    found.save(update_fields=["file", "problem"])


def paper_failed(*, paper: UUID) -> None:
    """It could not be made this time: whoever waits for it may try again, and so does the queue."""
    Paper.objects.filter(pk=paper, file=None).update(problem=FAILED)


def waits_long(paper: Paper, at: datetime) -> bool:
    """Has the worker not made it for a minute?"""
    return paper.file_id is None and not paper.problem and (at - paper.asked_at).total_seconds() > 60
