"""``goldthread demo``: make the demo agency in an empty database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from goldthread.doors.demo import make_demo
from goldthread.doors.demo.signins import SIGN_INS
from goldthread.foundation.agency.models import Agency


class Command(BaseCommand):
    help = "Make the demo agency in an empty database."

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuses when there is an agency: nothing real is ever mixed with the demo."""
        if Agency.objects.exists():
            raise CommandError("There is an agency here already. Use an empty data folder: --data DIR")
        make_demo()
        for line in SIGN_INS:
            self.stdout.write(line)
