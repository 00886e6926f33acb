"""Doubles over HTTP: while typing, side by side, told apart, taken back; and pages of a record that is gone."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from goldthread.casework.merging.actions.looking import look_on
from goldthread.casework.merging.models import Apart, Merge, Pair
from goldthread.doors.jobs import queue
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.actions.addresses import add_address
from goldthread.people.persons.models import Person
from tests.access.world import browser
from tests.casework.merging.making import BELL, MARIA, client
from tests.clock import agency_today
from tests.factories import AgencyFactory, StaffFactory

pytestmark = pytest.mark.django_db
ASKED_SIDE_BY_SIDE = 36
"""Statements at most, however many kinds of rows hang on a client."""
BORN = date(1961, 3, 4)
NEW = {
    "given": "Maria",
    "family": "Bell",
    "birth_date": "1961-03-04",
    "birth_date_kind": "exact",
    "interpreter": "no",
    "phone_kind": "mobile",
}


@pytest.fixture
def intake(db: None) -> Staff:
    AgencyFactory()
    return StaffFactory(role=Role.INTAKE)


@pytest.fixture
def web(intake: Staff) -> Client:
    return browser(intake)


@pytest.fixture
def by(intake: Staff) -> Actor:
    return Actor(at=timezone.now(), today=agency_today(), staff=intake.pk, name=intake.name, request="test")


@pytest.fixture
def maria(by: Actor) -> Person:
    return client(by, MARIA, birth_date=BORN)


@pytest.fixture
def bell(by: Actor) -> Person:
    return client(by, BELL, birth_date=BORN, pronouns="she/her")


def test_a_client_who_is_very_likely_known_is_shown_first_and_added_on_the_second_press(
    web: Client, bell: Person
) -> None:
    form_id = "0198d3a2-0000-7000-8000-000000000001"
    first = web.post("/clients/new/", NEW | {"form_id": form_id})
    assert first.status_code == 422
    said = first.content.decode()
    assert "Perhaps known here already" in said
    assert "same name · same date of birth" in said
    assert Person.objects.count() == 1
    again = web.post("/clients/new/", NEW | {"form_id": form_id, "looked": str(bell.pk)})
    assert again.status_code == 302
    assert Apart.objects.get().why == "Seen when the record was made"
    twice = web.post("/clients/new/", NEW | {"form_id": form_id, "looked": str(bell.pk)})
    assert twice["Location"] == again["Location"]
    assert Person.objects.count() == 2


def test_while_typing_they_are_named_and_the_audit_log_says_to_whom(web: Client, bell: Person) -> None:
    said = web.post("/duplicates/typed/", NEW | {"given": "Mary", "birth_date": "3/14/1961"}).content.decode()
    assert "Maria Bell" in said
    assert "very likely" not in said
    assert Event.objects.filter(action="client.listed", client=bell.pk).count() == 1
    assert web.post("/duplicates/typed/", {"given": "M", "birth_date": "31/31/x"}).content.strip() == b""


def test_somebody_out_of_reach_is_a_hint_and_one_under_protection_is_nothing(web: Client, bell: Person) -> None:
    Person.objects.filter(pk=bell.pk).update(labels=int(Label.HIV))
    said = web.post("/duplicates/typed/", NEW).content.decode()
    assert "Someone may already know this person: ask" in said
    assert "Bell" not in said
    held = web.post("/clients/new/", NEW | {"form_id": "0198d3a2-0000-7000-8000-000000000002"})
    assert held.status_code == 422
    for label in (Label.DOMESTIC_VIOLENCE, Label.SEALED):
        Person.objects.filter(pk=bell.pk).update(labels=int(label))
        assert web.post("/duplicates/typed/", NEW).content.strip() == b""


def test_side_by_side_merged_and_taken_back(web: Client, maria: Person, bell: Person) -> None:
    page = reverse("twins:merge", args=[maria.pk, bell.pk])
    web.get(page)
    with CaptureQueriesContext(connection) as asked:
        seen = web.get(page).content.decode()
    assert len(asked) <= ASKED_SIDE_BY_SIDE, len(asked)
    assert "They differ here: choose" in seen
    assert "Maria Ortiz" in seen
    assert "same first name · another last name · same date of birth" in seen
    form = {
        "form_id": "0198d3a2-0000-7000-8000-000000000003",
        "version": maria.version,
        "other_version": bell.version,
        "take_name": "other",
        "reason": "Her card says both names.",
    }
    stale = web.post(page, form | {"version": maria.version - 1})
    assert stale.status_code == 422
    assert "was changed while you were looking" in stale.content.decode()
    assert "Her card says both names." in stale.content.decode()
    merged = web.post(page, form)
    assert merged.status_code == 302
    assert web.post(page, form).status_code in (302, 404), "a double click"
    kept = Person.objects.get(pk=maria.pk)
    assert kept.display_name == "Maria Bell"
    old = web.get(reverse("clients:details", args=[bell.pk]) + "?a=b")
    assert old["Location"] == reverse("clients:details", args=[maria.pk]) + "?a=b"
    typed = web.post(reverse("clients:section_edit", args=[bell.pk, "about"]), {"pronouns": "they/them, she said"})
    assert typed.status_code == 409
    assert "they/them, she said" in typed.content.decode()
    found = web.get(f"/search/?q={bell.client_number}").content.decode()
    assert str(maria.pk) in found
    assert str(bell.pk) not in found
    history = web.get(reverse("clients:history", args=[maria.pk])).content.decode()
    assert "Merged with another record" in history
    made = Merge.objects.get()
    listed = web.get(reverse("twins:of_client", args=[maria.pk])).content.decode()
    assert "Her card says both names." in listed
    undone = web.post(reverse("twins:undo", args=[maria.pk, made.pk]), follow=True).content.decode()
    assert "Two records again, as they were." in undone
    assert Person.objects.get(pk=maria.pk).display_name == "Maria Ortiz"
    assert web.get(reverse("clients:brief", args=[bell.pk])).status_code == 200


def test_what_is_signed_in_that_moment_is_gathered_at_once_and_again_after_two_minutes(
    web: Client, maria: Person, bell: Person, django_capture_on_commit_callbacks: Any
) -> None:
    form = {"form_id": new_id(), "version": maria.version, "other_version": bell.version, "take_name": "keep"}
    with django_capture_on_commit_callbacks(execute=True):
        assert web.post(reverse("twins:merge", args=[maria.pk, bell.pk]), form).status_code == 302
    made = Merge.objects.get()
    with queue.outside_agencies():
        jobs = DBTaskResult.objects.filter(task_path__endswith="gather_after_merge")
        assert jobs.count() == 2
        assert jobs.filter(run_after=made.at + timedelta(minutes=2)).count() == 1


def test_who_may_not_read_all_of_both_is_told_whom_to_ask(web: Client, maria: Person, bell: Person, by: Actor) -> None:
    where = {"kind": "safe", "line1": "9 Hidden Lane"}
    add_address(person=bell, values=where, by=by)
    page = reverse("twins:merge", args=[maria.pk, bell.pk])
    said = web.get(page).content.decode()
    assert "somebody who may read all of both records. Ask your supervisor." in said
    assert "Hidden" not in said
    web.post(page, {"form_id": "0198d3a2-0000-7000-8000-000000000004", "version": 1, "other_version": 2})
    assert not Merge.objects.exists()


def test_the_worklist_and_not_the_same_person(web: Client, maria: Person, bell: Person, by: Actor) -> None:
    while look_on(by=by):
        pass
    assert Pair.objects.count() == 1
    assert "Maria Ortiz" in web.get("/duplicates/").content.decode()
    sent = web.post(reverse("twins:apart", args=[maria.pk, bell.pk]), {"why": "Cousins", "from": "list"}, follow=True)
    assert "No two records look like one person" in sent.content.decode()
    page = reverse("twins:of_client", args=[maria.pk])
    assert "Cousins" in web.get(page).content.decode()
    later = Actor(at=by.at + timedelta(days=1), today=by.today)
    while look_on(by=later):
        pass
    assert not Pair.objects.exists(), "remembered"
    bell.refresh_from_db()
    Person.objects.filter(pk=bell.pk).update(birth_date=date(1961, 3, 5))
    assert "Maria Bell" in web.get(page).content.decode(), "what is compared has changed: look again"
    web.post(reverse("twins:perhaps", args=[maria.pk, bell.pk]))
    assert not Apart.objects.exists()
