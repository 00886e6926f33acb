"""What is worked out narrowly leaves nothing for a whole working out to change: the same requirements, from the beginning."""

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from goldthread.casework.episodes.models import Episode
from goldthread.casework.tasks.actions import recompute as recomputing
from goldthread.casework.tasks.actions.evidence import record_evidence, void_evidence
from goldthread.casework.tasks.actions.publishing import work_out_tasks
from goldthread.casework.tasks.actions.recompute import recompute, tasks_of
from goldthread.casework.tasks.models import Reckoning, Task
from goldthread.casework.tasks.queries.histories import histories_of
from goldthread.casework.tasks.rules.narrowing import ALL_OF_IT, Since, Window, touched_since
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.enums import EventKind
from tests.casework.tasks.actions.test_property import FIRST, RULES, Step, a_step, pause, some_quick
from tests.casework.tasks.making import by_on, day, enrolled, item, program, start, tasks, version, visit
from tests.factories import AgencyFactory, PersonFactory

pytestmark = pytest.mark.django_db

STRICTER = RULES.replace("at_least: 2", "at_least: 1").replace("span: 30 days", "span: 20 days")
FOR_ONE = RULES.replace("serves: household\n", "").replace("each_member: true,", "")


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[Since]:
    """How narrowly each working out looked, the newest last."""
    seen: list[Since] = []
    real = recomputing._right

    def spy(loaded: Any, scopes: Any, *more: Any) -> bool:
        seen.extend(only for only in scopes.values() if only is not None)
        return real(loaded, scopes, *more)

    monkeypatch.setattr(recomputing, "_right", spy)
    return seen


def left_to_do(episode: Episode, looked_at: Since, today: date) -> list[Any]:
    """What a look at the same requirements from the beginning would write."""
    whole = dict.fromkeys(looked_at, ALL_OF_IT)
    (loaded,) = histories_of([Episode.objects.get(pk=episode.pk)], today)
    stored = tasks_of({episode.pk: whole})[episode.pk]
    found = work_out_tasks(loaded, stored, Reckoning.objects.get(episode=episode), by_on(today), whole)
    return [*found.made, *found.changed, *found.closed, *found.gone, *found.moved]


@pytest.mark.parametrize("household", [True, False])
@pytest.mark.parametrize("seed", some_quick(6))
def test_a_narrow_look_leaves_nothing_to_do(seed: int, household: bool, looked: list[Since]) -> None:
    """Evidence of today and of long ago, corrected, moved and taken back; exceptions, pauses, a version of the rules; and now and then
    the refresh by which a horizon moves on."""
    chance = random.Random(seed)
    AgencyFactory()
    children = [PersonFactory(birth_date=date(2024, 2, 29)), PersonFactory(birth_date=date(2019, 6, 1))]
    rules = program(RULES if household else FOR_ONE)
    episode = enrolled(rules, FIRST, children=children) if household else enrolled(rules, FIRST, children[0])
    today = FIRST
    start(episode, today)
    steps: list[Step] = []
    narrow = 0
    for number in range(36):
        today += timedelta(days=chance.randint(0, 9))
        if chance.random() < 0.3:
            recompute(episodes=[episode.pk], by=by_on(today))
        if number == 20:
            version(rules, STRICTER if household else STRICTER.replace("serves: household\n", ""), today)
            recompute(episodes=[episode.pk], by=by_on(today))
        looked.clear()
        if chance.random() < 0.05 and not episode.pauses.filter(ends_on__isnull=True).exists():
            pause(episode, today, chance)
        one_step(episode, steps, children if household else children[:1], today, chance)
        for scope in looked:
            narrow += any(since != ALL_OF_IT for since in scope.values())
            assert left_to_do(episode, scope, today) == [], (number, scope)
    assert narrow > 10


