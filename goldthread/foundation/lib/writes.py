"""Rows of several models, written together: on PostgreSQL by one statement, whatever they are and however many.

Each model's rows travel as one JSON value, so the text is the same for one row and for a thousand: it is prepared once, and the driver
looks at a handful of values instead of at each of some 200. A signed note writes seven tables; one by one that was ten trips, and a
third of what its statements took (docs/adr/0076). SQLite, which has no trips, gets them one by one.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import AutoField, Model

from goldthread.foundation.lib.bulk import correct_rows, correcting, insert_new, insert_rows, update_rows
from goldthread.foundation.lib.statements import rows_of

INSERT, INSERT_NEW, UPDATE, CORRECT = "insert", "insert new", "update", "correct"


@dataclass(frozen=True, slots=True)
class _Part:
    """What is done with some rows of one model. *names*: the fields that are written, where not all are."""

    how: str
    model: type[Model]
    names: tuple[str, ...]
    rows: list[Model]
    same: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()


class Writes:
    """Gathers rows until ``write``. No row depends on another's being there before it: keys are made here, references are checked when
    the transaction ends. A row is in it once."""

    def __init__(self) -> None:
        self._parts: list[_Part] = []

    def insert(self, rows: Iterable[Model]) -> None:
        """Insert *rows* (of one model, with keys of their own)."""
        self._add(INSERT, rows)

    def insert_new(self, rows: Iterable[Model]) -> None:
        """Insert those of *rows* that no unique constraint forbids."""
        self._add(INSERT_NEW, rows)

    def update(self, rows: Iterable[Model], names: Sequence[str]) -> None:
        """Write the fields *names* of each of *rows* by its primary key."""
        self._add(UPDATE, rows, tuple(names))

    def insert_or_correct(self, rows: Iterable[Model], *, same: Sequence[str], keep: Sequence[str]) -> None:
        """Insert *rows*, no two of them with the same values in the fields *same* (a unique constraint); where one with these is
        there, make it say what ours says, but for the fields *keep*. Ours are not told what those hold."""
        self._add(CORRECT, rows, (), tuple(same), tuple(keep))

    def write(self) -> bool:
        """Write what was gathered, in the caller's transaction. False: of what was to be inserted where nothing forbids it, something
        was there already, and stays as it is. IntegrityError as from the database."""
        parts, self._parts = self._parts, []
        if not parts:
            return True
        if connection.vendor != "postgresql":
            return False not in [_one_by_one(part) for part in parts]
        text = _text(tuple((part.how, part.model, part.names, part.same, part.keep) for part in parts))
        values = [_as_json(part) for part in parts]
        ((made,),) = rows_of(connections[DEFAULT_DB_ALIAS], text, values)
        for part in parts:
            if part.how in (INSERT, INSERT_NEW):
                _written(part.rows)
        return bool(made == sum(len(part.rows) for part in parts if part.how == INSERT_NEW))

    def _add(self, how: str, rows: Iterable[Model], *fields: tuple[str, ...]) -> None:
        found = list(rows)
        if found:
            self._parts.append(_Part(how, type(found[0]), fields[0] if fields else (), found, *fields[1:]))


def _one_by_one(part: _Part) -> bool:
    if part.how == UPDATE:
        update_rows(part.rows, part.names)
        return True
    if part.how == INSERT_NEW:
        return insert_new(part.rows)
    if part.how == CORRECT:
        correct_rows(part.rows, same=part.same, keep=part.keep)
        return True
    insert_rows(part.rows)
    return True


def _written(rows: Iterable[Model]) -> None:
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


@cache
def _fields(model: type[Model], names: tuple[str, ...]) -> list[tuple[str, str, Any]]:
    """Column, attribute and field of what is written of *model*; of an update the key, too."""
    meta = model._meta
    fields: list[Any] = [field for field in meta.concrete_fields if not isinstance(field, AutoField)]
    wanted = [field for field in fields if not names or field.name in names or field is meta.pk]
    return [(field.column, field.attname, field) for field in wanted]


def _as_json(part: _Part) -> str:
    """The rows, by column. What JSON has no word for (days, ids, amounts) is written as PostgreSQL reads it."""
    fields = _fields(part.model, part.names)
    rows = [
        {column: field.get_prep_value(getattr(row, attribute)) for column, attribute, field in fields}
        for row in part.rows
    ]
    return json.dumps(rows, default=str)


@cache
def _text(parts: tuple[tuple[Any, ...], ...]) -> str:
    """The statement that does *parts*, all of which see the database as it was before it."""
    written = [f"p{number} AS ({_words(*part)})" for number, part in enumerate(parts)]
    new = [f"(SELECT count(*) FROM p{number})" for number, part in enumerate(parts) if part[0] == INSERT_NEW]  # noqa: S608  # numbers
    return f"WITH {', '.join(written)} SELECT {' + '.join(new) or '0'}"  # names from models


def _words(how: str, model: type[Model], names: tuple[str, ...], same: tuple[str, ...], keep: tuple[str, ...]) -> str:
    quote = connection.ops.quote_name
    table, key = quote(model._meta.db_table), quote(str(model._meta.pk.column))
    columns = [quote(column) for column, _attribute, _field in _fields(model, names)]
    given = f"jsonb_populate_recordset(NULL::{table}, %s::jsonb)"
    if how == UPDATE:
        sets = ", ".join(f"{column} = given.{column}" for column in columns if column != key)
        return f"UPDATE {table} SET {sets} FROM {given} AS given WHERE {table}.{key} = given.{key}"  # noqa: S608  # as above
    listed = ", ".join(columns)
    anyway = " ON CONFLICT DO NOTHING RETURNING 1" if how == INSERT_NEW else ""
    if how == CORRECT:
        anyway = f" {correcting(model, same, keep)}"
    return f"INSERT INTO {table} ({listed}) SELECT {listed} FROM {given}{anyway}"  # noqa: S608  # as above
