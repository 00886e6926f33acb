"""One poisoned value in a form or an address that is otherwise right: it is answered by a page that says so, and never by a fault."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client, RequestFactory
from django.utils import timezone

from goldthread.casework.contacts.models import Concern
from goldthread.casework.episodes.models import Episode
from goldthread.casework.incidents.models import MandatedReport
from goldthread.casework.needs.models import Need
from goldthread.casework.tasks.models import Task
from goldthread.doors.web.encodings import OneEncoding
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.facts.models import Fact
from goldthread.people.persons.models import Person
from tests.access.world import browser
from tests.casework.caseload.programs import enrolled
from tests.clock import agency_today
from tests.doors.web.clients.people import client_of, team_with
from tests.factories import LONG_AGO

pytestmark = pytest.mark.django_db
HUGE = "9" * 5000
"""More digits than Python reads as a number."""
TODAY = agency_today()


@pytest.fixture
def worker() -> Staff:
    return team_with(Role.CASE_MANAGER)


@pytest.fixture
def dana(worker: Staff) -> Person:
    return client_of(worker, worker.memberships.get().team, given="Dana")


@pytest.fixture
def kim(worker: Staff) -> Person:
    return client_of(worker, worker.memberships.get().team, given="Kim")


@pytest.fixture
def web(worker: Staff) -> Client:
    return browser(worker)


def the_text(answer: Any) -> str:
    return str(answer.content.decode())


# addresses


@pytest.mark.parametrize("charset", ["utf-7", "utf-16", "raw_unicode_escape", "latin-1"])
def test_an_address_in_another_encoding(web: Client, charset: str) -> None:
    """No percent and two zeros stand in it, and yet it is a null character to who reads it so."""
    for query in ("text=%41", "text=\\u0000", "text=%2BAAA-", "text=%2B2AA-"):
        answer = web.get("/clients/?whose=all&" + query, CONTENT_TYPE=f"text/plain; charset={charset}")
        assert answer.status_code == 400, query
    assert web.get("/clients/?whose=all&text=%41", CONTENT_TYPE="text/plain; charset=UTF8").status_code == 200
    assert web.get("/clients/?whose=all&text=%41", CONTENT_TYPE="text/plain; charset=nonsense").status_code == 200


@pytest.mark.parametrize("charset", ["base64", "rot13", "hex", "idna", "undefined", "utf-16", '"base64"'])
def test_an_address_in_what_is_no_encoding_of_text(web: Client, charset: str) -> None:
    """Asked as the web server asks: Django's own request failed while it was made, before any of our code."""
    assert asked("/clients/", "text=%41", f"text/plain; charset={charset}") == 400
    assert asked("/clients/", "text=%41", f"text/plain; Charset = {charset}; a=b") == 400


def test_an_address_of_more_fields_than_are_read(web: Client) -> None:
    most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    assert most
    fields = "&".join(["a=1"] * (most + 1))
    assert asked("/clients/", fields, "text/plain; charset=utf-8") == 302
    assert asked("/clients/", "a=1", "text/plain; charset=utf-8") == 302  # to the door
    assert asked("/clients/", "a=1", "text/plain; charset=nonsense") == 302


def asked(path: str, query: str, content_type: str) -> int:
    """The status with which what gunicorn serves answers. Django's signals around a request would close the test's connection."""
    handler: Any = WSGIHandler()

    def django(environ: dict[str, Any], _start: Any) -> list[bytes]:
        return [str(handler.get_response(handler.request_class(environ)).status_code).encode()]

    environ = RequestFactory().get(path).environ | {"QUERY_STRING": query, "CONTENT_TYPE": content_type}
    return int(b"".join(OneEncoding(django)(environ, None)))


def test_a_form_in_another_encoding(web: Client) -> None:
    body = b'--b\r\nContent-Disposition: form-data; name="title"\r\n\r\n+2AA-\r\n--b--\r\n'
    answer = web.generic("POST", "/day/tasks/new/", body, content_type="multipart/form-data; boundary=b; charset=utf-7")
    assert answer.status_code == 400


def test_a_client_whose_id_is_written_otherwise(web: Client, dana: Person) -> None:
    for written in (str(dana.pk).upper(), dana.pk.hex, f"{{{dana.pk}}}", dana.pk.urn):
        answer = web.get("/calendar/new/", {"client": written, "day": "2026-12-01"})
        assert (answer.status_code, answer["Location"]) == (302, f"/clients/{dana.pk}/calendar/new/?day=2026-12-01")
    assert web.get("/calendar/new/", {"client": "nobody"}).status_code == 404


def test_an_inquiry_that_nobody_kept_is_not_opened_again() -> None:
    page = browser(team_with(Role.INTAKE))
    assert page.post(f"/inquiries/{new_id()}/", {"do": "reopen"}).status_code == 404


