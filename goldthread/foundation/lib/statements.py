"""Running a statement of which the text is the same each time.

psycopg looks up anew, for each cursor, how every parameter and every column is adapted: 60 to 100 µs of processor time, twice as
much as all the rest. A connection to PostgreSQL therefore keeps a cursor for each such statement (``run_kept`` of the backend).
"""

from collections.abc import Sequence
from typing import Any


def rows_of(database: Any, statement: str, values: Sequence[Any]) -> list[Any]:
    """The rows that *statement* yields with *values*, all of them."""
    if hasattr(database, "run_kept"):
        rows: list[Any] = database.run_kept(statement, values, yields=True)[0]
        return rows
    with database.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[Any] = cursor.fetchall()
    return found


def run(database: Any, statement: str, values: Sequence[Any]) -> int:
    """Run *statement*, which yields nothing, with *values*. Returns how many rows it was about."""
    if hasattr(database, "run_kept"):
        return int(database.run_kept(statement, values, yields=False)[1])
    with database.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)