def one_step(episode: Episode, steps: list[Step], served: list[Any], today: date, chance: random.Random) -> None:
    """Something is recorded, mostly of these days; or corrected; or taken back."""
    if steps and chance.random() < 0.2:
        void_evidence(source_kind="test", source_id=chance.choice(steps).source, by=by_on(today))
        return
    step = a_step(chance)
    if chance.random() < 0.7:
        step.day = (today - FIRST).days - chance.randint(0, 3)
    if steps and chance.random() < 0.25:
        step.source = chance.choice(steps).source
    who = served[: 1 + step.child] if step.kind == "contact" else [served[min(step.child, len(served) - 1)]]
    on = max(FIRST, min(FIRST + timedelta(days=step.day), today))
    items = [item(episode, step.kind, on - timedelta(days=n), person=one, **step.values) for n, one in enumerate(who)]
    record_evidence(source_kind="test", source_id=step.source, items=items, by=by_on(today))
    steps.append(step)


def test_a_note_of_today_looks_at_this_month_alone(looked: list[Since]) -> None:
    """And what was changed by hand in a month that is over, and in one to come, shows that it was left alone."""
    AgencyFactory()
    episode = enrolled(program(), day("2026-01-05"))
    start(episode, day("2026-11-02"))
    Task.objects.filter(period_end__in=[day("2026-02-28"), day("2026-12-31")]).update(title="not looked at")
    looked.clear()
    kind = item(episode, "contact", day("2026-11-10"), mode="in_person", seen=["client"])
    record_evidence(source_kind="test", source_id=new_id(), items=[kind], by=by_on(day("2026-11-12")))
    of_note = Window(since=day("2026-11-02"), met_since=day("2026-11-10"))
    month = replace(of_note, until=day("2026-11-12"), beyond=day("2027-01-03"))
    assert looked == [{"visit": month, "call": of_note}]
    titles = {one.period_start: one.title for one in tasks(episode, "visit")}
    assert titles[day("2026-02-01")] == titles[day("2026-12-01")] == "not looked at"
    assert titles[day("2026-11-01")] == "Visit"
    late = item(episode, "contact", day("2026-02-10"), mode="in_person", seen=["client"])
    record_evidence(source_kind="test", source_id=new_id(), items=[late], by=by_on(day("2026-11-12")))
    assert [(one.title, one.state) for one in tasks(episode, "visit")][:2] == [("Visit", "done"), ("Visit", "open")]


@pytest.mark.parametrize(
    ("rule", "kind"),
    [
        ("{key: one, title: O, trigger: contact, due: 3 days, accepts: document, source: judgement}", "contact"),
        ("{key: one, title: O, every: 9 days, earliest: 3 days, accepts: contact, source: judgement}", "contact"),
        ("{key: one, title: O, trigger: {age: 3 years}, due: 9 days, accepts: contact, source: judgement}", "contact"),
        ("{key: one, title: O, each: month, accepts: contact, source: judgement}", "discharged"),
        ("{key: one, title: O, each: month, accepts: contact, source: judgement}", "paused"),
    ],
)
def test_what_moves_a_clock_is_worked_out_from_the_beginning(rule: str, kind: str) -> None:
    from goldthread.casework.tasks.rules.history import Event
    from goldthread.foundation.programs.rules.reading import read_template

    template = read_template(f"template: t\ntitle: T\nrequirements:\n  - {rule}\n")
    told = Event(id=UUID(int=1), kind=EventKind(kind), on=day("2026-11-10"))
    moved = touched_since([(day("2020-01-01"), template)], day("2026-11-12"), [told], day("2026-11-01"))
    assert moved == {"one": ALL_OF_IT}


