"""Whatever happens to the connection, a statement runs under the agency's role and in its schema, or not at all."""

from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, InternalError, OperationalError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import schema_context

from goldthread.foundation.accounts.models import User
from goldthread.foundation.lib.compiled import Compiled
from tests.foundation.tenancy.conftest import ask, standing

pytestmark = [pytest.mark.postgresql, pytest.mark.usefixtures("two_agencies")]
NORTH = 'north_app "north", "public"'
SOUTH = 'south_app "south", "public"'
FORBIDDEN = "permission denied"


def the_other_agency_is_out_of_reach() -> None:
    """Also by its table's full name."""
    assert standing() == NORTH
    assert list(User.objects.values_list("email", flat=True)) == ["ann@north.test"]
    with pytest.raises(ProgrammingError, match=FORBIDDEN), transaction.atomic():
        ask("SELECT email FROM south.accounts_user")


def take_on_north_and_fail() -> None:
    connection.set_schema("north")
    assert standing() == NORTH
    raise ZeroDivisionError


def take_on_north_after_an_error() -> None:
    with pytest.raises(DatabaseError):
        ask("SELECT 1/0")
    connection.set_schema("north")
    ask("SELECT 1")


def test_an_agency_sees_its_own_rows_only() -> None:
    connection.set_schema("north")
    the_other_agency_is_out_of_reach()


def test_after_reconnect() -> None:
    connection.set_schema("north")
    ask("SELECT 1")
    connection.close()
    the_other_agency_is_out_of_reach()


def test_after_the_server_dropped_the_connection(admin_url: str) -> None:
    connection.set_schema("north")
    process = ask("SELECT pg_backend_pid()")[0]
    with psycopg.connect(admin_url, autocommit=True) as admin:
        owner = connection.settings_dict["USER"]
        admin.execute(f'GRANT "{owner}" TO CURRENT_USER')  # to end another role's session one must belong to it
        admin.execute("SELECT pg_terminate_backend(%s)", [process])
    with pytest.raises(OperationalError):
        ask("SELECT 1")
    connection.close_if_unusable_or_obsolete()
    the_other_agency_is_out_of_reach()


def test_after_rollback_of_the_transaction_that_took_the_role_on() -> None:
    connection.set_schema_to_public()
    ask("SELECT 1")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        take_on_north_and_fail()
    the_other_agency_is_out_of_reach()


def test_after_rollback_to_a_savepoint() -> None:
    connection.set_schema("south")
    with transaction.atomic():
        assert standing() == SOUTH
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            take_on_north_and_fail()
        the_other_agency_is_out_of_reach()
    the_other_agency_is_out_of_reach()


def test_after_a_commit_that_the_server_turned_into_a_rollback() -> None:
    """An error swallowed inside a transaction: PostgreSQL answers the commit by rolling back, without an error."""
    connection.set_schema("south")
    ask("SELECT 1")
    with transaction.atomic():
        connection.set_schema("north")
        with pytest.raises(DatabaseError):
            ask("SELECT 1/0")
    the_other_agency_is_out_of_reach()


def test_agency_changed_in_a_failed_transaction_does_not_hide_the_error_or_block_the_rollback() -> None:
    connection.set_schema("south")
    with transaction.atomic():
        with pytest.raises(InternalError), transaction.atomic():
            take_on_north_after_an_error()
        the_other_agency_is_out_of_reach()


def test_after_reading_in_pieces() -> None:
    connection.set_schema("north")
    connection.close()
    assert [user.email for user in User.objects.iterator(chunk_size=1)] == ["ann@north.test"]
    the_other_agency_is_out_of_reach()


@pytest.mark.parametrize("parameters", [None, [], ["north"]])
def test_a_second_statement_cannot_ride_in(parameters: list[str] | None) -> None:
    connection.set_schema("north")
    first = "SELECT %s::text" if parameters else "SELECT 'north'"
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="multiple commands"):
        cursor.execute(f"{first}; SET ROLE none", parameters)
    assert standing() == NORTH


def test_no_statement_runs_when_the_role_cannot_be_taken_on() -> None:
    connection.set_schema("north")
    with (
        schema_context("nowhere"),
        CaptureQueriesContext(
            connection,
        ) as sent,
    ):
        for _attempt in range(2):
            with pytest.raises(DatabaseError, match="nowhere_app"):
                ask("SELECT count(*) FROM south.accounts_user")
    assert not [query for query in sent.captured_queries if "accounts_user" in query["sql"]]
    the_other_agency_is_out_of_reach()


def test_role_and_path_cost_nothing_while_the_agency_stays_the_same() -> None:
    connection.set_schema("north")
    ask("SELECT 1")
    with CaptureQueriesContext(connection) as sent:
        connection.set_schema_to_public()
        connection.set_schema("north")
        ask("SELECT 2")
    assert len(sent) == 1
    with CaptureQueriesContext(connection) as sent:
        connection.set_schema("south")
        ask("SELECT 3")
        ask("SELECT 4")
    assert [query["sql"].count("set_config") for query in sent.captured_queries] == [2, 0, 0]


def test_owner_only_within_the_block() -> None:
    connection.set_schema("north")
    with connection.as_owner():
        assert standing() == 'north_owner "north", "public"'
    assert standing() == NORTH
    with pytest.raises(ProgrammingError), connection.as_owner():
        ask("SELECT email FROM south.accounts_user")
    assert standing() == NORTH


def test_a_statement_that_the_server_keeps_reads_the_agency_of_the_moment() -> None:
    """From the sixth use on PostgreSQL has it parsed; agencies take turns on one connection."""
    emails = {schema: f"ann@{schema}.test" for schema in ("north", "south")}
    everyone = Compiled(lambda: User.objects.order_by("email").values_list("email"))
    for _turn in range(10):
        for schema, email in emails.items():
            connection.set_schema(schema)
            assert [row[0] for row in everyone.ask()] == [email]
    kept = ask("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%accounts_user%'")
    assert kept[0] >= 1


def test_a_kept_cursor_reads_the_agency_of_the_moment_and_outlives_nothing() -> None:
    """The cursor that a statement keeps: between agencies, after an error, after a reconnect, and asked while it is in use."""
    emails = Compiled(lambda: User.objects.values_list("email"))
    for schema, email in [("north", "ann@north.test"), ("south", "ann@south.test")] * 2:
        connection.set_schema(schema)
        assert [row[0] for row in emails.ask()] == [email]
    with pytest.raises(DatabaseError), transaction.atomic():
        connection.run_kept("SELECT 1/%s::int", [0], yields=True)
    assert connection.run_kept("SELECT 1/%s::int", [1], yields=True) == ([(1,)], 1)
    connection.close()
    assert [row[0] for row in emails.ask()] == ["ann@south.test"]

    def ask_inside(execute: Any, sql: str, values: Any, many: bool, context: Any) -> Any:
        if values == [1]:
            assert connection.run_kept(sql, [2], yields=True)[0] == [(2,)]
        return execute(sql, values, many, context)

    with connection.execute_wrapper(ask_inside):
        assert connection.run_kept("SELECT %s::int", [1], yields=True)[0] == [(1,)]
