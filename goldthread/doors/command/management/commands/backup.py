"""``goldthread backup DIR``."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from goldthread.doors.command.backups import folders
from goldthread.doors.command.backups.making import make_backup
from goldthread.doors.command.backups.manifest import BackupError


class Command(BaseCommand):
    requires_system_checks: list[str] = []  # loading every page for them takes two seconds
    help = "Back up the whole installation into a new folder, while people work: database, files, keys."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"].resolve()
        try:
            made = make_backup(folder, timezone.now())
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Backed up {len(made.digests)} files into {folder}.")
        self.stdout.write(f"{folder / folders.KEYS}: {folders.WARNING}")
