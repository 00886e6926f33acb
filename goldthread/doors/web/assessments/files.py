"""Photos, scans and papers among the answers. What is taken, and how it is made harmless: docs/adr/0050."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.assessments.actions import save_answers
from goldthread.casework.assessments.actions.answering import Saved
from goldthread.casework.assessments.actions.filing import add_answers, take_answers_away
from goldthread.casework.assessments.changes import Said, key_is_of
from goldthread.casework.assessments.queries.assessments import answers_of, assessment_of
from goldthread.casework.assessments.rules.answers import Answer, value_of
from goldthread.casework.assessments.rules.definition import Item, ItemType
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.doors.web.handing_out import handed_out
from goldthread.foundation.files.actions import keep_document, read
from goldthread.foundation.files.models import StoredFile
from goldthread.foundation.files.papers import LARGEST, too_large
from goldthread.foundation.files.straining import strained
from goldthread.foundation.lib.errors import DomainError
from goldthread.people.persons.models import Person

ADDRESS = "urn:uuid:"


def keep_files(desk: Any, saved: Saved) -> Saved:
    """Keep the files that the form sent as answers of their items. DomainError: why not, and what to do."""
    one: dict[str, Said] = {}
    more: dict[str, list[Answer]] = {}
    for name, sent in desk.request.FILES.items():
        key = name.removeprefix("f:")
        item = key_is_of(desk.questionnaire, key)
        if name.startswith("f:") and item is not None and item.type is ItemType.ATTACHMENT and not item.read_only:
            answer = _answer(desk, item, sent)
            if item.many:
                more[key] = [answer]
            else:
                one[key] = Said([answer])
    by, kept = desk.request.viewer.actor, None
    if one:
        kept = _with(desk, save_answers(assessment=desk.row, changes=one, by=by))
    if more:
        kept = _with(desk, add_answers(assessment=desk.row, more=more, by=by))
    return replace(saved, assessment=kept.assessment) if kept else saved


def take_file_away(desk: Any, key: str, pk: str) -> None:
    """The file *pk* is no answer at *key* any more."""
    by = desk.request.viewer.actor
    kept = take_answers_away(assessment=desk.row, key=key, gone=lambda answer: file_of(answer) == pk, by=by)
    if kept:
        _with(desk, kept)


def _with(desk: Any, kept: Saved) -> Saved:
    """The desk's assessment is the one that was kept."""
    for name in ("answers", "touched", "saves", "saved_at"):
        setattr(desk.row, name, getattr(kept.assessment, name))
    return kept


@require_GET
@client_page(Act.READ_RECORD)
def file(request: StaffRequest, client: Person, row: UUID, file: UUID) -> HttpResponse:
    """One file among the answers, decrypted for this one answer."""
    found = assessment_of(client, row, gate.content(request.viewer, client))
    if found is None or not any(file_of(one) == str(file) for given in answers_of(found).values() for one in given):
        raise Http404
    kept = StoredFile.objects.filter(pk=file).first()
    if kept is None:
        raise Http404
    return handed_out(read(kept), kept.media_type, str(file))


def file_of(answer: Answer) -> str:
    """The id of the file that an answer is; empty when it is none of ours."""
    value = value_of(answer) if "valueAttachment" in answer else None
    url = str(value.get("url", "")) if isinstance(value, dict) else ""
    return url.removeprefix(ADDRESS) if url.startswith(ADDRESS) else ""


def _answer(desk: Any, item: Item, sent: UploadedFile[bytes]) -> Answer:
    if item.max_bytes and (sent.size or 0) > item.max_bytes:
        raise DomainError(_("The file is too large. Choose a smaller one."))
    if (sent.size or 0) > LARGEST:
        raise too_large()
    kept = keep_document(clean=strained(sent.read()), by=desk.request.viewer.actor)
    title = (sent.name or "").replace("\0", "")[:120]
    about = {"contentType": kept.media_type, "url": f"{ADDRESS}{kept.pk}", "size": kept.size, "title": title}
    return {"valueAttachment": {name: value for name, value in about.items() if value}}
