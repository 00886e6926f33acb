"""The composer over HTTP: without scripts, with autosave, and how many times the database is asked."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from goldthread.casework.contacts.models import Contact
from goldthread.casework.record.models import Draft, Entry
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.access.world import browser
from tests.factories import AgencyFactory, AssignmentFactory, PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db
ASKED = {"new": 15, "timeline": 22}
"""Queries at most, however much there is."""


@pytest.fixture
def worker() -> Staff:
    AgencyFactory()
    return StaffFactory()


@pytest.fixture
def person(worker: Staff) -> Person:
    return AssignmentFactory(staff=worker).client


@pytest.fixture
def web(worker: Staff) -> Client:
    return browser(worker)


def sent(person: Person, **more: Any) -> dict[str, Any]:
    """A phone call of yesterday, from 9 to 9:10 in the agency's zone."""
    yesterday = (timezone.now() - timedelta(days=1)).date()
    said = {
        "how": "phone",
        "day": yesterday.isoformat(),
        "start": "09:00",
        "end": "09:10",
        "who": [str(person.pk)],
        "activity": ["advocacy"],
        "narrative": "She called.",
        "safety": "no",
        "version": "0",
    }
    return said | more


def at(name: str, person: Person, *more: Any) -> str:
    return reverse(f"contacts:{name}", args=[person.pk, *more])


def test_a_note_is_written_saved_and_signed_without_scripts(web: Client, person: Person) -> None:
    row = new_id()
    assert web.get(at("new", person) + "?how=phone").status_code == 200
    saved = web.post(at("write", person, row), sent(person, do="save"))
    assert saved.headers["Location"] == at("write", person, row)
    assert b"She called." in web.get(at("write", person, row)).content
    assert b"She called." in web.get(reverse("contacts:drafts")).content
    signed = web.post(at("write", person, row), sent(person, do="sign", version="1"))
    assert signed.headers["Location"] == at("read", person, row)
    assert b"She called." in web.get(at("read", person, row)).content
    assert web.get(at("write", person, row)).status_code == 302
    assert not Draft.objects.exists()


def test_what_is_wrong_is_said_and_everything_typed_stays(web: Client, person: Person) -> None:
    answer = web.post(at("write", person, new_id()), sent(person, do="sign", end="08:00", narrative="<b>🙂 مرحبا"))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "The end is before the start" in text
    assert "&lt;b&gt;🙂 مرحبا" in text
    assert 'value="08:00"' in text
    assert not Contact.objects.exists()


def test_autosave_answers_versions_conflicts_and_the_signature(web: Client, person: Person) -> None:
    row = new_id()
    save = at("autosave", person, row)
    assert web.post(save, sent(person, writer="a", stroke="1")).json() == {"version": 1}
    other = web.post(save, sent(person, narrative="Mine", writer="b", stroke="1"))
    assert (other.status_code, other.json()["version"]) == (409, 1)
    assert other.json()["theirs"]["narrative"] == ["She called."]
    both = web.post(at("write", person, row), sent(person, do="sign", narrative="Mine", writer="b"))
    assert both.status_code == 409
    assert b"She called." in both.content
    assert b"Mine" in both.content
    web.post(at("write", person, row), sent(person, do="sign", writer="a"))
    late = web.post(save, sent(person, narrative="Late", writer="a", stroke="9"))
    assert (late.status_code, late.json()["signed"]) == (409, at("read", person, row))
    assert not Draft.objects.exists()


def test_nobody_opens_the_draft_of_another(web: Client, person: Person) -> None:
    row = new_id()
    web.post(at("autosave", person, row), sent(person))
    colleague = StaffFactory()
    AssignmentFactory(client=person, staff=colleague, kind="secondary")
    answer = browser(colleague).get(at("write", person, row))
    assert b"She called." not in answer.content
    assert browser(colleague).post(at("autosave", person, row), sent(person)).status_code == 422


def test_a_note_of_a_household_shows_each_client_their_own_part_alone(web: Client, person: Person) -> None:
    from goldthread.casework.contacts.models import ContactPerson

    other = PersonFactory(given="Hiddenchild")
    row = new_id()
    web.post(at("write", person, row), sent(person, do="sign"))
    contact = Contact.objects.get()
    ContactPerson.objects.create(contact=contact, person=other, role="client", client=True, own_part="Qsecret")
    text = web.get(at("read", person, row)).content.decode()
    assert "Qsecret" not in text
    assert "Hiddenchild" not in text
    assert "and 1 more client" in text


def test_the_timeline_filters_in_its_address_and_goes_on_by_key(web: Client, worker: Staff, person: Person) -> None:
    start = timezone.now()
    Entry.objects.bulk_create(
        Entry(
            kind="contact" if n % 2 else "task",
            person=person,
            actor=worker,
            happened_at=start - timedelta(hours=n),
            written_at=start,
            source_kind="contact" if n % 2 else "task",
            source_id=new_id(),
            text=f"Word{n} told",
            words=f"word{n} told",
            facts={"mode": "phone"},
        )
        for n in range(120)
    )
    url = reverse("timeline:list", args=[person.pk])
    first = web.get(url).content.decode()
    assert ("Word0 told" in first, "Word49 told" in first, "Word50 told" in first) == (True, True, False)
    last = Entry.objects.get(words="word49 told")
    second = web.get(url, {"before": last.pk}, HTTP_HX_REQUEST="true").content.decode()
    assert ("<html" in second, "Word50 told" in second, "Word99 told" in second) == (False, True, True)
    found = web.get(url, {"kind": "contacts", "text": "word11"}).content.decode()
    assert ("Word11 told" in found, "Word110 told" in found, "Word111 told" in found) == (True, False, True)
    assert "Nothing like this" in web.get(url, {"text": "nowhere"}).content.decode()


def test_how_often_the_database_is_asked(web: Client, worker: Staff, person: Person) -> None:
    for name, url in (("new", at("new", person)), ("timeline", reverse("timeline:list", args=[person.pk]))):
        web.get(url)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            web.get(url)
        assert len(asked) <= ASKED[name], f"{name}: {len(asked)}"


def test_one_press_answers_the_three_questions_of_monitoring(web: Client, person: Person) -> None:
    row = new_id()
    answer = web.post(at("write", person, row), sent(person, do="sign", activity=["monitoring"]))
    assert answer.status_code == 422
    assert "answer the three questions" in answer.content.decode()
    web.post(
        at("write", person, row), sent(person, do="sign", activity=["monitoring"], all_well="1", adequate="partly")
    )
    assert Contact.objects.get().monitoring == {"furnished": "yes", "adequate": "partly", "changed": "no"}
