"""The database under the tests (a pytest plugin, loaded by conftest).

On PostgreSQL ``GOLDTHREAD_DATABASE`` is an administrator's address (a role with CREATEDB and CREATEROLE, or a
superuser); each run, and each xdist worker, makes a database and an installation of its own beside it.
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import psycopg
import pytest
import pytest_django
from django.conf import settings
from django.db import connection as plain_connection
from django.db import connections, transaction
from django.test import TransactionTestCase
from psycopg import sql

from goldthread.foundation.tenancy import hosts
from tests.architecture.tree import ROOT

connection: Any = plain_connection
"""With what the backend of tenancy adds to it."""
ADMIN_URL = os.environ.get("GOLDTHREAD_DATABASE", "")
ON_POSTGRESQL = bool(ADMIN_URL)
AGENCY = "test"
DJANGOS_OWN = {"django_migrations", "django_content_type", "auth_permission"}


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    _own_data_folder: Path,
    django_db_modify_db_settings_parallel_suffix: None,
    monkeypatch_session: pytest.MonkeyPatch,
) -> None:
    """On SQLite a file, as at work: an in-memory database has neither WAL nor a second process."""
    if not ON_POSTGRESQL:
        connections["default"].settings_dict["TEST"]["NAME"] = str(_own_data_folder / "goldthread.sqlite3")
        _flush_past_the_audit_log(monkeypatch_session)
        monkeypatch_session.setattr(
            connections["default"].creation, "create_test_db", _Migrated(_own_data_folder).create
        )
        return
    installation = _Installation(_own_data_folder)
    creation = connections["default"].creation
    monkeypatch_session.setattr(creation, "create_test_db", installation.create)
    monkeypatch_session.setattr(creation, "destroy_test_db", installation.destroy)
    monkeypatch_session.setattr(TransactionTestCase, "_fixture_teardown", lambda case: _put_back())


def _put_back() -> None:
    """On PostgreSQL, after a test that commits: no rows but Django's own, as after ``flush``, which takes five times as long."""
    assert connection.schema_name == AGENCY, "a test that changes the schema sets it back"
    empty_agency()
    _empty_the_queue()


def empty_agency() -> None:
    """Delete every row of the current schema, but for what migrations write for Django itself. Most tables are empty: those are left alone."""
    with connection.as_owner(), transaction.atomic(), connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if name not in DJANGOS_OWN]
        asked = ", ".join(f'EXISTS (SELECT FROM "{name}")' for name in tables)
        cursor.execute(f"SELECT {asked}")
        for name, filled in zip(tables, cursor.fetchone(), strict=True):
            if filled:
                cursor.execute(f'DELETE FROM "{name}"')  # foreign keys are looked at in the end, so in any order


class _Migrated:
    """SQLite's tables, made once for all workers of a run: making them takes five seconds."""

    def __init__(self, data: Path) -> None:
        self.own = data / "goldthread.sqlite3"
        self.shared = as_migrated(data)
        self.really = connections["default"].creation.create_test_db

    def create(self, **options: Any) -> str:
        """Stands in for Django's making of a test database."""
        with self.shared.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if self.shared.exists():
                _copy(self.shared, self.own)
                return str(self.really(**options | {"keepdb": True}))
            name = str(self.really(**options))
            half = self.shared.with_suffix(".half")
            _copy(self.own, half)
            half.rename(self.shared)
            return name


def as_migrated(data: Path) -> Path:
    """SQLite with this run's tables and nothing in them; *data*: the worker's folder. ``./test`` keeps it for all its stages."""
    if kept := os.environ.get("GOLDTHREAD_TEST_TABLES"):
        return Path(kept)
    return data.parents[1 if "PYTEST_XDIST_WORKER" in os.environ else 0] / "as-migrated.sqlite3"


def hand_tables(data: Path) -> None:
    """SQLite's tables into the new folder *data*: making them anew takes eight seconds. tests/newcomer sees to making them."""
    made = as_migrated(settings.DATA)
    with made.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            _make_tables(made)
    shutil.copyfile(made, data / "goldthread.sqlite3")


@pytest.fixture(scope="session")
def tables(_own_data_folder: Path) -> Callable[[Path], None]:
    """``tables(folder)``: SQLite's tables lie in that new folder."""
    return hand_tables


