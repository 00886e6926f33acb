"""The database on SQLite: one file, copied while it is in use."""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection

from goldthread.doors.command.backups.manifest import BackupError

FILE = "database/goldthread.sqlite3"
PAGES = 10_000


def dump(folder: Path) -> None:
    """Copy the database as it is at one moment into the backup."""
    target = folder / FILE
    target.parent.mkdir(parents=True, mode=0o700)
    with closing(_open(_live())) as live, closing(_open(target)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without companions
    target.chmod(0o600)


def load(folder: Path) -> None:
    """Replace the content of the installation's database in one transaction: killed half-way, the old one stands."""
    with closing(_open(folder / FILE)) as copy:
        if copy.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise BackupError("The database in the backup is damaged. Nothing was restored.")
        connection.close()
        with closing(_open(_live())) as live:
            live.execute("PRAGMA journal_mode=WAL")
            live.execute("PRAGMA synchronous=FULL")
            copy.backup(live, pages=PAGES, progress=_step)
            live.execute("PRAGMA journal_mode=WAL")


def _step(_status: int, _remaining: int, _total: int) -> None:
    """Called after each batch of pages."""


def _open(path: str | Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=60, isolation_level=None)


def _live() -> str:
    return str(connection.settings_dict["NAME"])
