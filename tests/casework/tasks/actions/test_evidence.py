"""Evidence and what hangs on it, case by case."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldthread.casework.episodes.models import Pause
from goldthread.casework.tasks.actions.evidence import record_evidence, void_evidence
from goldthread.casework.tasks.actions.recompute import recompute, set_owner
from goldthread.casework.tasks.models import Evidence, Reckoning, Task
from goldthread.casework.tasks.queries.standings import standing
from goldthread.casework.tasks.queries.states import missed, overdue, state_of
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.enums import State
from tests.casework.tasks.making import (
    RULES,
    by_on,
    day,
    enrolled,
    happens,
    item,
    program,
    start,
    task,
    tasks,
    visit,
)
from tests.factories import AgencyFactory, PersonFactory, StaffFactory, TeamFactory

pytestmark = pytest.mark.django_db
TODAY = day("2026-11-19")


@pytest.fixture(autouse=True)
def agency() -> None:
    AgencyFactory()


def test_enrolling_makes_the_first_tasks() -> None:
    episode = enrolled(program(), day("2026-11-02"))
    start(episode, TODAY)
    assert [(one.occurrence, one.due_on) for one in tasks(episode, "plan")] == [("enrolled", day("2026-12-02"))]
    assert [one.due_on for one in tasks(episode, "call")] == [day("2026-11-16")]
    assert [one.due_on for one in tasks(episode, "visit")] == [
        day("2026-11-30"),
        day("2026-12-31"),
        day("2027-01-31"),
    ]
    plan = task(episode, "plan")
    assert (plan.title, plan.weight, plan.clock, plan.grace_until) == ("Plan", 3, "trigger", day("2026-12-07"))
    assert (plan.remind_on, plan.escalate_on) == (day("2026-11-25"), day("2026-12-03"))
    assert plan.why[0] == {
        "code": "due",
        "on": "2026-12-02",
        "from": {"kind": "enrolled", "on": "2026-11-02"},
        "span": [30, "days"],
        "before": False,
    }


def test_evidence_closes_what_it_meets_and_opens_the_next() -> None:
    episode = enrolled(program(), day("2026-11-02"))
    start(episode, TODAY)
    visit(episode, day("2026-11-10"), TODAY)
    found = Evidence.objects.get(kind="contact")
    done = task(episode, "visit", "done")
    assert (done.period_start, done.done_on, done.met_by, done.late) == (
        day("2026-11-01"),
        day("2026-11-10"),
        found.pk,
        False,
    )
    assert done.closed_at == by_on(TODAY).at
    assert task(episode, "call", "done").occurrence == "enrolled"
    following = task(episode, "call")
    assert (following.occurrence, following.due_on) == (str(found.pk), day("2026-11-24"))


def test_a_correction_moves_what_hung_on_it() -> None:
    episode = enrolled(program(), day("2026-10-02"))
    start(episode, TODAY)
    source = visit(episode, day("2026-11-10"), TODAY)
    visit(episode, day("2026-10-28"), TODAY, source)
    assert Evidence.objects.filter(kind="contact").count() == 1
    assert task(episode, "visit", "done").period_start == day("2026-10-01")
    assert task(episode, "call").due_on == day("2026-11-11")
    visit(episode, day("2026-10-28"), TODAY, source, mode="phone")
    assert all(one.state != "done" for one in tasks(episode, "visit"))
    assert task(episode, "call").due_on == day("2026-11-11")


def test_voiding_puts_everything_back() -> None:
    episode = enrolled(program(), day("2026-11-02"))
    start(episode, TODAY)
    before = [(one.pk, one.state, one.due_on) for key in ("visit", "plan", "call") for one in tasks(episode, key)]
    source = visit(episode, day("2026-11-10"), TODAY)
    void_evidence(source_kind="test", source_id=source, by=by_on(TODAY))
    after = [(one.pk, one.state, one.due_on) for key in ("visit", "plan", "call") for one in tasks(episode, key)]
    assert after == before
    assert Evidence.objects.get(kind="contact").voided
    visit(episode, day("2026-11-10"), TODAY, source)
    assert task(episode, "visit", "done").done_on == day("2026-11-10")


def test_backdated_evidence_goes_between_what_was_there() -> None:
    """Calls on 6 Nov and 18 Nov; one of 12 Nov is written down late: three turns, each met."""
    episode = enrolled(program(), day("2026-11-02"))
    start(episode, TODAY)
    for on in ("2026-11-06", "2026-11-18", "2026-11-12"):
        happens(episode, "contact", day(on), TODAY)
    done = [(one.due_on, one.done_on) for one in tasks(episode, "call") if one.state == "done"]
    assert done == [
        (day("2026-11-16"), day("2026-11-06")),
        (day("2026-11-20"), day("2026-11-12")),
        (day("2026-11-26"), day("2026-11-18")),
    ]
    assert task(episode, "call").due_on == day("2026-12-02")


def test_the_same_twice_changes_nothing() -> None:
    episode = enrolled(program(), day("2026-11-02"))
    start(episode, TODAY)
    source = visit(episode, day("2026-11-10"), TODAY)
    before = list(Task.objects.order_by("pk").values())
    visit(episode, day("2026-11-10"), TODAY + timedelta(days=1), source)
    void_evidence(source_kind="test", source_id=new_id(), by=by_on(TODAY))
    assert list(Task.objects.order_by("pk").values()) == before


def test_only_what_is_touched_is_worked_out() -> None:
    episode = enrolled(program(), day("2026-11-02"))
    start(episode, TODAY)
    Task.objects.filter(requirement__in=["plan", "call"]).update(title="not looked at")
    happens(episode, "plan_signed", day("2026-11-10"), TODAY)
    assert task(episode, "plan", "done").title == "Plan"
    assert task(episode, "call").title == "not looked at"
    recompute(episodes=[episode.pk], by=by_on(TODAY))
    assert task(episode, "call").title == "Call"


def test_an_episode_nobody_worked_out_before_is_worked_out_whole() -> None:
    episode = enrolled(program(), day("2026-11-02"))
    set_owner(episode=episode, owner=StaffFactory(), by=by_on(TODAY))
    happens(episode, "plan_signed", day("2026-11-10"), TODAY)
    assert {one.requirement for one in Task.objects.all()} == {"visit", "plan", "call"}


def test_evidence_put_on_the_wrong_episode_is_moved() -> None:
    of = program()
    one, other = enrolled(of, day("2026-11-02")), enrolled(of, day("2026-11-02"))
    for episode in (one, other):
        start(episode, TODAY)
    source = visit(one, day("2026-11-10"), TODAY)
    visit(other, day("2026-11-10"), TODAY, source)
    assert task(other, "visit", "done").done_on == day("2026-11-10")
    assert all(row.state != "done" for row in tasks(one, "visit"))


def test_a_pause_with_an_end_moves_and_one_without_rests() -> None:
    episode = enrolled(program(), day("2026-11-02"))
    start(episode, TODAY)
    row = Pause.objects.create(episode=episode, starts_on=day("2026-11-10"), reason="away", made_at=by_on(TODAY).at)
    record_evidence(
        source_kind="pause", source_id=row.pk, items=[item(episode, "paused", day("2026-11-10"))], by=by_on(TODAY)
    )
    plan = task(episode, "plan")
    assert (plan.rest, plan.rests_from, str(plan.rests_until)) == ("paused", day("2026-11-10"), "9999-12-31")
    assert state_of(plan, TODAY) == State.PAUSED
    row.ends_on = day("2026-11-14")
    row.save()
    recompute(episodes=[episode.pk], by=by_on(TODAY))
    assert task(episode, "plan").due_on == day("2026-12-07")
    assert state_of(task(episode, "plan"), TODAY) == State.NOT_YET


def test_discharge_closes_what_is_open_and_reopening_opens_it() -> None:
    episode = enrolled(program(), day("2026-09-02"))
    start(episode, TODAY)
    episode.discharged_on = TODAY
    episode.save()
    source = happens(episode, "discharged", TODAY, TODAY)
    plan = task(episode, "plan", "missed")
    assert (plan.reason, plan.due_on) == ("discharged", day("2026-10-02"))
    assert not Task.objects.filter(state="open", due_on__gte=TODAY).exists()
    assert Reckoning.objects.get().refresh_on is None
    episode.discharged_on = None
    episode.save()
    void_evidence(source_kind="test", source_id=source, by=by_on(TODAY))
    assert task(episode, "plan").reason == ""
    assert tasks(episode, "visit")[-1].due_on == day("2027-01-31")


def test_a_discharge_that_lies_ahead_changes_nothing_yet() -> None:
    episode = enrolled(program(), day("2026-11-02"))
    episode.discharged_on = day("2026-11-25")
    episode.save()
    start(episode, TODAY)
    assert task(episode, "plan").due_on == day("2026-12-02")
    assert Reckoning.objects.get().refresh_on == day("2026-11-25")


def test_a_missed_month_is_missed_though_nothing_ran() -> None:
    episode = enrolled(program(), day("2026-10-01"))
    start(episode, day("2026-10-01"))
    october = tasks(episode, "visit")[0]
    for on, state in (("2026-10-31", State.DUE), ("2026-11-01", State.MISSED), ("2026-11-30", State.MISSED)):
        assert state_of(october, day(on)) == state
        assert Task.objects.filter(missed(day(on)), pk=october.pk).exists() is (state == State.MISSED)
        assert not Task.objects.filter(overdue(day(on)), pk=october.pk).exists()
    november = tasks(episode, "visit")[1]
    assert state_of(november, day("2026-10-31")) is None
    assert state_of(november, day("2026-11-01")) == State.NOT_YET


def test_each_child_has_tasks_of_their_own_and_one_note_serves_several() -> None:
    rules = RULES.replace("exceptions: [hospital, refused]}", "exceptions: [hospital, refused], each_member: true}", 1)
    rules = rules.replace("title: Tried\n", "title: Tried\nserves: household\n")
    children = [PersonFactory(given=name) for name in ("Ana", "Ben", "Cleo")]
    episode = enrolled(program(rules), day("2026-11-01"), children=children)
    start(episode, TODAY)
    seen = {"mode": "in_person", "seen": ["client"]}
    items = [item(episode, "contact", day("2026-11-10"), person=child, **seen) for child in children[:2]]
    record_evidence(source_kind="test", source_id=new_id(), items=items, by=by_on(TODAY))
    november = {one.client_id: one.state for one in tasks(episode, "visit") if one.period_start == day("2026-11-01")}
    assert november == {children[0].pk: "done", children[1].pk: "done", children[2].pk: "open"}
    calls = tasks(episode, "call")
    assert [one.state for one in calls] == ["done", "open"]
    assert {one.client_id for one in calls} == {min(child.pk for child in children)}


def test_the_hour_of_the_enrolment_starts_a_clock_in_hours() -> None:
    rules = "template: h\ntitle: H\nrequirements:\n  - {key: first, title: F, due: 48 hours, accepts: assessment, source: judgement}\n"
    episode = enrolled(program(rules), day("2026-11-17"))
    at = datetime(2026, 11, 17, 18, 0, tzinfo=UTC)
    one = item(episode, "enrolled", day("2026-11-17"), happened_at=at)
    record_evidence(source_kind="episode", source_id=episode.pk, items=[one], by=by_on(TODAY))
    first = task(episode, "first")
    assert first.due_at == at + timedelta(hours=48)
    assert state_of(first, TODAY, first.due_at - timedelta(minutes=1)) == State.DUE
    assert state_of(first, TODAY, first.due_at + timedelta(minutes=1)) == State.OVERDUE


def test_labels_flow_to_evidence_and_tasks() -> None:
    episode = enrolled(program(labels=1), day("2026-11-02"))
    start(episode, TODAY)
    visit(episode, day("2026-11-10"), TODAY, labels=4)
    assert Evidence.objects.get(kind="contact").labels == 5
    assert set(Task.objects.values_list("labels", flat=True)) == {1}


def test_the_owner_has_the_open_tasks_and_those_to_come() -> None:
    team = TeamFactory()
    episode = enrolled(program(team=team), day("2026-11-02"))
    first, second = StaffFactory(), StaffFactory()
    set_owner(episode=episode, owner=first, by=by_on(TODAY))
    start(episode, TODAY)
    assert set(Task.objects.values_list("owner", flat=True)) == {first.pk}
    visit(episode, day("2026-11-10"), TODAY)
    set_owner(episode=episode, owner=second, by=by_on(TODAY))
    assert task(episode, "visit", "done").owner_id == first.pk
    assert set(Task.objects.filter(state="open").values_list("owner", flat=True)) == {second.pk}
    set_owner(episode=episode, owner=None, by=by_on(TODAY))
    happens(episode, "contact", day("2026-11-12"), TODAY)
    assert set(Task.objects.filter(state="open").values_list("owner", "team")) == {(None, team.pk)}


def test_a_transfer_changes_nothing_but_the_owner() -> None:
    episode = enrolled(program(), day("2026-11-02"))
    start(episode, TODAY)
    before = [(one.pk, one.due_on, one.state, one.version) for one in Task.objects.order_by("pk")]
    set_owner(episode=episode, owner=StaffFactory(), by=by_on(TODAY))
    assert [(one.pk, one.due_on, one.state, one.version) for one in Task.objects.order_by("pk")] == before


def test_where_everything_stands() -> None:
    episode = enrolled(program(), day("2026-11-02"))
    start(episode, TODAY)
    assert [(row.key, str(row.state)) for row in standing(episode, TODAY)] == [
        ("visit", "not_yet"),
        ("plan", "not_yet"),
        ("call", "overdue"),
    ]


@pytest.mark.parametrize("events", [10, 60])
def test_statements_do_not_grow_with_the_history(events: int) -> None:
    """Before, lock, keep, rules, agency, closed days, evidence, pauses, members, tasks, new, changed, reckoning; and the savepoint."""
    episode = enrolled(program(), day("2026-01-02"))
    start(episode, TODAY)
    for number in range(events):
        happens(episode, "contact", day("2026-01-05") + timedelta(days=5 * number), TODAY)
    with CaptureQueriesContext(
        connection,
    ) as kept:
        happens(episode, "contact", TODAY, TODAY)
    assert len(kept) <= 16


def test_the_level_touches_only_the_rules_that_ask_for_it() -> None:
    rules = RULES.replace("every: 2 weeks", "every: {span: 2 weeks, by_acuity: {high: 3 days}}")
    episode = enrolled(program(rules), day("2026-11-02"))
    start(episode, TODAY)
    Task.objects.filter(requirement="plan").update(title="not looked at")
    happens(episode, "acuity", day("2026-11-03"), TODAY, details={"level": "high"})
    assert task(episode, "call").due_on == day("2026-11-05")
    assert task(episode, "plan").title == "not looked at"


def test_a_month_whose_last_day_was_paused_is_kept_as_paused() -> None:
    episode = enrolled(program(), day("2026-09-01"))
    start(episode, day("2026-09-01"))
    Pause.objects.create(
        episode=episode, starts_on=day("2026-09-20"), ends_on=day("2026-10-04"), reason="away", made_at=by_on(TODAY).at
    )
    recompute(episodes=[episode.pk], by=by_on(TODAY))
    assert [one.state for one in tasks(episode, "visit")][:2] == ["paused", "open"]
    assert state_of(tasks(episode, "visit")[1], TODAY) == State.MISSED


def test_an_exception_with_an_end_rests_and_is_late_again_by_itself() -> None:
    episode = enrolled(program(), day("2026-10-02"))
    start(episode, TODAY)
    told = {"requirement": "plan", "reason": "refused", "until": "2026-11-25"}
    happens(episode, "exception", day("2026-11-10"), TODAY, details=told)
    plan = task(episode, "plan")
    assert [state_of(plan, day(on)) for on in ("2026-11-25", "2026-11-26")] == [State.EXCEPTED, State.OVERDUE]


def test_two_episodes_of_one_note_touch_each_their_own() -> None:
    of = program()
    one, other = enrolled(of, day("2026-11-02")), enrolled(of, day("2026-11-02"))
    for episode in (one, other):
        start(episode, TODAY)
    Task.objects.update(title="not looked at")
    items = [item(one, "plan_signed", TODAY), item(other, "contact", TODAY)]
    source = new_id()
    record_evidence(source_kind="test", source_id=source, items=items, by=by_on(TODAY))
    titles = {(row.episode_id, row.requirement): row.title for row in Task.objects.filter(state="done")}
    assert titles == {(one.pk, "plan"): "Plan", (other.pk, "call"): "Call"}
    assert task(other, "plan").title == "not looked at"
    for _time in range(2):
        void_evidence(source_kind="test", source_id=source, by=by_on(TODAY))
    assert not Task.objects.filter(state="done").exists()


SHARE = """  - {key: half, title: Half, source: judgement, share: {of: visit, percent: 50, window: 12 months, whose: client,
     accepts: {kind: contact, mode: in_person, place: residence, seen: client}, remind_after: 1 month}}
