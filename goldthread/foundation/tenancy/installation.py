"""What only an administrator of the database may do: roles, schemas, the extension. Needs no Django settings.

The administrator's address is used for this and not kept. Afterwards the application signs in as a role of its own that
owns nothing and inherits nothing.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from goldthread.foundation.tenancy.address import as_user, keep_url, kept_url, password_of, same_place, user_of
from goldthread.foundation.tenancy.roles import PUBLIC, app_role, check_schema, owner_role

Admin = psycopg.Connection[tuple[object, ...]]


class SetupError(Exception):
    """The database cannot be set up. The message says what an administrator has to do."""


def prepare_installation(admin_url: str, data: Path) -> str:
    """Make the roles and the extension that the installation needs, or see that they are there.

    *admin_url* signs in as a role with CREATEROLE that owns the database (or as a superuser). Returns the address under
    which the application itself signs in; it is kept in *data* with mode 600. Safe to run at every start, also with
    that address itself. Raises SetupError with what to run when something may not be made.
    """
    app_url = kept_url(data)
    if app_url and not same_place(app_url, admin_url):
        raise SetupError(f"The data folder {data} belongs to another database. Use another data folder: --data DIR")
    if app_url and user_of(app_url) == user_of(admin_url):
        return app_url
    new = not app_url
    if new and (data / "goldthread.sqlite3").exists():
        raise SetupError(f"The data folder {data} holds an agency on SQLite. Use another data folder: --data DIR")
    if new:
        app_url = as_user(admin_url, f"gt_{secrets.token_hex(4)}", secrets.token_urlsafe(32))
    with _admin(admin_url) as admin:
        if new:
            _refuse_foreign_installation(admin)
        _make_login(admin, app_url)
        _make_public_owner(admin, user_of(app_url))
        _make_extension(admin)
    if new:
        keep_url(data, app_url)
    return app_url


def make_schema(admin_url: str, login: str, schema: str) -> None:
    """Make an agency's two roles and its empty schema, owned by the one; nothing is lost when they are there already."""
    owner, app = owner_role(login, check_schema(schema)), app_role(login, schema)
    with _admin(admin_url) as admin:
        for role in (owner, app):
            _make_role(admin, role)
            _run(admin, "GRANT {role} TO {login}", role=role, login=login)
        _join(admin, owner)
        _run(admin, "CREATE SCHEMA IF NOT EXISTS {schema} AUTHORIZATION {owner}", schema=schema, owner=owner)
        if _one(admin, "SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = %s", schema) != owner:
            raise SetupError(f"The database already has a schema {schema!r} that is not of this installation.")


@contextmanager
def _admin(url: str) -> Iterator[Admin]:
    """One transaction of the administrator. Two set-ups at once wait for each other."""
    try:
        with psycopg.connect(url, connect_timeout=10) as admin:
            admin.execute("SELECT pg_advisory_xact_lock(hashtext('goldthread'))")
            yield admin
    except psycopg.OperationalError as error:
        raise SetupError(f"The database does not answer: {error}") from error
    except psycopg.errors.InsufficientPrivilege as error:
        raise SetupError(_may_not(url, str(error).strip())) from error


def _may_not(url: str, what: str) -> str:
    role, database = user_of(url), url.rpartition("/")[2].partition("?")[0]
    return (
        f"The role {role!r} may not set up the database: {what}.\n"
        "As a superuser of PostgreSQL run:\n"
        f'  ALTER ROLE "{role}" CREATEROLE;\n'
        f'  ALTER DATABASE "{database}" OWNER TO "{role}";\n'
        f"  CREATE EXTENSION IF NOT EXISTS pg_trgm;   -- in the database {database}\n"
        "and start again."
    )


def _refuse_foreign_installation(admin: Admin) -> None:
    owner = _one(admin, "SELECT tableowner FROM pg_tables WHERE schemaname = 'public' AND tablename = %s", PLACES)
    if owner is not None:
        raise SetupError(
            "This database already holds an installation of Goldthread, made from another data folder. "
            "Start with that folder (--data DIR), or give an empty database."
        )


PLACES = "tenancy_agencyplace"


def _make_login(admin: Admin, app_url: str) -> None:
    """The role under which the application signs in. The server gets the password's SCRAM digest, never the password."""
    login = user_of(app_url)
    _make_role(admin, login)
    digest = admin.pgconn.encrypt_password(password_of(app_url).encode(), login.encode(), b"scram-sha-256").decode()
    statement = sql.SQL("ALTER ROLE {} LOGIN NOINHERIT PASSWORD {}")
    admin.execute(statement.format(sql.Identifier(login), sql.Literal(digest)))
    database = str(_one(admin, "SELECT current_database()"))
    _run(admin, "GRANT CONNECT ON DATABASE {database} TO {login}", database=database, login=login)


def _make_public_owner(admin: Admin, login: str) -> None:
    """The owner of the domains and the queue."""
    owner = owner_role(login, PUBLIC)
    _make_role(admin, owner)
    _run(admin, "GRANT {owner} TO {login}", owner=owner, login=login)
    _run(admin, "REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    _run(admin, "GRANT USAGE, CREATE ON SCHEMA public TO {owner}", owner=owner)
    # PostgreSQL answers a grant that the grantor may not give with a mere warning
    if not _one(admin, "SELECT has_schema_privilege(%s, 'public', 'CREATE')", owner):
        raise psycopg.errors.InsufficientPrivilege("permission denied for schema public")


def _make_extension(admin: Admin) -> None:
    if not _one(admin, "SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'"):
        admin.execute("CREATE EXTENSION pg_trgm SCHEMA public")


def _make_role(admin: Admin, role: str) -> None:
    if not _one(admin, "SELECT 1 FROM pg_roles WHERE rolname = %s", role):
        _run(admin, "CREATE ROLE {role} NOLOGIN NOINHERIT", role=role)


def _join(admin: Admin, role: str) -> None:
    """A schema can be given only to a role that the giver belongs to; a superuser belongs to all."""
    if not _one(admin, "SELECT pg_has_role(%s, 'MEMBER')", role):
        _run(admin, "GRANT {role} TO CURRENT_USER", role=role)


def _one(admin: Admin, query: str, *parameters: str) -> object:
    row = admin.execute(query, parameters).fetchone()
    return row[0] if row else None


def _run(admin: Admin, statement: str, **names: str) -> None:
    identifiers = {key: sql.Identifier(name) for key, name in names.items()}
    admin.execute(sql.SQL(statement).format(**identifiers))
