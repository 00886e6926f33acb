"""How Goldthread connects: SQLite in WAL with full sync, or PostgreSQL with a schema per agency."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

SQLITE_INIT = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-32000;"


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
        "OPTIONS": {**dict(parse_qsl(parts.query)), "server_side_binding": True},
    }
