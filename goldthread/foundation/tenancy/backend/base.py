"""The PostgreSQL backend: role and search path are taken on together, or no statement runs.

django-tenants issues the search path from one place, each time Django asks for a cursor. It runs its own hook only when
the tenant is set: after a reconnect or a rollback it would restore the path and not the role. So this backend replaces
that one place. What the server's session has is remembered; a statement is sent only when the wanted pair differs, and
everything that may have undone the pair (reconnect, rollback, savepoint rollback, a commit that PostgreSQL turned into
a rollback) makes it forget. A server that answers for one agency therefore sends the pair once per connection.

Statements of fixed text keep a cursor each, and with it what psycopg found out about their parameters and columns.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.db.backends.postgresql.base import ServerBindingCursor
from django_tenants.postgresql_backend.base import DatabaseWrapper as SchemaWrapper
from django_tenants.utils import quote_schema_name
from psycopg.pq import TransactionStatus

from goldthread.foundation.tenancy.roles import NO_ROLE, PUBLIC, app_role, owner_role

MOST_KEPT = 500
"""So many statements keep a cursor on a connection."""
TAKE_ON = "SELECT set_config('role', %s, false), set_config('search_path', %s, false)"


class Standing(NamedTuple):
    """As whom, and where, the statements of a session run."""

    role: str
    path: str


class OneStatementCursor(ServerBindingCursor):
    """Sends every query by the extended protocol, in which PostgreSQL refuses a second statement.

    psycopg alone does so only when a query has parameters.
    """

    def _execute_send(self, query: Any, *, force_extended: bool = False, binary: bool | None = None) -> None:
        super()._execute_send(query, force_extended=True, binary=binary)  # type: ignore[misc]  # a hook of psycopg that is not in its types

    def forget_rows(self) -> None:
        """Let go of what the last statement yielded, and of the values it was asked with; not of what was found out about them."""
        self._reset()  # type: ignore[attr-defined]  # as above


class Kept(NamedTuple):
    """A cursor that runs one statement only, this very text of it: psycopg compares texts by identity."""

    statement: str
    cursor: Any
    timezone: Any


class DatabaseWrapper(SchemaWrapper):  # type: ignore[misc]  # django-tenants has no types
    """A connection that works for one agency at a time, under that agency's role."""

    _setting_search_path: bool

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._standing: Standing | None = None
        self._standings: dict[tuple[str, bool, bool], Standing] = {}
        """What was worked out for a schema, with or without public, as owner or not: nothing else decides on it."""
        self._kept: dict[str, Kept] = {}
        self._acting_as_owner = False
        super().__init__(*args, **kwargs)

    @contextmanager
    def as_owner(self) -> Iterator[None]:
        """Within it statements run as the owner of the schema: migrations, restore, retention. Never for a request."""
        before = self._acting_as_owner
        self._acting_as_owner = True
        try:
            yield
        finally:
            self._acting_as_owner = before

    @property
    def wanted_standing(self) -> Standing:
        """The role and the path that the next statement must have."""
        asked = (self.schema_name, self.include_public_schema, self._acting_as_owner)
        if asked not in self._standings:
            self._standings[asked] = self._work_out_standing()
        return self._standings[asked]

    def _work_out_standing(self) -> Standing:
        login: str = self.settings_dict["USER"]
        path = ", ".join(quote_schema_name(schema) for schema in self._get_cursor_search_paths())
        if self._acting_as_owner:
            return Standing(owner_role(login, self.schema_name), path)
        if self.schema_name == PUBLIC:
            return Standing(NO_ROLE, path)
        return Standing(app_role(login, self.schema_name), path)

    def _handle_search_path(self, cursor: Any = None) -> None:
        """Called by django-tenants each time a cursor is made. Errors go up: the statement must not run."""
        if self._setting_search_path:
            return
        wanted = self.wanted_standing
        if self._standing == wanted:
            return
        if self.connection.info.transaction_status == TransactionStatus.INERROR:
            return  # until the transaction is rolled back the server runs nothing; sending it would hide the cause
        self._standing = None
        self._setting_search_path = True
        try:
            self._take_on(wanted, cursor)
        finally:
            self._setting_search_path = False
        self._standing = wanted

    def _take_on(self, wanted: Standing, cursor: Any) -> None:
        if cursor is not None:
            cursor.execute(TAKE_ON, [*wanted])
            return
        with self.connection.cursor() as own:  # a named cursor can carry one statement only
            own.execute(TAKE_ON, [*wanted])

    def get_connection_params(self) -> dict[str, Any]:
        """Django's parameters, with the cursor that refuses a second statement."""
        return {**super().get_connection_params(), "cursor_factory": OneStatementCursor}

    def create_cursor(self, name: str | None = None) -> Any:
        """Migrations may run scripts of several statements; requests and jobs may not."""
        self.connection.cursor_factory = ServerBindingCursor if self._acting_as_owner else OneStatementCursor
        return super().create_cursor(name)

    def run_kept(self, statement: str, values: Sequence[Any], *, yields: bool) -> tuple[list[Any], int]:
        """Run *statement* with *values* on the cursor that is kept for it: what it yields (nothing unless *yields*), and how many
        rows it was about. Everything else is as with ``cursor()``: role and path, errors, what listens to statements."""
        if self._acting_as_owner:
            return self._run_on(self.cursor(), statement, values, yields=yields)
        self.close_if_health_check_failed()
        self.ensure_connection()
        kept = self._kept.pop(statement, None)  # whoever asks the same in between gets a cursor of their own
        if kept is None or kept.cursor.connection is not self.connection or kept.timezone != self.timezone:
            with self.wrap_database_errors:
                kept = Kept(statement, self.create_cursor(), self.timezone)
        cursor = self._prepare_cursor(kept.cursor)
        self._handle_search_path(cursor)
        found = self._run_on(cursor, kept.statement, values, yields=yields)
        kept.cursor.forget_rows()
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        self._kept[kept.statement] = kept
        return found

    def _run_on(self, cursor: Any, statement: str, values: Sequence[Any], *, yields: bool) -> tuple[list[Any], int]:
        cursor.execute(statement, values)
        return (cursor.fetchall() if yields else []), cursor.rowcount

    def init_connection_state(self) -> None:
        """A new session stands nowhere yet."""
        self._standing = None
        super().init_connection_state()

    def close(self) -> None:
        """The session ends, and what it stood for."""
        self._standing = None
        self._kept.clear()
        super().close()

    def rollback(self) -> None:
        """PostgreSQL undoes a setting made in the transaction that is rolled back."""
        self._standing = None
        super().rollback()

    def savepoint_rollback(self, sid: str) -> None:
        """Likewise back to a savepoint, whether or not it succeeds."""
        try:
            super().savepoint_rollback(sid)
        finally:
            self._standing = None

    def _commit(self) -> None:
        """PostgreSQL answers a commit after an error by rolling back, silently."""
        if self.connection is not None and self.connection.info.transaction_status == TransactionStatus.INERROR:
            self._standing = None
        super()._commit()
