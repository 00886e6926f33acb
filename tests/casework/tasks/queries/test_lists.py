"""The list of one worker: which bucket, in which order, how many. Worked out by hand for Monday 7 December 2026."""

from datetime import date
from typing import Any

import pytest
from django.db import connection

from goldthread.casework.tasks.actions.tasks import delegate, make_task, snooze
from goldthread.casework.tasks.models import Task
from goldthread.casework.tasks.queries.lists import (
    PLACE,
    Bucket,
    Listed,
    Whose,
    in_full,
    of_client,
    on_the_list,
    ranked,
)
from goldthread.foundation.workforce.models import Staff
from tests.casework.tasks.making import by_on, enrolled, program, start
from tests.factories import AgencyFactory, PersonFactory, StaffFactory, TeamFactory

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 12, 7)
ALL = dict.fromkeys(Bucket, 50)


def task(owner: Staff | None, title: str, due: date | None = None, **more: Any) -> Task:
    return make_task(title=title, owner=owner, due_on=due, by=by_on(date(2026, 12, 1)), **more)


def listed(whose: Whose, shown: dict[Bucket, int] = ALL) -> tuple[dict[Bucket, list[Listed]], dict[Bucket, int]]:
    first, counts = ranked(on_the_list(whose, MONDAY, by_on(MONDAY).at).values_list(*PLACE), shown)
    return in_full(first), counts


def buckets(whose: Whose) -> dict[Bucket, list[str]]:
    return {bucket: [row.title for row in rows] for bucket, rows in listed(whose)[0].items()}


@pytest.fixture
def renee() -> Staff:
    AgencyFactory()
    made: Staff = StaffFactory()
    return made


def test_each_task_stands_once_where_its_day_puts_it(renee: Staff) -> None:
    task(renee, "late", date(2026, 12, 4))
    task(renee, "today", MONDAY)
    task(renee, "in a week", date(2026, 12, 14))
    task(renee, "in eight days", date(2026, 12, 15))
    task(renee, "some day")
    assert buckets(Whose(renee.pk)) == {
        Bucket.OVERDUE: ["late"],
        Bucket.TODAY: ["today"],
        Bucket.WEEK: ["in a week"],
        Bucket.LATER: ["in eight days", "some day"],
    }


def test_rank_is_weight_then_lateness_then_the_minutes_it_takes(renee: Staff) -> None:
    task(renee, "other, oldest", date(2026, 11, 2), weight=3)
    task(renee, "legal, newer", date(2026, 12, 3), weight=1)
    task(renee, "legal, older, long", date(2026, 12, 1), weight=1, minutes=60)
    task(renee, "legal, older, short", date(2026, 12, 1), weight=1, minutes=5)
    task(renee, "safety", date(2026, 12, 4), weight=0)
    assert buckets(Whose(renee.pk))[Bucket.OVERDUE] == [
        "safety",
        "legal, older, short",
        "legal, older, long",
        "legal, newer",
        "other, oldest",
    ]


def test_counts_are_exact_however_few_are_shown(renee: Staff) -> None:
    for number in range(17):
        task(renee, f"late {number:02}", date(2026, 12, 1), minutes=number + 1)
    task(renee, "later", date(2027, 3, 1))
    rows, counts = listed(Whose(renee.pk), {Bucket.OVERDUE: 3})
    assert [row.title for row in rows[Bucket.OVERDUE]] == ["late 00", "late 01", "late 02"]
    assert counts == {Bucket.OVERDUE: 17, Bucket.LATER: 1}
    assert Bucket.LATER not in rows


def test_what_one_asks_of_a_colleague_waits_on_ones_own_list_and_is_due_on_theirs(renee: Staff) -> None:
    andre = StaffFactory()
    delegate(task=task(renee, "birth certificate", MONDAY), to=andre, by=by_on(date(2026, 12, 2), staff=renee.pk))
    assert buckets(Whose(renee.pk)) == {Bucket.WAITING: ["birth certificate"]}
    assert buckets(Whose(andre.pk)) == {Bucket.TODAY: ["birth certificate"]}


def test_a_task_of_the_team_is_on_the_list_of_each_member_and_of_nobody_else(renee: Staff) -> None:
    team = TeamFactory()
    task(None, "cover the front desk", MONDAY, team=team)
    assert buckets(Whose(renee.pk, frozenset({team.pk}))) == {Bucket.TEAM: ["cover the front desk"]}
    assert buckets(Whose(renee.pk)) == {}


def test_what_is_put_off_is_out_of_the_way_until_its_day(renee: Staff) -> None:
    snooze(task=task(renee, "call", MONDAY), until=date(2026, 12, 8), by=by_on(date(2026, 12, 3)))
    assert buckets(Whose(renee.pk)) == {Bucket.PUT_OFF: ["call"]}


def test_a_month_without_a_visit_stands_under_missed_until_somebody_says_why(renee: Staff) -> None:
    """Enrolled on 1 October; no visit in October and November. December is open and due on Thursday 31 December."""
    episode = enrolled(program(), date(2026, 10, 1))
    start(episode, MONDAY)
    Task.objects.filter(episode=episode).update(owner=renee)
    found, _counts = listed(Whose(renee.pk))
    missed = [(row.requirement, row.period_end) for row in found[Bucket.MISSED]]
    assert missed == [("visit", date(2026, 10, 31)), ("visit", date(2026, 11, 30))]
    assert [row.requirement for row in found[Bucket.OVERDUE]] == ["call", "plan"]
    assert [(row.requirement, row.due_on) for row in found[Bucket.LATER]] == [("visit", date(2026, 12, 31))]


def test_the_list_is_two_queries_whatever_its_length(renee: Staff, django_assert_num_queries: Any) -> None:
    for number in range(30):
        task(renee, f"late {number}", date(2026, 12, 1), client=PersonFactory())
    with django_assert_num_queries(2):
        buckets(Whose(renee.pk))


def test_what_is_open_about_a_client_is_told_whoever_does_it_the_soonest_first(renee: Staff) -> None:
    person = PersonFactory()
    task(StaffFactory(), "second", date(2026, 12, 9), client=person)
    task(renee, "first", date(2026, 12, 8), client=person)
    task(renee, "of somebody else", MONDAY, client=PersonFactory())
    assert [row.title for row in of_client(person.pk, MONDAY)] == ["first", "second"]


@pytest.mark.sqlite
def test_own_tasks_are_found_without_reading_those_of_all(renee: Staff) -> None:
    """SQLite once took the scan of every open task: hardly one names who asked, and so that index seemed to be of no use."""
    others = [StaffFactory().pk for _ in range(20)]
    Task.objects.bulk_create(
        Task(title="a", owner_id=others[number % 20], made_at=by_on(MONDAY).at) for number in range(1000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    team = TeamFactory()
    plan = (
        on_the_list(Whose(renee.pk, teams=frozenset({team.pk})), MONDAY, by_on(MONDAY).at).values_list(*PLACE).explain()
    )
    assert "SCAN tasks_task" not in plan, plan
    assert "tasks_open_by_owner" in plan, plan
    assert "tasks_open_by_asker" in plan, plan
