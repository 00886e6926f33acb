"""My day and the page of a task over HTTP, as a case manager uses them."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from goldthread.casework.contacts.models import Contact
from goldthread.casework.record.models import Draft
from goldthread.casework.schedule.models import Appointment, AppointmentWorker
from goldthread.casework.tasks.actions.elsewhere import record_elsewhere
from goldthread.casework.tasks.actions.evidence import record_evidence
from goldthread.casework.tasks.actions.tasks import make_task
from goldthread.casework.tasks.models import Evidence, Task
from goldthread.doors.web.day.words import KIND_WORDS
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.programs.enums import EventKind
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.access.world import browser
from tests.casework.tasks.making import by_on, enrolled, item, program, start
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


def returned_to(staff: Staff, client: Person) -> Contact:
    """A note of *staff* about *client* that came back."""
    now = datetime.now(UTC)
    boss = StaffFactory(role=Role.SUPERVISOR)
    said = {"mode": "phone", "happened_on": TODAY, "started_at": now, "ended_at": now, "minutes": 5, "signed_at": now}
    back = {"state": "returned", "returned_by": boss, "returned_at": now, "return_comment": "Say more"}
    return Contact.objects.create(person=client, staff=staff, **said, **back)


def test_home_is_the_day_and_says_what_matters(page: Client, renee: Staff, marcus: Person) -> None:
    make(renee, "Home visit", marcus, TODAY - timedelta(days=4))
    make(renee, "Order bus passes")
    assert page.get("/")["Location"] == "/day/"
    body = page.get("/day/").content.decode()
    assert "1 overdue" in body
    assert "1 due today" in body
    assert "4 days late" in body
    assert lines(page) == ["Home visit", "Order bus passes"]


def test_every_client_shown_is_on_the_audit_log_once_whatever_shows_them(
    page: Client, renee: Staff, marcus: Person
) -> None:
    """Marcus by a task and a note that came back, Ida by an unsigned note, Ben by an appointment of today: one statement."""
    team, now = renee.memberships.get().team, datetime.now(UTC)
    ida, ben = client_of(renee, team, given="Ida"), client_of(renee, team, given="Ben")
    make(renee, "Home visit", marcus)
    returned_to(renee, marcus)
    Draft.objects.create(id=new_id(), kind="contact", staff=renee, person=ida, started_at=now, saved_at=now)
    noon = timezone.make_aware(datetime.combine(TODAY, time(12)))
    agreed = Appointment.objects.create(
        client=ben,
        kind="visit",
        starts_at=noon,
        ends_at=noon + timedelta(hours=1),
        zone="UTC",
        made_at=now,
        changed_at=now,
    )
    AppointmentWorker.objects.create(appointment=agreed, staff=renee, starts_at=noon)
    with CaptureQueriesContext(connection) as queries:
        body = page.get("/day/").content.decode()
    assert all(one.display_name in body for one in (marcus, ida, ben))
    told = Event.objects.filter(action="client.listed", actor=renee.pk, details__page="day")
    assert sorted(told.values_list("client", flat=True)) == sorted([marcus.pk, ida.pk, ben.pk])
    assert len([one for one in queries.captured_queries if "INTO audit_event" in one["sql"]]) == 1


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


def test_nothing_is_chosen_before_somebody_chooses(page: Client, marcus: Person) -> None:
    """One press must not sign a reason, nor give a task to who comes first in the alphabet."""
    start(enrolled(program(), TODAY - timedelta(days=40), marcus), TODAY)
    address = f"/clients/{marcus.pk}/tasks/{Task.objects.get(requirement='call', state='open').pk}/"
    for sent in ({"do": "cannot", "on": TODAY.isoformat()}, {"do": "give"}):
        assert page.post(address, sent).status_code == 422
    assert not Evidence.objects.filter(kind="exception").exists()
    shown = page.get(address).content.decode()
    for name in ("reason", "to"):
        menu = shown.split(f'name="{name}"')[1].split("</select>")[0]
        assert menu.split("<option")[1].startswith(' value="" selected>') or "selected" not in menu
        assert menu.split("<option")[1].startswith(' value=""')


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
    asked = page.get(address).content.decode()
    assert '<option value="plan_signed" selected>' in asked
    assert f'<a href="/clients/{marcus.pk}/plan/">Do it in the plan instead</a>' in asked
    assert "in the plan instead" not in page.get(f"/clients/{marcus.pk}/elsewhere/?kind=hearing").content.decode()
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


def visit_of(renee: Staff, marcus: Person) -> Task:
    """The visit that a rule asks for this month, on Renée's list."""
    made = make_task(title="Home visit", owner=renee, client=marcus, due_on=TODAY + timedelta(days=2), by=by(renee))
    Task.objects.filter(pk=made.pk).update(action="visit")
    return made


