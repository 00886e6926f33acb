"""Making the archive of an agency, while people work."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model

import goldthread
from goldthread.doors.command.archives import container, wrapping
from goldthread.doors.command.archives.container import Manifest, Writer
from goldthread.doors.command.archives.errors import ArchiveError
from goldthread.doors.command.archives.tables import columns, kept_apps, kept_models
from goldthread.doors.command.archives.values import line_of
from goldthread.doors.command.archives.wrapping import Secret
from goldthread.doors.command.backups.making import migrations_of
from goldthread.foundation.agency.models import Agency
from goldthread.foundation.audit import actions, queries
from goldthread.foundation.files import storage
from goldthread.foundation.files.models import StoredFile
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.encryption import SEAL, OwnKeys
from goldthread.foundation.lib.jobs import current_agency
from goldthread.foundation.lib.keys import own_keys
from goldthread.foundation.tenancy.acting import as_owner, within
from goldthread.people.persons import identifiers

CHUNK = 100
"""Rows fetched at once: few, since one seal of the audit log can hold 5,000 events."""
BUFFER = 1 << 18
TRIES = 20
PURPOSES = (SEAL, *storage.PURPOSES, *identifiers.PURPOSES)
"""What an agency's keys are used for."""


def export_agency(schema: str, target: Path, secret: Secret, by: Actor) -> Manifest:
    """Write the archive of the agency in *schema* (on SQLite: of the one) to the new file *target*. Raises ArchiveError.

    Rows are those of one moment, at which every event of the audit log is sealed. That it was exported is in the agency's
    own log, after that moment: so the archive does not tell of itself, and equal agencies have equal archives.
    """
    if target.exists():
        raise ArchiveError(f"{target} is there already. An archive is never written over another.")
    if not target.parent.is_dir():
        raise ArchiveError(f"There is no folder {target.parent}.")
    with within(schema):
        name = Agency.objects.values_list("name", flat=True).first()
        if name is None:
            raise ArchiveError("There is no agency here yet: nothing to export.")
        manifest = Manifest(goldthread.__version__, name, kept_migrations(schema))
        with container.writing(target) as archive:
            _write(archive, manifest, secret, by)
            _record(by, manifest)
    return manifest


def kept_migrations(schema: str) -> list[str]:
    """The migrations that the archived tables of *schema* have seen."""
    apps = kept_apps()
    return [name for name in migrations_of(schema) if name.partition(".")[0] in apps]


def agency_keys() -> dict[int, OwnKeys]:
    """The keys of the current agency, by version."""
    return own_keys(settings.DATA, current_agency(), PURPOSES)


def _write(archive: Writer, manifest: Manifest, secret: Secret, by: Actor) -> None:
    for tries_left in reversed(range(TRIES)):
        actions.seal(by=by)
        with _one_moment():
            if tries_left and queries.waiting_since():
                continue  # somebody was quicker: an event came in between
            for model in kept_models():
                manifest.rows.append({"model": model._meta.label, "rows": _write_rows(archive, model)})
            digests = sorted(set(StoredFile.objects.values_list("digest", flat=True)))
            break
    for digest in digests:
        _write_file(archive, manifest, digest)
    manifest.digests = archive.digests.copy()
    told = container.manifest_bytes(manifest)
    archive.add(container.MANIFEST, told)
    archive.add(container.KEYS, wrapping.wrap(agency_keys(), secret, told))


def _write_rows(archive: Writer, model: type[Model]) -> int:
    fields = columns(model)
    rows = model._base_manager.order_by("pk").values_list(*(field.attname for field in fields))
    count, waiting = 0, bytearray()
    with archive.part(container.rows_part(model._meta.label)) as write:
        for row in rows.iterator(chunk_size=CHUNK):
            waiting += line_of(fields, row)
            count += 1
            if len(waiting) >= BUFFER:
                write(bytes(waiting))
                waiting.clear()
        write(bytes(waiting))
    return count


def _write_file(archive: Writer, manifest: Manifest, digest: str) -> None:
    path = storage.path_of(digest)
    if not container.FILE_NAME.fullmatch(digest) or not path.is_file():
        manifest.missing.append(digest)
        return
    with path.open("rb") as file, archive.part(container.file_part(digest)) as write:
        while piece := file.read(container.PIECE):
            write(piece)
    manifest.files += 1


@transaction.atomic
def _record(by: Actor, manifest: Manifest) -> None:
    details = {"rows": sum(each["rows"] for each in manifest.rows), "files": manifest.files}
    actions.record(by=by, action="agency.exported", kind="agency", details=details)


@contextmanager
def _one_moment() -> Iterator[None]:
    """Within it everything is read as it is at one moment, as the schema's owner. Nobody waits for it."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")  # by hand: Django's own would be a writer's
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
        return
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1"
        )  # the role is taken on before the transaction: its first statement must be the next one
        with transaction.atomic(), connection.cursor() as reader:
            reader.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
