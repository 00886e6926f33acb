"""Setting up: what ``prepare``, ``agency create``, ``restore`` and the tests call.

On PostgreSQL, in this order: ``prepare_installation(admin_url, data)`` (needs no Django; its answer is what
GOLDTHREAD_DATABASE must be), ``migrate_all()``, ``create_agency(...)``. On SQLite only ``migrate_all()``.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django_tenants.utils import schema_context

from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.keys import drop_agency_keys
from goldthread.foundation.tenancy.acting import as_owner
from goldthread.foundation.tenancy.grants import regrant
from goldthread.foundation.tenancy.hosts import check_host, forget_hosts
from goldthread.foundation.tenancy.installation import SetupError, make_schema, prepare_installation
from goldthread.foundation.tenancy.roles import PUBLIC, check_schema

__all__ = [
    "Place",
    "SetupError",
    "agencies",
    "create_agency",
    "make_agency_schema",
    "migrate_all",
    "prepare_installation",
]


@dataclass(frozen=True, slots=True)
class Place:
    """One agency of an installation on PostgreSQL."""

    name: str
    schema: str
    domains: list[str]


def migrate_all(*, verbosity: int = 0) -> None:
    """Bring the whole database up to date: on PostgreSQL ``public`` and each agency's schema, as their owners."""
    call_command("migrate", interactive=False, verbosity=verbosity)


def create_agency(
    name: str, schema: str, domains: list[str], *, admin_url: str, fill: Callable[[], None] = lambda: None
) -> None:
    """Make an agency: roles, schema, tables, and the host names that lead to it.

    *admin_url* is the database's administrator, as for ``prepare_installation``. *fill* puts rows into its tables, as
    their owner, in the transaction in which the agency is entered. Safe to repeat after a failure half-way: that is the
    last step. Raises DomainError for a name, schema or domain that cannot be had.
    """
    hosts = [check_host(domain) for domain in domains]
    _refuse_taken(check_schema(schema), hosts)
    make_agency_schema(schema, admin_url=admin_url)
    drop_agency_keys(settings.DATA, schema)  # of one that was begun under this name and never came to be
    with transaction.atomic():
        with schema_context(schema), as_owner():
            fill()
        with schema_context(PUBLIC), as_owner():
            _enter(name, schema, hosts)
        regrant(PUBLIC)
    forget_hosts()


def _enter(name: str, schema: str, hosts: list[str]) -> None:
    place = apps.get_model(settings.TENANT_MODEL).objects.create(name=name, schema_name=schema)
    for number, host in enumerate(hosts):
        domains = apps.get_model(settings.TENANT_DOMAIN_MODEL).objects
        domains.create(tenant=place, domain=host, is_primary=number == 0)


def make_agency_schema(schema: str, *, admin_url: str) -> None:
    """The schema with its roles, tables and grants, not yet entered among the agencies."""
    make_schema(admin_url, str(connection.settings_dict["USER"]), schema)
    call_command("migrate_schemas", schema_name=schema, interactive=False, verbosity=0)


def agencies() -> list[Place]:
    """Every agency of this installation, by name."""
    with schema_context(PUBLIC):
        places = apps.get_model(settings.TENANT_MODEL).objects.order_by("name").prefetch_related("domains")
        return [
            Place(place.name, place.schema_name, sorted(domain.domain for domain in place.domains.all()))
            for place in places
        ]


def _refuse_taken(schema: str, hosts: list[str]) -> None:
    if not hosts:
        raise DomainError(_("Give at least one domain."), "domains")
    for place in agencies():
        if place.schema == schema:
            raise DomainError(_("An agency with this schema exists already."), "schema")
        if taken := set(hosts) & set(place.domains):
            raise DomainError(_("Another agency has this domain: %s") % ", ".join(sorted(taken)), "domains")