def test_schedule_opens_the_form_filled_and_the_appointment_knows_the_task(
    page: Client, renee: Staff, marcus: Person
) -> None:
    task = visit_of(renee, marcus)
    link = re.search(r'href="([^"]*calendar/new/[^"]*)"', page.get("/day/").content.decode())
    assert link
    address = link.group(1).replace("&amp;", "&")
    form = page.get(address).content.decode()
    filled = dict(re.findall(r'<input type="(?:hidden|text|time|date)" name="([^"]+)" value="([^"]*)"', form))
    due = TODAY + timedelta(days=2)
    assert filled["task"] == str(task.pk)
    assert 'value="visit" required id="id_kind_0" checked' in form or re.search(r'value="visit"[^>]*checked', form)
    assert due.isoformat() in form
    sent = {"kind": "visit", "day": due.isoformat(), "start": "10:00", "end": "11:00", "workers": str(renee.pk)}
    sent |= {"form_id": filled["form_id"], "task": str(task.pk), "back": "day", "title": "Home visit"}
    assert page.post(address, sent)["Location"] == "/day/"
    made = Appointment.objects.get()
    assert made.task == task.pk
    body = page.get("/day/").content.decode()
    assert f"/clients/{marcus.pk}/calendar/{made.pk}/" in body
    assert "calendar/new/" not in body
    note = page.get(f"/clients/{marcus.pk}/note/?appointment={made.pk}", follow=True).content.decode()
    assert str(task.pk) in note  # signing it settles the task


def test_an_appointment_is_made_for_no_task_of_somebody_else(page: Client, renee: Staff, marcus: Person) -> None:
    other = client_of(renee, renee.memberships.get().team)
    task = visit_of(renee, other)
    address = f"/clients/{marcus.pk}/calendar/new/"
    form = re.search(r'name="form_id" value="([^"]+)"', page.get(f"{address}?task={task.pk}").content.decode())
    assert form
    sent = {"kind": "visit", "day": TODAY.isoformat(), "start": "10:00", "end": "11:00", "workers": str(renee.pk)}
    page.post(address, sent | {"form_id": form.group(1), "task": str(task.pk)})
    assert Appointment.objects.get().task is None


def test_an_own_task_is_done_with_one_press_and_taken_back_with_another(
    page: Client, renee: Staff, marcus: Person
) -> None:
    task = make(renee, "Bring the form", marcus)
    body = page.get("/day/").content.decode()
    assert f'action="/clients/{marcus.pk}/tasks/{task.pk}/?back=day"' in body
    sent = {"do": "done", "done_on": TODAY.isoformat(), "back": "day"}
    assert page.post(f"/clients/{marcus.pk}/tasks/{task.pk}/", sent)["Location"] == "/day/"
    assert f"/clients/{marcus.pk}/tasks/{task.pk}/reopen/" in page.get("/day/").content.decode()
    assert lines(page) == []
    page.post(f"/clients/{marcus.pk}/tasks/{task.pk}/reopen/")
    assert lines(page) == ["Bring the form"]


