"""Taking an archive in, as a new agency: everything is checked first, and it is there whole or not at all."""

import fcntl
import logging
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction
from django.db.models import Field, Model

from goldthread.access.stock import take_stock
from goldthread.doors.command.archives import container, wrapping
from goldthread.doors.command.archives.container import Manifest, Reader
from goldthread.doors.command.archives.errors import ArchiveError, damaged
from goldthread.doors.command.archives.exporting import kept_migrations
from goldthread.doors.command.archives.tables import columns, kept_models
from goldthread.doors.command.archives.values import row_of
from goldthread.doors.command.archives.wrapping import Secret
from goldthread.doors.command.backups.manifest import write_pieces
from goldthread.foundation.files import storage
from goldthread.foundation.lib import keys
from goldthread.foundation.lib.encryption import OwnKeys
from goldthread.foundation.lib.jobs import current_agency
from goldthread.foundation.tenancy import setup
from goldthread.foundation.tenancy.acting import within

BATCH = 500
IN_USE = "An agency is here already. Import into an empty data folder: --data DIR"
log = logging.getLogger(__name__)


def import_here(path: Path, secret: Secret) -> Manifest:
    """On SQLite: take the archive at *path* into this data folder, in which nothing is yet. Raises ArchiveError."""
    with _alone(), container.reading(path) as archive:
        own = _checked(archive, secret)
        setup.migrate_all()
        with transaction.atomic():
            _fill(archive, own, "")
    _take_stock("")
    return archive.manifest


def import_beside(
    path: Path, secret: Secret, *, name: str, schema: str, domains: list[str], admin_url: str
) -> Manifest:
    """On PostgreSQL: take the archive at *path* in as a new agency with *schema* and *domains*. *name* empty: the one in
    the archive. Raises ArchiveError, DomainError, SetupError. Other agencies go on working."""
    with _alone(), container.reading(path) as archive:
        own = _checked(archive, secret)
        setup.create_agency(
            name or archive.manifest.agency,
            schema,
            domains,
            admin_url=admin_url,
            fill=lambda: _fill(archive, own, schema),
        )
    _take_stock(schema)
    return archive.manifest


def name_in(path: Path) -> str:
    """The name of the agency in the archive at *path*. Raises ArchiveError."""
    with container.reading(path) as archive:
        return archive.manifest.agency


def _checked(archive: Reader, secret: Secret) -> dict[int, OwnKeys]:
    archive.verify()
    return wrapping.unwrap(archive.keys, secret, archive.told)


def _fill(archive: Reader, own: dict[int, OwnKeys], schema: str) -> None:
    """Rows, files and keys, in the transaction in which the agency comes to be. What fails leaves no file behind; what is
    killed leaves files and keys to which nothing leads, and the next import puts its own in their place."""
    _refuse_other_tables(archive.manifest, schema)
    if any(model._base_manager.exists() for model in kept_models()):
        raise ArchiveError(IN_USE)
    try:
        shutil.rmtree(storage.folder(), ignore_errors=True)
        _put_files(archive)
        _load(archive)
        keys.keep_agency_keys(settings.DATA, current_agency(), own)
    except BaseException:
        shutil.rmtree(storage.folder(), ignore_errors=True)
        keys.drop_agency_keys(settings.DATA, current_agency())
        raise
    log.info("agency imported", extra={"count": sum(each["rows"] for each in archive.manifest.rows)})


def _load(archive: Reader) -> None:
    models = {model._meta.label: model for model in kept_models()}
    try:
        for told in archive.manifest.rows:
            _load_rows(archive, models[told["model"]], told["rows"])
        connection.check_constraints()
    except (ValueError, KeyError, TypeError, DatabaseError) as error:
        raise damaged(f"its rows do not fit ({type(error).__name__})") from error
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models.values())):
            cursor.execute(statement)


def _load_rows(archive: Reader, model: type[Model], expected: int) -> None:
    fields = columns(model)
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608  names are ours
    lines = archive.lines(container.rows_part(model._meta.label))
    count = 0
    with connection.cursor() as cursor:
        while batch := list(islice(lines, BATCH)):
            cursor.executemany(statement, [_prepared(fields, line) for line in batch])
            count += len(batch)
    if count != expected:
        raise ValueError("rows are missing")


def _prepared(fields: Iterable["Field[Any, Any]"], line: bytes) -> list[Any]:
    known = list(fields)
    return [field.get_db_prep_save(value, connection) for field, value in zip(known, row_of(known, line), strict=True)]


def _put_files(archive: Reader) -> None:
    for name in archive.manifest.digests:
        if not name.startswith("files/"):
            continue
        digest = name.rpartition("/")[2]
        if not container.FILE_NAME.fullmatch(digest) or name != container.file_part(digest):
            raise damaged(f"{name} is no name of a file")
        write_pieces(storage.path_of(digest), archive.pieces(name))


def _refuse_other_tables(manifest: Manifest, schema: str) -> None:
    here, there = set(kept_migrations(schema)), set(manifest.migrations)
    if there - here:
        raise ArchiveError(
            f"The archive was made by a newer version of Goldthread ({manifest.version}). Import it with that version. "
            "Nothing was imported."
        )
    if here - there:
        raise ArchiveError(
            f"The archive was made by an older version of Goldthread ({manifest.version}), whose tables differ. "
            "Import it with that version, then update. Nothing was imported."
        )


def _take_stock(schema: str) -> None:
    with within(schema):
        take_stock()


@contextmanager
def _alone() -> Iterator[None]:
    """One import at a time; on SQLite also nobody at work on the data folder."""
    settings.DATA.mkdir(parents=True, exist_ok=True)
    name = "importing.lock" if settings.MULTI_AGENCY else "running.lock"
    lock = os.open(settings.DATA / name, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise ArchiveError(
            "Goldthread is running on this data folder, or another import is. Wait for it, or stop it."
        ) from error
    finally:
        os.close(lock)
