"""A changed rule reaches every episode, in small steps that can be stopped and taken up."""

from datetime import date, timedelta

import pytest
from django.db import connection

from goldthread.casework.tasks.actions import runs
from goldthread.casework.tasks.actions.evidence import record_evidence
from goldthread.casework.tasks.models import Reckoning, Run, RunState, Task
from goldthread.casework.tasks.queries.preview import what_would_change
from goldthread.foundation.lib import giving_way
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.giving_way import REST
from goldthread.foundation.programs.enums import State
from goldthread.foundation.programs.rules.reading import read_template
from tests.casework.tasks.making import RULES, by_on, day, enrolled, item, program, start, task, version
from tests.factories import AgencyFactory

pytestmark = pytest.mark.django_db
TODAY = day("2026-11-19")
SOONER = RULES.replace("due: 30 days", "due: 10 days")


def test_a_changed_rule_reaches_every_episode_and_only_those_of_the_program() -> None:
    AgencyFactory()
    of, other = program(), program()
    mine = [enrolled(of, day("2026-11-02")) for _number in range(7)]
    theirs = enrolled(other, day("2026-11-02"))
    for episode in (*mine, theirs):
        start(episode, TODAY)
    assert task(mine[0], "plan").due_on == day("2026-12-02")
    version(of, SOONER, TODAY)
    run = runs.rules_changed(program=of, in_force_from=TODAY, by=by_on(TODAY))
    assert run is not None
    assert runs.carry_on(run=run.pk, by=by_on(TODAY)) is False
    run.refresh_from_db()
    assert (run.state, run.done, run.total) == (RunState.DONE, 7, 7)
    assert {task(one, "plan").due_on for one in mine} == {day("2026-11-12")}
    assert task(theirs, "plan").due_on == day("2026-12-02")


@pytest.mark.sqlite
def test_a_run_rests_between_its_turns_and_holds_nothing_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    AgencyFactory()
    monkeypatch.setattr(runs, "FIRST_BATCH", 2)
    monkeypatch.setattr(runs, "LARGEST_BATCH", 2)
    of = program()
    for _number in range(5):
        start(enrolled(of, day("2026-11-02")), TODAY)
    version(of, SOONER, TODAY)
    run = runs.start_run(program=of, by=by_on(TODAY))
    rests: list[tuple[float, int]] = []
    monkeypatch.setattr(giving_way, "sleep", lambda seconds: rests.append((seconds, len(connection.savepoint_ids))))
    monkeypatch.setattr(giving_way, "perf_counter", lambda: 0.0)
    outside = len(connection.savepoint_ids)
    runs.carry_on(run=run.pk, by=by_on(TODAY))
    assert rests == [(0.0, outside), (REST, outside), (REST, outside)], "2, 2 and 1 episodes, and the next waits"
    run.refresh_from_db()
    assert (run.state, run.done) == (RunState.DONE, 5)


def test_a_run_is_stopped_and_taken_up(monkeypatch: pytest.MonkeyPatch) -> None:
    AgencyFactory()
    monkeypatch.setattr(runs, "FIRST_BATCH", 2)
    monkeypatch.setattr(runs, "LARGEST_BATCH", 2)
    of = program()
    mine = [enrolled(of, day("2026-11-02")) for _number in range(5)]
    for episode in mine:
        start(episode, TODAY)
    version(of, SOONER, TODAY)
    by = by_on(TODAY)
    run = runs.start_run(program=of, by=by)
    assert runs.carry_on(run=run.pk, by=by, seconds=0) is True
    monkeypatch.setattr(runs, "perf_counter", iter([0.0, 0.1, *([9.0] * 9)]).__next__)
    assert runs.carry_on(run=run.pk, by=by) is True
    monkeypatch.undo()
    run.refresh_from_db()
    assert (run.state, run.done) == (RunState.RUNNING, 2)
    runs.stop_run(run=run.pk, by=by)
    with pytest.raises(DomainError):
        runs.stop_run(run=run.pk, by=by)
    assert runs.carry_on(run=run.pk, by=by) is False
    runs.resume_run(run=run.pk, by=by)
    with pytest.raises(DomainError):
        runs.resume_run(run=run.pk, by=by)
    assert runs.carry_on(run=run.pk, by=by) is False
    run.refresh_from_db()
    assert (run.state, run.done) == (RunState.DONE, 5)
    assert {task(one, "plan").due_on for one in mine} == {day("2026-11-12")}


def test_a_newer_run_takes_over() -> None:
    AgencyFactory()
    of = program()
    first = runs.start_run(program=of, by=by_on(TODAY))
    runs.start_run(program=of, by=by_on(TODAY))
    first.refresh_from_db()
    assert first.state == RunState.CANCELLED
    assert Run.objects.filter(state=RunState.WAITING).count() == 1


