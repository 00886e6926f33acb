"""Two agencies beside the one that every test has: ``north`` and ``south``, each with one committed account."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django_tenants.utils import schema_context
from pytest_django import DjangoDbBlocker

from goldthread.foundation.accounts.models import User
from goldthread.foundation.tenancy import setup
from goldthread.foundation.tenancy.hosts import forget_hosts
from tests.databases import empty_agency

AGENCIES = ("north", "south")


@pytest.fixture(scope="session")
def _two_schemas(admin_url: str, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        for schema in AGENCIES:
            setup.create_agency(schema.title(), schema, [f"{schema}.test"], admin_url=admin_url)


@pytest.fixture
def two_agencies(_two_schemas: None, transactional_db: None) -> Iterator[None]:
    """``north`` and ``south`` with the accounts ann@north.test and ann@south.test, committed; emptied afterwards."""
    forget_hosts()
    for schema in AGENCIES:
        with schema_context(schema):
            User.objects.create_user(f"ann@{schema}.test", "a long sentence to remember")
    yield
    for schema in AGENCIES:
        with schema_context(schema):
            empty_agency()
    connection.set_schema("test")


def ask(query: str, *parameters: Any) -> list[Any]:
    """The first column of what *query* answers, on Django's connection as it stands."""
    with connection.cursor() as cursor:
        cursor.execute(query, parameters or None)
        return [row[0] for row in cursor.fetchall()]


def standing() -> str:
    """Role and path of the server's session, as the server sees them."""
    return ask("SELECT current_user || ' ' || current_setting('search_path')")[0].split("_", 2)[-1]
