"""The page of the timeline: each act of care as a line, whatever was typed into it shown as typed."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldthread.casework.record.models import Entry
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.access.world import browser
from tests.clock import ZONE, agency_today
from tests.doors.web.clients.people import client_of, team_with
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db
NOON = datetime.combine(agency_today(), datetime.min.time(), tzinfo=ZoneInfo(ZONE)) + timedelta(hours=12)


@pytest.fixture
def renee() -> Staff:
    return team_with(Role.CASE_MANAGER)


@pytest.fixture
def dana(renee: Staff) -> Person:
    return client_of(renee, renee.memberships.get().team, given="Dana", family="Ortiz")


def entry(person: Person, **more: Any) -> Entry:
    said = {"kind": "contact", "source_kind": "contact", "source_id": new_id(), "happened_at": NOON, "written_at": NOON}
    made: Entry = Entry.objects.create(person=person, **(said | more))
    return made


def page(staff: Staff, person: Person, query: str = "") -> str:
    answer = browser(staff).get(f"/clients/{person.pk}/timeline/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_line_says_when_what_how_long_and_who(renee: Staff, dana: Person) -> None:
    facts = {"mode": "in_person", "place": "residence", "minutes": 50, "late": True, "next_step": "Call <school>"}
    facts |= {"next_on": (agency_today() + timedelta(days=1)).isoformat()}
    made = entry(dana, actor=StaffFactory(name="Ana O'Neil"), text="Said <b>so</b> & more", facts=facts)
    shown = page(renee, dana)
    assert f'<a href="/clients/{dana.pk}/notes/{made.source_id}/"><b>' in shown
    assert '<span class="small soft">50 min · Ana O&#x27;Neil</span>' in shown
    assert '<p class="told" dir="auto">Said &lt;b&gt;so&lt;/b&gt; &amp; more</p>' in shown
    assert '<span dir="auto">Call &lt;school&gt;</span>, tomorrow' in shown
    assert f'<time datetime="{NOON.isoformat()}">today</time>' in shown
    assert "Written late</span>" in shown


def test_what_was_voided_is_marked(renee: Staff, dana: Person) -> None:
    entry(dana, title="Wrong <one>", voided=True)
    shown = page(renee, dana)
    assert '<li class="gone">' in shown
    assert "<b>Wrong &lt;one&gt;</b>" in shown


def test_labelled_entries_are_not_there_for_whoever_is_not_cleared(renee: Staff, dana: Person) -> None:
    entry(dana, title="Open")
    entry(dana, title="Closed", labels=Label.PSYCHOTHERAPY_NOTES)
    shown = page(renee, dana)
    assert "<b>Open</b>" in shown
    assert "<b>Closed</b>" not in shown


def test_workers_who_worked_with_the_client_can_be_chosen(renee: Staff, dana: Person) -> None:
    shown = page(renee, dana, f"?worker={renee.pk}")
    assert f'<option value="{renee.pk}" selected>{renee.name}</option>' in shown


def test_a_hundred_entries_ask_as_little_as_one(renee: Staff, dana: Person) -> None:
    entry(dana)
    page(renee, dana)
    with CaptureQueriesContext(connection) as few:
        page(renee, dana)
    for _number in range(100):
        entry(dana)
    with CaptureQueriesContext(connection) as many:
        page(renee, dana)
    assert len(many) == len(few)
