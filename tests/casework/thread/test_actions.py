"""Breaks as tasks: once, closed by themselves, never again for one that somebody closed."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from goldthread.casework.plans.models import Goal, Plan
from goldthread.casework.tasks.models import Task
from goldthread.casework.thread.actions import tasks_of_breaks
from goldthread.foundation.lib.actor import Actor
from tests.casework.tasks.making import enrolled, program
from tests.factories import AssignmentFactory, PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("America/New_York")
BY = Actor(at=datetime(2026, 11, 19, 17, tzinfo=UTC), today=date(2026, 11, 19))
RULES = """
template: threads
title: Threads
plan: {thread_tasks: [goal_silent], silent_days: 30, source: judgement}
requirements:
  - {key: call, title: Call, every: 30 days, accepts: contact, source: judgement}
"""


def made_for(rules: str) -> Goal:
    worker, person = StaffFactory(), PersonFactory()
    episode = enrolled(program(rules), date(2026, 1, 5), person)
    AssignmentFactory(client=person, episode=episode, staff=worker, starts_on=episode.enrolled_on)
    plan = Plan.objects.create(episode=episode, person=person, made_by=worker, made_at=BY.at)
    return Goal.objects.create(
        plan=plan, person=person, episode=episode, words="My own door", opened_on=date(2026, 10, 1)
    )


def run(goal: Goal) -> int:
    return tasks_of_breaks(program=goal.episode.program, zone=ZONE, by=BY)


def test_a_silent_goal_is_a_task_of_the_primary_worker_once_until_it_is_mended():
    goal = made_for(RULES)
    assert [run(goal), run(goal)] == [1, 0]
    task = Task.objects.get(source_kind="thread")
    assert (task.source_id, task.due_on, task.owner) == (
        goal.pk,
        date(2026, 11, 26),
        goal.episode.assignments.get().staff,
    )
    assert "My own door" in task.title
    Goal.objects.update(last_contact_on=date(2026, 11, 18))
    assert run(goal) == 0
    assert Task.objects.get(source_kind="thread").state == "done"


def test_one_that_somebody_closed_with_a_reason_is_not_made_again():
    goal = made_for(RULES)
    run(goal)
    Task.objects.filter(source_kind="thread").update(state="cancelled")
    assert run(goal) == 0
    assert Task.objects.filter(source_kind="thread").count() == 1


def test_a_program_that_does_not_ask_for_it_gets_none():
    goal = made_for(RULES.replace("thread_tasks: [goal_silent], ", ""))
    assert run(goal) == 0
    assert not Task.objects.filter(source_kind="thread").exists()
