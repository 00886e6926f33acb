"""The page of a group's note over HTTP: without scripts, with autosave; who may be chosen; what whose record says."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from goldthread.casework.caseload.actions import enrol
from goldthread.casework.contacts.models import Contact
from goldthread.casework.episodes.models import Episode
from goldthread.casework.record.models import Draft
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.models import Program
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.access.world import browser
from tests.casework.contacts.making import program
from tests.clock import agency_today
from tests.factories import PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db
NAMES = ("Anabel Quillby", "Bartek Marlowe", "Chidi Nwosu")
QUERIES = {"page": 30, "ahead": 26}
"""At most, however many are in the group."""


@pytest.fixture
def worker() -> Staff:
    return StaffFactory()


@pytest.fixture
def clients(worker: Staff) -> list[Person]:
    return [client_of(worker, name) for name in NAMES]


@pytest.fixture
def web(worker: Staff) -> Client:
    return browser(worker)


def client_of(worker: Staff, name: str, key: str = "mental-health-tcm") -> Person:
    person = PersonFactory(given=name.split()[0], family=name.split()[1], display_name=name)
    by = Actor(at=timezone.now(), today=agency_today())
    found = Program.objects.filter(key=key).first() or program(key)
    enrol(program=found, person=person, enrolled_on=date(2026, 1, 5), staff=worker, by=by)
    return person


def at(name: str, *more: Any) -> str:
    return reverse(f"contacts:{name}", args=more)


def sent(clients: list[Person], **more: Any) -> dict[str, Any]:
    """A group of yesterday, from 9 to 9:50 in the agency's zone."""
    said = {
        "program": str(Program.objects.get(key="mental-health-tcm").pk),
        "with": [str(one.pk) for one in clients],
        "how": "kind:office-visit",
        "day": (timezone.now() - timedelta(days=1)).date().isoformat(),
        "start": "09:00",
        "end": "09:50",
        "activity": ["skills_teaching"],
        "narrative": "We practised calling a landlord.",
        "version": "0",
    }
    return said | more


def test_without_scripts_chosen_saved_and_signed(web: Client, clients: list[Person]) -> None:
    row = new_id()
    first = web.get(at("group_new")).content.decode()
    assert [name in first for name in NAMES] == [True, True, True]
    chosen = web.post(at("group", row), sent(clients, do="members"))
    assert chosen.headers["Location"] == at("group", row)
    page = web.get(at("group", row)).content.decode()
    assert page.count('class="member"') == 3
    assert b"Group note" in web.get(at("drafts")).content
    assert at("group", row) in web.get("/day/").content.decode()
    own = {f"own_{clients[0].pk}": "Called her landlord", f"came_{clients[1].pk}": "no"}
    signed = web.post(at("group", row), sent(clients, do="sign", version="1", **own))
    assert signed.headers["Location"] == at("group", row)
    assert not Draft.objects.exists()
    page = web.get(at("group", row)).content.decode()
    assert [name in page for name in NAMES] == [True, True, True]
    assert "did not come" in page
    again = web.post(at("group", row), sent(clients, do="sign"))
    assert again.status_code == 302
    assert Contact.objects.count() == 3


def test_no_record_names_another_client(web: Client, clients: list[Person]) -> None:
    row = new_id()
    own = {f"own_{one.pk}": f"Qonly{one.display_name.split()[0]}" for one in clients}
    web.post(at("group", row), sent(clients, do="sign", **own))
    for one in clients:
        contact = Contact.objects.get(person=one)
        for url in (
            reverse("contacts:read", args=[one.pk, contact.pk]),
            reverse("timeline:list", args=[one.pk]),
            reverse("clients:brief", args=[one.pk]),
        ):
            text = web.get(url).content.decode()
            others = [other for other in clients if other != one]
            assert not any(other.display_name.split()[1] in text for other in others), url
            assert not any(f"Qonly{other.display_name.split()[0]}" in text for other in others), url


def test_what_is_wrong_is_said_at_its_client_and_everything_typed_stays(web: Client, clients: list[Person]) -> None:
    pk = clients[1].pk
    said = sent(clients, do="sign", **{f"next_{pk}": "مرحبا 🙂", f"min_{pk}": "many", f"own_{clients[0].pk}": "<b>x"})
    answer = web.post(at("group", new_id()), said)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert f'href="#f-m_{pk}"' in text
    assert "Write whole minutes" in text
    assert "مرحبا 🙂" in text
    assert "&lt;b&gt;x" in text
    assert not Contact.objects.exists()


