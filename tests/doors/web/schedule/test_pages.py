"""The calendar through its pages, without JavaScript."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from goldthread.casework.contacts.models import Contact
from goldthread.casework.schedule.models import Appointment, AppointmentWorker, CalendarFeed
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.access.world import browser
from tests.clock import agency_today
from tests.doors.web.clients.people import client_of, team_with
from tests.factories import PersonFactory, StaffFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("well_into_the_day")]


@pytest.fixture
def worker() -> Staff:
    return team_with(Role.CASE_MANAGER)


@pytest.fixture
def person(worker: Staff) -> Person:
    return client_of(worker, worker.memberships.get().team, given="Lu", family="Ferreira")


@pytest.fixture
def page(worker: Staff) -> Client:
    return browser(worker)


def form(worker: Staff, **more: Any) -> dict[str, Any]:
    day = agency_today() + timedelta(days=1)
    said = {"kind": "visit", "day": day.isoformat(), "start": "10:00", "end": "11:00", "workers": [worker.pk]}
    return {"form_id": new_id(), "place": "Home", "title": "", "unit": ""} | said | more


def begun(worker: Staff, person: Person | None, **more: Any) -> Appointment:
    now = timezone.now()
    times = {"starts_at": now - timedelta(minutes=50), "ends_at": now - timedelta(minutes=5)}
    said: dict[str, Any] = {"kind": "visit", "place": "Corner cafe", "zone": "UTC", "made_at": now, "changed_at": now}
    row = Appointment.objects.create(client=person, **(said | times | more))
    AppointmentWorker.objects.create(appointment=row, staff=worker, starts_at=row.starts_at)
    return row


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_made_with_six_fields_to_begin_with(page: Client, worker: Staff, person: Person) -> None:
    path = f"/clients/{person.pk}/calendar/new/"
    shown = page.get(path).content.decode()
    asked = shown[shown.index("grid-fields") : shown.index("<details", shown.index("grid-fields"))]
    assert len(set(re.findall(r'<(?:input|select|textarea)[^>]* name="(\w+)"', asked))) <= 6
    sent = form(worker)
    for _ in range(2):
        assert page.post(path, sent).headers["Location"] == f"/clients/{person.pk}/calendar/"
    assert Appointment.objects.get().pk == sent["form_id"]
    assert "Visit Home" in words(page.get(f"/clients/{person.pk}/calendar/"))
    assert "Lu Ferreira" in words(page.get(f"/calendar/?day={sent['day']}"))
    assert "Next " in words(page.get(f"/clients/{person.pk}/"))


def test_a_busy_hour_is_shown_and_confirmed(page: Client, worker: Staff, person: Person) -> None:
    path = f"/clients/{person.pk}/calendar/new/"
    page.post(path, form(worker, place="First place"))
    again = form(worker, start="10:30", end="11:30", place="Second place")
    answer = page.post(path, again)
    assert answer.status_code == 422
    said = words(answer)
    assert "Already in the calendar at that time" in said
    assert "Lu Ferreira, Visit" in said
    assert 'value="Second place"' in answer.content.decode()
    assert Appointment.objects.count() == 1
    assert page.post(path, again | {"asked": "1", "confirmed": "on"}).status_code == 302
    assert Appointment.objects.count() == 2


def test_the_clash_with_a_client_one_may_not_see_is_only_busy(page: Client, worker: Staff, person: Person) -> None:
    hidden = PersonFactory(given="Secret", family="Person")
    begun(
        worker, hidden, starts_at=timezone.now() - timedelta(minutes=5), ends_at=timezone.now() + timedelta(minutes=5)
    )
    answer = page.get("/calendar/")
    assert "Busy" in words(answer)
    assert "Secret" not in words(answer)
    assert "Corner cafe" not in words(answer)


def test_attendance_in_one_click_and_a_reason_when_not_kept(page: Client, worker: Staff, person: Person) -> None:
    row = begun(worker, person)
    path = f"/clients/{person.pk}/calendar/{row.pk}/"
    assert page.post(f"{path}settle/", {"state": "missed_by_client", "reason": ""}).status_code == 422
    assert page.post(f"{path}settle/", {"state": "kept", "back": "week"}).headers["Location"].startswith("/calendar/")
    row.refresh_from_db()
    assert row.state == "kept"
    page.post(f"{path}settle/", {"state": "planned"})
    answer = page.post(f"{path}settle/", {"state": "rescheduled", "reason": "Snow"})
    assert answer.headers["Location"] == f"/clients/{person.pk}/calendar/new/?from={row.pk}"
    assert "Corner cafe" in page.get(answer.headers["Location"]).content.decode()


def test_taken_back_it_says_what_took_its_place(page: Client, worker: Staff, person: Person) -> None:
    path, sent = f"/clients/{person.pk}/calendar/new/", form(worker)
    page.post(path, sent)
    row = f"/clients/{person.pk}/calendar/{sent['form_id']}/settle/"
    page.post(row, {"state": "cancelled_by_us", "reason": "Snow"})
    assert "something else at that time now" not in words(page.post(row, {"state": "planned"}, follow=True))
    page.post(row, {"state": "cancelled_by_us", "reason": "Snow"})
    assert page.post(path, form(worker)).status_code == 302
    assert "something else at that time now" in words(page.post(row, {"state": "planned"}, follow=True))


def test_the_note_arrives_filled_and_its_signature_settles_it(page: Client, worker: Staff, person: Person) -> None:
    row = begun(worker, person)
    shown = page.get(f"/clients/{person.pk}/note/?appointment={row.pk}").content.decode()
    assert f'name="appointment" value="{row.pk}"' in shown
    assert "Corner cafe" in shown
    filled = {name: re.search(rf'name="{name}"[^>]* value="([^"]+)"', shown) for name in ("day", "start", "end")}
    note: UUID = new_id()
    sent = {
        "do": "sign",
        "appointment": row.pk,
        "how": "phone",
        **{name: found[1] for name, found in filled.items() if found},
        "who": person.pk,
        "activity": "care_planning",
        "narrative": "We spoke.",
        "safety": "no",
    }
    answer = page.post(f"/clients/{person.pk}/note/{note}/", sent)
    assert answer.status_code == 302
    assert Contact.objects.filter(pk=note).exists()
    row.refresh_from_db()
    assert (row.state, row.contact) == ("kept", note)


def test_somebody_elses_appointments_are_not_found(page: Client, worker: Staff, person: Person) -> None:
    theirs = begun(StaffFactory(), None)
    assert page.get(f"/calendar/{theirs.pk}/").status_code == 404
    other = begun(worker, PersonFactory())
    assert page.get(f"/clients/{person.pk}/calendar/{other.pk}/").status_code == 404
    assert page.get(f"/clients/{other.client_id}/calendar/").status_code == 404
    assert browser(StaffFactory(role=Role.BILLING)).get("/calendar/").status_code == 404


def test_the_feed_tells_initials_and_nothing_else(page: Client, worker: Staff, person: Person) -> None:
    cache.clear()
    begun(worker, person, title="Custody of Noor")
    begun(worker, PersonFactory(given="Gone", family="Away"), kind="court")
    address = re.search(
        r'value="https?://[^/]+(/calendar/feed/[^"]+\.ics)"', page.post("/calendar/feed/").content.decode()
    )
    assert address
    stranger = Client()
    answer = stranger.get(address[1])
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    text = answer.content.decode()
    assert re.findall(r"SUMMARY:(.*)\r", text) == ["LF"]
    for secret in ("Ferreira", "Custody", "cafe", "Visit", "GA"):
        assert secret not in text
    assert Event.objects.filter(action="schedule.feed_read").count() == 1
    page.post("/calendar/feed/", {"do": "off"})
    assert not CalendarFeed.objects.exists()
    assert stranger.get(address[1]).status_code == 404


def test_whoever_guesses_links_has_to_wait() -> None:
    team_with(Role.CASE_MANAGER)
    cache.clear()
    codes = [Client().get(f"/calendar/feed/guess-{number}.ics").status_code for number in range(32)]
    assert codes[:30] == [404] * 30
    assert codes[30:] == [429, 429]
    cache.clear()


def statements(page: Client, path: str) -> int:
    page.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert page.get(path).status_code == 200
    return len([one for one in asked.captured_queries if not re.match(r"(SAVEPOINT|RELEASE|BEGIN|COMMIT)", one["sql"])])


@pytest.mark.parametrize(("path", "most"), [("/calendar/", 10), ("/clients/{}/calendar/", 21)])
def test_many_cost_no_more_statements_than_one(
    page: Client, worker: Staff, person: Person, path: str, most: int
) -> None:
    begun(worker, person)
    few = statements(page, path.format(person.pk))
    for _ in range(12):
        begun(worker, person)
    assert statements(page, path.format(person.pk)) == few
    assert few <= most, few
