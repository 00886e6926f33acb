"""Querysets that are compiled once and asked again and again with other values.

Django compiles a queryset anew at each use: 0.3 to 1 ms of processor time, more than the database takes to answer it
(docs/measurements.md). A queryset whose shape never changes keeps its SQL here. Only the text is kept, never an answer:
every use asks the database. See docs/adr/0014-compiled-querysets.md.
"""

import json
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Expression, Field, Lookup, QuerySet
from django.db.models.query import ModelIterable, ValuesListIterable, get_related_populators
from django.db.models.sql.compiler import SQLCompiler

from goldthread.foundation.lib.statements import rows_of

Row = TypeVar("Row")


class Given(Expression):
    """Stands in a queryset for a value that each use gives by *name*. ``Given("ids")`` of a list goes with ``AnyOf``."""

    def __init__(
        self, name: str, output_field: "Field[Any, Any] | None" = None, *, later: timedelta = timedelta()
    ) -> None:
        super().__init__(output_field=output_field)
        self.name, self.later = name, later

    @property
    def pk(self) -> "Given":
        """It stands for an object or for its key alike."""
        return self

    def __add__(self, other: Any) -> Any:
        """So much after the value that will be given, a day or an instant."""
        return self._moved(other) if isinstance(other, timedelta) else super().__add__(other)

    def __sub__(self, other: Any) -> Any:
        """So much before it."""
        return self._moved(-other) if isinstance(other, timedelta) else super().__sub__(other)

    def _moved(self, by: timedelta) -> "Given":
        return type(self)(self.name, later=self.later + by)

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """Django's hook."""
        return "%s", [_Place(self.name, self.later)]


class GivenIds(Given):
    """A Given of many ids, of which PostgreSQL is not told how many there are when it plans.

    Told that there is one team, it thought so much better of a plan for one than of a plan for any number that it planned anew
    at each use: 0.6 to 0.8 ms of its processor time each time, for plans that were the same.
    """

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """Django's hook. The cast outside makes a value of it, to which ANY may be applied."""
        sql, values = self.as_sql(compiler, connection)
        return f"(SELECT {sql}::uuid[])::uuid[]", values


class Part(Expression):
    """A whole SELECT with its values, for ``IsIn``. It speaks of nothing outside of itself."""

    def __init__(self, sql: str, values: list[Any]) -> None:
        super().__init__()
        self.sql, self.values = sql, values

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """Django's hook."""
        return self.sql, self.values


def part_of(rows: "QuerySet[Any, Any]") -> Part | None:
    """A queryset of one column that is asked once, as a part of another; None where it can yield nothing."""
    try:
        sql, values = rows.query.sql_with_params()
    except EmptyResultSet:
        return None
    return Part(sql, list(values))


class IsIn(Lookup[Any]):
    """``IsIn(F("pk"), READERS.part(team=team))``: is the column among what a Compiled query of one column yields?"""

    lookup_name = "is_in"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """Django's hook."""
        return _joined(self, "%s IN (%s)", compiler, connection)


class EachOf(IsIn):
    """As IsIn, where the query yields few: PostgreSQL then reads their rows one by one by the column's index, and does not
    walk the whole table because it guesses that they are many."""

    lookup_name = "each_of"

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """Django's hook."""
        return _joined(self, "%s = ANY(ARRAY(%s))", compiler, connection)


class BothIn(Expression):
    """``BothIn(F("client"), F("episode"), PAIRS.part(…))``: are both columns together among what a query of two columns yields?"""

    conditional = True

    def __init__(self, one: Any, other: Any, among: Part) -> None:
        super().__init__(output_field=BooleanField())
        self.columns, self.among = [one, other], among

    def get_source_expressions(self) -> list[Any]:
        """Django's hook."""
        return self.columns

    def set_source_expressions(self, exprs: Any) -> None:
        """Django's hook."""
        self.columns = list(exprs)

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """Django's hook."""
        (one, some), (other, more) = (compiler.compile(column) for column in self.columns)
        return f"({one}, {other}) IN ({self.among.sql})", [*some, *more, *self.among.values]


