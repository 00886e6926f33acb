"""``goldthread prepare``: everything between a checkout and a server that can start, in one process."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from goldthread.doors.command import preparing
from goldthread.doors.demo import make_demo
from goldthread.doors.demo.signins import SIGN_INS
from goldthread.foundation.agency.models import Agency


class Command(BaseCommand):
    help = "Bring tables, translations and static files up to date; make the demo agency where there is none."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--empty", action="store_true", help="make no demo agency")

    def handle(self, *args: Any, **options: Any) -> None:
        preparing.set_up_database()
        preparing.refuse_unsafe()
        preparing.migrate()
        preparing.install_instruments()
        preparing.compile_translations()
        preparing.collect_static_files()
        if not options["empty"] and preparing.may_have_demo():
            with preparing.demo_agency():
                if not Agency.objects.exists():
                    self._make_demo()
        if settings.DEMO_MARK.exists():
            self._say_sign_ins()
        elif not settings.MULTI_AGENCY and not Agency.objects.exists():
            self.stdout.write("The first page sets up your agency and its first administrator.")

    @transaction.atomic
    def _make_demo(self) -> None:
        """The mark is set before the rows are committed: a demo that nobody can tell from real data must not be."""
        make_demo()
        settings.DEMO_MARK.touch()

    def _say_sign_ins(self) -> None:
        for line in SIGN_INS:
            self.stdout.write(line)