def test_what_a_narrow_look_would_write_over_is_worked_out_whole() -> None:
    """A row that is not what it must have been (its day was changed by nobody's hand that the engine knows) neither stops a
    signature nor is lost."""
    AgencyFactory()
    episode = enrolled(program(), day("2026-01-05"))
    start(episode, day("2026-11-02"))
    kind = item(episode, "contact", day("2026-11-10"))
    record_evidence(source_kind="test", source_id=new_id(), items=[kind], by=by_on(day("2026-11-10")))
    open_one = tasks(episode, "call")[-1]
    Task.objects.filter(pk=open_one.pk).update(state="done", done_on=day("2026-02-01"))
    again = item(episode, "contact", day("2026-11-12"))
    record_evidence(source_kind="test", source_id=new_id(), items=[again], by=by_on(day("2026-11-12")))
    assert [one.done_on for one in tasks(episode, "call")] == [day("2026-11-10"), day("2026-11-12"), None]


TOGETHER = """
template: together
title: Together
serves: household
requirements:
  - {key: talk, title: Talk, each: month, accepts: {kind: contact, minutes: 20}, source: judgement}
"""
MONTHLY = """
template: monthly
title: Monthly
requirements:
  - {key: visit, title: Visit, each: month, accepts: {kind: contact, mode: in_person, seen: client}, source: judgement}
"""


def february(episode: Episode, key: str) -> tuple[str, date | None]:
    (found,) = [one for one in tasks(episode, key) if one.period_start == day("2026-02-01")]
    return str(found.state), found.done_on


def test_what_one_note_says_of_a_child_reaches_back_to_its_first_day() -> None:
    """A note about two children is one event of the household, on the day of the first of them. What is corrected in November
    for one child decides on the February in which the other was seen."""
    AgencyFactory()
    one, other = PersonFactory(), PersonFactory()
    episode = enrolled(program(TOGETHER), day("2026-01-05"), children=[one, other])
    start(episode, day("2026-11-02"))

    def note(minutes: int) -> None:
        items = [
            item(episode, "contact", day("2026-02-05"), person=one, minutes=10),
            item(episode, "contact", day("2026-11-05"), person=other, minutes=minutes),
        ]
        record_evidence(source_kind="test", source_id=source, items=items, by=by_on(day("2026-11-12")))

    source = new_id()
    note(10)
    assert february(episode, "talk") == ("open", None)
    note(30)
    assert february(episode, "talk") == ("done", day("2026-02-05"))


def test_a_note_moved_to_another_month_leaves_its_old_month_unmet() -> None:
    """Of periods alone: a rule that counts from the note would find a row that nobody asks for, and have all of it worked out."""
    AgencyFactory()
    episode = enrolled(program(MONTHLY), day("2026-01-05"))
    start(episode, day("2026-11-02"))
    source = visit(episode, day("2026-02-10"), day("2026-11-12"))
    assert february(episode, "visit") == ("done", day("2026-02-10"))
    visit(episode, day("2026-11-10"), day("2026-11-12"), source)
    assert february(episode, "visit") == ("open", None)


def test_the_database_and_the_engine_agree_on_what_is_settled() -> None:
    """Over and done with *before* the day is left out; what ended or was met on that very day is loaded. Were it not, the engine
    would ask for it a second time."""
    AgencyFactory()
    episode = enrolled(program(), day("2026-01-05"))
    start(episode, day("2026-02-02"))
    (turn,) = tasks(episode, "call")
    since = day("2026-06-15")
    Task.objects.filter(episode=episode).delete()
    around = [since - timedelta(days=1), since, since + timedelta(days=1)]
    for number, (period_end, done_on) in enumerate(
        [(end, done) for end in (None, *around) for done in (None, *around)]
    ):
        turn.pk, turn.occurrence = new_id(), str(number)
        turn.period_end, turn.done_on = period_end, done_on
        turn.save(force_insert=True)
    found = {
        (one.period_end, one.done_on) for one in tasks_of({episode.pk: {"call": Window(since, since)}})[episode.pk]
    }
    assert found == {
        *((None, done) for done in (None, since, around[2])),
        *((end, done) for end in (since, around[2]) for done in (None, *around)),
    }
