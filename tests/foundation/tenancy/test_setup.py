"""Setting up an installation and its agencies, as an administrator of the database does it."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.tenancy import setup
from goldthread.foundation.tenancy.address import as_user, kept_url, same_place, user_of
from goldthread.foundation.tenancy.installation import make_schema
from tests.databases import ADMIN_URL

pytestmark = pytest.mark.postgresql
DATABASE = "goldthread_setup_test"


@pytest.fixture
def empty_database() -> Iterator[str]:
    """An administrator's address of a database of its own."""
    _as_admin(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)", f"CREATE DATABASE {DATABASE}")
    yield f"{ADMIN_URL.rpartition('/')[0]}/{DATABASE}"
    _as_admin(f"DROP DATABASE {DATABASE} WITH (FORCE)")


def _as_admin(*statements: str) -> None:
    with psycopg.connect(ADMIN_URL, autocommit=True) as admin:
        for statement in statements:
            admin.execute(sql.SQL(statement))  # type: ignore[arg-type]


def test_the_application_gets_a_role_of_its_own_once(empty_database: str, tmp_path: Path) -> None:
    url = setup.prepare_installation(empty_database, tmp_path)
    assert same_place(url, empty_database)
    assert user_of(url) != user_of(empty_database)
    assert kept_url(tmp_path) == url
    assert (tmp_path / "database_url").stat().st_mode & 0o777 == 0o600
    assert setup.prepare_installation(empty_database, tmp_path) == url
    assert setup.prepare_installation(url, tmp_path) == url
    with psycopg.connect(url) as own:
        assert own.execute("SELECT similarity('word', 'two words') > 0").fetchone() == (True,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            own.execute("CREATE TABLE public.own (id int)")


def test_a_lost_role_is_made_again_with_the_kept_password(empty_database: str, tmp_path: Path) -> None:
    url = setup.prepare_installation(empty_database, tmp_path)
    with psycopg.connect(empty_database, autocommit=True) as admin:
        admin.execute(f'ALTER ROLE "{user_of(url)}" NOLOGIN PASSWORD NULL')
    setup.prepare_installation(empty_database, tmp_path)
    with psycopg.connect(url) as own:
        assert own.execute("SELECT current_user::text").fetchone() == (user_of(url),)


def test_a_data_folder_keeps_to_its_database(empty_database: str, tmp_path: Path) -> None:
    setup.prepare_installation(empty_database, tmp_path)
    with pytest.raises(setup.SetupError, match="belongs to another database"):
        setup.prepare_installation(empty_database + "2", tmp_path)


def test_a_data_folder_on_sqlite_stays_there(empty_database: str, tmp_path: Path) -> None:
    (tmp_path / "goldthread.sqlite3").touch()
    with pytest.raises(setup.SetupError, match="an agency on SQLite"):
        setup.prepare_installation(empty_database, tmp_path)


def test_a_database_keeps_to_its_data_folder(empty_database: str, tmp_path: Path) -> None:
    with psycopg.connect(empty_database, autocommit=True) as admin:
        admin.execute("CREATE TABLE tenancy_agencyplace (id int)")
    with pytest.raises(setup.SetupError, match="already holds an installation"):
        setup.prepare_installation(empty_database, tmp_path)
    assert kept_url(tmp_path) == ""


def test_two_installations_on_one_cluster_do_not_meet(
    db: None, empty_database: str, admin_url: str, tmp_path: Path
) -> None:
    from django.conf import settings

    url = setup.prepare_installation(empty_database, tmp_path)
    make_schema(empty_database, user_of(url), "test")
    with psycopg.connect(url) as own, pytest.raises(psycopg.errors.InsufficientPrivilege):
        own.execute(f'SET ROLE "{user_of(settings.DATABASE_URL)}_test_app"')


def test_what_an_administrator_lacks_is_said_with_what_to_run(empty_database: str, tmp_path: Path) -> None:
    with psycopg.connect(empty_database, autocommit=True) as admin:
        admin.execute("DROP ROLE IF EXISTS gold_weak")
        admin.execute("CREATE ROLE gold_weak LOGIN PASSWORD 'weak'")
    weak = as_user(empty_database, "gold_weak", "weak")
    try:
        with pytest.raises(setup.SetupError, match='ALTER ROLE "gold_weak" CREATEROLE'):
            setup.prepare_installation(weak, tmp_path)
        with psycopg.connect(empty_database, autocommit=True) as admin:
            admin.execute("ALTER ROLE gold_weak CREATEROLE")
        with pytest.raises(setup.SetupError, match=f'ALTER DATABASE "{DATABASE}" OWNER TO "gold_weak"'):
            setup.prepare_installation(weak, tmp_path)
        assert kept_url(tmp_path) == ""
    finally:
        with psycopg.connect(empty_database, autocommit=True) as admin:
            admin.execute("DROP ROLE gold_weak")


def test_an_unreachable_server_is_said(tmp_path: Path) -> None:
    with pytest.raises(setup.SetupError, match="does not answer"):
        setup.prepare_installation("postgresql://nobody@127.0.0.1:1/gold", tmp_path)


@pytest.mark.usefixtures("two_agencies")
@pytest.mark.parametrize(
    ("schema", "domains", "said"),
    [
        ("north", ["other.test"], "schema exists already"),
        ("other", ["NORTH.test"], "Another agency has this domain"),
        ("other", [], "at least one domain"),
        ("other", ["no host"], "not a host name"),
        ("public", ["other.test"], "small letters"),
        ("pg_other", ["other.test"], "small letters"),
        ("Other", ["other.test"], "small letters"),
        ('o"; DROP SCHEMA north; --', ["other.test"], "small letters"),
        ("o" * 41, ["other.test"], "small letters"),
    ],
)
def test_what_cannot_be_an_agency(admin_url: str, schema: str, domains: list[str], said: str) -> None:
    with pytest.raises(DomainError, match=said):
        setup.create_agency("Other", schema, domains, admin_url=admin_url)
    assert "other" not in [place.schema for place in setup.agencies()]
