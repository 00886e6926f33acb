"""Whether PostgreSQL has room for the locks of a restore: asked before anything is touched, not met half-way."""

from collections.abc import Iterable

from django.db import connection

from goldthread.doors.command.backups.manifest import BackupError

HELD = """
SELECT count(*) + 2 * count(*) FILTER (WHERE reltoastrelid <> 0)
FROM pg_class WHERE relkind IN ('r', 'i', 'S') AND relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname = ANY(%s))
"""
"""A lock for each table, index and counter, and two for what PostgreSQL keeps apart for a table's long values (its TOAST)."""

ROOM = """
SELECT current_setting('max_locks_per_transaction')::bigint
     * (current_setting('max_connections')::bigint + current_setting('max_prepared_transactions')::bigint)
"""
"""The size of the lock table that all connections share: PostgreSQL's manual, *max_locks_per_transaction*."""


def refuse_too_many(schemas: Iterable[str]) -> None:
    """Raise BackupError when one transaction over every table of *schemas* would not fit, and say what to set. Two queries."""
    held, room = _number(HELD, list(schemas)), _number(ROOM)
    if held <= room:
        return
    each = _number("SELECT current_setting('max_locks_per_transaction')::bigint")
    enough = -(-held * each // room)
    raise BackupError(
        f"The restore takes {held} locks, and this PostgreSQL has room for {room}. Set max_locks_per_transaction to {enough} "
        "or more, start PostgreSQL again, then restore. Nothing was restored."
    )


def _number(query: str, *parameters: list[str]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters or None)
        (number,) = cursor.fetchone() or (0,)
    return int(number)