class AnyOf(Lookup[Any]):
    """``AnyOf(F("person"), ids)``, the ids a collection or a Given: is the column one of them, however many there are?

    The same as IN, but for its text, which stays the same whatever their number.
    """

    lookup_name = "any_of"
    prepare_rhs = False

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """Django's hook."""
        return _joined(self, "%s = ANY(%s)", compiler, connection)

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """Django's hook."""
        return _joined(self, "%s IN (SELECT value FROM json_each(%s))", compiler, connection)


def _joined(
    lookup: Lookup[Any], words: str, compiler: SQLCompiler, connection: BaseDatabaseWrapper
) -> tuple[str, list[Any]]:
    """Both sides of *lookup*, put into *words*."""
    left, left_values = lookup.process_lhs(compiler, connection)
    given = lookup.rhs
    right, right_values = compiler.compile(given) if hasattr(given, "as_sql") else ("%s", [_plain(given)])
    return words % (left, right), [*left_values, *right_values]


class Compiled(Generic[Row]):
    """A queryset made by *build* (of whole rows or ``values_list``), compiled at its first use on each database."""

    def __init__(self, build: Callable[[], "QuerySet[Any, Row]"]) -> None:
        self._build = build
        self._texts: dict[str, _Text] = {}

    def ask(self, **given: Any) -> list[Row]:
        """The rows of now, with *given* in place of each Given. KeyError: a value is missing."""
        database = connections[DEFAULT_DB_ALIAS]  # looked up once, not by each use of it
        text = self._texts.get(database.vendor) or self._text()
        if not text.sql:
            return []
        return text.read(rows_of(database, text.sql, text.filled(given)))

    def first(self, **given: Any) -> Row | None:
        """The first of the rows; None when there is none."""
        rows = self.ask(**given)
        return rows[0] if rows else None

    def part(self, **given: Any) -> Part:
        """The query itself with its values, as a part of another: see ``IsIn``."""
        text = self._text()
        return Part(text.sql, text.filled(given))

    def open_part(self) -> Part:
        """The same for another Compiled: its Givens become those of the other."""
        text = self._text()
        return Part(text.sql, text.values)

    def _text(self) -> "_Text":
        kept = self._texts.get(connection.vendor)
        if kept is None:
            kept = self._texts[connection.vendor] = _text_of(self._build())
        return kept


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a given value goes among the values of a statement."""

    name: str
    later: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class _Text:
    """A statement with its values, and how its rows are read."""

    sql: str
    values: list[Any]
    converters: list[tuple[int, list[Any], Any]]
    make: Callable[[Any], Any]
    plain: Callable[[Any], Any]
    """What makes of a given value one that the database's driver takes."""

    def filled(self, given: dict[str, Any]) -> list[Any]:
        """The values of the statement, those that were left open from *given*."""
        ready = {name: self.plain(value) for name, value in given.items()}
        return [self._filled(part, given, ready) if isinstance(part, _Place) else part for part in self.values]

    def _filled(self, place: _Place, given: dict[str, Any], ready: dict[str, Any]) -> Any:
        """What goes to *place*. A Given of another Compiled stays open."""
        value = ready[place.name]
        if isinstance(value, Given):
            return _Place(value.name, value.later + place.later)
        return self.plain(given[place.name] + place.later) if place.later else value

    def read(self, rows: list[Any]) -> list[Any]:
        return [self.make(row) for row in (self._converted(rows) if self.converters else rows)]

    def _converted(self, rows: list[Any]) -> list[list[Any]]:
        converted = [list(row) for row in rows]
        for position, functions, expression in self.converters:
            for row in converted:
                for convert in functions:
                    row[position] = convert(row[position], expression, connection)
        return converted


