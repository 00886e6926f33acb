"""Whatever comes in whatever order, corrected and taken back: the tasks are those that a working out from nothing makes."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldthread.casework.episodes.models import Episode, Pause
from goldthread.casework.tasks.actions.evidence import record_evidence, void_evidence
from goldthread.casework.tasks.actions.recompute import recompute
from goldthread.casework.tasks.models import Reckoning, Task
from goldthread.casework.tasks.queries.histories import histories_of
from goldthread.casework.tasks.queries.states import state_of
from goldthread.casework.tasks.rules.engine import work_out
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.enums import State
from tests.casework.tasks.making import by_on, enrolled, item, program, start
from tests.factories import AgencyFactory, PersonFactory

pytestmark = pytest.mark.django_db

RULES = """
template: everything
title: Everything
serves: household
requirements:
  - {key: visit, title: V, each: month, accepts: {kind: contact, mode: in_person, seen: client}, exceptions: [hospital, refused],
     each_member: true, source: judgement}
  - {key: weekly, title: W, each: week, accepts: contact, at_least: 2, due_day: 5, partial_periods: true, source: judgement}
  - {key: half, title: H, share: {of: visit, percent: 50, window: 12 months, whose: client,
     accepts: {kind: contact, place: residence}, remind_after: 1 month}, source: judgement}
  - {key: plan, title: P, due: 30 days, accepts: plan_signed, exceptions: [refused], source: judgement}
  - {key: review, title: R, trigger: plan_signed, every: 90 days, earliest: 60 days, accepts: plan_review,
     exceptions: [hospital], source: judgement}
  - {key: after, title: A, trigger: hospital_discharge, due: 2 business days, accepts: contact, source: judgement}
  - {key: hours, title: U, trigger: incident, due: 36 hours, accepts: [supervision, document], source: judgement}
  - {key: every, title: E, every: {span: 30 days, from_plan: true, by_acuity: {high: 7 days, low: 90 days}},
     accepts: {kind: contact, minutes: 20}, exceptions: [hospital, not_found], source: judgement}
  - {key: before-three, title: B, trigger: {age: 3 years}, due: 90 days before, earliest: 9 months, accepts: meeting,
     each_member: true, source: judgement}
  - {key: yearly, title: Y, trigger: {each_year: 09-01}, due: 30 days, accepts: document, source: judgement}
  - {key: legal-review, title: L, trigger: plan_signed, every: 90 days, accepts: plan_review, pauses: false, source: judgement}
  - {key: legal-visit, title: M, each: month, accepts: {kind: contact, mode: in_person}, pauses: false, source: judgement}
  - {key: legal-plan, title: N, due: 60 days, accepts: plan_signed, pauses: false, source: judgement}
