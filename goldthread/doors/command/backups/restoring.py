"""Restoring a backup: everything is checked before anything is touched, and the database is replaced in one step."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from goldthread.doors.command.backups import folders, locks, manifest, postgresql, sqlite
from goldthread.doors.command.backups.making import migrations_of, schemas
from goldthread.doors.command.backups.manifest import BackupError, Manifest
from goldthread.foundation.lib.keys import agency_file
from goldthread.foundation.tenancy import setup
from goldthread.foundation.tenancy.acting import within
from goldthread.foundation.tenancy.hosts import forget_hosts
from goldthread.foundation.tenancy.roles import PUBLIC


def restore(folder: Path, *, replace: bool, keys_file: Path | None = None) -> Manifest:
    """Put the backup in *folder* in the place of what this installation holds. Raises BackupError.

    Without *replace* only into an installation in which nobody has an account. *keys_file*: where the keys are, when
    they were kept apart as they should be. Killed at any moment, it leaves the old database, with all its files and its
    keys, or the new one; run it again.
    """
    wanted = manifest.read(folder)
    keys_file = keys_file or folder / folders.KEYS
    manifest.verify(folder, wanted, elsewhere={folders.KEYS})
    if manifest.digest_if_there(keys_file) != wanted.digests[folders.KEYS]:
        raise BackupError(
            f"The keys of this backup are not at {keys_file}. Say where: --keys FILE. Nothing was restored."
        )
    _refuse_other_database(wanted)
    _refuse_unknown_migrations(wanted)
    with nobody_else():
        _replace(folder, wanted, folders.read_keys(keys_file), replace=replace)
    return wanted


def _replace(folder: Path, wanted: Manifest, keys: dict[str, str], *, replace: bool) -> None:
    if not settings.MULTI_AGENCY:
        setup.migrate_all()  # so that an empty data folder can be asked whether it is empty
    empty = not _anyone_has_an_account()
    if not empty and not replace:
        raise BackupError("This installation is in use. To replace everything in it, add --replace.")
    if not empty and _other_keys(wanted, keys):
        raise BackupError(
            "This installation has other keys than the backup, and would lose them. Restore into a new data folder."
        )
    if settings.MULTI_AGENCY:
        _prepare_schemas(wanted)
        locks.refuse_too_many(schemas())
    files = settings.DATA / folders.FILES
    folders.add_files(folder / folders.FILES, files)
    folders.put_keys(settings.DATA, keys)
    if empty:
        folders.drop_other_keys(settings.DATA, keys)
    if settings.MULTI_AGENCY:
        postgresql.load(folder, wanted)
    else:
        sqlite.load(folder)
    folders.drop_others(files, folder / folders.FILES)
    forget_hosts()
    setup.migrate_all()


def _other_keys(wanted: Manifest, keys: dict[str, str]) -> bool:
    """Whether this installation has other keys for what is in the backup: also where the backup's have no file of their own."""
    here = folders.keys_of(settings.DATA)
    files = {agency_file(settings.DATA, schema).name for schema in wanted.migrations}
    return bool(keys.items() - here.items() or (files & here.keys()) - keys.keys())


def _prepare_schemas(wanted: Manifest) -> None:
    """On PostgreSQL rows are loaded into tables that this version made: there must be the same ones."""
    setup.migrate_all()
    there = set(schemas())
    for schema in set(wanted.tables) - there:
        setup.make_agency_schema(schema, admin_url=settings.GIVEN_DATABASE_URL or settings.DATABASE_URL)
    for schema, migrations in wanted.migrations.items():
        if migrations_of(schema) != migrations:
            raise BackupError(
                f"The backup was made by version {wanted.version}, whose tables differ. Restore it with that version, "
                "then start this one. Nothing was restored."
            )


def _anyone_has_an_account() -> bool:
    for schema in schemas():
        if schema == PUBLIC:
            continue
        with within(schema):
            if get_user_model().objects.exists():
                return True
    return False


def _refuse_other_database(wanted: Manifest) -> None:
    if wanted.database != connection.vendor:
        raise BackupError(
            f"The backup is of an installation on {wanted.database}, this one is on {connection.vendor}. "
            "Restore it into an installation on the same database."
        )


def _refuse_unknown_migrations(wanted: Manifest) -> None:
    known = {f"{app}.{name}" for app, name in MigrationLoader(connection, ignore_no_migrations=True).disk_migrations}
    unknown = {name for names in wanted.migrations.values() for name in names} - known
    if unknown:
        raise BackupError(
            f"The backup was made by a newer version ({wanted.version}). Restore it with that version. "
            "Nothing was restored."
        )


@contextmanager
def nobody_else() -> Iterator[None]:
    """Hold the lock that ./run holds while it serves. Raises BackupError."""
    lock = os.open(settings.DATA / "running.lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise BackupError("Goldthread is running on this data folder. Stop it first.") from error
    finally:
        os.close(lock)