def test_only_ones_own_programs_clients_can_be_chosen(web: Client, worker: Staff, clients: list[Person]) -> None:
    stranger = client_of(StaffFactory(), "Dunya Hidden")
    assert b"Hidden" not in web.get(at("group_new") + "?wide=1").content
    said = sent([*clients, stranger], do="sign")
    web.post(at("group", new_id()), said)
    assert set(Contact.objects.values_list("person", flat=True)) == {one.pk for one in clients}
    other = client_of(worker, "Elif Foster", "school-based")
    school = Episode.objects.get(person=other).program
    text = web.get(at("group_new") + f"?program={school.pk}").content.decode()
    assert ("Elif Foster" in text, "Anabel Quillby" in text) == (True, False)


def test_taken_off_the_note_a_part_stays_and_is_not_signed(web: Client, clients: list[Person]) -> None:
    own = {f"own_{clients[2].pk}": "Chidi wept"}
    said = sent(clients[:2], **own)
    text = web.post(at("group", new_id()), said | {"do": "members"}, headers={"HX-Request": "true"}).content.decode()
    assert "Chidi wept" in text
    assert "Not on this note any more" in text
    refused = web.post(at("group", new_id()), said | {"do": "sign"})
    assert refused.status_code == 422
    assert b"Chidi wept" in refused.content


def test_the_same_group_again_is_one_press(web: Client, clients: list[Person]) -> None:
    row = new_id()
    web.post(at("group", row), sent(clients, do="sign"))
    assert f"?like={row}" in web.get(at("group_new")).content.decode()
    text = web.get(at("group_new") + f"?like={row}").content.decode()
    assert text.count('class="member"') == 3
    assert 'value="kind:office-visit" checked' in " ".join(text.split())
    stranger = browser(StaffFactory())
    assert b"Quillby" not in stranger.get(at("group_new") + f"?like={row}").content
    assert b"Quillby" not in stranger.get(at("group", row)).content


def test_autosave_answers_versions_conflicts_and_the_signature(web: Client, clients: list[Person]) -> None:
    row = new_id()
    save = at("group_save", row)
    assert web.post(save, sent(clients, writer="a", stroke="1")).json() == {"version": 1}
    other = web.post(save, sent(clients, narrative="Mine", writer="b", stroke="1"))
    assert (other.status_code, other.json()["version"]) == (409, 1)
    web.post(at("group", row), sent(clients, do="sign", writer="a"))
    late = web.post(save, sent(clients, narrative="Late", writer="a", stroke="9"))
    assert (late.status_code, late.json()["signed"]) == (409, at("group", row))
    colleague = browser(StaffFactory())
    assert colleague.post(save, sent([])).status_code in (409, 422)


def test_whose_names_are_shown_is_recorded(web: Client, worker: Staff, clients: list[Person]) -> None:
    web.get(at("group_new"))
    seen = Event.objects.filter(action="client.listed", actor=worker.pk, details__page="contacts:group")
    assert set(seen.values_list("client", flat=True)) == {one.pk for one in clients}


def test_a_worry_about_one_leads_to_the_guide(web: Client, clients: list[Person]) -> None:
    row = new_id()
    answer = web.post(at("group", row), sent(clients, do="sign", **{f"safe_{clients[1].pk}": "1"}))
    contact = Contact.objects.get(person=clients[1])
    assert answer.headers["Location"] == f"{reverse('reports:new', args=[clients[1].pk])}?note={contact.pk}"
    assert Contact.objects.filter(safety_concern=True).count() == 1


def test_as_many_queries_for_eight_as_for_two(web: Client, worker: Staff, clients: list[Person]) -> None:
    more = [client_of(worker, f"Given{n} Family{n}") for n in range(5)]
    counts = {}
    for people in (clients[:2], [*clients, *more]):
        for name, data in (("group", {"do": "members"}), ("group_ahead", {})):
            with CaptureQueriesContext(connection) as asked:
                web.post(at(name, new_id()), sent(people, **data), headers={"HX-Request": "true"})
            counts[name, len(people)] = len(asked)
    assert counts["group", 2] == counts["group", 8]
    assert counts["group_ahead", 2] == counts["group_ahead", 8]
    assert counts["group", 8] <= QUERIES["page"], counts
    assert counts["group_ahead", 8] <= QUERIES["ahead"], counts
