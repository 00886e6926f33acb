"""``goldthread keys rotate``."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from goldthread.doors.command.backups.manifest import BackupError
from goldthread.doors.command.rekeying import Rekeyed, TooManyChanges, rotate
from goldthread.foundation.lib.actor import Actor


class Command(BaseCommand):
    requires_system_checks: list[str] = []  # loading every page for them takes two seconds
    help = "Change the master key and every agency's keys, and encrypt everything anew. Stop Goldthread first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["rotate"])

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        try:
            version = rotate(Actor(at=now, today=now.date(), request="keys rotate"), self._tell)
        except (BackupError, TooManyChanges) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"The master key is of version {version} now, and the old one is gone. Make a backup.")
        self.stdout.write("Backups and keys from before open with each other only: keep both, or destroy both.")

    def _tell(self, done: Rekeyed) -> None:
        name = done.schema or "The agency"
        self.stdout.write(f"{name}: {done.changed} values encrypted anew.")
        if done.unreadable:
            self.stderr.write(f"{name}: {done.unreadable} values opened with no key before, and do not now.")
