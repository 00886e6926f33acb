"""``goldthread audit verify``: does the chain of the audit log hold? ``goldthread audit seal``: seal now, without the worker."""

from argparse import ArgumentParser
from contextlib import nullcontext
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from goldthread.foundation.audit import actions, queries
from goldthread.foundation.audit.models import Seal
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.jobs import current_agency
from goldthread.foundation.tenancy import setup
from goldthread.foundation.tenancy.acting import within
from goldthread.foundation.tenancy.roles import PUBLIC


class Command(BaseCommand):
    """Exit status 1 when the chain is broken."""

    requires_system_checks: list[str] = []  # loading every page for them takes two seconds

    help = "Check or seal the audit log."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["verify", "seal"])
        parser.add_argument(
            "--head", default="", help="verify: the digest of a seal noted earlier, which must be in the chain"
        )
        parser.add_argument("--all", action="store_true", help="verify: list every break, not only the first")

        parser.add_argument("--agency", default="", metavar="SCHEMA", help="only this one (PostgreSQL)")

    def handle(self, *args: Any, **options: Any) -> None:
        for schema in schemas(options["agency"]):
            if schema:
                self.stdout.write(f"{schema}:")
            with within(schema) if schema else nullcontext():
                self._do(options)

    def _do(self, options: dict[str, Any]) -> None:
        if options["what"] == "seal":
            self._seal()
        else:
            self._verify(options["head"], options["all"])

    def _seal(self) -> None:
        now = timezone.now()
        sealed = actions.seal(by=Actor(at=now, today=now.date(), request="audit seal"))
        self.stdout.write(f"{sealed} events sealed.")

    def _verify(self, noted: str, every: bool) -> None:
        found = queries.breaks(timezone.now())
        first = next(found, None)
        if first:
            more = list(found) if every else []
            raise CommandError("\n".join(f"Broken at seal {one.seal}: {one.what}." for one in [first, *more]))
        if noted and not Seal.objects.filter(digest=noted).exists():
            raise CommandError("The noted seal is not in the chain: its end was cut off or written anew.")
        head = Seal.objects.order_by("-number").first()
        if head is None:
            self.stdout.write("The chain is empty: nothing has been sealed yet.")
            return
        self.stdout.write(f"The chain holds: {head.number} seals, up to event {head.upto}.")
        self.stdout.write(f"Its head is {head.digest}: note it elsewhere, and give it back with --head next time.")


def schemas(asked: str) -> list[str]:
    """Whose logs: of the agency asked for, or of all. Empty: where the connection works already, as on SQLite."""
    if asked:
        return [asked]
    if settings.MULTI_AGENCY and current_agency() == PUBLIC:
        return [place.schema for place in setup.agencies()]
    return [""]
