"""Migrations run as the owner of the schema, one schema after the other; the grants follow at once."""

from typing import Any

from django_tenants.migration_executors.base import MigrationExecutor, run_migrations

from goldthread.foundation.lib.migrating import quick_states
from goldthread.foundation.tenancy.acting import as_owner
from goldthread.foundation.tenancy.grants import regrant


class OwnerExecutor(MigrationExecutor):  # type: ignore[misc]  # django-tenants has no types
    """What ``migrate`` uses on PostgreSQL (setting GET_EXECUTOR_FUNCTION)."""

    codename = "owner"

    def run_migrations(self, tenants: list[str] | None = None) -> None:
        """Migrate each of the schemas *tenants*."""
        for schema in list(tenants or []):
            with as_owner(), quick_states():
                run_migrations(self.args, self.options, self.codename, schema)
            if not self.options.get("plan") and not self.options.get("check_unapplied"):
                regrant(schema)


def get_executor(codename: str | None = None) -> type[Any]:
    """The only executor, whatever is asked for: none of django-tenants' own takes on the owner's role."""
    return OwnerExecutor
