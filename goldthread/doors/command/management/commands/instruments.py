"""``goldthread instruments``: questionnaires on the command line. Each subcommand is a module of ``goldthread.doors.command.instruments``."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from goldthread.doors.command.instruments import check, scoring

SUBCOMMANDS = {"check": check, "score": scoring}
"""Each module has HELP, add_arguments(parser) and run(options, out) -> exit code. None of them asks the database."""


class Command(BaseCommand):
    help = "Check instruments before they are installed, and score answers."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        for name, module in SUBCOMMANDS.items():
            module.add_arguments(actions.add_parser(name, help=module.HELP))

    def handle(self, *args: Any, **options: Any) -> None:
        code = SUBCOMMANDS[options["action"]].run(options, self.stdout)
        if code:
            sys.exit(code)