def test_what_changed_while_the_batch_was_worked_out_is_not_overwritten(monkeypatch: pytest.MonkeyPatch) -> None:
    AgencyFactory()
    of = program()
    episode = enrolled(of, day("2026-11-02"))
    start(episode, TODAY)
    version(of, SOONER, TODAY)
    run = runs.start_run(program=of, by=by_on(TODAY))
    real = runs.work_out_tasks

    def meanwhile(*args: object, **named: object) -> object:
        changes = real(*args, **named)  # type: ignore[arg-type]  # what each case says
        monkeypatch.setattr(runs, "work_out_tasks", real)
        signed = item(episode, "plan_signed", day("2026-11-10"))
        record_evidence(source_kind="test", source_id=run.pk, items=[signed], by=by_on(TODAY))
        return changes

    monkeypatch.setattr(runs, "work_out_tasks", meanwhile)
    runs.carry_on(run=run.pk, by=by_on(TODAY))
    done = task(episode, "plan", "done")
    assert (done.due_on, done.done_on) == (day("2026-11-12"), day("2026-11-10"))


def test_rules_for_a_later_day_come_into_force_on_it() -> None:
    AgencyFactory()
    of = program()
    episode = enrolled(of, day("2026-11-02"))
    start(episode, TODAY)
    later = day("2026-11-25")
    version(of, SOONER, later)
    assert runs.rules_changed(program=of, in_force_from=later, by=by_on(TODAY)) is None
    assert Reckoning.objects.get(episode=episode).refresh_on == later
    assert runs.refresh(by=by_on(day("2026-11-24"))) is False
    assert task(episode, "plan").due_on == day("2026-12-02")
    assert runs.refresh(by=by_on(later)) is False
    assert task(episode, "plan").due_on == day("2026-11-12")


def test_periods_to_come_are_made_in_time() -> None:
    """Made 62 days ahead, renewed after 31: on 19 Nov January is there, on 20 Dec February, too."""
    AgencyFactory()
    episode = enrolled(program(), day("2026-11-02"))
    start(episode, TODAY)
    last = Task.objects.filter(requirement="visit").order_by("-period_start")[0]
    assert last.period_start == day("2027-01-01")
    assert runs.refresh(by=by_on(day("2027-03-01")), seconds=0) is True
    renewal = TODAY + timedelta(days=31)
    assert Reckoning.objects.get().refresh_on == renewal == day("2026-12-20")
    assert runs.refresh(by=by_on(renewal)) is False
    last = Task.objects.filter(requirement="visit").order_by("-period_start")[0]
    assert last.period_start == day("2027-02-01")
    assert Reckoning.objects.get().refresh_on == date(2027, 1, 20)


def test_an_episode_without_anybody_does_not_hold_up_the_others() -> None:
    AgencyFactory()
    episode = enrolled(program(), day("2026-11-02"))
    start(episode, TODAY)
    episode.members.all().delete()
    assert runs.refresh(by=by_on(day("2027-03-01"))) is False
    assert Reckoning.objects.get().refresh_on is None


def test_what_would_change() -> None:
    """30 days become 10: on 19 Nov the plan of who came on 2 Nov is late, of who came on 12 Nov it is due on 22 Nov."""
    AgencyFactory()
    of = program()
    for first in ("2026-11-02", "2026-11-12"):
        start(enrolled(of, day(first)), TODAY)
    found = what_would_change(of, read_template(SOONER), TODAY)
    assert (found.episodes, found.looked_at) == (2, 2)
    (change,) = found.changes
    assert (change.key, change.moved, len(change.examples)) == ("plan", 2, 2)
    assert change.before == {State.NOT_YET: 2}
    assert change.after == {State.OVERDUE: 1, State.DUE_SOON: 1}
    gone = read_template(RULES.replace("key: plan", "key: paper"))
    assert {one.key: (one.before, one.after) for one in what_would_change(of, gone, TODAY).changes} == {
        "plan": ({State.NOT_YET: 2}, {}),
        "paper": ({}, {State.NOT_YET: 2}),
    }


def test_a_new_day_of_what_is_done_already_changes_nothing_for_anybody() -> None:
    AgencyFactory()
    of = program()
    done, open_one = enrolled(of, day("2026-11-02")), enrolled(of, day("2026-11-02"))
    signed = item(done, "plan_signed", day("2026-11-05"))
    record_evidence(source_kind="test", source_id=done.pk, items=[signed], by=by_on(TODAY))
    (change,) = what_would_change(of, read_template(SOONER), TODAY).changes
    assert (change.key, change.moved, change.examples) == ("plan", 1, (open_one.pk,))
