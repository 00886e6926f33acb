"""Making a backup, while people work."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

import goldthread
from goldthread.doors.command.backups import folders, manifest, postgresql, sqlite
from goldthread.doors.command.backups.manifest import BackupError, Manifest
from goldthread.foundation.tenancy.acting import within


def make_backup(folder: Path, at: datetime) -> Manifest:
    """Write a backup into *folder*, which must be new or empty. Raises BackupError.

    Files are copied before and after the database: what the database speaks of at its moment is there in the one
    copy or the other.
    """
    if folder.exists() and any(folder.iterdir()):
        raise BackupError(f"{folder} is not empty. A backup needs a folder of its own.")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    files, copies = settings.DATA / folders.FILES, folder / folders.FILES
    made = Manifest(
        made_at=at.isoformat(),
        version=goldthread.__version__,
        database=connection.vendor,
        migrations={schema: migrations_of(schema) for schema in schemas()},
    )
    folders.add_files(files, copies)
    if settings.MULTI_AGENCY:
        postgresql.dump(folder, made)
    else:
        sqlite.dump(folder)
    folders.add_files(files, copies)
    folders.write_keys(folder / folders.KEYS, folders.keys_of(settings.DATA))
    manifest.write(folder, made)
    return made


def schemas() -> list[str]:
    """The schemas of this installation; on SQLite the one without a name."""
    return postgresql.schemas() if settings.MULTI_AGENCY else [""]


def migrations_of(schema: str) -> list[str]:
    """The migrations that the tables of *schema* have seen."""
    with within(schema):
        return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())