def _text_of(queryset: "QuerySet[Any, Any]") -> _Text:
    compiler = queryset.query.get_compiler(using=queryset.db)
    try:
        sql, values = compiler.as_sql()
    except EmptyResultSet:  # nothing can be in it: it is not asked
        return _Text("", [], [], tuple, _plain)
    columns = [column for column, _sql, _alias in compiler.select[: compiler.col_count]]
    converters = [
        (position, functions, expression)
        for position, (functions, expression) in compiler.get_converters(columns).items()
    ]
    if connection.vendor != "postgresql":
        return _Text(sql, list(values), converters, _maker(queryset, compiler), _plain_on_sqlite)
    sql, values = _written_in(sql, values)
    return _Text(sql, values, converters, _maker(queryset, compiler), _plain_on_postgresql)


def _written_in(sql: str, values: Sequence[Any]) -> tuple[str, list[Any]]:
    """The statement with its fixed words and numbers in its text; what is left are the values that each use gives.

    For PostgreSQL: it sees that a state is *open* and takes the index of open tasks also in a plan that it keeps, and the driver
    has a third of the values to send.
    """
    left, written, rest = [], [], iter(values)
    for piece in _PLACE_OR_PERCENT.split(sql):
        value = next(rest) if piece == "%s" else None
        fixed = _literal(value) if piece == "%s" else piece
        if fixed is None:
            left.append(value)
        written.append(piece if fixed is None else fixed)
    return "".join(written), left


_PLACE_OR_PERCENT = re.compile("(%s|%%)")
_PLAIN_WORDS = re.compile(r"[\w .:/-]*", re.ASCII)


def _literal(value: Any) -> str | None:
    """*value* as it stands in a statement; None for what is better sent beside it."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int):
        return str(int(value)) if value >= 0 else None
    if isinstance(value, str) and _PLAIN_WORDS.fullmatch(value):
        return f"'{str.__str__(value)}'"
    return None


def _maker(queryset: "QuerySet[Any, Any]", compiler: Any) -> Callable[[Any], Any]:
    """What makes of a row what the queryset yields: the same steps as in Django's own iterables, prepared once."""
    if issubclass(queryset._iterable_class, ValuesListIterable):
        return tuple
    if queryset._iterable_class is not ModelIterable:
        raise TypeError("only querysets of whole rows and of values_list are compiled")
    info, database = compiler.klass_info, queryset.db
    model, fields = info["model"], info["select_fields"]
    start, end = fields[0], fields[-1] + 1
    names = [column.target.attname for column, _sql, _alias in compiler.select[start:end]]
    related: Any = get_related_populators  # the stubs are those of the next Django
    populators = related(info, compiler.select, database)
    annotations = list((compiler.annotation_col_map or {}).items())

    def make(row: Any) -> Any:
        made = model.from_db(database, names, row[start:end])
        for populator in populators:
            populator.populate(row, made)
        for name, position in annotations:
            setattr(made, name, row[position])
        return made

    return make


def _plain(value: Any) -> Any:
    """*value* as the driver of the database in use takes it."""
    return _plain_on_postgresql(value) if connection.vendor == "postgresql" else _plain_on_sqlite(value)


def _plain_on_postgresql(value: Any) -> Any:
    if isinstance(value, list | tuple | set | frozenset):
        return _ids_as_text(value) if all(type(one) is UUID for one in value) else list(value)
    return value


def _ids_as_text(ids: Collection[UUID]) -> str:
    """The driver writes a list id by id and looks in each for what must be quoted: 3 ms of processor time for a team's eight hundred."""
    return "{" + ",".join([one.hex for one in ids]) + "}"


def _plain_on_sqlite(value: Any) -> Any:
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    if isinstance(value, Collection) and not isinstance(value, str):
        return json.dumps([_plain_on_sqlite(one) for one in value])
    return value
