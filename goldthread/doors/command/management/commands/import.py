"""``goldthread import``: what an agency has already. Each subcommand is a module of ``goldthread.doors.command.imports``."""

import sys
from contextlib import nullcontext
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from goldthread.doors.command.imports import clients
from goldthread.doors.command.management.commands.audit import schemas
from goldthread.foundation.tenancy.acting import within

SUBCOMMANDS = {"clients": clients}
"""Each module has HELP, add_arguments(parser) and run(options, out) -> exit code."""


class Command(BaseCommand):
    help = "Bring clients from a file."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        for name, module in SUBCOMMANDS.items():
            one = actions.add_parser(name, help=module.HELP)
            one.add_argument("--agency", default="", metavar="SCHEMA", help="which agency's (PostgreSQL)")
            module.add_arguments(one)

    def handle(self, *args: Any, **options: Any) -> None:
        found = schemas(options["agency"])
        if len(found) != 1:
            raise CommandError("Say which agency with --agency.")
        with within(found[0]) if found[0] else nullcontext():
            code = SUBCOMMANDS[options["action"]].run(options, self.stdout)
        if code:
            sys.exit(code)
