"""``goldthread restore DIR``."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from goldthread.doors.command.backups.manifest import BackupError
from goldthread.doors.command.backups.restoring import restore


class Command(BaseCommand):
    requires_system_checks: list[str] = []  # loading every page for them takes two seconds
    help = "Put a backup in the place of what this installation holds. Stop Goldthread first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--replace", action="store_true", help="also when people have accounts here already")
        parser.add_argument("--keys", type=Path, metavar="FILE", help="where the keys are, when they were kept apart")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = restore(options["folder"].resolve(), replace=options["replace"], keys_file=options["keys"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Restored the backup of {made.made_at}. Start Goldthread again.")
