"""Goldthread does not start on a database that would lose what it acknowledges."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from goldthread.foundation.lib.databases import (
    PLANNING,
    SQLITE_INIT,
    UnsafeDatabase,
    database_settings,
    own_url,
    planned_anew,
    refuse_unsafe_database,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_database_of_the_settings_is_safe() -> None:
    if connection.vendor == "postgresql":
        connection.set_schema_to_public()
    refuse_unsafe_database()
    if connection.vendor == "postgresql":
        connection.set_schema("test")


@pytest.fixture
def other_sqlite(tmp_path: Path) -> Iterator[dict[str, object]]:
    """Lets the connection lead to a new file; yields the options, to be changed before the first statement."""
    before = connection.settings_dict["NAME"], connection.settings_dict["OPTIONS"]
    connection.close()
    options = dict(connection.settings_dict["OPTIONS"])
    connection.settings_dict.update(NAME=str(tmp_path / "other.sqlite3"), OPTIONS=options)
    yield options
    connection.close()
    connection.settings_dict.update(NAME=before[0], OPTIONS=before[1])


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("setting", "instead", "named"),
    [
        ("journal_mode=WAL", "journal_mode=DELETE", "journal_mode"),
        ("synchronous=FULL", "synchronous=NORMAL", "synchronous"),
        ("synchronous=FULL", "synchronous=OFF", "synchronous"),
    ],
)
def test_sqlite_that_loses_writes_is_refused(
    other_sqlite: dict[str, object], setting: str, instead: str, named: str
) -> None:
    assert setting in SQLITE_INIT
    other_sqlite["init_command"] = SQLITE_INIT.replace(setting, instead)
    with pytest.raises(UnsafeDatabase, match=named):
        refuse_unsafe_database()


@pytest.mark.postgresql
def test_postgresql_with_synchronous_commit_off_is_refused() -> None:
    connection.set_schema_to_public()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit = off")
        with pytest.raises(UnsafeDatabase, match=r"synchronous_commit off.*Set synchronous_commit to on"):
            refuse_unsafe_database()
    finally:
        connection.close()
        connection.set_schema("test")


@pytest.mark.postgresql
@pytest.mark.parametrize("setting", ["fsync", "full_page_writes"])
def test_postgresql_that_loses_writes_is_refused(admin_url: str, setting: str) -> None:
    """Settings of the whole server: changed and reloaded where the tests' role may (on the tests' own server)."""
    connection.set_schema_to_public()
    with psycopg.connect(admin_url, autocommit=True) as admin:
        if not admin.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()[0]:  # type: ignore[index]  # there is such a row
            pytest.skip("needs a superuser; ./test has one")
        try:
            admin.execute(f"ALTER SYSTEM SET {setting} = off")
            _reload(admin, setting, "off")
            with pytest.raises(UnsafeDatabase, match=f"{setting} off"):
                refuse_unsafe_database()
        finally:
            admin.execute(f"ALTER SYSTEM RESET {setting}")
            admin.execute("SELECT pg_reload_conf()")
            connection.set_schema("test")


def _reload(admin: "psycopg.Connection[tuple[object, ...]]", setting: str, wanted: str) -> None:
    admin.execute("SELECT pg_reload_conf()")
    for _attempt in range(100):
        with psycopg.connect(admin.info.dsn, password=admin.info.password, autocommit=True) as fresh:
            if fresh.execute(f"SHOW {setting}").fetchone() == (wanted,):
                return
            fresh.execute("SELECT pg_sleep(0.05)")
    raise AssertionError(f"{setting} did not change")


@pytest.mark.postgresql
def test_an_administrator_is_refused_as_the_application(admin_url: str) -> None:
    from tests.databases import point_at

    own = dict(connection.settings_dict)
    connection.set_schema_to_public()
    point_at(admin_url)
    try:
        with pytest.raises(UnsafeDatabase, match="as an administrator"):
            refuse_unsafe_database()
    finally:
        connection.settings_dict.update(own)
        connection.set_schema("test")


def test_addresses() -> None:
    settings = database_settings(Path("/data"), "postgresql://gold%40n:p%2Fw@db.example:6432/gold?sslmode=require")
    assert settings["USER"] == "gold@n"
    assert settings["PASSWORD"] == "p/w"
    assert (settings["HOST"], settings["PORT"], settings["NAME"]) == ("db.example", "6432", "gold")
    options = settings["OPTIONS"]
    assert options.pop("options") == PLANNING
    assert options == {"sslmode": "require", "server_side_binding": True, "prepare_threshold": 5}
    own = database_settings(Path("/data"), "postgresql://db/gold?options=-c%20jit%3Don")
    assert own["OPTIONS"]["options"] == f"{PLANNING} -c jit=on"
    assert database_settings(Path("/data"), "")["NAME"] == "/data/goldthread.sqlite3"
    for wrong in ("mysql://x/y", "postgresql://host", "postgresql://host/"):
        with pytest.raises(SystemExit, match="must look like"):
            database_settings(Path("/data"), wrong)


def test_a_data_folder_knows_its_own_address(tmp_path: Path) -> None:
    assert own_url(tmp_path, "") == ""
    assert own_url(tmp_path, "postgresql://admin@host/gold") == "postgresql://admin@host/gold"
    (tmp_path / "database_url").write_text("postgresql://own@host/gold\n")
    assert own_url(tmp_path, "postgresql://admin@host/gold") == "postgresql://own@host/gold"
    assert own_url(tmp_path, "") == "postgresql://own@host/gold"


def test_what_is_planned_anew_is_not_kept_and_the_rest_is_again() -> None:
    def ask(words: str) -> None:
        for _time in range(8):
            with connection.cursor() as cursor:
                cursor.execute(words, [1])

    with planned_anew():
        ask("SELECT %s + 1 AS planned_anew")
    ask("SELECT %s + 1 AS kept")
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements WHERE statement LIKE %s", ["SELECT $1 + 1%"])
        assert cursor.fetchall() == [("SELECT $1 + 1 AS kept",)]
