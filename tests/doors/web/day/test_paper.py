"""The whole day on paper: a brief of each client to be seen, whole and compact, under the same rules as the record."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from goldthread.casework.contacts.actions.concerns import raise_concern
from goldthread.casework.record.actions import write_entry
from goldthread.casework.record.enums import EntryKind
from goldthread.casework.schedule.models import Appointment, AppointmentWorker
from goldthread.casework.tasks.actions.tasks import make_task
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.enums import AddressKind, AlertKind, ContactKind
from goldthread.people.persons.models import Address, Alert, ContactPoint, Person
from tests.access.world import browser
from tests.casework.tasks.making import by_on
from tests.doors.web.clients.people import TODAY, client_of, team_with
from tests.factories import AssignmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def renee() -> Staff:
    return team_with(Role.CASE_MANAGER)


@pytest.fixture
def page(renee: Staff) -> Client:
    return browser(renee)


def known(staff: Staff, given: str, due: int | None = 0) -> Person:
    """A client of *staff* with everything that a brief can hold; *due*: in how many days something is."""
    person = client_of(staff, staff.memberships.get().team, given=given, family="Ellery")
    Alert.objects.create(person=person, kind=AlertKind.DOG, short=f"Dog at {given}'s", words="Loose", review_on=TODAY)
    ContactPoint.objects.create(
        person=person, kind=ContactKind.MOBILE, value="(617) 555-0123", key="3210555716", safe_to_call=False
    )
    Address.objects.create(person=person, kind=AddressKind.CURRENT, line1="16 Rope Walk", city="Alderquay")
    by = by_of(staff)
    if due is not None:
        make_task(title="Plan review", owner=staff, client=person, due_on=TODAY + timedelta(days=due), by=by)
    facts: dict[str, Any] = {"next_step": "Bring the form", "next_on": TODAY.isoformat()}
    wrote = {"source_kind": "contact", "labels": 0, "episode": None, "facts": facts, "by": by}
    for days, title in ((9, "Older call"), (2, "Newest call")):
        at = datetime.combine(TODAY - timedelta(days=days), datetime.min.time(), timezone.get_current_timezone())
        write_entry(kind=EntryKind.CONTACT, person=person, happened_at=at, source_id=new_id(), title=title, **wrote)
    raise_concern(person=person, episode=None, about="Day program", what="Too loud", raised_on=TODAY, by=by)
    return person


def by_of(staff: Staff) -> Actor:
    return by_on(TODAY, staff=staff.pk)


def visit(staff: Staff, client: Person | None) -> None:
    """Today at the hour that it is; without a client a meeting of the agency's own."""
    now = timezone.now()
    row = Appointment.objects.create(
        client=client,
        kind="visit" if client else "meeting",
        place="Kitchen table",
        starts_at=now,
        ends_at=now + timedelta(minutes=1),
        zone="America/New_York",
        made_at=now,
        changed_at=now,
    )
    AppointmentWorker.objects.create(appointment=row, staff=staff, starts_at=now)


def paper(page: Client, query: str = "") -> str:
    return page.get(f"/day/print/{query}").content.decode()


def test_a_brief_holds_what_is_needed_at_the_door(page: Client, renee: Staff) -> None:
    marcus = known(renee, "Marcus")
    visit(renee, marcus)
    body = paper(page)
    for words in (
        "Dog at Marcus&#x27;s",
        "(617) 555-0123",
        "no calls",
        "16 Rope Walk",
        "Plan review",
        "Newest call",
        "Bring the form",
        "Day program",
        "Too loud",
        "Kitchen table",
    ):
        assert words in body
    assert "Older call" not in body


def test_whom_it_holds_appointments_first_then_what_is_late_and_due(page: Client, renee: Staff) -> None:
    known(renee, "Later", due=3)
    known(renee, "Today")
    known(renee, "Late", due=-3)
    visit(renee, known(renee, "Seen", due=None))
    body = paper(page)
    briefs = body[body.index('id="briefs"') :]
    order = [briefs.index(f">{name} Ellery</h3>") for name in ("Seen", "Late", "Today")]
    assert order == sorted(order)
    assert ">Later Ellery</h3>" not in body
    only = paper(page, "?briefs=visits")
    assert ">Seen Ellery</h3>" in only
    assert ">Late Ellery</h3>" not in only


