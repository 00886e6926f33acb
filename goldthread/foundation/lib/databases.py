"""How Goldthread connects: SQLite in WAL with full sync, or PostgreSQL with a schema per agency."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.db import connection

SQLITE_INIT = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-32000;"
SQLITE_FULL = 2
POSTGRESQL_ON = ("fsync", "full_page_writes", "synchronous_commit")
PREPARED_FROM = 5
"""From the sixth use on PostgreSQL keeps a statement parsed (and mostly planned) for the connection. A kept statement is
looked at anew when the search path has changed, so one connection may go from agency to agency."""
PLANNING = "-c random_page_cost=1.1 -c jit=off"
"""How PostgreSQL plans for Goldthread. Its own default takes a row found by its key for forty times as dear as it is on solid
state, and then reads every person to compare the labels of some hundred. Statements are short: compiling them takes longer
than they do. ``?options=…`` in the address comes after it and wins."""
KEPT_URL = "database_url"


def database_settings(data: Path, url: str) -> dict[str, Any]:
    """Django's settings of the one database. *url* empty: SQLite in *data*; else postgresql://…"""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(data / "goldthread.sqlite3"),
            "CONN_MAX_AGE": None,
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": SQLITE_INIT, "timeout": 20},
        }
    parts = urlsplit(url)
    if parts.scheme != "postgresql" or not parts.path.strip("/"):
        raise SystemExit("The database address must look like postgresql://user:password@host:port/name")
    return {
        "ENGINE": "goldthread.foundation.tenancy.backend",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "OPTIONS": _options(dict(parse_qsl(parts.query))),
    }


def _options(asked: dict[str, str]) -> dict[str, Any]:
    planning = f"{PLANNING} {asked.get('options', '')}".strip()
    return {**asked, "options": planning, "server_side_binding": True, "prepare_threshold": PREPARED_FROM}


@contextmanager
def planned_anew() -> Iterator[None]:
    """Inside, PostgreSQL plans each statement for the values at hand, and keeps none: for what is a few rows of one client
    and 20 000 of another. The plan that is kept for everybody sorts all of them. Elsewhere nothing changes."""
    connection.ensure_connection()
    used: Any = connection.connection
    kept = getattr(used, "prepare_threshold", None)
    if kept is None:
        yield
        return
    used.prepare_threshold = None
    try:
        yield
    finally:
        used.prepare_threshold = kept


class UnsafeDatabase(Exception):
    """The database would lose what it has acknowledged. The message says which setting, and what to do."""


def own_url(data: Path, given: str) -> str:
    """The address under which the application itself signs in; empty for SQLite.

    A data folder that was set up on PostgreSQL keeps that address (written by ``tenancy.installation``). *given* may be
    the administrator's address of the same database: it is for setting up only.
    """
    file = data / KEPT_URL
    return file.read_text().strip() if file.exists() else given


def refuse_unsafe_database() -> None:
    """Raise UnsafeDatabase unless what the database acknowledges survives a power cut. Called before serving or working.

    Closes the connection that it opened: a server that forks afterwards must not share it.
    """
    try:
        if connection.vendor == "sqlite":
            _refuse_unsafe_sqlite()
        else:
            _refuse_unsafe_postgresql()
    finally:
        connection.close()


def _refuse_unsafe_sqlite() -> None:
    with connection.cursor() as cursor:
        journal = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        synchronous = cursor.execute("PRAGMA synchronous").fetchone()[0]
    if journal != "wal":
        raise UnsafeDatabase(
            f"SQLite's journal_mode is {journal!r}, not 'wal'. Is the data folder on a network drive? Put it on a local disk."
        )
    if synchronous < SQLITE_FULL:
        raise UnsafeDatabase(
            "SQLite's synchronous is below FULL: a power cut could lose what was saved. Remove the setting that lowers it."
        )


def _refuse_unsafe_postgresql() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(POSTGRESQL_ON)])
        off = sorted(name for name, setting in cursor.fetchall() if setting == "off")
        cursor.execute("SELECT rolsuper OR rolcreaterole OR rolbypassrls FROM pg_roles WHERE rolname = session_user")
        mighty = cursor.fetchone()[0]
    if off:
        settings = ", ".join(off)
        raise UnsafeDatabase(
            f"PostgreSQL runs with {settings} off: a crash could lose what was saved. "
            f"Set {settings} to on in postgresql.conf (or with ALTER SYSTEM, ALTER ROLE, ALTER DATABASE) and reload."
        )
    if mighty:
        raise UnsafeDatabase(
            "The application would sign in to PostgreSQL as an administrator. Start it with ./run, which sets up a role "
            "for it and keeps the address in the data folder."
        )
