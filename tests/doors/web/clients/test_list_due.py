"""The client list by what is late: the filter, the columns *Next due* and *How many late*, and what a reader may not know.

Worked out by hand for Thursday 19 November 2026, 15:00 in UTC (10:00 in New York); over HTTP relative to today.
"""

import csv
import io
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.tasks.models import Task, TaskState
from goldthread.doors.web.clients.columns import COLUMNS, rows_of
from goldthread.doors.web.clients.filters import LATE, Filters, narrow
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.access.world import browser
from tests.casework.caseload.programs import MENTAL, RECOVERY, enrolled, program
from tests.doors.web.clients.people import TODAY, client_of, team_with
from tests.doors.web.clients.test_list_pages import names
from tests.factories import AT, LONG_AGO, AgencyFactory, PersonFactory, StaffFactory, TeamFactory, viewer_of

pytestmark = pytest.mark.django_db
THURSDAY = date(2026, 11, 19)
AHEAD = date(9999, 12, 31)


def task(client: Person, due_on: date | None, **more: Any) -> Task:
    return Task.objects.create(client=client, title="Visit", due_on=due_on, made_at=AT, **more)


def hour(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-19T{text}:00").replace(tzinfo=UTC)


@pytest.fixture
def renee() -> Staff:
    return team_with(Role.CASE_MANAGER)


@pytest.fixture
def viewer(renee: Staff) -> Viewer:
    return viewer_of(renee, THURSDAY)


def client(renee: Staff, name: str) -> Person:
    return client_of(renee, renee.memberships.get().team, given=name, family="", sort_key=name.lower())


def on_list(viewer: Viewer, late: str) -> str:
    found = narrow(gate.clients(viewer, Act.FIND), Filters("mine", late=late), viewer)
    return " ".join(found.order_by("sort_key").values_list("display_name", flat=True))


def due(viewer: Viewer, person: Person) -> tuple[date | None, int, int]:
    (row,) = rows_of([person], [COLUMNS["due"]], viewer)
    return row.due, row.late, row.days_late


def test_each_choice_lists_whom_its_days_say(renee: Staff, viewer: Viewer) -> None:
    days = {
        "A": date(2026, 11, 18),  # the day before
        "B": date(2026, 11, 19),  # today
        "C": date(2026, 11, 26),  # in seven days
        "D": date(2026, 11, 27),  # in eight
        "E": None,  # some day
    }
    for name, day in days.items():
        task(client(renee, name), day)
    client(renee, "F")  # nothing asked for
    assert {key: on_list(viewer, key) for key in LATE} == {
        "overdue": "A",
        "today": "B",
        "week": "B C",
        "none": "B C D E F",
    }


def test_an_hour_of_today_that_is_over_is_late_and_one_to_come_is_due(renee: Staff, viewer: Viewer) -> None:
    gone, to_come = client(renee, "Gone"), client(renee, "Tocome")
    task(gone, THURSDAY, due_at=hour("14:59"))
    task(to_come, THURSDAY, due_at=hour("15:01"))
    assert on_list(viewer, "overdue") == "Gone"
    assert on_list(viewer, "today") == on_list(viewer, "week") == on_list(viewer, "none") == "Tocome"
    assert due(viewer, gone) == (THURSDAY, 1, 0)


@pytest.mark.parametrize(
    "more",
    [
        {"state": TaskState.DONE},
        {"clock": "share"},  # a reminder, never overdue
        {"starts_on": date(2026, 11, 20)},  # not begun
        {"period_end": date(2026, 11, 18), "counts": True},  # missed, not late any more
        {"rest": "paused", "rests_from": date(2026, 11, 1), "rests_until": AHEAD},
        {"rest": "excepted", "rests_from": date(2026, 11, 19), "rests_until": date(2026, 11, 19)},
    ],
    ids=["done", "share", "not begun", "period over", "paused", "excused"],
)
def test_what_nobody_can_be_late_with_makes_nobody_late(renee: Staff, viewer: Viewer, more: dict[str, Any]) -> None:
    ana = client(renee, "Ana")
    task(ana, date(2026, 11, 2), **more)
    assert on_list(viewer, "overdue") == ""
    assert on_list(viewer, "none") == "Ana"
    assert due(viewer, ana) == (None, 0, 0)


def test_a_pause_that_ended_yesterday_excuses_no_longer(renee: Staff, viewer: Viewer) -> None:
    rest = {"rest": "paused", "rests_from": date(2026, 11, 1), "rests_until": date(2026, 11, 18)}
    task(client(renee, "Ana"), date(2026, 11, 2), **rest)
    assert on_list(viewer, "overdue") == "Ana"


def test_the_column_says_the_soonest_day_and_how_many_are_late(renee: Staff, viewer: Viewer) -> None:
    ana, bo = client(renee, "Ana"), client(renee, "Bo")
    for day in (date(2026, 11, 16), date(2026, 11, 18), date(2026, 11, 30), None):
        task(ana, day)
    task(bo, date(2026, 12, 3))
    assert due(viewer, ana) == (date(2026, 11, 16), 2, 3)
    assert due(viewer, bo) == (date(2026, 12, 3), 0, 0)


def test_the_page_keeps_the_filter_and_says_in_red_what_is_late(renee: Staff) -> None:
    ana = client(renee, "Ana")
    client(renee, "Bo")
    task(ana, TODAY - timedelta(days=3))
    task(ana, TODAY - timedelta(days=1))
    page = browser(renee)
    body = page.get("/clients/?late=overdue&column=due&column=late").content.decode()
    assert re.findall(r'<th scope="row"><a href="[^"]*">([^<]*)</a>', body) == ["Ana"]
    assert '<b class="red">3 days late · 2 are late</b>' in body
    assert '<td class="c-late">2</td>' in body
    assert '<option value="overdue" selected>Overdue</option>' in body
    assert "1 on" in body
    assert "/clients/?late=overdue" not in page.get("/clients/").content.decode()
    page.post("/clients/views/", {"name": "Late", "query": "whose=mine&late=overdue&column=due"})
    assert 'href="?whose=mine&amp;late=overdue&amp;column=due"' in page.get("/clients/").content.decode()
    assert names(page, "late=nonsense") == ["Ana", "Bo"]


def test_a_file_has_the_day_and_the_number_each_in_a_column(renee: Staff) -> None:
    ana = client(renee, "Ana")
    for days in (3, 1):
        task(ana, TODAY - timedelta(days=days))
    client(renee, "Bo")
    answer = browser(team_with(Role.QUALITY)).get("/clients/export.csv?whose=all&column=due&column=late")
    lines = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))  # type: ignore[attr-defined]  # a file is streamed
    assert lines == [
        ["Name", "Next due", "How many late"],
        ["Ana", (TODAY - timedelta(days=3)).isoformat(), "2"],
        ["Bo", "", ""],
    ]