def test_each_client_is_on_the_audit_log(page: Client, renee: Staff) -> None:
    pair = {known(renee, "Marcus").pk, known(renee, "Lena", due=-1).pk}
    paper(page)
    events = Event.objects.filter(actor=renee.pk, action="client.read", details={"page": "day:print"})
    assert set(events.values_list("client", flat=True)) == pair


def test_rows_under_a_label_are_on_it_only_for_who_is_cleared(renee: Staff) -> None:
    """A colleague of the team may write a task for the client, and does not learn the safe address."""
    marcus = known(renee, "Marcus", due=None)
    Address.objects.create(person=marcus, kind=AddressKind.SAFE, line1="99 Hidden Lane", labels=Label.DOMESTIC_VIOLENCE)
    raise_concern(
        person=marcus, episode=None, about="Shelter", what="Hidden worry", raised_on=TODAY, by=by_of(renee)
    ).__class__.objects.filter(about="Shelter").update(labels=Label.DOMESTIC_VIOLENCE)
    colleague = team_with(Role.CASE_MANAGER)
    colleague.memberships.update(team=renee.memberships.get().team)
    for staff in (renee, colleague):
        make_task(title="Plan review", owner=staff, client=marcus, due_on=TODAY, by=by_of(staff))
    own, other = paper(browser(renee)), paper(browser(colleague))
    assert "99 Hidden Lane" in own
    assert "Hidden worry" in own
    assert "16 Rope Walk" in other
    assert "99 Hidden Lane" not in other
    assert "Hidden worry" not in other


def test_a_client_who_was_handed_on_is_not_on_it(page: Client, renee: Staff) -> None:
    marcus = known(renee, "Marcus")
    marcus.assignments.all().delete()
    AssignmentFactory(client=marcus)
    assert "Marcus" not in paper(page)


def test_many_briefs_take_as_many_queries_as_one(page: Client, renee: Staff) -> None:
    visit(renee, known(renee, "One"))
    paper(page)
    many = []
    for more in range(2):
        with CaptureQueriesContext(connection) as queries:
            paper(page)
        many.append(len(queries))
        if not more:
            for number in range(6):
                visit(renee, known(renee, f"More{number}"))
    assert many[0] == many[1]
    assert many[0] <= 32


def test_a_brief_stays_short_however_much_is_due(page: Client, renee: Staff) -> None:
    marcus = known(renee, "Marcus", due=None)
    for number in range(11):
        make_task(title=f"Call {number:02}", owner=renee, client=marcus, due_on=TODAY, by=by_of(renee))
    body = paper(page)
    brief = body[body.index('id="briefs"') :]
    brief = brief[: brief.index("</article>")]
    assert brief.count("Call ") == 8
    assert "3 more" in brief


def test_the_greeting_says_how_many_visits_there_are_and_when_the_first_is(page: Client, renee: Staff) -> None:
    assert 'href="#visits"' not in page.get("/day/").content.decode()
    visit(renee, known(renee, "Marcus"))
    visit(renee, known(renee, "Ellery"))
    said = " ".join(page.get("/day/").content.decode().split())
    assert "2 visits</b></a>, first at " in said
    assert 'id="visits"' in said


def test_a_meeting_without_a_client_is_an_appointment_and_no_visit(page: Client, renee: Staff) -> None:
    visit(renee, None)
    said = " ".join(page.get("/day/").content.decode().split())
    assert 'Appointments today</a> <span class="count">1</span>' in said
    assert 'href="#visits"' not in said
    visit(renee, known(renee, "Marcus"))
    said = " ".join(page.get("/day/").content.decode().split())
    assert 'Appointments today</a> <span class="count">2</span>' in said
    assert "1 visit</b></a>, first at " in said
