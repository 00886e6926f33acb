"""``goldthread agency``: create and list agencies (PostgreSQL), export one, import one."""

import getpass
import os
import re
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from goldthread.doors.command.archives import wrapping
from goldthread.doors.command.archives.errors import ArchiveError
from goldthread.doors.command.archives.exporting import export_agency
from goldthread.doors.command.archives.importing import import_beside, import_here, name_in
from goldthread.doors.command.archives.wrapping import Secret
from goldthread.foundation.lib.actor import Actor
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
PASSPHRASE = "GOLDTHREAD_PASSPHRASE"  # noqa: S105  the name of a variable


class Command(BaseCommand):
    requires_system_checks: list[str] = []  # loading every page for them takes two seconds
    help = "Make an agency with a schema of its own (PostgreSQL), or list the agencies; export or import one (both)."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        create = actions.add_parser("create", help="make an agency")
        create.add_argument("name")
        create.add_argument("--domain", action="append", required=True, help="a host name that leads to it; repeatable")
        create.add_argument("--schema", default="", help="name of its schema (default: made from the name)")
        actions.add_parser("list", help="list the agencies")
        leave = actions.add_parser("export", help="write one agency into one file, to be imported elsewhere")
        leave.add_argument("agency", nargs="?", default="", help="its name or schema (PostgreSQL)")
        leave.add_argument("file", type=Path, help="a new file, or a folder for it")
        leave.add_argument(
            "--key-file", type=Path, help="opens the archive, instead of a passphrase; made if not there"
        )
        come = actions.add_parser("import", help="take an exported agency in, as a new one")
        come.add_argument("file", type=Path)
        come.add_argument("--domain", action="append", default=[], help="as for create (PostgreSQL)")
        come.add_argument("--name", default="", help="under which it is listed (default: its own; PostgreSQL)")
        come.add_argument("--schema", default="", help="as for create (PostgreSQL)")
        come.add_argument("--key-file", type=Path, help="the key file given at the export")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.MULTI_AGENCY and options["action"] in ("create", "list"):
            raise CommandError(ON_SQLITE)
        try:
            getattr(self, f"_{options['action']}")(options)
        except (ArchiveError, DomainError, setup.SetupError) as error:
            raise CommandError(str(error)) from error

    def _list(self, options: dict[str, Any]) -> None:
        for place in setup.agencies():
            self.stdout.write(f"{place.schema}\t{place.name}\t{' '.join(place.domains)}")

    def _create(self, options: dict[str, Any]) -> None:
        name, domains = options["name"], options["domain"]
        setup.create_agency(name, options["schema"] or schema_for(name), domains, admin_url=admin_url())
        self.stdout.write(f"{name} is at {', '.join(domains)}. Its first page sets it up.")

    def _export(self, options: dict[str, Any]) -> None:
        schema = schema_called(options["agency"]) if settings.MULTI_AGENCY else ""
        target = options["file"].resolve()
        if target.is_dir():
            target /= f"{schema or 'agency'}.zip"
        now = timezone.now()
        by = Actor(at=now, today=now.date(), request="agency export")
        made = export_agency(schema, target, secret_of(options, new=True), by)
        rows = sum(each["rows"] for each in made.rows)
        self.stdout.write(f"{made.agency}: {rows} rows and {made.files} files are in {target}.")
        if made.missing:
            self.stderr.write(f"{len(made.missing)} kept files were not on disk and are not in it.")
        self.stdout.write(
            "Names and notes in it can be read by whoever has the file; numbers and files need its key too."
        )

    def _import(self, options: dict[str, Any]) -> None:
        path, domains = options["file"].resolve(), options["domain"]
        if not settings.MULTI_AGENCY:
            if domains or options["schema"] or options["name"]:
                raise CommandError("On SQLite there is one agency: --domain, --name and --schema have no meaning.")
            made = import_here(path, secret_of(options, new=False))
            self.stdout.write(f"{made.agency} is here. Start Goldthread.")
            return
        name = options["name"] or name_in(path)
        schema = options["schema"] or schema_for(name)
        url = admin_url()
        import_beside(path, secret_of(options, new=False), name=name, schema=schema, domains=domains, admin_url=url)
        self.stdout.write(f"{name} is at {', '.join(domains)}.")


def admin_url() -> str:
    """The administrator's address of the database. Raises CommandError when only the application's own is known."""
    given: str = settings.GIVEN_DATABASE_URL
    if not given or user_of(given) == user_of(settings.DATABASE_URL):
        raise CommandError(NEEDS_ADMIN)
    return given


def schema_called(called: str) -> str:
    """The schema of the agency that is *called* so, by name or schema. Raises CommandError."""
    found = [place for place in setup.agencies() if called == place.schema]
    found = found or [place for place in setup.agencies() if called.casefold() == place.name.casefold()]
    if len(found) != 1:
        known = ", ".join(place.schema for place in setup.agencies())
        raise CommandError(f"Say which agency, by name or schema. There are: {known}")
    return found[0].schema


def secret_of(options: dict[str, Any], *, new: bool) -> Secret:
    """The key file, or the passphrase: from the environment, or typed. A *new* one is typed twice."""
    if options["key_file"]:
        return wrapping.from_key_file(options["key_file"].resolve(), make=new)
    if PASSPHRASE in os.environ:
        return wrapping.from_passphrase(os.environ[PASSPHRASE])
    if not sys.stdin.isatty():
        raise CommandError(f"Give a key file (--key-file FILE), or a passphrase in {PASSPHRASE}.")
    typed = getpass.getpass("Passphrase of the archive: ")
    if new and typed != getpass.getpass("Once more: "):
        raise CommandError("The two passphrases differ.")
    return wrapping.from_passphrase(typed)


def schema_for(name: str) -> str:
    """A schema name made from an agency's: small letters, digits, underscores."""
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:40]
