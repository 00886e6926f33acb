"""The process that signs a note filled from an appointment dies (-9) between the two: neither is there, then both."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest

from tests.architecture.tree import ROOT
from tests.doors.web.contacts.test_killed import Server

SIGN = """
import os, signal
from datetime import datetime, time, timedelta, UTC
from zoneinfo import ZoneInfo
from goldthread.casework.contacts.actions import sign as signing
from goldthread.casework.contacts.rules.written import Part, Written
from goldthread.casework.schedule.actions import Wanted, make
from goldthread.casework.schedule.enums import AppointmentKind
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.programs.enums import Activity, Mode
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from uuid import UUID
at = datetime.now(UTC)
day = at.date() - timedelta(days=2)
staff, person = Staff.objects.get(), Person.objects.get()
by = Actor(at=at, today=at.date(), staff=staff.pk)
hours = dict(start=time(10), end=time(10, 30))
agreed = make(form_id=UUID(int=1), client=person, by=by, wanted=Wanted(kind=AppointmentKind.VISIT, day=day, workers=(staff.pk,), **hours))
written = Written(person=person.pk, mode=Mode.PHONE, day=day, parts=(Part(person.pk),), activities={Activity.ADVOCACY: None}, narrative="Called.", **hours)
settle = signing.settle
def settle_and_die(**said):
    if KILL == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    settle(**said)
    if KILL == "after":
        os.kill(os.getpid(), signal.SIGKILL)
signing.settle = settle_and_die
signing.sign(pk=UUID(int=2), note=written, zone=ZoneInfo("America/New_York"), by=by, appointment=agreed.pk)
"""
CONTACTS = "SELECT count(*) FROM contacts_contact"


@pytest.mark.sqlite
@pytest.mark.thorough
def test_killed_between_signature_and_attendance(tmp_path: Path) -> None:
    server = Server(tmp_path)
    server.set_up()
    for kill in ("before", "after"):
        assert _sign(server, kill) == -signal.SIGKILL
        assert server.read(CONTACTS) == [(0,)]
        assert _state(server) == ("planned", None)
    assert _sign(server, "") == 0
    assert server.read(CONTACTS) == [(1,)]
    assert _state(server) == ("kept", UUID(int=2).hex)


def _state(server: Server) -> tuple[str, str | None]:
    found: tuple[str, str | None] = server.read("SELECT state, contact FROM schedule_appointment")[0]
    return found


def _sign(server: Server, kill: str) -> int:
    """Sign in a process of its own, which dies at *kill*; its exit status."""
    run = [sys.executable, "-m", "goldthread", "shell", "-c", f"KILL = {kill!r}\n{SIGN}"]
    environment = {**os.environ, **server.environment}
    return subprocess.run(run, cwd=ROOT, env=environment, check=False).returncode