def test_what_a_colleague_did_or_long_ago_is_not_taken_back(page: Client, renee: Staff, marcus: Person) -> None:
    task = make(renee, "Bring the form", marcus)
    page.post(f"/clients/{marcus.pk}/tasks/{task.pk}/", {"do": "done", "done_on": TODAY.isoformat()})
    Task.objects.update(closed_by=StaffFactory().pk)
    page.post(f"/clients/{marcus.pk}/tasks/{task.pk}/reopen/")
    assert Task.objects.get().state == "done"


def test_a_task_of_a_rule_can_be_put_off_only_where_there_is_grace(page: Client, renee: Staff, marcus: Person) -> None:
    rule = program()
    episode = enrolled(rule, TODAY - timedelta(days=30), marcus)
    start(episode, TODAY)
    AssignmentFactory(client=marcus, staff=renee, episode=episode, kind="secondary")
    Task.objects.update(owner=renee)
    plan = Task.objects.get(requirement="plan")  # due today, five days of grace
    call = Task.objects.filter(requirement="call", state="open").get()  # no grace, late
    body = page.get(f"/clients/{marcus.pk}/tasks/{plan.pk}/").content.decode()
    assert f'max="{(TODAY + timedelta(days=5)).isoformat()}"' in body
    assert "The rule accepts as an exception: The client refused." in body
    assert 'name="until"' not in page.get(f"/clients/{marcus.pk}/tasks/{call.pk}/").content.decode()


def test_not_found_says_how_many_tries_are_logged(page: Client, renee: Staff, marcus: Person) -> None:
    rule = program()
    episode = enrolled(rule, TODAY - timedelta(days=30), marcus)
    start(episode, TODAY)
    AssignmentFactory(client=marcus, staff=renee, episode=episode, kind="secondary")
    Task.objects.update(owner=renee)
    call = Task.objects.filter(requirement="call", state="open").get()
    address = f"/clients/{marcus.pk}/tasks/{call.pk}/"
    sent = {"do": "cannot", "reason": "not_found", "on": TODAY.isoformat()}
    assert "there are 0" in page.get(address).content.decode()
    answer = page.post(address, sent)
    assert answer.status_code == 422
    items = [item(episode, "contact", TODAY - timedelta(days=number), attempted=True) for number in range(3)]
    for one in items:
        record_evidence(source_kind="contact", source_id=new_id(), items=[one], by=by(renee))
    assert page.post(address, sent).status_code == 302


def test_returned_notes_stand_on_my_day_with_their_number(page: Client, renee: Staff, marcus: Person) -> None:
    row = returned_to(renee, marcus)
    body = page.get("/day/").content.decode()
    assert "Notes returned to you" in body
    assert f"/clients/{marcus.pk}/notes/{row.pk}/" in body


def test_my_day_asks_the_same_however_long_the_list(page: Client, renee: Staff, marcus: Person) -> None:
    visit_of(renee, marcus)
    lines(page)
    many = []
    for more in range(2):
        with CaptureQueriesContext(connection) as queries:
            lines(page)
        many.append(len(queries))
        if not more:
            for number in range(30):
                make(renee, f"Call {number}", marcus, TODAY - timedelta(days=number % 5))
                visit_of(renee, marcus)
    assert many[0] == many[1]
    assert many[0] <= 16


def test_the_chips_count_what_there_is_to_do_and_leave_out_what_comes_later(page: Client, renee: Staff) -> None:
    for days, action in ((0, "note"), (0, "visit"), (-6, "visit"), (120, "visit")):
        Task.objects.filter(pk=make(renee, "x", due=TODAY + timedelta(days=days)).pk).update(action=action)
    chips = dict(
        re.findall(r'href="\?kind=(\w+)"[^>]*>[^<]*<span class="count">(\d+)', page.get("/day/").content.decode())
    )
    assert chips == {"note": "1", "visit": "2"}
