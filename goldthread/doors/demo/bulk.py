"""The quickest way into a table: COPY on PostgreSQL, one prepared statement on SQLite. No signals, no checks but the database's."""

import json
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import connection, models

Convert = Callable[[Any], Any]
PLAIN = (models.BooleanField, models.IntegerField)
LINES = 500
"""So many rows go to the server at once."""


def write_rows(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """Insert *rows* of *model*. A key that the database counts itself is left to it (and is not read back)."""
    if not rows:
        return
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    read = attrgetter(*(field.attname for field in fields))
    converts = [_convert(field) for field in fields]
    values = [tuple(convert(value) for convert, value in zip(converts, read(row), strict=True)) for row in rows]
    table = connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)
            return
        places = ", ".join("%s" for _ in fields)
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", values)  # noqa: S608  names from models


def _convert(field: "models.Field[Any, Any]") -> Convert:
    """How a value of *field* goes to the database."""
    if isinstance(field, PLAIN):
        return lambda value: value
    if isinstance(field, models.CharField):
        return lambda value: None if value is None else str(value)
    return lambda value: None if value is None else field.get_db_prep_save(value, connection)


class Stencil:
    """A row that is written many times: every value is ready for the database but the *slots*, which each use gives.

    Slots are columns of ids, dates or words; their values are given as text (ids as 32 hex digits, which both databases read).
    """

    def __init__(self, row: models.Model, *slots: str) -> None:
        fields = [field for field in row._meta.concrete_fields if not isinstance(field, models.AutoField)]
        unknown = set(slots) - {field.attname for field in fields}
        if unknown:
            raise ValueError(f"no such columns: {unknown}")
        self.model = type(row)
        values = [None if one.attname in slots else _ready(one, getattr(row, one.attname)) for one in fields]
        order = [slots.index(one.attname) for one in fields if one.attname in slots]
        if order != sorted(order):
            raise ValueError("slots are given in the order of the model's fields")
        self._places = [number for number, one in enumerate(fields) if one.attname in slots]
        self._values = values
        self._line = (
            "\t".join(
                "%s" if one.attname in slots else _escaped(value).replace("%", "%%")
                for one, value in zip(fields, values, strict=True)
            )
            + "\n"
        )
        self.fill = self._as_line if connection.vendor == "postgresql" else self._as_row

    def _as_line(self, *given: str) -> str:
        return self._line % given

    def _as_row(self, *given: str) -> list[Any]:
        row = self._values.copy()
        for place, value in zip(self._places, given, strict=True):
            row[place] = value
        return row


def write_filled(model: type[models.Model], filled: Sequence[Any]) -> None:
    """Insert what stencils of *model* filled."""
    if not filled:
        return
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    table = connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            places = ", ".join("%s" for _ in fields)
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", filled)  # noqa: S608  names from models
            return
        with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for start in range(0, len(filled), LINES):
                copy.write("".join(filled[start : start + LINES]))


def _ready(field: "models.Field[Any, Any]", value: Any) -> Any:
    """*value* as text or number that both ways of writing take."""
    if value is None:
        return None
    if isinstance(field, models.JSONField):
        return json.dumps(value, cls=field.encoder)
    if isinstance(value, UUID):
        return value.hex
    return _convert(field)(value)


def _escaped(value: Any) -> str:
    """*value* in the text format of COPY."""
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    text = str(value).replace("\\", "\\\\")
    return text.replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
