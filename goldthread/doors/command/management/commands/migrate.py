"""``manage migrate`` on SQLite; on PostgreSQL django-tenants' own comes before it, and foundation.tenancy.executor does the same."""

from typing import Any

from django.core.management.commands import migrate

from goldthread.foundation.lib.migrating import quick_states


class Command(migrate.Command):
    """Django's own, quicker."""

    def handle(self, *args: Any, **options: Any) -> str | None:
        with quick_states():
            return super().handle(*args, **options)