"""
FIRST = date(2026, 1, 15)
KINDS = [
    "contact",
    "contact",
    "contact",
    "contact",
    "plan_signed",
    "plan_review",
    "hospital_discharge",
    "incident",
    "supervision",
    "document",
    "meeting",
    "acuity",
    "interval",
    "exception",
    "exception",
]


def some_quick(seeds: int) -> list[Any]:
    """*seeds* of chance: ./test --quick tries the first two, ./test the first three (one on PostgreSQL), --full all."""
    return [pytest.param(seed, marks=_left_to_later(seed)) for seed in range(seeds)]


def _left_to_later(seed: int) -> list[pytest.MarkDecorator]:
    marks = [pytest.mark.once, pytest.mark.thorough, pytest.mark.slow]
    return marks[: min(seed, len(marks))]


@dataclass
class Step:
    kind: str
    day: int
    source: UUID
    values: dict[str, Any]
    child: int


def a_step(chance: random.Random) -> Step:
    kind = chance.choice(KINDS)
    values: dict[str, Any] = {}
    if kind == "contact":
        values = {
            "mode": chance.choice(["in_person", "phone"]),
            "place": chance.choice(["residence", "school", ""]),
            "minutes": chance.choice([10, 20, 45]),
            "seen": chance.choice([["client"], []]),
            "attempted": chance.random() < 0.2,
        }
    if kind == "acuity":
        values = {"details": {"level": chance.choice(["high", "medium", "low"])}}
    if kind == "interval":
        values = {"details": {"requirement": "every", "every": chance.choice(["2 weeks", "10 days", "1 month"])}}
    if kind == "exception":
        until = (
            {"until": (FIRST + timedelta(days=chance.randint(150, 400))).isoformat()} if chance.random() < 0.3 else {}
        )
        reason = {"reason": chance.choice(["hospital", "refused", "other"])}
        values = {"details": {"requirement": chance.choice(["visit", "plan", "review", "every"])} | reason | until}
    return Step(kind, chance.randint(0, 300), new_id(), values, chance.randint(0, 2))


def snapshot(episode: Episode, today: date) -> list[tuple[Any, ...]]:
    """The tasks as a reader sees them on *today*, without what says who wrote them when."""
    rows = Task.objects.filter(episode=episode).exclude(state="cancelled")
    seen = [
        (
            str(row.client_id),
            row.requirement,
            row.occurrence,
            str(state_of(row, today) or ""),
            row.due_on,
            row.due_at,
            row.remind_on,
            row.escalate_on,
            row.done_on,
            row.late,
            str(row.met_by),
            row.clock,
            str(row.why),
        )
        for row in rows
        if not row.starts_on or row.starts_on <= today
    ]
    return sorted(row for row in seen if row[3])


def check(episode: Episode, today: date) -> None:
    by = by_on(today)
    kept = snapshot(episode, today)
    Task.objects.filter(episode=episode).delete()
    Reckoning.objects.filter(episode=episode).delete()
    recompute(episodes=[episode.pk], by=by)
    assert kept == snapshot(episode, today)


@pytest.mark.parametrize("seed", some_quick(12))
def test_tasks_equal_those_of_a_recomputation_from_nothing(seed: int) -> None:
    """12 histories of 60 events each with their corrections: over a thousand recordings, checked as they come and at the end."""
    chance = random.Random(seed)
    AgencyFactory()
    children = [PersonFactory(birth_date=date(2023 + n, 2, 28 + (n == 1))) for n in (0, 1)]  # one born on a leap day
    children[1].birth_date = date(2024, 2, 29)
    children[1].save()
    children.append(PersonFactory(birth_date=date(2019, 6, 1)))
    episode = enrolled(program(RULES), FIRST, children=children)
    today = FIRST
    start(episode, today)
    steps: list[Step] = []
    for number in range(60):
        today += timedelta(days=chance.randint(0, 9))
        step = a_step(chance)
        if steps and chance.random() < 0.25:
            step.source = chance.choice(steps).source
        who = children[: 1 + step.child] if step.kind == "contact" else [children[step.child]]
        on = min(FIRST + timedelta(days=step.day), today)
        items = [item(episode, step.kind, on, person=one, **step.values) for one in who]
        record_evidence(source_kind="test", source_id=step.source, items=items, by=by_on(today))
        steps.append(step)
        if chance.random() < 0.15:
            void_evidence(source_kind="test", source_id=chance.choice(steps).source, by=by_on(today))
        if chance.random() < 0.05 and not Pause.objects.filter(episode=episode, ends_on__isnull=True).exists():
            pause(episode, today, chance)
        if number % 20 == 19:
            check(episode, today)
    if chance.random() < 0.5:
        episode.discharged_on = today
        episode.save()
        record_evidence(
            source_kind="discharge", source_id=episode.pk, items=[item(episode, "discharged", today)], by=by_on(today)
        )
    check(episode, today)


def pause(episode: Episode, today: date, chance: random.Random) -> None:
    last = None if chance.random() < 0.3 else today + timedelta(days=chance.randint(0, 20))
    row = Pause.objects.create(episode=episode, starts_on=today, ends_on=last, reason="away", made_at=by_on(today).at)
    kind = item(episode, "paused", today)
    record_evidence(source_kind="pause", source_id=row.pk, items=[kind], by=by_on(today))


@pytest.mark.parametrize("seed", some_quick(6))
def test_stored_tasks_stay_right_for_a_month_in_which_nothing_runs(seed: int) -> None:
    """The states read from the rows on any later day are those that the engine works out on that day."""
    chance = random.Random(1000 + seed)
    AgencyFactory()
    children = [PersonFactory(birth_date=date(2024, 2, 29)), PersonFactory(birth_date=date(2019, 6, 1))]
    episode = enrolled(program(RULES), FIRST, children=children)
    start(episode, FIRST)
    today = FIRST
    for _number in range(25):
        today += timedelta(days=chance.randint(0, 6))
        step = a_step(chance)
        step.child = min(step.child, 1)
        on = min(FIRST + timedelta(days=step.day), today)
        one = item(episode, step.kind, on, person=children[step.child], **step.values)
        record_evidence(source_kind="test", source_id=step.source, items=[one], by=by_on(today))
    recompute(episodes=[episode.pk], by=by_on(today))
    loaded = histories_of([episode], today)[0]
    for later in range(62):
        then = today + timedelta(days=later)
        rows = Task.objects.filter(episode=episode).exclude(state="cancelled")
        shown = {(row.client_id, row.requirement, row.occurrence): state_of(row, then) for row in rows}
        for standing in work_out(loaded.history, loaded.rules, then):
            one = standing.obligation
            if one.due is None or (one.share and standing.state == State.MET) or (one.clock == "last" and one.excuse):
                continue
            key = (one.member or loaded.client, one.key, one.occurrence)
            assert _same(shown.pop(key, None), standing.state), (then, one)


def _same(stored: State | None, worked_out: State) -> bool:
    return stored == worked_out


@settings(
    max_examples=min(15, settings().max_examples),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    data=st.lists(st.tuples(st.integers(0, 200), st.sampled_from(["visit", "plan_signed", "exception"])), max_size=25)
)
def test_the_order_of_arrival_does_not_matter(db: None, data: list[tuple[int, str]]) -> None:
    AgencyFactory()
    today = FIRST + timedelta(days=200)
    shapes = {
        "visit": ("contact", {"mode": "in_person", "seen": ["client"], "place": "residence", "minutes": 30}),
        "plan_signed": ("plan_signed", {}),
        "exception": ("exception", {"details": {"requirement": "visit", "reason": "hospital"}}),
    }
    rules = program(RULES)
    seen = []
    for order in (data, list(reversed(data))):
        child = PersonFactory(birth_date=date(2023, 5, 31))
        episode = enrolled(rules, FIRST, children=[child])
        start(episode, today)
        for on, what in order:
            kind, values = shapes[what]
            one = item(episode, kind, FIRST + timedelta(days=on), **values)
            record_evidence(source_kind="test", source_id=new_id(), items=[one], by=by_on(today))
        rows = Task.objects.filter(episode=episode).order_by("requirement", "due_on", "done_on", "state")
        seen.append([(row.requirement, row.state, row.due_on, row.done_on, row.late) for row in rows])
    assert seen[0] == seen[1]
