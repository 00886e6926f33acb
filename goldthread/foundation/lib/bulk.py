"""Writing rows by one prepared statement a model, instead of one that Django builds anew, or that grows with the rows.

``Model.objects.create`` of a contact takes 0.7 ms of processor time, ``insert_rows`` a fifth of it. No signals, no savepoint.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import AutoField, JSONField, Model

from goldthread.foundation.lib.statements import rows_of, run

Row = TypeVar("Row", bound=Model)
MANY = 8
"""Rows from which on PostgreSQL is given their columns as lists, and inserts all of them with one run of a statement: it takes a third."""


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
    _run(statement, [_values(row, (*fields, key)) for row in found])


def insert_rows(rows: Iterable[Model]) -> None:
    """Insert *rows* (of one model, with keys of their own). IntegrityError as from the database."""
    found = list(rows)
    if not found:
        return
    run_ready([ready_to_insert(found)])
    for row in found:
        row._state.adding, row._state.db = False, connection.alias


@dataclass(frozen=True, slots=True)
class Ready:
    """A statement and the values with each of which it is to be run: nothing is left to do but that."""

    statement: str
    values: Sequence[Sequence[Any]]


def ready_to_insert(rows: Iterable[Model]) -> Ready:
    """*rows* (of one model, with keys of their own) made ready before the transaction begins in which they are inserted (``run_ready``):
    on SQLite nobody else writes meanwhile, and what is done in Python takes longer than what the database does."""
    found = list(rows)
    if not found:
        return Ready("", ())
    fields, statement = _insert(type(found[0]), connection.vendor)
    values = [_values(row, fields) for row in found]
    if connection.vendor == "postgresql" and len(found) >= MANY:
        return Ready(_insert_many(type(found[0])), [_columns(values)])
    return Ready(statement, values)


def ready_for_each(statement: str, columns: Mapping[str, str], rows: Sequence[Sequence[Any]]) -> Ready:
    """*statement*, which reads *rows* as the table ``{given}`` with *columns* (name → type), made ready: on PostgreSQL it is run once with
    a list for each column, on SQLite once for each row."""
    if connection.vendor == "postgresql":
        lists = ", ".join(f"%s::{kind}[]" for kind in columns.values())
        given = f"unnest({lists}) AS given({', '.join(columns)})"
        return Ready(statement.format(given=given), [_columns(rows)] if rows else ())
    one = ", ".join(f"%s AS {name}" for name in columns)
    return Ready(statement.format(given=f"(SELECT {one}) AS given"), rows)


def run_ready(ready: Iterable[Ready]) -> None:
    """Run each of *ready*, in their order."""
    for one in ready:
        if one.values:
            _run(one.statement, one.values)


def insert_new(rows: Iterable[Model]) -> bool:
    """Insert those of *rows* (of one model, with keys of their own) that no unique constraint forbids. True: it forbade none."""
    found = list(rows)
    if not found:
        return True
    ready = ready_to_insert(found)
    made = _run(f"{ready.statement} ON CONFLICT DO NOTHING", ready.values)
    for row in found:
        row._state.adding, row._state.db = False, connection.alias
    return made == len(found)


def insert_or_correct(row: Model, *, same: Sequence[str], keep: Sequence[str]) -> None:
    """Insert *row*; where one with the same values in the fields *same* (a unique constraint) is there, make that one say
    the same, but for what it has in *keep*, which *row* then has, too. One statement, whoever else does so at once."""
    fields, statement = _insert(type(row), connection.vendor)
    kept = [field for field in fields if field.name in keep]
    returned = ", ".join(connection.ops.quote_name(field.column) for field in kept)
    words = f"{statement} {correcting(type(row), same, keep)} RETURNING {returned}"
    (there,) = rows_of(connections[DEFAULT_DB_ALIAS], words, _values(row, fields))
    for field, value in zip(kept, there, strict=True):
        setattr(row, field.attname, field.to_python(value))
    row._state.adding, row._state.db = False, connection.alias


def correct_rows(rows: Sequence[Model], *, same: Sequence[str], keep: Sequence[str]) -> None:
    """As ``insert_or_correct``, of many of one model, which are not told what the fields *keep* hold."""
    if rows:
        fields, statement = _insert(type(rows[0]), connection.vendor)
        _run(f"{statement} {correcting(type(rows[0]), same, keep)}", [_values(row, fields) for row in rows])


def correcting(model: type[Model], same: Sequence[str], keep: Sequence[str]) -> str:
    """What an INSERT of *model* does where a row with the same values in the fields *same* is there: it says what ours says, but for
    the fields *keep*."""
    fields, _statement = _insert(model, connection.vendor)
    quote = connection.ops.quote_name
    named = {field.name: quote(field.column) for field in fields}
    sets = (f"{column} = EXCLUDED.{column}" for name, column in named.items() if name not in {*same, *keep})
    return f"ON CONFLICT ({', '.join(named[name] for name in same)}) DO UPDATE SET {', '.join(sets)}"


def delete_rows(model: type[Model], keys: Iterable[Any]) -> None:
    """Delete the rows of *model* with these keys. Nothing may hang on them: the database refuses."""
    field: Any = model._meta.pk
    quote = connection.ops.quote_name
    statement = f"DELETE FROM {quote(model._meta.db_table)} WHERE {quote(field.column)} = %s"  # noqa: S608  # names from models
    _run(statement, [[field.get_db_prep_value(key, connection)] for key in keys])


def delete_of(model: type[Model], name: str, among: Iterable[Any]) -> None:
    """Delete the rows of *model* of which the key in the field *name* is *among* these, with one statement whose text is the same for
    any number. Nothing may hang on them: the database refuses."""
    field: Any = model._meta.get_field(name)
    database = connections[DEFAULT_DB_ALIAS]
    quote = connection.ops.quote_name
    keys = [field.get_db_prep_value(key, database) for key in among]
    on_postgresql = connection.vendor == "postgresql"
    is_one = "= ANY(%s)" if on_postgresql else "IN (SELECT value FROM json_each(%s))"
    statement = f"DELETE FROM {quote(model._meta.db_table)} WHERE {quote(field.column)} {is_one}"  # noqa: S608  # names from models
    if keys:
        run(database, statement, [keys if on_postgresql else json.dumps(keys)])


def take_row(model: type[Row], all_of: Mapping[str, Any], *, either: Mapping[str, Any]) -> Row | None:
    """Delete the one row of *model* of which the fields *all_of* have these values and, unless it is empty, at least one of *either*.
    Returns it as it was, JSON not read (``get_deferred_fields``); None: there is none. One statement."""
    fields: list[Any] = [field for field in model._meta.concrete_fields if not isinstance(field, JSONField)]
    names: dict[str, Any] = {field.name: field for field in model._meta.concrete_fields}
    quote = connection.ops.quote_name
    whole = " AND ".join(f"{quote(names[name].column)} = %s" for name in all_of)
    some = " OR ".join(f"{quote(names[name].column)} = %s" for name in either)
    statement = (
        f"DELETE FROM {quote(model._meta.db_table)} WHERE {whole}{f' AND ({some})' if some else ''} "  # noqa: S608  # names from models
        f"RETURNING {', '.join(quote(field.column) for field in fields)}"
    )
    given = [names[name].get_db_prep_value(value, connection) for name, value in [*all_of.items(), *either.items()]]
    found = rows_of(connections[DEFAULT_DB_ALIAS], statement, given)
    if not found:
        return None
    values = [_read(field, value) for field, value in zip(fields, found[0], strict=True)]
    return model.from_db(connection.alias, [field.attname for field in fields], values)


def _read(field: Any, value: Any) -> Any:
    column = field.get_col(field.model._meta.db_table)
    for convert in [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]:
        value = convert(value, column, connection)
    return value


def _run(statement: str, values: Sequence[Sequence[Any]]) -> int:
    """Once with each of *values*. What psycopg does for many costs twice as much for one. Returns how many rows it was about."""
    if len(values) == 1:
        return run(connections[DEFAULT_DB_ALIAS], statement, values[0])
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)
        return int(cursor.rowcount)


@cache
def _insert(model: type[Model], vendor: str) -> tuple[list[Any], str]:
    """The fields of *model*, and the statement that inserts a row with a value for each."""
    fields: list[Any] = [field for field in model._meta.concrete_fields if not isinstance(field, AutoField)]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    places = ", ".join("%s" for _ in fields)
    return fields, f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608  # names from models


@cache
def _insert_many(model: type[Model]) -> str:
    """The statement that inserts rows of *model* from a list for each column, on PostgreSQL. No list has a length of its words in its
    type: casting cuts what is too long, where inserting refuses it."""
    fields, statement = _insert(model, "postgresql")
    lists = ", ".join(f"%s::{str(field.db_type(connection)).partition('(')[0]}[]" for field in fields)
    return f"{statement.partition(' VALUES ')[0]} SELECT * FROM unnest({lists})"  # noqa: S608  # names of models, types of columns: nothing anybody typed


def _columns(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]


def _values(row: Model, fields: Sequence[Any]) -> list[Any]:
    """The values of *fields* as the database takes them."""
    real = connections[DEFAULT_DB_ALIAS]  # looked up once, not by each field
    return [field.get_db_prep_save(getattr(row, field.attname), real) for field in fields]
