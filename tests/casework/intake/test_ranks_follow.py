"""A waitlist puts those with schizophrenia first: it is written down of Ana, and she is first at once, not with the next hour."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from goldthread.casework.intake.actions.settling import settle
from goldthread.casework.intake.actions.waiting import put_on_waitlist
from goldthread.doors.jobs.worker import run_all
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.actions import open_program
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.rules.reading import read_template
from goldthread.foundation.workforce.enums import Role
from goldthread.people.facts.models import Fact
from goldthread.people.persons.models import Person
from tests.access.world import browser
from tests.casework.intake.test_waiting import by, inquiry, order, waits
from tests.clock import agency_today
from tests.doors.web.clients.people import client_of, team_with

__all__ = ["by"]
pytestmark = pytest.mark.django_db
RULES = """template: adults
title: Adults
requirements: []
waitlist:
  first:
    - {key: voices, title: Hears voices, when: {diagnosis: [F20-F29]}}
  source: judgement
"""


@pytest.fixture
def program(by: Actor) -> Program:
    said = {"template_key": "", "team": None, "opened_on": date(2026, 1, 1), "by": by}
    return open_program(key="adults", name="Adults", template=read_template(RULES), **said)


class Writes:
    """Ana's worker writes on her page what is known of her."""

    def __init__(self, commits: Callable[..., Any]) -> None:
        self.worker = team_with(Role.CASE_MANAGER)
        self.ana: Person = client_of(self.worker, self.worker.memberships.get().team, given="Ana")
        self.page, self.commits = browser(self.worker), commits

    def sends(self, path: str, **said: str) -> int:
        """Send it, and let the worker do what was put in the queue. How many jobs?"""
        with self.commits(execute=True) as after:
            answer = self.page.post(f"/clients/{self.ana.pk}/facts/{path}", {"form_id": str(new_id()), **said})
        assert answer.status_code == 302, answer.content.decode()[-2000:]
        run_all()
        return len(after)


@pytest.fixture
def writes(django_capture_on_commit_callbacks: Callable[..., Any]) -> Writes:
    return Writes(django_capture_on_commit_callbacks)


def test_who_waits_is_ranked_anew_with_each_fact_that_is_written_or_taken_back(
    by: Actor, program: Program, writes: Writes
) -> None:
    waits(by, program, "Maria", 3)
    put_on_waitlist(inquiry=settle(inquiry=inquiry(by, "Ana"), client=writes.ana, by=by), program=program, by=by)
    assert order(program) == ["Maria", "Ana"]
    today = (agency_today() - timedelta(days=1)).isoformat()
    said = {"said_by": "client", "said_on": today}
    writes.sends("diagnosis/add/", name="Schizophrenia", code="F20.9", **said)
    assert order(program) == ["Ana", "Maria"]
    writes.sends(f"{Fact.objects.get().pk}/mistaken/", reason="Somebody else's letter")
    assert order(program) == ["Maria", "Ana"]


def test_of_who_waits_nowhere_nothing_is_asked(program: Program, writes: Writes) -> None:
    today = agency_today().isoformat()
    assert writes.sends("diagnosis/add/", name="Schizophrenia", code="F20.9", said_by="client", said_on=today) == 0
