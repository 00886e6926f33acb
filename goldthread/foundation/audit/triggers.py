"""On SQLite triggers refuse to change or remove what is in the log. On PostgreSQL the application's role is not granted it."""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("audit_event", "audit_seal")
ACTS = ("update", "delete")


def install(connection: BaseDatabaseWrapper) -> None:
    """Add the triggers (nothing on another database than SQLite, nothing when they are there)."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for table in TABLES:
            for act in ACTS:
                cursor.execute(
                    f"CREATE TRIGGER IF NOT EXISTS {table}_no_{act} BEFORE {act.upper()} ON {table} "
                    "BEGIN SELECT RAISE(ABORT, 'the audit log is only ever added to'); END"
                )


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: for retention and restore by the owner of the data folder, and for tests."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for table in TABLES:
            for act in ACTS:
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}")
