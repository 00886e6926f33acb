"""Documents are added, renewed, removed, and brought back, with their lines, tasks and evidence."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.casework.documents.actions.proving import check_served, first_the_episode, prove, put
from goldthread.casework.documents.enums import DocumentKind
from goldthread.casework.documents.models import Document, DocumentVersion
from goldthread.casework.documents.rules import SOURCE, Serves, renew_on
from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.rules import labels_for
from goldthread.casework.record.actions import void_entries, write_entry
from goldthread.casework.record.enums import EntryKind
from goldthread.casework.tasks.actions.tasks import cancel_of_source, make_task, settle_source
from goldthread.foundation.audit.actions import record
from goldthread.foundation.files.actions import keep_document
from goldthread.foundation.files.straining import Clean
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.text import tidy
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person

LONGEST = 120
LONGEST_WHY = 300


@dataclass(frozen=True, slots=True)
class Days:
    """The days that stand on a paper."""

    dated_on: date | None = None
    expires_on: date | None = None


@transaction.atomic
def add_document(
    *,
    person: Person,
    kind: str,
    title: str,
    clean: Clean,
    days: Days,
    owner: Staff | None,
    by: Actor,
    episode: Episode | None = None,
    serves: Serves | None = None,
    labels: int = 0,
    form_id: UUID | None = None,
) -> Document:
    """A new document of *person*. The same *form_id* makes one. *owner*: who is to renew it; nobody: who brings it.

    *clean*: what ``straining.strained`` left of the upload. *serves*: what is asked of them that it is evidence of.
    DomainError: no kind or title, days that cannot be, or a requirement of somebody or something else.
    """
    first_the_episode(serves=serves)
    _lock(person)
    if form_id and (made := Document.objects.filter(pk=form_id).first()):
        _sent_for(made.person_id == person.pk)
        return made
    _check(days, by)
    if serves:
        check_served(serves, person, episode)
        episode = serves.episode
    document = Document(
        id=form_id or new_id(),
        person=person,
        episode=episode,
        kind=_kind(kind),
        title=_title(title, kind),
        labels=labels_for(episode, labels) if episode else labels,
    )
    if serves:
        put(serves, document)
    document.save(force_insert=True)
    _new_version(document, 1, clean, days, owner, by, None)
    prove(document, by)
    record(
        by=by, action="documents.added", kind=SOURCE, object_id=document.pk, client=person.pk, details={"kind": kind}
    )
    return document


@transaction.atomic
def add_version(
    *,
    document: Document,
    clean: Clean,
    days: Days,
    owner: Staff | None,
    by: Actor,
    instead: bool = False,
    form_id: UUID | None = None,
) -> DocumentVersion:
    """A newer file takes the place of the one that held, which stays readable. The same *form_id* makes one.

    The task of renewing is done; where the new one ends, too, there is a new task. *instead*: the one before was the wrong paper,
    and is evidence of nothing; else it held in its time. DomainError: it was removed, or its days.
    """
    first_the_episode(document)
    _lock(document.person)
    if form_id and (made := DocumentVersion.objects.filter(pk=form_id).first()):
        _sent_for(made.document_id == document.pk)
        return made
    found = _locked(document)
    if found.removed_at:
        raise DomainError(_("This document was removed. Bring it back first."))
    _check(days, by)
    settle_source(SOURCE, found.pk, by)
    last = DocumentVersion.objects.filter(document=found).order_by("-number").first()
    held = DocumentVersion.objects.filter(document=found, current=True)
    held.update(current=False, wrong=instead)
    found.not_renewed_at = None
    _keep(found, "not_renewed_at")
    version = _new_version(found, (last.number if last else 0) + 1, clean, days, owner, by, form_id)
    prove(found, by)
    record(by=by, action="documents.renewed", kind=SOURCE, object_id=found.pk, client=found.person_id)
    return version


def _sent_for(this_one: bool) -> None:
    """Raises DomainError when a form was sent before for somebody or something else."""
    if not this_one:
        raise DomainError(_("This form was sent before for somebody else. Open a new one."))


@transaction.atomic
def need_not_renew(*, document: Document, by: Actor) -> Document:
    """It may end: nobody has to renew it. Twice changes nothing."""
    first_the_episode(document)
    found = _locked(document)
    if found.not_renewed_at is None:
        found.not_renewed_at = by.at
        _keep(found, "not_renewed_at")
        cancel_of_source(SOURCE, found.pk, by)
        prove(found, by)
        record(by=by, action="documents.not_renewed", kind=SOURCE, object_id=found.pk, client=found.person_id)
    return found


@transaction.atomic
def remove(*, document: Document, why: str, by: Actor) -> Document:
    """It does not belong here, for a stated reason: out of the list, struck through in the timeline, kept, and can be brought back.

    DomainError: no reason. Twice changes nothing.
    """
    reason = tidy(why)
    if not reason:
        raise DomainError(_("Say why it is removed."), "why")
    if len(reason) > LONGEST_WHY:
        raise DomainError(_("Say it in at most %(n)s letters.") % {"n": LONGEST_WHY}, "why")
    first_the_episode(document)
    found = _locked(document)
    if found.removed_at:
        return found
    found.removed_at, found.removed_by_id, found.removed_why = by.at, by.staff, reason
    _keep(found, "removed_at", "removed_by", "removed_why")
    cancel_of_source(SOURCE, found.pk, by)
    for version in DocumentVersion.objects.filter(document=found):
        void_entries(source_kind=SOURCE, source_id=version.pk, by=by)
    prove(found, by)
    record(by=by, action="documents.removed", kind=SOURCE, object_id=found.pk, client=found.person_id)
    return found


@transaction.atomic
def bring_back(*, document: Document, owner: Staff | None, by: Actor) -> Document:
    """The removal is undone, with its lines, its task and its evidence. Twice changes nothing."""
    first_the_episode(document)
    found = _locked(document)
    if found.removed_at is None:
        return found
    found.removed_at, found.removed_by_id, found.removed_why = None, None, ""
    _keep(found, "removed_at", "removed_by", "removed_why")
    for version in DocumentVersion.objects.filter(document=found).order_by("number"):
        _tell(version, by)
        if version.current and found.not_renewed_at is None:
            _remind(version, owner, by)
    prove(found, by)
    record(by=by, action="documents.brought_back", kind=SOURCE, object_id=found.pk, client=found.person_id)
    return found


def _lock(person: Person) -> None:
    """One after the other for each person: of two presses at once the second finds what the first wrote.

    DomainError: they became part of another record while the file was read.
    """
    rows = Person.objects.select_for_update(no_key=True).filter(pk=person.pk)
    if rows.values_list("client_number", flat=True).first() is None:
        raise DomainError(
            _("This record was merged into another one meanwhile. Send it once more: you will be led there.")
        )


def _locked(document: Document) -> Document:
    return Document.objects.select_for_update(of=("self",)).select_related("person", "episode").get(pk=document.pk)


def _keep(document: Document, *fields: str) -> None:
    document.version += 1
    document.save(update_fields=[*fields, "version"])


def _new_version(
    document: Document, number: int, clean: Clean, days: Days, owner: Staff | None, by: Actor, pk: UUID | None
) -> DocumentVersion:
    if by.staff is None:
        raise ValueError("Documents are brought by people.")
    version = DocumentVersion.objects.create(
        id=pk or new_id(),
        document=document,
        number=number,
        file=keep_document(clean=clean, by=by),
        dated_on=days.dated_on,
        expires_on=days.expires_on,
        counts_on=days.dated_on or by.today,
        added_at=by.at,
        added_by_id=by.staff,
    )
    _tell(version, by)
    _remind(version, owner, by)
    return version


def _tell(version: DocumentVersion, by: Actor) -> None:
    document = version.document
    write_entry(
        kind=EntryKind.DOCUMENT,
        person=document.person,
        episode=document.episode,
        happened_at=version.added_at,
        labels=document.labels,
        source_kind=SOURCE,
        source_id=version.pk,
        title=document.title,
        facts={"kind": document.kind, "number": version.number},
        by=by,
    )


def _remind(version: DocumentVersion, owner: Staff | None, by: Actor) -> None:
    """What ends is to be renewed before. What had ended when it came is kept as it is: nobody renews a judgment of last year."""
    document = version.document
    if version.expires_on is None or version.expires_on < by.today:
        return
    make_task(
        title=_("Renew: %(title)s") % {"title": document.title},
        client=document.person,
        episode=document.episode,
        owner=owner or version.added_by,
        due_on=renew_on(version.expires_on, by.today),
        action="document",
        source_kind=SOURCE,
        source_id=document.pk,
        labels=document.labels,
        by=by,
    )


def _kind(kind: str) -> str:
    if kind not in DocumentKind.values:
        raise DomainError(_("Choose one from the list."), "kind")
    return kind


def _title(title: str, kind: str) -> str:
    clean = tidy(title) or str(DocumentKind(kind).label)
    if len(clean) > LONGEST:
        raise DomainError(_("Say it in at most %(n)s letters.") % {"n": LONGEST}, "title")
    return clean


def _check(days: Days, by: Actor) -> None:
    if days.dated_on and days.dated_on > by.today:
        raise DomainError(_("This day has not come yet."), "dated_on")
    if days.dated_on and days.expires_on and days.expires_on < days.dated_on:
        raise DomainError(_("It cannot end before the date on it."), "expires_on")