def test_who_a_program_is_for_tried_with_numbers_without_end(worker: Staff) -> None:
    staff = team_with(Role.ADMINISTRATOR)
    program = enrolled(actor_of(staff), LONG_AGO).program
    page = browser(staff)
    for income in ("1E999999", "-1E999999", "NaN", "Infinity", "9" * 300):
        assert page.get(f"/settings/programs/{program.pk}/who/", {"income": income}).status_code == 200
    for household in (HUGE[:3000], "0001" + HUGE[:3000]):
        assert page.get(f"/settings/programs/{program.pk}/who/", {"household": household}).status_code == 200


# numbers and days


@pytest.mark.parametrize("miles", ["nan", "sNaN", "inf", "-1", "1e9", "9999.99"])
def test_miles_that_are_no_number(web: Client, dana: Person, worker: Staff, miles: str) -> None:
    """The draft could not be opened any more, once *nan* was kept in it."""
    enrolled(actor_of(worker), LONG_AGO, person=dana, staff=worker)
    row = new_id()
    path = f"/clients/{dana.pk}/note/{row}/"
    said = {"narrative": "We talked", "miles": miles, "how": "phone", "who": str(dana.pk), "version": "0"}
    assert web.post(f"{path}save/", said).status_code == 200
    assert miles in the_text(web.get(path))
    answer = web.post(path, {**said, "version": "1", "do": "sign"})
    assert answer.status_code == 422
    assert "We talked" in the_text(answer)


def test_the_version_of_a_concern(web: Client, dana: Person) -> None:
    web.post(f"/clients/{dana.pk}/concerns/new/", {"about": "Transport", "what": "Late"})
    path = f"/clients/{dana.pk}/concerns/{Concern.objects.get().pk}/"
    assert web.post(path, {"do": "ask", "asked": "The driver", "version": HUGE}).status_code == 422


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2201-01-01", "1799-12-31"])
def test_a_day_at_the_end_of_the_calendar(web: Client, dana: Person, day: str) -> None:
    """A task that repeats, due on the last day there is, could never be done: no day comes after it."""
    sent = {"title": "Call", "due_on": day, "repeat": "1 weeks"}
    answer = web.post(f"/clients/{dana.pk}/tasks/new/", sent)
    assert answer.status_code == 422
    assert "The year" in the_text(answer)
    assert not Task.objects.exists()
    answer = web.post(f"/clients/{dana.pk}/facts/housing/add/", {"setting": "own", "starts_on": day, "said_on": day})
    assert answer.status_code == 422


def test_the_last_day_of_an_administrator() -> None:
    boss, other = team_with(Role.ADMINISTRATOR), team_with(Role.ADMINISTRATOR)
    role = other.roles.get()
    answer = browser(boss).post(f"/settings/staff/roles/{role.pk}/end/", {"last_day": "9999-12-31"})
    assert answer.status_code == 422


# the id of a form that was sent before, for somebody else


def test_the_same_form_for_somebody_else_loses_nothing_unsaid(web: Client, dana: Person, kim: Person) -> None:
    """Each said *saved*, and what was typed was gone; or was a fault."""
    forms: dict[str, tuple[Any, dict[str, str]]] = {
        "tasks/new/": (Task, {"title": "Call"}),
        "concerns/new/": (Concern, {"about": "Transport", "what": "Late"}),
        "facts/allergy/add/": (Fact, {"to": "Nuts", "severity": "mild", "said_by": "client", "said_on": str(TODAY)}),
        "needs/add/": (Need, {"words": "A bed", "domain": "housing", "strength": "2"}),
        "report/": (MandatedReport, {"population": "child", "state": "CA", "seen": "Bruises",
                                     "suspected_on": str(TODAY - timedelta(days=1)), "suspected_time": "10:00"}),
    }  # fmt: skip
    for page, (model, said) in forms.items():
        sent = {**said, "form_id": str(new_id())}
        first = web.post(f"/clients/{dana.pk}/{page}", sent)
        assert first.status_code == 302, (page, the_text(first))
        assert web.post(f"/clients/{dana.pk}/{page}", sent).status_code == 302, page
        again = web.post(f"/clients/{kim.pk}/{page}", sent)
        assert again.status_code == 422, page
        assert "This form was sent before for somebody else" in the_text(again), page
        assert model.objects.count() == (3 if model is Task and MandatedReport.objects.exists() else 1), page


def actor_of(staff: Staff) -> Actor:
    return Actor(at=timezone.now(), today=TODAY, staff=staff.pk, name=staff.name)


def test_a_role_given_by_a_form_of_somebody_else() -> None:
    boss, one, two = (team_with(Role.ADMINISTRATOR), team_with(Role.INTAKE), team_with(Role.INTAKE))
    sent = {"form_id": str(new_id()), "role": Role.QUALITY, "starts_on": str(TODAY)}
    page = browser(boss)
    assert page.post(f"/settings/staff/{one.pk}/role/", sent).status_code == 302
    assert page.post(f"/settings/staff/{two.pk}/role/", sent).status_code == 422
    assert Role.QUALITY not in set(two.roles.values_list("role", flat=True))
    assert Episode.objects.count() == 0
