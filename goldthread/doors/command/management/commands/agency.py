"""``goldthread agency create`` and ``goldthread agency list``."""

import re
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.tenancy import setup
from goldthread.foundation.tenancy.address import user_of

ON_SQLITE = (
    "On SQLite a data folder holds one agency, so that its file can be kept, moved and erased alone. For another agency "
    "start Goldthread with another folder (--data DIR), or use PostgreSQL (--database postgresql://…)."
)
NEEDS_ADMIN = (
    "Making an agency makes roles and a schema, which the application's own role may not do. Give the administrator's "
    "address of the database: GOLDTHREAD_DATABASE=postgresql://… goldthread agency create …"
)


class Command(BaseCommand):
    help = "Make an agency with a schema of its own (PostgreSQL), or list the agencies."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        create = actions.add_parser("create", help="make an agency")
        create.add_argument("name")
        create.add_argument("--domain", action="append", required=True, help="a host name that leads to it; repeatable")
        create.add_argument("--schema", default="", help="name of its schema (default: made from the name)")
        actions.add_parser("list", help="list the agencies")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.MULTI_AGENCY:
            raise CommandError(ON_SQLITE)
        if options["action"] == "list":
            self._list()
        else:
            self._create(options["name"], options["schema"] or schema_for(options["name"]), options["domain"])

    def _list(self) -> None:
        for place in setup.agencies():
            self.stdout.write(f"{place.schema}\t{place.name}\t{' '.join(place.domains)}")

    def _create(self, name: str, schema: str, domains: list[str]) -> None:
        admin_url = settings.GIVEN_DATABASE_URL
        if not admin_url or user_of(admin_url) == user_of(settings.DATABASE_URL):
            raise CommandError(NEEDS_ADMIN)
        try:
            setup.create_agency(name, schema, domains, admin_url=admin_url)
        except (DomainError, setup.SetupError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{name} is at {', '.join(domains)}. Its first page sets it up.")


def schema_for(name: str) -> str:
    """A schema name made from an agency's: small letters, digits, underscores."""
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:40]
