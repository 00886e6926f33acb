"""The database counts what it holds, and plans by that. After many rows have come at once."""

from django.db import connection

from goldthread.casework.caseload.models import Assignment
from goldthread.foundation.tenancy.acting import as_owner


def take_stock() -> None:
    """Count anew. On PostgreSQL, where no transaction is open, what was deleted is cleared away, too.

    SQLite must not count assignments: it takes a list that comes as JSON (whose teams, say) for 25 values, and if it
    knew of 800 clients a team it would rather read the assignments of all on every page than those of one team by their index.
    """
    if connection.vendor == "sqlite":
        _count_but_assignments()
        return
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.in_atomic_block else "VACUUM ANALYZE")


def _count_but_assignments() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("DELETE FROM sqlite_stat1 WHERE tbl = %s", [Assignment._meta.db_table])
        cursor.execute("ANALYZE sqlite_schema")  # takes the counts up as they now are
