"""My day and the page of a task over HTTP, as a case manager uses them."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from goldthread.casework.tasks.actions.elsewhere import record_elsewhere
from goldthread.casework.tasks.actions.tasks import make_task
from goldthread.casework.tasks.models import Evidence, Task
from goldthread.doors.web.day.words import KIND_WORDS
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.programs.enums import EventKind
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.access.world import browser
from tests.casework.tasks.making import by_on, enrolled, program, start
from tests.doors.web.clients.people import TODAY, client_of, team_with
from tests.factories import AssignmentFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def renee() -> Staff:
    return team_with(Role.CASE_MANAGER)


@pytest.fixture
def page(renee: Staff) -> Client:
    return browser(renee)


@pytest.fixture
def marcus(renee: Staff) -> Person:
    return client_of(renee, renee.memberships.get().team, given="Marcus", family="Ellery")


def by(staff: Staff) -> Actor:
    return by_on(TODAY, staff=staff.pk)


def make(owner: Staff, title: str, client: Person | None = None, due: date = TODAY, **more: Any) -> Task:
    return make_task(title=title, owner=owner, client=client, due_on=due, by=by(owner), **more)


def lines(page: Client, query: str = "") -> list[str]:
    """What is to be done, in the order of the page."""
    body = page.get(f"/day/?{query}").content.decode()
    return re.findall(r'<a class="what" href="[^"]*">([^<]*)</a>', body)


def test_home_is_the_day_and_says_what_matters(page: Client, renee: Staff, marcus: Person) -> None:
    make(renee, "Home visit", marcus, TODAY - timedelta(days=4))
    make(renee, "Order bus passes")
    assert page.get("/")["Location"] == "/day/"
    body = page.get("/day/").content.decode()
    assert "1 overdue" in body
    assert "1 due today" in body
    assert "4 days late" in body
    assert lines(page) == ["Home visit", "Order bus passes"]


def test_every_client_shown_is_on_the_audit_log(page: Client, renee: Staff, marcus: Person) -> None:
    make(renee, "Home visit", marcus)
    lines(page)
    assert Event.objects.filter(action="client.listed", client=marcus.pk, actor=renee.pk).exists()


def test_the_list_is_narrowed_by_a_name_or_a_word(page: Client, renee: Staff, marcus: Person) -> None:
    make(renee, "Home visit", marcus)
    make(renee, "Order bus passes")
    assert lines(page, "text=ellery") == ["Home visit"]
    assert lines(page, "text=bus") == ["Order bus passes"]
    assert b"Clear the filters" in page.get("/day/?text=nobody").content


def test_tasks_of_a_client_who_was_handed_on_are_gone(page: Client, renee: Staff, marcus: Person) -> None:
    make(renee, "Home visit", marcus)
    marcus.assignments.update(starts_on=TODAY - timedelta(days=9), ends_on=TODAY - timedelta(days=1))
    renee.memberships.update(ends_on=TODAY - timedelta(days=1), starts_on=TODAY - timedelta(days=9))
    assert lines(page) == []


def test_whoever_covers_sees_the_tasks_with_the_name_of_the_absent(renee: Staff, marcus: Person) -> None:
    make(renee, "Home visit", marcus)
    andre = StaffFactory(role=Role.CASE_MANAGER)
    AssignmentFactory(client=marcus, staff=andre, kind="cover", starts_on=TODAY, ends_on=TODAY)
    body = browser(andre).get("/day/").content.decode()
    assert "Home visit" in body
    assert renee.name in body


def test_a_new_task_is_made_once_however_often_it_is_sent(page: Client, renee: Staff, marcus: Person) -> None:
    address = f"/clients/{marcus.pk}/tasks/new/"
    form = re.search(r'name="form_id" value="([^"]+)"', page.get(address).content.decode())
    assert form
    sent = {"form_id": form[1], "title": "Bring the papers", "due_on": TODAY.isoformat(), "owner": renee.pk}
    assert page.post(address, sent).status_code == 302
    assert page.post(address, sent).status_code == 302
    assert Task.objects.get().title == "Bring the papers"
    assert lines(page) == ["Bring the papers"]


def test_what_was_typed_stays_when_something_is_missing(page: Client, marcus: Person) -> None:
    answer = page.post(f"/clients/{marcus.pk}/tasks/new/", {"title": "", "note": "the blue folder"})
    assert answer.status_code == 422
    assert b"the blue folder" in answer.content


def test_done_put_off_and_given_away(page: Client, renee: Staff, marcus: Person) -> None:
    done, later, other = (make(renee, title, marcus) for title in ("done", "later", "other"))
    andre = StaffFactory()
    for row, sent in (
        (done, {"do": "done", "done_on": TODAY.isoformat()}),
        (later, {"do": "put_off", "until": (TODAY + timedelta(days=2)).isoformat()}),
        (other, {"do": "give", "to": andre.pk}),
    ):
        assert page.post(f"/clients/{marcus.pk}/tasks/{row.pk}/", sent).status_code == 302
    assert lines(page) == ["other"]
    assert lines(page, "bucket=waiting") == ["other"]
    assert lines(page, "bucket=put_off") == ["later"]
    done.refresh_from_db()
    assert (done.state, done.done_on, done.late) == ("done", TODAY, False)


def test_a_rule_is_not_ticked_off_and_a_reason_counts_as_its_exception(page: Client, marcus: Person) -> None:
    episode = enrolled(program(), TODAY - timedelta(days=40), marcus)
    start(episode, TODAY)
    call = Task.objects.get(requirement="call", state="open")
    address = f"/clients/{marcus.pk}/tasks/{call.pk}/"
    assert b'value="done"' not in page.get(address).content
    sent = {"do": "cannot", "reason": "hospital", "on": TODAY.isoformat(), "note": "at St. Anne's"}
    assert page.post(address, sent).status_code == 302
    assert Evidence.objects.filter(episode=episode, kind="exception").count() == 1
    call.refresh_from_db()
    assert call.reason == "hospital"


def test_not_found_needs_three_tries(page: Client, marcus: Person) -> None:
    start(enrolled(program(), TODAY - timedelta(days=40), marcus), TODAY)
    call = Task.objects.get(requirement="call", state="open")
    sent = {"do": "cannot", "reason": "not_found", "on": TODAY.isoformat(), "note": "nobody opened"}
    answer = page.post(f"/clients/{marcus.pk}/tasks/{call.pk}/", sent)
    assert answer.status_code == 422
    assert b"three tries" in answer.content
    assert b"nobody opened" in answer.content


def test_what_was_done_elsewhere_meets_the_rule(page: Client, marcus: Person) -> None:
    episode = enrolled(program(), TODAY - timedelta(days=20), marcus)
    start(episode, TODAY)
    plan = Task.objects.get(requirement="plan")
    address = f"/clients/{marcus.pk}/elsewhere/?task={plan.pk}"
    assert b'<option value="plan_signed" selected>' in page.get(address).content
    sent = {
        "kind": "plan_signed",
        "episode": episode.pk,
        "done_on": (TODAY - timedelta(days=3)).isoformat(),
        "who": "Dr. Lindqvist",
        "where": "cabinet 4",
    }
    assert page.post(address, sent).status_code == 302
    plan.refresh_from_db()
    assert (plan.state, plan.done_on) == ("done", TODAY - timedelta(days=3))
    assert marcus.entries.get().facts["where"] == "cabinet 4"


def test_a_day_that_has_not_come_is_refused_and_nothing_is_kept(page: Client, marcus: Person) -> None:
    episode = enrolled(program(), TODAY - timedelta(days=20), marcus)
    sent = {"kind": "hearing", "episode": episode.pk, "done_on": (TODAY + timedelta(days=1)).isoformat()}
    assert page.post(f"/clients/{marcus.pk}/elsewhere/", sent).status_code == 422
    assert not marcus.entries.exists()


def test_the_printed_day_holds_the_same_tasks(page: Client, renee: Staff, marcus: Person) -> None:
    make(renee, "Home visit", marcus)
    body = page.get("/day/print/").content.decode()
    assert "Home visit" in body
    assert "Marcus Ellery" in body


def test_the_brief_says_what_is_late_and_due_within_a_week_and_hides_what_a_label_hides(
    page: Client, renee: Staff, marcus: Person
) -> None:
    make(renee, "Take the voucher papers", marcus, TODAY - timedelta(days=2))
    make(renee, "Call in spring", marcus, TODAY + timedelta(days=90))
    make(renee, "Of another program", marcus, labels=Label.SEALED)
    body = page.get(f"/clients/{marcus.pk}/").content.decode()
    assert "Take the voucher papers" in body
    assert "2 days late" in body
    assert "Call in spring" not in body
    assert "Of another program" not in body


def test_the_timeline_says_in_words_what_was_done_elsewhere(page: Client, marcus: Person) -> None:
    episode = enrolled(program(), TODAY - timedelta(days=20), marcus)
    for kind in KIND_WORDS:
        details = {"level": "high"} if kind == EventKind.ACUITY else {}
        if kind == EventKind.INTERVAL:
            details = {"requirement": "call", "every": "10 days"}
        record_elsewhere(kind=kind, episode=episode, person=marcus, done_on=TODAY, details=details, by=by_on(TODAY))
    body = page.get(f"/clients/{marcus.pk}/timeline/").content.decode()
    assert "Plan review" in body
    assert "plan_review" not in body.replace('value="plan_review"', "")
