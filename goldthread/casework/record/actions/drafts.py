"""Drafts: kept as somebody types, used up by the signature, never resurrected.

Whatever touches a worker's drafts first locks that worker's row: a save that races a signature waits for it, then sees it.
"""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from goldthread.casework.episodes.models import Episode
from goldthread.casework.record.models import Draft, Entry
from goldthread.casework.record.rules import AlreadySigned, DraftConflict, check_size
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.bulk import take_row
from goldthread.foundation.lib.compiled import Compiled, Given
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person


@transaction.atomic
def save_draft(
    *,
    pk: UUID,
    kind: str,
    person: Person | None,
    episode: Episode | None,
    labels: int,
    content: dict[str, Any],
    version_seen: int,
    by: Actor,
    writer: str = "",
    stroke: int = 0,
) -> Draft:
    """Keep *content* as the draft *pk*, which is the id that the signed thing (of source_kind *kind*) will have.

    *version_seen*: the version this page read or wrote last (0: none yet). *writer*, *stroke*: which open page saves,
    and its how many-th save; the page that saved last is never in conflict with itself, and its late, older saves change nothing.
    AlreadySigned: the thing is signed; no row is kept. DraftConflict: another page saved since; nothing is overwritten.
    DomainError: the draft is somebody else's, or larger than a draft may be.
    """
    check_size(content)
    worker = _one_after_the_other(by)
    if Entry.objects.filter(source_kind=kind, source_id=pk).exists():
        raise AlreadySigned
    draft = Draft.objects.filter(pk=pk).first()
    if draft is None:
        return Draft.objects.create(
            id=pk,
            kind=kind,
            staff_id=worker,
            person=person,
            episode=episode,
            labels=labels,
            content=content,
            version=version_seen + 1,
            writer=writer,
            stroke=stroke,
            started_at=by.at,
            saved_at=by.at,
        )
    _check_mine(draft, kind, person, by)
    own = bool(writer) and draft.writer == writer
    if draft.content == content or (own and stroke <= draft.stroke):
        return draft
    if not own and version_seen != draft.version:
        raise DraftConflict(draft.version, draft.content)
    draft.episode, draft.labels, draft.content = episode, labels, content
    draft.writer, draft.stroke = writer, stroke
    draft.version += 1
    draft.saved_at = by.at
    draft.save()
    return draft


def use_up_draft(*, pk: UUID, by: Actor, version_seen: int | None = None, writer: str = "") -> Draft | None:
    """Take the draft *pk* away because the thing is being signed, in the signature's transaction. Returns what it was.

    From now until that transaction ends no save of this worker's drafts goes on; after it, saves of *pk* are AlreadySigned.
    *version_seen*, *writer* as in save_draft: DraftConflict when another page saved since (None: whatever there is). What was
    typed is not read: whoever signs has it.
    """
    mine: dict[str, Any] = {"id": pk, "staff": _one_after_the_other(by)}
    either = {"version": version_seen, **({"writer": writer} if writer else {})} if version_seen is not None else {}
    taken = take_row(Draft, mine, either=either)
    if taken is None and either and (newer := _MINE.first(pk=pk, staff=mine["staff"])):
        raise DraftConflict(newer.version, newer.content)
    return taken


@transaction.atomic
def discard_draft(*, pk: UUID, by: Actor) -> bool:
    """Throw the worker's own draft *pk* away, because they say so. False when there is none."""
    draft = use_up_draft(pk=pk, by=by)
    if draft is None:
        return False
    record(by=by, action="record.draft_discarded", kind=draft.kind, object_id=pk, client=draft.person_id)
    return True


def _one_after_the_other(by: Actor) -> UUID:
    """Lock the worker's row and return its id. NO KEY: rows that merely point to the worker need not wait."""
    if by.staff is None:
        raise ValueError("Drafts are people's.")
    (found,) = _LOCKED.ask(staff=by.staff)
    return found[0]


_MINE: Compiled[Draft] = Compiled(lambda: Draft.objects.filter(pk=Given("pk"), staff=Given("staff")))
_LOCKED: Compiled[tuple[UUID]] = Compiled(
    lambda: Staff.objects.select_for_update(no_key=True).filter(pk=Given("staff")).values_list("pk")
)


def _check_mine(draft: Draft, kind: str, person: Person | None, by: Actor) -> None:
    same_person = draft.person_id == (person.pk if person else None)
    if draft.staff_id != by.staff or draft.kind != kind or not same_person:
        raise DomainError(_("This is the draft of something else. Open the page again."))
