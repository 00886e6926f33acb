"""Changing many rows by one prepared statement, instead of one statement that grows with the rows."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model


def update_rows(rows: Iterable[Model], names: Sequence[str]) -> None:
    """Write the fields *names* of each of *rows* (of one model) by its primary key. Nothing else is looked at."""
    found = list(rows)
    if not found:
        return
    meta = found[0]._meta
    columns: dict[str, Any] = {field.name: field for field in meta.concrete_fields}
    fields = [columns[name] for name in names]
    key: Any = meta.pk
    quote = connection.ops.quote_name
    sets = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    statement = f"UPDATE {quote(meta.db_table)} SET {sets} WHERE {quote(key.column)} = %s"  # noqa: S608
    values = [
        [field.get_db_prep_save(getattr(row, field.attname), connection) for field in (*fields, key)] for row in found
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)
