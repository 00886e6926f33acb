"""A package is put together, frozen as it was looked at, and made into a file."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.casework.documents.models import DocumentVersion
from goldthread.casework.packages.actions.common import check_standing, keep, locked, told
from goldthread.casework.packages.content import Eyes, Gathered, gather, papers_that_may_go, part_two
from goldthread.casework.packages.enums import PackageState, Section
from goldthread.casework.packages.models import Package, Release
from goldthread.casework.packages.rules import NOTICE, digest_of, may_go, within
from goldthread.foundation.files.actions import keep_made
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.once import made_before
from goldthread.foundation.workforce.models import Staff

LONGEST_WHY = 300
FAILED = "failed"


@transaction.atomic
def begin(
    *, release: Release, sections: Sequence[str], owner: Staff, by: Actor, form_id: UUID | None = None
) -> Package:
    """Begin a package under *release*, of *sections*. The same *form_id* begins one.

    DomainError: the release has ended or was revoked, it does not name them, or the person's record has a label it does not name.
    """
    if made := made_before(Package, form_id, release_id=release.pk):
        return made
    check_standing(release, by)
    if not may_go(int(release.person.labels), release.named_labels):
        raise DomainError(
            _(
                "That this person is served here is protected itself, and the release does not name that. Ask for another one."
            )
        )
    row = Package.objects.create(
        id=form_id or new_id(),
        person=release.person,
        release=release,
        sections=within(sections, release.sections),
        owner=owner,
        made_by=by.staff,
        made_at=by.at,
        labels=int(release.labels) | int(release.person.labels),
    )
    told(by, "packages.begun", row)
    return row


@transaction.atomic
def choose(*, package: Package, sections: Sequence[str], papers: Sequence[DocumentVersion], by: Actor) -> Package:
    """What goes along: *sections*, never more than the release names, and *papers*, where it names documents.

    DomainError: more than it names, a paper that it may not send, or the package is frozen.
    """
    row = locked(package, PackageState.DRAFT)
    row.sections = within(sections, row.release.sections)
    chosen = list(papers) if Section.DOCUMENTS in row.sections else []
    allowed = {one.pk for one in papers_that_may_go(chosen, row.release.named_labels)}
    if any(one.pk not in allowed or one.document.person_id != row.person_id for one in chosen):
        raise DomainError(_("One of these papers is protected, and the release does not name that."), "papers")
    row.papers.set(chosen)
    keep(row, "sections")
    return row


def looked_at(package: Package, eyes: Eyes, by: Actor) -> tuple[Gathered, list[DocumentVersion], str]:
    """Exactly what would go out now: the words, the papers, and the fingerprint of both."""
    named = package.release.named_labels
    found = gather(package.person, package.sections, named, eyes, by.today)
    chosen = package.papers.filter(eyes.papers, document__removed_at__isnull=True).select_related("document", "file")
    papers = papers_that_may_go(chosen.order_by("document__title", "pk"), named)
    return found, papers, digest_of(found.parts, [one.file.digest for one in papers], notice_of(found, papers))


def notice_of(found: Gathered, papers: Sequence[DocumentVersion]) -> str:
    """The notice of 42 CFR 2.32, where something in it asks for it."""
    labels = found.labels
    for one in papers:
        labels |= int(one.document.labels)
    return NOTICE if part_two(labels) else ""


@transaction.atomic
def freeze(*, package: Package, eyes: Eyes, seen: str, by: Actor) -> Package:
    """Freeze it as it was looked at: *seen* is the fingerprint that the page showed.

    DomainError: the release no longer holds, the record has changed since, or nothing is in it. Twice changes nothing.
    """
    if Package.objects.filter(pk=package.pk, state=PackageState.READY, digest=seen).exists():
        return Package.objects.get(pk=package.pk)
    row = locked(package, PackageState.DRAFT)
    check_standing(row.release, by)
    found, papers, digest = looked_at(row, eyes, by)
    if digest != seen:
        raise DomainError(
            _("The record has changed since you looked. Look through it again: this is how it would go out now.")
        )
    if not papers and not any(part["lines"] for part in found.parts):
        raise DomainError(_("There is nothing in it yet. Choose what goes along."), "sections")
    row.papers.set(papers)
    row.content, row.digest, row.part_two = found.parts, digest, bool(notice_of(found, papers))
    row.labels = int(row.labels) | found.labels
    for one in papers:
        row.labels |= int(one.document.labels)
    row.state, row.frozen_by, row.frozen_at = PackageState.READY, by.staff, by.at
    keep(row, "content", "digest", "part_two", "labels", "state", "frozen_by", "frozen_at")
    told(by, "packages.frozen", row, digest=digest)
    return row


@transaction.atomic
def open_again(*, package: Package, by: Actor) -> Package:
    """Back to choosing, before it was handed over: what was frozen is given up, and its file with it."""
    row = locked(package, PackageState.READY)
    row.state, row.content, row.digest, row.file, row.problem = PackageState.DRAFT, [], "", None, ""
    row.frozen_by, row.frozen_at, row.part_two = None, None, False
    keep(row, "state", "content", "digest", "file", "problem", "frozen_by", "frozen_at", "part_two")
    told(by, "packages.opened_again", row)
    return row


@transaction.atomic
def keep_file(*, package: UUID, digest: str, data: bytes, by: Actor) -> None:
    """Keep the ZIP that was made of the frozen words with *digest*; of others, or made already: nothing."""
    row = Package.objects.select_for_update().get(pk=package)
    if row.file_id is None and row.digest == digest and row.state != PackageState.DRAFT:
        row.file, row.problem = keep_made(data=data, media_type="application/zip", by=by), ""
        row.save(update_fields=["file", "problem"])


def file_failed(*, package: UUID) -> None:
    """It could not be made this time; the queue tries again, and who waits may, too."""
    Package.objects.filter(pk=package, file=None).update(problem=FAILED)


def file_lost(*, package: Package) -> None:
    """The file of *package* is not there any more, or was tampered with: of one that was not handed over another can be made."""
    Package.objects.filter(pk=package.pk, file=package.file, handed_at=None).update(file=None, problem=FAILED)


@transaction.atomic
def give_up(*, package: Package, why: str, by: Actor) -> Package:
    """A package that was not handed over is closed with a reason. Twice changes nothing."""
    if Package.objects.filter(pk=package.pk, state=PackageState.CLOSED).exists():
        return Package.objects.get(pk=package.pk)
    row = locked(package, PackageState.DRAFT, PackageState.READY)
    if not why.strip():
        raise DomainError(_("Say why."), "why")
    row.digest = row.digest or digest_of([], [], "")
    row.state, row.why_closed = PackageState.CLOSED, why.strip()[:LONGEST_WHY]
    row.ended_by, row.ended_at = by.staff, by.at
    keep(row, "state", "why_closed", "ended_by", "ended_at", "digest")
    told(by, "packages.given_up", row)
    return row