def _make_tables(target: Path) -> None:
    """By the product itself, in a process of its own: the one that tests may be on PostgreSQL, or have no database."""
    folder = target.with_suffix(".making")
    folder.mkdir()
    environment = os.environ | {"GOLDTHREAD_DATA": str(folder), "GOLDTHREAD_DATABASE": "", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "goldthread", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    half = target.with_suffix(".half")
    _copy(folder / "goldthread.sqlite3", half)
    half.rename(target)


def _flush_past_the_audit_log(patch: pytest.MonkeyPatch) -> None:
    """Tests that commit are cleaned up by DELETE, which the audit log's triggers refuse."""
    operations = connections["default"].ops
    flush = operations.execute_sql_flush

    def flush_without_triggers(statements: list[str]) -> None:
        from goldthread.foundation.audit import triggers  # here: needs the models

        triggers.remove(connection)
        flush(statements)
        triggers.install(connection)

    patch.setattr(operations, "execute_sql_flush", flush_without_triggers)


@pytest.fixture(scope="session")
def monkeypatch_session() -> Iterator[pytest.MonkeyPatch]:
    """Changes undone at the end of the run."""
    with pytest.MonkeyPatch.context() as patch:
        yield patch


def within_agency() -> None:
    """On PostgreSQL the work goes on for the agency ``test``, under its role."""
    if ON_POSTGRESQL:
        connection.set_schema(AGENCY)


@pytest.fixture(autouse=True)
def _within_agency() -> None:
    """Every test."""
    within_agency()


@pytest.fixture(autouse=True, scope="session")
def _hosts_are_remembered(monkeypatch_session: pytest.MonkeyPatch) -> None:
    """For the whole run, not for half a minute: whoever counts statements would else count the looking up now and then."""
    monkeypatch_session.setattr(hosts, "REMEMBERED_SECONDS", 24 * 60 * 60)


@contextmanager
def untouched() -> Iterator[None]:
    """Whatever is written within is not there afterwards."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]  # Django's own mark of a test's: a durable one may lie in it
    with block:
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def kept(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[None]:
    """What a module's fixtures write on top of this is there for each of its tests, as they wrote it, and then gone.

    Each test has a savepoint of its own. Not for modules with ``django_db(transaction=True)``.
    """
    with django_db_blocker.unblock():
        within_agency()
        with untouched():
            yield


@pytest.fixture(scope="session")
def admin_url(django_db_setup: None) -> str:
    """The administrator's address of the database in which the tests' installation lies."""
    return _address(connections["default"].settings_dict["NAME"])


@pytest.fixture(autouse=True, scope="session")
def _put_back_quickly(_own_data_folder: Path, monkeypatch_session: pytest.MonkeyPatch) -> None:
    """On SQLite, after a test that commits, the database is as migrated again: the audit log refuses to be emptied."""
    if ON_POSTGRESQL:
        return
    keep = as_migrated(_own_data_folder)

    def after(case: Any) -> None:
        connections.close_all()
        _copy(keep, connection.settings_dict["NAME"])

    monkeypatch_session.setattr(TransactionTestCase, "_fixture_setup", classmethod(lambda case: None))
    monkeypatch_session.setattr(TransactionTestCase, "_fixture_teardown", after)


def _copy(source: Path | str, target: Path | str) -> None:
    """One SQLite database over another, with the locks that make this safe beside other processes."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def in_public() -> AbstractContextManager[Any]:
    """On PostgreSQL: as the worker that looks into the queue, as no agency. On SQLite nothing changes."""
    if not ON_POSTGRESQL:
        return nullcontext()
    from django_tenants.utils import schema_context

    in_it: AbstractContextManager[Any] = schema_context("public")
    return in_it


class _Installation:
    """Stands in for Django's making and dropping of a test database."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.name = f"goldthread_test_{os.getpid()}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"

    def create(self, **_options: Any) -> str:
        from goldthread.foundation.tenancy import setup  # here: needs the models, which pytest loads after this plugin

        _as_admin("CREATE DATABASE {name}", self.name)
        url = setup.prepare_installation(_address(self.name), self.data)
        point_at(url)
        settings.DATABASE_URL = url
        setup.migrate_all()
        setup.create_agency("Test", AGENCY, ["testserver", "localhost", "127.0.0.1"], admin_url=_address(self.name))
        connection.set_schema(AGENCY)
        return self.name

    def destroy(self, *_arguments: Any, **_options: Any) -> None:
        login = connection.settings_dict["USER"]
        connection.close()
        _as_admin("DROP DATABASE {name} WITH (FORCE)", self.name)
        _drop_roles(login)


def point_at(url: str) -> None:
    """Let Django's one connection lead to the database *url*, from its next statement on."""
    from goldthread.foundation.lib.databases import database_settings

    connection.close()
    wanted = database_settings(settings.DATA, url)
    connection.settings_dict.update({key: wanted[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")})


def _address(database: str) -> str:
    head, _, tail = ADMIN_URL.rpartition("/")
    _, mark, options = tail.partition("?")
    return f"{head}/{database}{mark}{options}"


def _as_admin(statement: str, name: str) -> None:
    with psycopg.connect(ADMIN_URL, autocommit=True) as admin:
        admin.execute(sql.SQL(statement).format(name=sql.Identifier(name)))


def _drop_roles(login: str) -> None:
    with psycopg.connect(ADMIN_URL, autocommit=True) as admin:
        roles = admin.execute("SELECT rolname FROM pg_roles WHERE starts_with(rolname, %s)", [login]).fetchall()
    for (role,) in roles:
        _as_admin("DROP ROLE {name}", role)


def _empty_the_queue() -> None:
    from django_tasks_db.models import DBTaskResult

    with in_public():
        DBTaskResult.objects.all().delete()
