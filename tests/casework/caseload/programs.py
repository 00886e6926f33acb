"""Programs and episodes for tests of the caseload: opened from the shipped templates by the rooms' own actions."""

from datetime import date
from typing import Any

from django.db import connection

from goldthread.casework.caseload.actions import enrol
from goldthread.casework.episodes.models import Episode
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.programs.actions import open_program
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.shipped import shipped
from goldthread.people.persons.models import Person
from tests.factories import LONG_AGO, PersonFactory

MENTAL, RECOVERY, FAMILIES = "mental-health-tcm", "substance-use", "child-welfare"


def within_the_agency() -> None:
    """A thread's own connection knows no agency yet."""
    if connection.vendor == "postgresql":
        connection.set_schema("test")  # type: ignore[attr-defined]  # of the connection to PostgreSQL


def program(by: Actor, key: str = MENTAL, **more: Any) -> Program:
    """The shipped template *key*, opened long ago."""
    template = shipped()[key]
    said = {"template": template, "name": template.title, "team": None, "opened_on": LONG_AGO} | more
    return open_program(key=key, template_key=key, by=by, **said)


def enrolled(by: Actor, on: date, key: str = MENTAL, person: Person | None = None, **more: Any) -> Episode:
    """A client enrolled on the day *on*."""
    there = Program.objects.filter(key=key).first() or program(by, key)
    return enrol(program=there, person=person or PersonFactory(), enrolled_on=on, by=by, **more)
