"""The team's page over HTTP, as a supervisor reads it; every figure worked out by hand."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from goldthread.casework.caseload.models import Assignment, Cover
from goldthread.casework.contacts.models import Contact
from goldthread.casework.tasks.actions.tasks import make_task
from goldthread.casework.tasks.models import Task
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff, TeamMembership
from tests.access.world import browser
from tests.casework.tasks.making import by_on, program
from tests.doors.web.clients.people import TODAY, client_of, team_with
from tests.doors.web.team.making import (
    RULES,
    ago,
    cells,
    contact,
    draft,
    enrolled_with,
    noon,
    row_of,
    said,
    served,
    worker_of,
)
from tests.factories import LONG_AGO, PersonFactory, StaffFactory, TeamFactory

pytestmark = pytest.mark.django_db
PAGE = 17
"""Queries of the page for a supervisor, of which the gate, the shell and the session take their share; one counts who asks for help."""


@pytest.fixture
def gloria() -> Staff:
    return team_with(Role.SUPERVISOR)


@pytest.fixture
def andre(gloria: Staff) -> Staff:
    return worker_of(gloria, "Andre Okoye")


def test_a_row_counts_clients_contacts_lateness_and_silence(gloria: Staff, andre: Staff) -> None:
    ana, bo, cy = served(andre, "Ana", "Bo", "Cy")
    contact(andre, ana, 2)
    contact(andre, ana, 9)
    contact(andre, bo, 31)
    contact(andre, cy, 1, attempted=True)
    late = {"owner": andre, "by": by_on(TODAY, staff=andre.pk)}
    make_task(title="Call", client=ana, due_on=ago(1), **late)
    make_task(title="Visit", client=cy, due_on=TODAY, **late)
    assert cells(browser(gloria), "Andre Okoye") == ["—", "3", "2", "1", "0", "2", "0", "Notes signed: same day"]


def test_silence_counts_from_the_enrollment_however_new_the_worker(gloria: Staff, andre: Staff) -> None:
    """Enrolled 30 days ago and never reached is silent, with a worker of two days; enrolled 29 days ago is not yet."""
    offered = program(RULES)
    for name, days in (("Ana", 30), ("Bo", 29)):
        enrolled_with(andre, offered, PersonFactory(given=name), since=ago(days))
    Assignment.objects.update(starts_on=ago(2))
    assert cells(browser(gloria), "Andre Okoye")[5] == "1"
    assert "Ana" in browser(gloria).get(f"/team/{andre.pk}/unseen/").content.decode()


def test_the_load_is_the_episodes_against_the_flag_of_the_template(gloria: Staff, andre: Staff) -> None:
    offered = program(RULES)
    for person in served(andre, "Ana", "Bo", "Cy"):
        enrolled_with(andre, offered, person)
    assert cells(browser(gloria), "Andre Okoye")[0] == "3 of 2, 1 over , Andre Okoye"


def test_the_load_of_two_programs_is_told_as_what_adds_up(gloria: Staff, andre: Staff) -> None:
    small, large = program(RULES), program(RULES.replace("flag: 2", "flag: 10"))
    ana, bo = served(andre, "Ana", "Bo")
    enrolled_with(andre, small, ana)
    enrolled_with(andre, large, bo)
    load = cells(browser(gloria), "Andre Okoye")[0]
    assert load.startswith("60 %: ")
    assert "1 of 2" in load
    assert "1 of 10" in load


def test_the_line_of_contacts_has_a_point_a_week(gloria: Staff, andre: Staff) -> None:
    (ana,) = served(andre, "Ana")
    for days in (0, 6, 7, 55, 56):
        contact(andre, ana, days)
    assert "the oldest first: 1, 0, 0, 0, 0, 0, 1, 2<" in row_of(browser(gloria), "Andre Okoye")


def test_how_soon_notes_are_signed_and_the_oldest_that_is_not(gloria: Staff, andre: Staff) -> None:
    (ana,) = served(andre, "Ana")
    for days, later in ((20, 0), (18, 3), (16, 5)):
        contact(andre, ana, days, signed_after=later)
    draft(andre, ana, 3)
    draft(andre, ana, 12)
    told = cells(browser(gloria), "Andre Okoye")[7]
    assert "3 days" in told
    assert "2 unsigned since" in told
    assert ago(12).strftime("%b") in told


def test_what_a_label_hides_is_not_counted(gloria: Staff, andre: Staff) -> None:
    (ana,) = served(andre, "Ana")
    make_task(title="Sealed", client=ana, owner=andre, due_on=ago(1), labels=Label.SEALED, by=by_on(TODAY))
    contact(andre, ana, 1, labels=Label.SEALED)
    told = cells(browser(gloria), "Andre Okoye")
    assert (told[2], told[3]) == ("0", "0")


def test_voided_and_replaced_notes_are_not_counted(gloria: Staff, andre: Staff) -> None:
    (ana,) = served(andre, "Ana")
    for made in (contact(andre, ana, 1), contact(andre, ana, 2)):
        Contact.objects.filter(pk=made.pk).update(state="voided", void_reason="x", voided_by=andre)
    assert cells(browser(gloria), "Andre Okoye")[2] == "0"


def test_a_worker_of_another_team_is_not_on_the_page(gloria: Staff, andre: Staff) -> None:
    StaffFactory(role=Role.CASE_MANAGER, name="Somebody Else")
    page = browser(gloria)
    assert "Somebody Else" not in page.get("/team/").content.decode()
    assert page.get(f"/team/{StaffFactory(role=Role.CASE_MANAGER).pk}/overdue/").status_code == 404


def test_cover_is_shown_beside_the_absent_and_what_is_planned_below(gloria: Staff, andre: Staff) -> None:
    mei = StaffFactory(role=Role.CASE_MANAGER, name="Mei-Lin Zhao")
    days = {"absent": andre, "colleague": mei, "made_at": timezone.now()}
    Cover.objects.create(starts_on=TODAY, ends_on=TODAY + timedelta(days=3), note="Keys at the desk", **days)
    Cover.objects.create(starts_on=TODAY + timedelta(days=9), ends_on=TODAY + timedelta(days=10), **days)
    Cover.objects.create(starts_on=TODAY + timedelta(days=30), ends_on=TODAY + timedelta(days=31), **days)
    page = browser(gloria)
    assert "Mei-Lin covers until" in said(row_of(page, "Andre Okoye"))
    below = said(page.get("/team/").content.decode().split('id="away"')[1])
    assert below.count("Mei-Lin Zhao looks after their clients") == 2
    assert "Keys at the desk" in below


def test_several_teams_are_looked_at_together_or_one_by_one(gloria: Staff, andre: Staff) -> None:
    second = TeamFactory(name="Harbor")
    TeamMembership.objects.create(staff=gloria, team=second, supervises=True, starts_on=LONG_AGO)
    keisha = StaffFactory(role=Role.CASE_MANAGER, team=second, name="Keisha Monroe")
    client_of(keisha, second, given="Ewa")
    page = browser(gloria)
    both = page.get("/team/").content.decode()
    assert "Andre Okoye" in both
    assert "Keisha Monroe" in both
    one = page.get(f"/team/?team={second.pk}").content.decode()
    assert "<h1>Harbor</h1>" in one
    assert "Andre Okoye" not in one
    assert "1 client<" in one
    assert "Ewa" in page.get(f"/team/all/caseload/?team={second.pk}").content.decode()
    assert "Andre Okoye" in page.get("/team/?team=nonsense").content.decode()


def test_more_workers_than_a_page_holds_are_all_reached_and_each_sum_is_of_all(
    gloria: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("goldthread.doors.web.team.people.MOST", 2)
    for name in ("Ada", "Ada", "Ada", "Bea"):
        worker = worker_of(gloria, name)
        (person,) = served(worker, "Somebody")
        make_task(title="Call", client=person, owner=worker, due_on=ago(9), by=by_on(TODAY))
    contact(worker, person, 3)
    worker_of(gloria, "Ada")  # has nobody
    page, seen, address = browser(gloria), [], "/team/"
    while address:
        body = page.get(address).content.decode()
        seen += [part.split("</a>")[0].split(">")[-1] for part in body.split('<th scope="row"')[1:]]
        told = said(body.split("<h1>")[1].split("</p>")[0])
        assert all(one in told for one in ("5 workers", "4 clients", "4 overdue", "3 not reached for 30 days")), told
        address = "/team/" + body.split('rel="next" href="')[1].split('"')[0] if 'rel="next"' in body else ""
    assert seen == ["Ada", "Ada", "Ada", "Ada", "Bea"]
    for what, many in (("caseload", 4), ("overdue", 4), ("unseen", 3)):
        assert f'<span class="count">{many}</span></h1>' in page.get(f"/team/all/{what}/").content.decode(), what


def test_sums_of_many_pages_take_as_many_statements_as_of_two(gloria: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goldthread.doors.web.team.people.MOST", 1)
    page = browser(gloria)

    def asked(name: str) -> int:
        for number in range(3):
            served(worker_of(gloria, f"{name} {number}"), "Somebody")
        page.get("/team/")
        with CaptureQueriesContext(connection) as queries:
            page.get("/team/")
        return len(queries)

    assert asked("Ada") == asked("Bea")


def test_nobody_to_oversee_is_said(gloria: Staff) -> None:
    assert "No workers yet" in browser(gloria).get("/team/").content.decode()


def test_the_page_asks_no_more_often_with_more_workers(gloria: Staff, andre: Staff) -> None:
    page, offered = browser(gloria), program(RULES)

    def asked() -> int:
        page.get("/team/")
        with CaptureQueriesContext(connection) as queries:
            page.get("/team/")
        return len(queries)

    def busy(worker: Staff) -> None:
        for person in served(worker, "Ana", "Bo"):
            enrolled_with(worker, offered, person)
            contact(worker, person, 3)
            draft(worker, person, 1)
            task = make_task(title="Call", client=person, owner=worker, due_on=ago(9), by=by_on(TODAY))
            Task.objects.filter(pk=task.pk).update(escalate_on=ago(5))

    busy(andre)
    few = asked()
    for number in range(6):
        busy(worker_of(gloria, f"Worker {number}"))
    assert asked() == few
    assert few <= PAGE


def test_a_note_signed_at_night_counts_by_the_day_of_the_agency(gloria: Staff, andre: Staff) -> None:
    (ana,) = served(andre, "Ana")
    made = contact(andre, ana, 5)
    late = noon(ago(5)) + timedelta(hours=11, minutes=30)  # half past eleven at night, tomorrow in UTC
    Contact.objects.filter(pk=made.pk).update(signed_at=late)
    assert "same day" in cells(browser(gloria), "Andre Okoye")[7]


def test_a_supervisor_who_carries_no_clients_starts_here(gloria: Staff, andre: Staff) -> None:
    assert browser(gloria).get("/")["Location"] == "/team/"
    assert browser(andre).get("/")["Location"] == "/day/"
    assert browser(StaffFactory(role=Role.PROGRAM_MANAGER)).get("/")["Location"] == "/clients/"
