"""The worker: takes jobs from the queue, one after the other, each in its agency's schema and under its agency's role."""

import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from types import FrameType
from zoneinfo import ZoneInfo

from django.db import OperationalError, close_old_connections, connection
from django.utils import timezone

from goldthread.doors.jobs import queue
from goldthread.doors.jobs.schedule import SCHEDULE
from goldthread.foundation.agency.models import Agency
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.origin import reached_at

log = logging.getLogger("goldthread.jobs")
HOUSEKEEPING = timedelta(seconds=5)


class Worker:
    """One worker process. ``lease``: see queue.LEASE; ``poll``: seconds between looks into an empty queue."""

    def __init__(self, *, lease: timedelta = queue.LEASE, poll: float = 1.0) -> None:
        self.name = new_id().hex
        self.lease = lease
        self.poll = poll
        self.stopping = threading.Event()

    def stop(self, number: int = 0, frame: FrameType | None = None) -> None:
        """Finish the job in hand, then end."""
        self.stopping.set()

    def work(self) -> None:
        """Work until a signal says stop."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.stop)
        kept_house = datetime.min.replace(tzinfo=timezone.get_current_timezone())
        while not self.stopping.is_set():
            close_old_connections()
            try:
                if timezone.now() - kept_house > HOUSEKEEPING:
                    self.keep_house()
                    kept_house = timezone.now()
                worked = self.work_once()
            except OperationalError as error:  # locked, or the server is away: it may come back
                log.warning("queue out of reach", extra={"error": type(error).__qualname__})
                worked = False
            if not worked:
                self.stopping.wait(self.poll)

    def keep_house(self) -> None:
        """Take up lost jobs, put scheduled ones in the queue, forget old ones."""
        now = timezone.now()
        if lost := queue.reap(now, self.lease):
            log.warning("jobs of a lost worker taken up again", extra={"count": lost})
        for agency in queue.agencies():
            for line in SCHEDULE:
                if not queue.enqueued_since(line.job.module_path, agency, now - line.every):
                    with queue.within(agency):
                        line.job.enqueue()
        queue.forget_done(now)

    def work_once(self) -> bool:
        """Run the next job that is due, if any; was there one?"""
        row = queue.claim(self.name)
        if row is None:
            return False
        about = {"job": row.task_path, "request": row.pk.hex, "agency": queue.agency_of(row)}
        with self._heartbeat(row):
            try:
                with reached_at(queue.origin_of(queue.agency_of(row))), queue.within(queue.agency_of(row)):
                    self._run(row)
            except Exception as error:
                queue.fail(row, error, timezone.now())
                log.warning("job failed", extra={**about, "error": type(error).__qualname__})
            else:
                queue.finish(row)
                log.info("job done", extra=about)
        return True

    def _run(self, row: queue.Row) -> None:
        agency = Agency.objects.first()
        now = timezone.now()
        today = now.astimezone(ZoneInfo(agency.time_zone if agency else "UTC")).date()
        by = Actor(at=now, today=today, request=row.pk.hex)
        row.task.func(by, *row.args_kwargs["args"], **row.args_kwargs["kwargs"])

    @contextmanager
    def _heartbeat(self, row: queue.Row) -> Iterator[None]:
        done = threading.Event()

        def beat() -> None:
            while not done.wait(self.lease.total_seconds() / 4):
                queue.still_alive(row, timezone.now())
            connection.close()  # this thread's own

        thread = threading.Thread(target=beat, daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()


def run_all() -> None:
    """Run every job that is due, in this process. For tests, and for commands that must not return too early."""
    worker = Worker()
    with queue.outside_agencies():
        while worker.work_once():
            pass
