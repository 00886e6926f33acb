"""Who may do what to which table. Run as the owner after every migration; safe to run again."""

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django_tenants.utils import schema_context
from psycopg import sql

from goldthread.foundation.tenancy.acting import as_owner
from goldthread.foundation.tenancy.roles import PUBLIC, app_role

AUDIT = "audit"
MIGRATIONS = "django_migrations"


def regrant(schema: str) -> None:
    """Give the roles what they need on the tables that *schema* has now, and nothing else."""
    with schema_context(schema), as_owner(), transaction.atomic():
        if schema == PUBLIC:
            _grant_public()
        else:
            _grant_agency(schema)


def _grant_agency(schema: str) -> None:
    """Requests read and write every row of their schema; of the audit log and the migrations less.

    The default for later tables is reading and adding only: a table that this function has not seen fails safe.
    """
    app = app_role(_login(), schema)
    tables = _tables(schema)
    changeable = tables - _tables_of(AUDIT) - {MIGRATIONS}
    _run("GRANT USAGE ON SCHEMA {schema} TO {app}", schema=schema, app=app)
    _run("ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT SELECT, INSERT ON TABLES TO {app}", schema=schema, app=app)
    _run(
        "ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT USAGE, SELECT ON SEQUENCES TO {app}", schema=schema, app=app
    )
    _run("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {app}", schema=schema, app=app)
    _run("REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {app}", schema=schema, app=app)
    _run_on("GRANT SELECT, INSERT, UPDATE, DELETE ON {tables} TO {app}", schema, changeable, app)
    _run_on("GRANT SELECT, INSERT ON {tables} TO {app}", schema, tables & _tables_of(AUDIT), app)
    _run_on("GRANT SELECT ON {tables} TO {app}", schema, tables & {MIGRATIONS}, app)


def _grant_public() -> None:
    """The login role reads the domains and works the queue; an agency's role may only put a job into the queue."""
    login = _login()
    tables = _tables(PUBLIC)
    queue = tables & _queue_tables()
    _run("REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {app}", schema=PUBLIC, app=login)
    _run_on("GRANT SELECT ON {tables} TO {app}", PUBLIC, tables, login)
    _run_on("GRANT INSERT, UPDATE, DELETE ON {tables} TO {app}", PUBLIC, queue, login)
    for schema in _agency_schemas():
        _run_on("GRANT INSERT ON {tables} TO {app}", PUBLIC, queue, app_role(login, schema))


def _agency_schemas() -> list[str]:
    return list(apps.get_model(settings.TENANT_MODEL).objects.values_list("schema_name", flat=True))


def _queue_tables() -> set[str]:
    """The tables that lie in ``public`` and are not about agencies."""
    labels = {config.label for config in apps.get_app_configs() if config.name in settings.SHARED_APPS}
    return set().union(*(_tables_of(label) for label in labels - {"tenancy", "django_tenants"}))


def _tables_of(label: str) -> set[str]:
    return {model._meta.db_table for model in apps.get_app_config(label).get_models(include_auto_created=True)}


def _tables(schema: str) -> set[str]:
    """Every table and view of *schema* that the installation owns (an extension's views are not ours to grant)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = %s::regnamespace AND relkind IN ('r', 'p', 'v', 'm')"
            " AND pg_get_userbyid(relowner) = current_user",
            [schema],
        )
        return {row[0] for row in cursor.fetchall()}


def _login() -> str:
    return str(connection.settings_dict["USER"])


def _run(statement: str, **names: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_text(sql.SQL(statement).format(**{key: sql.Identifier(name) for key, name in names.items()})))


def _run_on(statement: str, schema: str, tables: set[str], app: str) -> None:
    """Run a statement about several tables, or nothing when there are none."""
    if not tables:
        return
    listed = sql.SQL(", ").join(sql.Identifier(schema, table) for table in sorted(tables))
    with connection.cursor() as cursor:
        cursor.execute(_text(sql.SQL(statement).format(tables=listed, app=sql.Identifier(app))))


def _text(statement: sql.Composed) -> str:
    return statement.as_string(connection.connection)
