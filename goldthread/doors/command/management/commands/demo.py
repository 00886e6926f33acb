"""``goldthread demo``: make the demo agency in an empty database, or an agency of invented clients of any size."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django_tenants.utils import schema_context

from goldthread.doors.demo import make_demo
from goldthread.doors.demo.agency import PASSWORD, email_of
from goldthread.doors.demo.signins import SIGN_INS
from goldthread.doors.demo.size import CASELOAD, make_many
from goldthread.foundation.agency.models import Agency
from goldthread.foundation.workforce.enums import Role


class Command(BaseCommand):
    help = "Make the demo agency in an empty database; with --clients N an agency of N invented clients, for measuring."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--clients", type=int, default=0, metavar="N", help="this many clients instead of the demo's"
        )
        parser.add_argument("--agency", default="", metavar="SCHEMA", help="on PostgreSQL: the agency, empty as yet")
        parser.add_argument(
            "--caseload", type=int, default=CASELOAD, metavar="N", help="clients of one worker (with --clients)"
        )

        parser.add_argument(
            "--worked", type=int, default=None, metavar="N", help="casework with the first N alone (with --clients)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuses when there is an agency: nothing real is ever mixed with invented people."""
        if not settings.MULTI_AGENCY:
            self._make(options)
            return
        if not options["agency"]:
            raise CommandError("Say for which agency: --agency SCHEMA")
        with schema_context(options["agency"]):
            self._make(options)

    def _make(self, options: dict[str, Any]) -> None:
        if Agency.objects.exists():
            raise CommandError("There is an agency here already. Use an empty data folder: --data DIR")
        settings.DEMO_MARK.touch()
        if options["clients"]:
            self._make_many(options["clients"], options["caseload"], options["worked"])
            return
        make_demo()
        for line in SIGN_INS:
            self.stdout.write(line)

    def _make_many(self, clients: int, caseload: int, worked: int | None) -> None:
        at = datetime.now(UTC)
        make_many(clients, at.date(), at, caseload=caseload, tell=self._tell, worked=worked)
        for role in Role:
            self.stdout.write(f"  {role.label:<22} {email_of(role)}")
        self.stdout.write(f"  password: {PASSWORD}")

    def _tell(self, written: int) -> None:
        self.stderr.write(f"{written} clients written")