"""


def test_the_reminder_of_a_share_is_one_task_that_goes_on() -> None:
    """Each visit at home puts it off by a month: who had it on a page still finds it, and nothing else is worked out for it."""
    episode = enrolled(program(RULES + SHARE), day("2026-10-02"))
    start(episode, TODAY)
    reminder = task(episode, "half")
    assert (reminder.occurrence, reminder.due_on) == ("enrolled", day("2026-11-02"))
    first = visit(episode, day("2026-11-10"), TODAY)
    with CaptureQueriesContext(connection) as narrow:
        visit(episode, day("2026-11-12"), TODAY)
    second = Evidence.objects.get(happened_on=day("2026-11-12"))
    after = task(episode, "half")
    assert (after.pk, after.occurrence, after.due_on) == (reminder.pk, str(second.pk), day("2026-12-12"))
    assert not [one for one in narrow.captured_queries if one["sql"].startswith("DELETE")]
    assert len([one for one in narrow.captured_queries if 'FROM "tasks_task"' in one["sql"]]) == 1
    void_evidence(source_kind="test", source_id=second.source_id, by=by_on(TODAY))
    void_evidence(source_kind="test", source_id=first, by=by_on(TODAY))
    back = task(episode, "half")
    assert (back.pk, back.occurrence, back.due_on) == (reminder.pk, "enrolled", day("2026-11-02"))


def test_a_reminder_of_a_share_with_words_of_somebody_stays_to_be_read() -> None:
    episode = enrolled(program(RULES + SHARE), day("2026-10-02"))
    start(episode, TODAY)
    Task.objects.filter(requirement="half").update(note="asked the foster mother for Tuesday")
    visit(episode, day("2026-11-10"), TODAY)
    kept, following = tasks(episode, "half")
    assert (kept.state, kept.note, kept.due_on) == (
        "cancelled",
        "asked the foster mother for Tuesday",
        day("2026-11-02"),
    )
    assert (following.state, following.note, following.due_on) == ("open", "", day("2026-12-10"))
