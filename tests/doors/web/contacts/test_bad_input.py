"""Bad input of a note: a clear answer each, at its field, and every character typed is still there."""

from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client

from goldthread.casework.caseload.actions import discharge, enrol
from goldthread.casework.contacts.models import Contact
from goldthread.casework.episodes.models import Episode
from goldthread.casework.record.models import Draft, Entry
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.models import Program
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.access.world import browser
from tests.casework.contacts.making import program
from tests.doors.web.contacts.test_composer import at
from tests.factories import AssignmentFactory, PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 19, 20, 0, tzinfo=UTC)
"""Thursday, 15:00 in New York."""
TEXT = "مرحبا, she said. 🙂 <b>“Ünïcödé”</b>"
WORDS = {
    "narrative": TEXT,
    "next_step": "Ring 👵 about the lease",
    "other_name": "Ms. Öde",
    "place_words": "שלום house",
}


@pytest.fixture(autouse=True)
def _thursday() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def worker() -> Staff:
    return StaffFactory()


@pytest.fixture
def person() -> Person:
    return PersonFactory(given="Ines", birth_date=date(1990, 5, 1))


@pytest.fixture
def episode(worker: Staff, person: Person) -> Episode:
    return in_program(worker, person)


@pytest.fixture
def web(worker: Staff, episode: Episode) -> Client:
    return browser(worker)


def by() -> Actor:
    return Actor(at=NOW, today=date(2026, 11, 19))


def in_program(
    worker: Staff, person: Person, key: str = "mental-health-tcm", since: date = date(2026, 10, 1)
) -> Episode:
    found = Program.objects.filter(key=key).first() or program(key)
    return enrol(program=found, person=person, enrolled_on=since, staff=worker, by=by())


def sent(person: Person, **more: Any) -> dict[str, Any]:
    """A call of today from 13:30 to 14:00, with words that are not easy to keep."""
    said: dict[str, Any] = {
        "how": "kind:call",
        "episode": str(Episode.objects.filter(members__person=person).order_by("enrolled_on").values_list("pk")[0][0]),
        "day": "2026-11-19",
        "start": "13:30",
        "end": "14:00",
        "who": [str(person.pk)],
        "someone": "1",
        "activity": ["advocacy"],
        "next_in": "7",
        "safety": "no",
        "do": "sign",
        "version": "0",
    }
    return said | WORDS | more


def refused(web: Client, person: Person, message: str, **more: Any) -> str:
    """Signing says *message* and signs nothing; the page has everything that was typed."""
    said = sent(person, **more)
    answer = web.post(at("write", person, new_id()), said)
    text = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert message in text
    for name in WORDS:
        assert str(said[name]) in text, name
    for name in ("day", "start", "end"):
        assert f'value="{said[name]}"' in text, name
    assert not Contact.objects.filter(person=person, narrative=said["narrative"]).exists()
    return text


def test_end_before_start_and_the_box_that_puts_it_right(web: Client, person: Person) -> None:
    text = refused(web, person, "The end is before the start", day="2026-11-18", start="23:40", end="00:10")
    assert 'name="next_day"' in text
    said = sent(person, day="2026-11-18", start="23:40", end="00:10", next_day="1")
    assert web.post(at("write", person, new_id()), said).status_code == 302
    assert Contact.objects.get().minutes == 30


def test_times_that_cannot_be_read(web: Client, person: Person) -> None:
    refused(web, person, "Write a time, for example 13:30.", start="half past")
    refused(web, person, "Write a time, for example 13:30.", start="25:61")
    refused(web, person, "Write a time, for example 13:30.", end="23:59:61")
    refused(web, person, "Say when it began.", start="")
    refused(web, person, "Write whole minutes, for example 20.", travel_minutes="many")
    refused(web, person, "Write the miles as a number, for example 8.4.", miles="far")


def test_a_contact_that_is_still_to_come(web: Client, person: Person) -> None:
    refused(web, person, "Sign the note when the contact has taken place.", start="16:00", end="16:10")
    refused(web, person, "It has not ended yet at this time.", start="14:50", end="15:30")
    refused(web, person, "still to come", day="2026-11-20")


def test_before_the_client_was_born(web: Client, worker: Staff) -> None:
    child = PersonFactory(given="Baby", birth_date=date(2026, 11, 10))
    in_program(worker, child, since=date(2026, 11, 11))
    refused(web, child, "was not born yet on this day.", day="2026-11-09")