def test_a_substance_use_task_makes_nobody_late_for_who_may_not_see_it() -> None:
    AgencyFactory()
    by = Actor(at=timezone.now(), today=TODAY)
    mental, recovery = StaffFactory(team=TeamFactory()), StaffFactory(team=TeamFactory())
    program(by, RECOVERY, team=TeamFactory(), name="Quietprogram")
    person = PersonFactory(given="Ana", family="Abel")
    enrolled(by, LONG_AGO, MENTAL, person, staff=mental)
    quiet = enrolled(by, LONG_AGO, RECOVERY, person, staff=recovery)
    Task.objects.all().delete()  # what the programs ask for is not of this test
    hidden = task(person, TODAY - timedelta(days=44), episode=quiet, labels=int(Label.SUBSTANCE_USE), owner=recovery)
    task(person, TODAY, episode=quiet, labels=int(Label.SUBSTANCE_USE), owner=recovery)
    theirs, others = browser(recovery), browser(mental)
    for whose in ("mine", "all"):
        found = {late: names(theirs, f"whose={whose}&late={late}") for late in LATE}
        assert found == {"overdue": ["Ana Abel"], "today": ["Ana Abel"], "week": ["Ana Abel"], "none": []}
        found = {late: names(others, f"whose={whose}&late={late}") for late in LATE}
        assert found == {"overdue": [], "today": [], "week": [], "none": ["Ana Abel"]}
    assert "44 days late" in theirs.get("/clients/?whose=mine&column=due").content.decode()
    body = others.get("/clients/?whose=mine&column=due&column=late").content.decode()
    assert '<td class="c-due"></td><td class="c-late"></td>' in body
    Task.objects.filter(pk=hidden.pk).update(labels=0)
    assert names(others, "whose=mine&late=overdue") == ["Ana Abel"]


