"""Keeping and reading files."""

from datetime import datetime

from django.db import transaction

from goldthread.foundation.audit.actions import record
from goldthread.foundation.files import storage
from goldthread.foundation.files.models import StoredFile
from goldthread.foundation.files.rules import MEDIA_TYPE, clean_image
from goldthread.foundation.files.straining import Clean
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.encryption import Tampered


@transaction.atomic
def keep_image(*, data: bytes, by: Actor) -> StoredFile:
    """Keep the image in *data* (JPEG, PNG or WebP, at most 10 MB), encoded anew. Raises DomainError.

    The bytes are written before the row: when the transaction is rolled back, no row leads to them and the sweep removes them.
    """
    clean = clean_image(data)
    digest = storage.digest_of(clean)
    storage.write(clean, digest)
    return StoredFile.objects.create(
        digest=digest, media_type=MEDIA_TYPE, size=len(clean), kept_at=by.at, kept_by=by.staff
    )


@transaction.atomic
def keep_document(*, clean: Clean, by: Actor) -> StoredFile:
    """Keep what ``straining.strained`` left of an upload. Straining takes a moment, so it is done before any transaction."""
    return keep_made(data=clean.data, media_type=clean.media_type, by=by)


@transaction.atomic
def keep_made(*, data: bytes, media_type: str, by: Actor) -> StoredFile:
    """Keep what Goldthread itself has made, as it is. What people upload goes through ``keep_image`` or
    ``keep_document``. Written first, as there."""
    digest = storage.digest_of(data)
    storage.write(data, digest)
    return StoredFile.objects.create(
        digest=digest, media_type=media_type, size=len(data), kept_at=by.at, kept_by=by.staff
    )


def hold(*, clean: Clean) -> str:
    """Keep *clean* for a form that was refused for something else, and return its digest. No row leads to it: unless it is kept by
    then, the sweep takes it away a day later."""
    digest = storage.digest_of(clean.data)
    storage.write(clean.data, digest)
    return digest


def held(*, digest: str, media_type: str) -> Clean | None:
    """What was held under *digest*; None when it is there no more. Only for a digest that this program has signed."""
    try:
        return Clean(storage.read(digest), media_type)
    except (FileNotFoundError, Tampered):
        return None


def read(file: StoredFile) -> bytes:
    """The bytes of *file*. Raises FileNotFoundError, or Tampered."""
    return storage.read(file.digest)


def reseal_files() -> tuple[int, int]:
    """Encrypt and name every kept file anew that is not yet under the agency's newest keys, file by file: killed at any
    moment, it goes on where it was. Returns how many, and how many do not open with any key (and stay as they are)."""
    changed = unreadable = 0
    for digest in sorted(set(StoredFile.objects.values_list("digest", flat=True))):
        try:
            changed += _reseal(digest)
        except Tampered:
            unreadable += 1
        except FileNotFoundError:
            continue
    return changed, unreadable


def _reseal(digest: str) -> bool:
    """The new file is there before a row leads to it, and the old one as long as one does."""
    if storage.is_new(digest):
        return False
    data = storage.read(digest)
    fresh = storage.digest_of(data)
    storage.write(data, fresh)
    StoredFile.objects.filter(digest=digest).update(digest=fresh)
    storage.remove(digest)
    return True


def sweep_orphans(*, older_than: datetime, by: Actor) -> int:
    """Remove files to which no row leads, last written before *older_than* (so that no upload under way loses its file).
    Returns how many."""
    gone = 0
    for path in storage.all_files():
        if path.stat().st_mtime < older_than.timestamp() and not StoredFile.objects.filter(digest=path.name).exists():
            path.unlink(missing_ok=True)
            gone += 1
    if gone:
        record(by=by, action="files.swept", kind="file", details={"files": gone})
    return gone