def test_after_the_discharge_only_as_aftercare(web: Client, worker: Staff, person: Person, episode: Episode) -> None:
    AssignmentFactory(client=person, staff=worker, kind="secondary")  # the assignment to the episode ends with it
    discharge(episode=episode, discharged_on=date(2026, 11, 17), reason="moved", by=by())
    text = refused(web, person, "If this was aftercare, tick “aftercare”.")
    assert 'name="aftercare"' in text
    assert web.post(at("write", person, new_id()), sent(person, aftercare="1")).status_code == 302
    assert Contact.objects.get().aftercare


def test_before_the_program_and_in_somebody_elses(web: Client, worker: Staff, person: Person) -> None:
    refused(web, person, "On this day the client was not in", day="2026-09-30")
    in_program(worker, person, "school-based")
    stranger = in_program(worker, PersonFactory(), "occupational")
    text = refused(web, person, "The program you had chosen is not one of this client", episode=str(stranger.pk))
    assert str(stranger.pk) not in text


def test_overlapping_time_is_asked_about_not_forbidden(web: Client, worker: Staff, person: Person) -> None:
    assert web.post(at("write", person, new_id()), sent(person)).status_code == 302
    other = PersonFactory()
    in_program(worker, other)
    said = {"start": "13:50", "end": "14:20", "narrative": f"{TEXT} Two phones."}
    text = refused(web, other, "You signed another contact in this time (1:30 p.m. to 2 p.m.).", **said)
    assert 'name="overlap_is_right"' in text
    assert web.post(at("write", other, new_id()), sent(other, overlap_is_right="1", **said)).status_code == 302
    assert Contact.objects.get(person=other).overlaps


def test_forty_thousand_characters_are_kept_one_more_is_said(web: Client, person: Person) -> None:
    long = "🙂 שלום " + "x" * (40_000 - 7)
    refused(web, person, "40,001 letters; 40,000 fit into one note.", narrative=long + "y")
    row = new_id()
    saved = web.post(at("autosave", person, row), sent(person, narrative=long + "y", writer="a", stroke="1"))
    assert saved.json() == {"version": 1}
    assert Draft.objects.get().content["narrative"] == [long + "y"]
    signed = web.post(at("write", person, row), sent(person, narrative=long, writer="a", version="1"))
    assert signed.status_code == 302
    assert Contact.objects.get().narrative == long
    assert Entry.objects.get(source_kind="contact").text == long
    assert long in web.get(signed.headers["Location"]).content.decode()


def test_emoji_and_right_to_left_come_back_as_they_were_typed(web: Client, person: Person) -> None:
    row = new_id()
    web.post(at("autosave", person, row), sent(person, writer="a", stroke="1"))
    text = unescape(web.get(at("write", person, row)).content.decode())
    assert all(words in text for words in WORDS.values())
    signed = web.post(at("write", person, row), sent(person, writer="a", version="1"))
    contact = Contact.objects.get()
    assert (contact.narrative, contact.next_step) == (TEXT, WORDS["next_step"])
    page = web.get(signed.headers["Location"]).content.decode()
    assert "<b>“Ünïcödé”</b>" not in page
    assert TEXT in unescape(page)
    assert 'dir="auto"' in page


def test_sent_twice_it_is_there_once(web: Client, person: Person) -> None:
    row = new_id()
    first, second = (web.post(at("write", person, row), sent(person)) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"] == at("read", person, row)
    assert (Contact.objects.count(), Entry.objects.filter(source_kind="contact").count()) == (1, 1)


def test_two_workers_sign_about_the_same_hour_each_their_own(web: Client, person: Person, episode: Episode) -> None:
    colleague = StaffFactory()
    AssignmentFactory(client=person, staff=colleague, kind="secondary", episode=episode)
    row = new_id()
    assert web.post(at("write", person, row), sent(person)).status_code == 302
    theirs = browser(colleague)
    assert theirs.post(at("write", person, new_id()), sent(person, narrative="Mine, too")).status_code == 302
    assert not Contact.objects.get(staff=colleague).overlaps
    taken = theirs.post(at("write", person, row), sent(person, narrative="Under the same number"))
    assert taken.status_code == 422
    assert "This note is already signed." in taken.content.decode()
    assert "Under the same number" in taken.content.decode()
    assert Contact.objects.count() == 2


def test_a_day_far_ahead_stays_in_its_field(web: Client, person: Person) -> None:
    refused(web, person, "still to come", day=(NOW + timedelta(days=400)).date().isoformat())