@pytest.mark.parametrize("role", list(Role))
def test_for_every_role_the_filter_lists_nobody_whose_task_is_not_theirs_to_see(role: Role) -> None:
    staff = team_with(role)
    own, foreign = client(staff, "Own"), PersonFactory(given="Foreign", family="")
    for person in (own, foreign):
        task(person, TODAY - timedelta(days=1))
    viewer = viewer_of(staff, TODAY, timezone.now())
    seen = set(Task.objects.filter(gate.content_in(viewer)).values_list("client__display_name", flat=True))
    if Act.FIND in {Act(act) for act in Act if gate.may(viewer, act)}:
        assert set(names(browser(staff), "whose=all&late=overdue")) == seen


def statements(page: Any, path: str) -> list[str]:
    page.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert page.get(path).status_code == 200
    return [one["sql"] for one in asked.captured_queries if not re.match("SAVEPOINT|RELEASE|BEGIN|COMMIT", one["sql"])]


def test_the_filter_asks_no_statement_more_and_the_columns_one_between_them(renee: Staff) -> None:
    for number in range(4):
        task(client(renee, f"Ana{number}"), TODAY - timedelta(days=number + 1))
    page = browser(renee)
    plain = len(statements(page, "/clients/"))
    assert len(statements(page, "/clients/?late=overdue")) == plain
    assert len(statements(page, "/clients/?late=overdue&column=worker&column=due&column=late")) == plain - 2 + 1
    assert not [sql for sql in statements(page, "/clients/") if "tasks_task" in sql]


@pytest.mark.parametrize("late", list(LATE))
def test_tasks_are_looked_up_client_by_client(viewer: Viewer, late: str) -> None:
    """The list may not begin with all that is late in the agency. On PostgreSQL an empty table's index is any that is open."""
    found = narrow(gate.clients(viewer, Act.FIND), Filters("all", late=late), viewer)
    plan = found.order_by("sort_key", "id")[:51].explain()
    looked_up = (
        r"client_id = persons_person\.id" if connection.vendor == "postgresql" else "USING INDEX tasks_open_by_client"
    )
    assert re.search(looked_up, plan), plan
    assert not re.search(r"Cond: \(persons_person\.id = \w+\.client_id\)", plan), plan


@pytest.mark.parametrize(("role", "offered"), [(Role.SUPERVISOR, True), (Role.INTAKE, False), (Role.BILLING, False)])
def test_who_reads_no_records_is_offered_nothing_about_tasks(role: Role, offered: bool) -> None:
    staff = team_with(role)
    task(client(staff, "Ana"), TODAY - timedelta(days=1))
    page = browser(staff)
    body = page.get("/clients/?whose=all").content.decode()
    assert ('id="late"' in body) == ('value="due"' in body) == offered
    assert names(page, "whose=all&late=overdue") == (["Ana"] if offered else [])
    assert names(page, "whose=all&late=none") == []
    assert ("late</b>" in page.get("/clients/?whose=all&column=due").content.decode()) == offered
