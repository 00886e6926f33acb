"""The database on PostgreSQL: the rows of every table, read in one snapshot and loaded in one transaction."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django_tenants.utils import schema_context
from psycopg import sql

from goldthread.doors.command.backups.manifest import Manifest
from goldthread.foundation.tenancy import setup
from goldthread.foundation.tenancy.acting import as_owner
from goldthread.foundation.tenancy.grants import regrant
from goldthread.foundation.tenancy.roles import PUBLIC

PIECE = 1 << 20


def schemas() -> list[str]:
    """``public``, and each agency's schema."""
    return [PUBLIC, *(place.schema for place in setup.agencies())]


def dump(folder: Path, manifest: Manifest) -> None:
    """Write every table of every schema into the backup, as all of them are at one moment."""
    wanted = schemas()
    with _owner_of(PUBLIC):
        _ask("SELECT 1")  # the role is taken on before the transaction: its first statement must be the next one
        with transaction.atomic():
            _run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            for schema in wanted:
                with _owner_of(schema):
                    _dump_schema(folder, schema, manifest)


def load(folder: Path, manifest: Manifest) -> None:
    """Replace every row of every agency in one transaction: killed half-way, the old ones stand.

    The schemas of the backup must be there, with the tables of the backup; a schema that the backup lacks goes.
    """
    gone = set(schemas()) - set(manifest.tables)
    with transaction.atomic():
        for schema, tables in manifest.tables.items():
            with _owner_of(schema):
                _load_schema(folder / "database" / schema, schema, tables, manifest.sequences[schema])
        for schema in sorted(gone):
            with _owner_of(schema):
                _run("DROP SCHEMA {schema} CASCADE", schema=sql.Identifier(schema))
    for schema in manifest.tables:
        regrant(schema)


def _dump_schema(folder: Path, schema: str, manifest: Manifest) -> None:
    target = folder / "database" / schema
    target.mkdir(parents=True, mode=0o700)
    manifest.tables[schema] = {table: _columns(schema, table) for table in _tables(schema)}
    manifest.sequences[schema] = _sequences(schema)
    for table, columns in manifest.tables[schema].items():
        _dump_table(target / f"{table}.copy", schema, table, columns)


def _dump_table(file: Path, schema: str, table: str, columns: list[str]) -> None:
    statement = _text("COPY {table} ({columns}) TO STDOUT", **_names(schema, table, columns))
    with connection.cursor() as cursor, cursor.copy(statement) as rows, file.open("wb") as target:
        for piece in rows:
            target.write(piece)


def _load_schema(folder: Path, schema: str, tables: dict[str, list[str]], sequences: dict[str, int | None]) -> None:
    present = _tables(schema)
    every = sql.SQL(", ").join(sql.Identifier(schema, table) for table in present)
    with _without_triggers(schema, present):
        _run("SET CONSTRAINTS ALL DEFERRED")  # tables that refer to each other are loaded in any order
        _run("TRUNCATE {every}", every=every)
        for table, columns in tables.items():
            _load_table(folder / f"{table}.copy", schema, table, columns)
        _run("SET CONSTRAINTS ALL IMMEDIATE")
    for sequence, value in sequences.items():
        _ask("SELECT setval(%s::regclass, %s, %s)", f'"{schema}"."{sequence}"', value or 1, value is not None)


def _load_table(file: Path, schema: str, table: str, columns: list[str]) -> None:
    statement = _text("COPY {table} ({columns}) FROM STDIN", **_names(schema, table, columns))
    with connection.cursor() as cursor, file.open("rb") as rows, cursor.copy(statement) as target:
        while piece := rows.read(PIECE):
            target.write(piece)


@contextmanager
def _owner_of(schema: str) -> Iterator[None]:
    with schema_context(schema), as_owner():
        yield


@contextmanager
def _without_triggers(schema: str, tables: Iterable[str]) -> Iterator[None]:
    """The audit log's triggers refuse what only a restore may do."""
    names = [sql.Identifier(schema, table) for table in tables]
    for name in names:
        _run("ALTER TABLE {table} DISABLE TRIGGER USER", table=name)
    yield
    for name in names:
        _run("ALTER TABLE {table} ENABLE TRIGGER USER", table=name)


def _tables(schema: str) -> list[str]:
    return _ask(
        "SELECT relname FROM pg_class WHERE relnamespace = %s::regnamespace AND relkind = 'r'"
        " AND pg_get_userbyid(relowner) = current_user ORDER BY relname",
        schema,
    )


def _columns(schema: str, table: str) -> list[str]:
    return _ask(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
        " AND attgenerated = '' ORDER BY attnum",
        f'"{schema}"."{table}"',
    )


def _sequences(schema: str) -> dict[str, int | None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = %s", [schema])
        return dict(cursor.fetchall())


def _names(schema: str, table: str, columns: list[str]) -> dict[str, sql.Composable]:
    return {
        "table": sql.Identifier(schema, table),
        "columns": sql.SQL(", ").join(map(sql.Identifier, columns)),
    }


def _ask(query: str, *parameters: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters or None)
        return [row[0] for row in cursor.fetchall()]


def _run(statement: str, **names: sql.Composable) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_text(statement, **names))


def _text(statement: str, **names: sql.Composable) -> str:
    return sql.SQL(statement).format(**names).as_string(connection.connection)
