"""``goldthread worker``: run jobs until a signal says stop."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from goldthread.doors.command import preparing
from goldthread.doors.jobs import queue
from goldthread.doors.jobs.worker import Worker


class Command(BaseCommand):
    help = "Run jobs from the queue until SIGINT or SIGTERM; the job in hand is finished first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--poll", type=float, default=1.0, help="seconds between looks into an empty queue")
        parser.add_argument(
            "--lease",
            type=float,
            default=queue.LEASE.total_seconds(),
            help="seconds after which a job of a silent worker is taken up again",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        preparing.refuse_unsafe()
        Worker(lease=timedelta(seconds=options["lease"]), poll=options["poll"]).work()
