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


def stand_of(version: PlanVersion, signatures: list[Signature]) -> str:
    """Of what a paper shows: words, state and signatures. Another stand is another paper."""
    shown = [digest_of(version.content), version.state, *(f"{one.pk} {one.state} {one.at}" for one in signatures)]
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()


@transaction.atomic
def ask_for_paper(*, version: PlanVersion, form: str, language: str, stand: str, by: Actor) -> tuple[Paper, bool]:
    """The paper of this stand, and whether it is to be made: asked for the first time, or tried again after a problem."""
    paper, new = Paper.objects.get_or_create(
        version=version,
        form=form,
        language=language,
        stand=stand,
        defaults={"asked_by_id": staff_of(by), "asked_at": by.at, "labels": version.labels},
    )
    again = not new and bool(paper.problem)
    if again:
        paper.problem = ""
        paper.save(update_fields=["problem"])
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
        found.problem = "libraries"
    else:
        found.file, found.problem = keep_made(data=data, media_type=PDF, by=by), ""
    found.save(update_fields=["file", "problem"])


def waits_long(paper: Paper, at: datetime) -> bool:
    """Has the worker not made it for a minute?"""
    return paper.file_id is None and not paper.problem and (at - paper.asked_at).total_seconds() > 60
