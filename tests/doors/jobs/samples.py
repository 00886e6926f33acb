"""Jobs for the tests of the worker. They live in a module of their own because a worker process imports them by path."""

import os
import time
from pathlib import Path

from django.db import connection

from goldthread.foundation.agency.models import ClosedDay
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.jobs import job


@job()
def note_the_day(by: Actor, name: str) -> None:
    """Leaves a row, once."""
    ClosedDay.objects.get_or_create(day=by.today, defaults={"name": name})


@job()
def hang_the_first_time(by: Actor, folder: str) -> None:
    """Writes down each run; the first one never ends by itself."""
    runs = Path(folder) / "runs"
    with runs.open("a") as file:
        file.write(f"{os.getpid()}\n")
        file.flush()
        os.fsync(file.fileno())
    if len(runs.read_text().splitlines()) == 1:
        time.sleep(600)


@job(tries=3)
def always_fails(by: Actor) -> None:
    raise ValueError("Dana Whitfield")  # stands for content that an error's message may hold


@job()
def write_role(by: Actor, folder: str) -> None:
    """As whom, and where, does a job act on PostgreSQL?"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_schema(), session_user")
        (Path(folder) / "role").write_text(" ".join(cursor.fetchone()))


@job()
def take_a_while(by: Actor, folder: str, name: str, seconds: float) -> None:
    """Writes down each run, and then works on."""
    with (Path(folder) / name).open("a") as file:
        file.write("run\n")
    time.sleep(seconds)
