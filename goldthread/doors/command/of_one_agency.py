"""Commands with subcommands that work in one agency."""

import sys
from contextlib import nullcontext
from types import ModuleType
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError, CommandParser

from goldthread.doors.command.management.commands.audit import schemas
from goldthread.foundation.tenancy.acting import within


class OfOneAgency(BaseCommand):
    """Each of ``subcommands`` is a module with HELP, add_arguments(parser) and run(options, out) -> exit code."""

    subcommands: ClassVar[dict[str, ModuleType]]
    requires_system_checks: list[str] = []  # loading every page for them takes two seconds

    def add_arguments(self, parser: CommandParser) -> None:
        """Django's hook: the subcommands, each with the agency that it works in."""
        actions = parser.add_subparsers(dest="action", required=True)
        for name, module in self.subcommands.items():
            one = actions.add_parser(name, help=module.HELP)
            one.add_argument("--agency", default="", metavar="SCHEMA", help="which agency's (PostgreSQL)")
            module.add_arguments(one)

    def handle(self, *args: Any, **options: Any) -> None:
        """Django's hook: run the subcommand in its agency; ends with its exit code."""
        found = schemas(options["agency"])
        if len(found) != 1:
            raise CommandError("Say which agency with --agency.")
        with within(found[0]) if found[0] else nullcontext():
            code = self.subcommands[options["action"]].run(options, self.stdout)
        if code:
            sys.exit(code)
