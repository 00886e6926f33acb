"""Keeping and reading files."""

from datetime import datetime

from django.db import transaction

from goldthread.foundation.audit.actions import record
from goldthread.foundation.files import storage
from goldthread.foundation.files.models import StoredFile
from goldthread.foundation.files.rules import MEDIA_TYPE, clean_image
from goldthread.foundation.lib.actor import Actor


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


def read(file: StoredFile) -> bytes:
    """The bytes of *file*. Raises FileNotFoundError, or Tampered."""
    return storage.read(file.digest)


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
