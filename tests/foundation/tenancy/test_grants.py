"""What each role may do to which table, asked of the server."""

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django_tenants.utils import schema_context

from goldthread.foundation.accounts.models import User
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.tenancy.acting import as_owner
from goldthread.foundation.tenancy.grants import regrant
from goldthread.foundation.tenancy.roles import app_role, owner_role
from goldthread.foundation.tenancy.setup import migrate_all
from tests.foundation.tenancy.conftest import ask

pytestmark = [pytest.mark.postgresql, pytest.mark.usefixtures("two_agencies")]
EVENT = (
    "INSERT INTO audit_event (at, action, kind, object_id, allowed, request, details)"
    " VALUES (now(), 'persons.read', 'person', '', true, '', '{}')"
)


def refused(statement: str) -> None:
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic():
        run(statement)


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def privileges(role: str, schema: str) -> dict[str, set[str]]:
    """The privileges of *role* on each table of *schema*."""
    kinds = ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, array_agg(kind) FILTER (WHERE has_table_privilege(%s, c.oid, kind))"
            " FROM pg_class c CROSS JOIN unnest(%s::text[]) AS kind"
            " WHERE c.relnamespace = %s::regnamespace AND c.relkind IN ('r', 'p', 'v') GROUP BY 1",
            [role, kinds, schema],
        )
        return {table: set(granted or ()) for table, granted in cursor.fetchall()}


def login() -> str:
    return str(connection.settings_dict["USER"])


def test_requests_change_every_table_of_their_schema_but_audit_and_migrations() -> None:
    connection.set_schema_to_public()
    granted = privileges(app_role(login(), "north"), "north")
    assert granted.pop("audit_event") == {"SELECT", "INSERT"}
    assert granted.pop("audit_seal") == {"SELECT", "INSERT"}
    assert granted.pop("django_migrations") == {"SELECT"}
    assert "persons_person" in granted
    other_audit = {table for table in granted if table.startswith("audit_")}
    assert all(granted.pop(table) <= {"SELECT", "INSERT"} for table in other_audit)
    assert set(map(frozenset, granted.values())) == {frozenset({"SELECT", "INSERT", "UPDATE", "DELETE"})}


def test_requests_have_nothing_on_another_schema_and_only_add_to_the_queue() -> None:
    connection.set_schema_to_public()
    assert not any(privileges(app_role(login(), "north"), "south").values())
    granted = privileges(app_role(login(), "north"), "public")
    assert granted.pop("django_tasks_database_dbtaskresult") == {"INSERT"}
    assert not any(granted.values())


def test_the_login_role_alone_reads_no_client_table_owns_nothing_inherits_nothing() -> None:
    connection.set_schema_to_public()
    for schema in ("north", "south", "test"):
        assert not any(privileges(login(), schema).values())
        refused(f"SELECT 1 FROM {schema}.persons_person")
    assert ask("SELECT count(*) FROM pg_class WHERE pg_get_userbyid(relowner) = %s", login()) == [0]
    assert ask("SELECT count(*) FROM pg_namespace WHERE pg_get_userbyid(nspowner) = %s", login()) == [0]
    assert ask("SELECT rolinherit OR rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = %s", login()) == [False]


def test_the_audit_log_can_only_be_added_to() -> None:
    connection.set_schema("north")
    run(EVENT)
    assert ask("SELECT count(*) FROM audit_event") == [1]
    refused("UPDATE audit_event SET action = 'nothing'")
    refused("DELETE FROM audit_event")
    refused("TRUNCATE audit_event")
    refused("DROP TABLE audit_event")
    refused("ALTER TABLE audit_event DISABLE TRIGGER ALL")


def test_requests_cannot_make_tables_or_give_rights() -> None:
    connection.set_schema("north")
    refused("CREATE TABLE own (id int)")
    refused("CREATE TABLE public.own (id int)")
    refused("CREATE SCHEMA own")
    assert app_role(login(), "south") not in _takers_of("accounts_user")


def _takers_of(table: str) -> set[str]:
    try:
        with transaction.atomic():
            run(f"GRANT SELECT ON {table} TO {app_role(login(), 'south')}")
    except DatabaseError:
        pass
    return set(ask("SELECT grantee::text FROM information_schema.role_table_grants WHERE table_name = %s", table))


def test_requests_read_no_domains_and_no_queue() -> None:
    connection.set_schema("north")
    refused("SELECT 1 FROM tenancy_domain")
    refused("SELECT 1 FROM tenancy_agencyplace")
    refused("SELECT 1 FROM django_tasks_database_dbtaskresult")


def test_a_later_table_fails_safe_until_granted() -> None:
    with schema_context("north"), as_owner():
        run("CREATE TABLE later (id int)")
    try:
        connection.set_schema("north")
        run("INSERT INTO later VALUES (1)")
        refused("UPDATE later SET id = 2")
        regrant("north")
        run("UPDATE later SET id = 2")
        assert ask("SELECT id FROM later") == [2]
        connection.set_schema("south")
        refused("SELECT 1 FROM north.later")
    finally:
        with schema_context("north"), as_owner():
            run("DROP TABLE later")


def test_migrating_again_with_data_in_changes_no_row_and_no_grant() -> None:
    connection.set_schema("north")
    run(EVENT)
    user = User.objects.create_user("ben@north.test", id=new_id())
    before = privileges(app_role(login(), "north"), "north")
    migrate_all()
    connection.set_schema("north")
    assert set(User.objects.values_list("email", flat=True)) == {"ann@north.test", user.email}
    assert ask("SELECT count(*) FROM audit_event") == [1]
    assert privileges(app_role(login(), "north"), "north") == before


def test_everything_belongs_to_the_owner() -> None:
    connection.set_schema_to_public()
    for schema in ("north", "south"):
        owners = ask(
            "SELECT DISTINCT pg_get_userbyid(relowner)::text FROM pg_class WHERE relnamespace = %s::regnamespace",
            schema,
        )
        assert owners == [owner_role(login(), schema)]
