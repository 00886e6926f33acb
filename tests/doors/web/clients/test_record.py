"""A client's pages over HTTP: what is hidden stays hidden, who may not edit cannot, and no page asks too often."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from goldthread.casework.plans.models import Goal, Objective, Plan
from goldthread.casework.record.models import Entry
from goldthread.casework.tasks.actions.tasks import make_task
from goldthread.foundation.agency.models import Team
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.enums import AddressKind, AlertKind, ContactKind, RelationshipKind
from goldthread.people.persons.models import Address, Alert, ContactPoint, Person, Relationship
from tests.access.test_content import episode
from tests.access.world import browser
from tests.casework.tasks.making import by_on
from tests.doors.web.clients.people import TODAY, client_of, team_with
from tests.factories import AT, LONG_AGO, AssignmentFactory, PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db
DV = int(Label.DOMESTIC_VIOLENCE)
MOST = {"": 21, "details/": 20, "circle/": 19, "history/": 16}
"""Statements that a page may take in all: session, viewer, gate, audit and content, however much is on record; one of them looks
for allergies that can kill."""


@pytest.fixture
def worker() -> Staff:
    return team_with(Role.CASE_MANAGER)


@pytest.fixture
def team(worker: Staff) -> Team:
    found: Team = worker.memberships.get().team
    return found


@pytest.fixture
def client_record(worker: Staff, team: Team) -> Person:
    """A client with a phone, an open and a safe address, alerts, a relative."""
    person = client_of(worker, team, given="Lu", family="Ferreira")
    ContactPoint.objects.create(person=person, kind=ContactKind.MOBILE, value="(555) 010-4418", safe_to_text=True)
    Address.objects.create(person=person, kind=AddressKind.CURRENT, line1="9 Open Road")
    safe = Address(person=person, kind=AddressKind.SAFE, line1="3 Hidden Lane")
    safe.labels = DV
    safe.save()
    alert = Alert(person=person, kind=AlertKind.SAFETY, short="Hiddenword", review_on=TODAY)
    alert.labels = DV
    alert.save()
    Alert.objects.create(person=person, kind=AlertKind.DOG, short="Dog in yard", review_on=TODAY)
    other = PersonFactory(given="Teresa", family="Ferreira", client_number=None)
    ContactPoint.objects.create(person=other, kind=ContactKind.MOBILE, value="(555) 010-2299", safe_to_call=True)
    Relationship.objects.create(pair=new_id(), person=person, other=other, kind=RelationshipKind.SIBLING)
    return person


@pytest.fixture
def page(worker: Staff) -> Client:
    return browser(worker)


def say(page: Client, path: str) -> str:
    return page.get(path).content.decode()


@pytest.mark.parametrize("tab", ["", "details/", "circle/"])
def test_rows_under_a_label_are_on_no_page_of_who_is_not_cleared(team: Team, client_record: Person, tab: str) -> None:
    colleague = StaffFactory(team=team)
    body = say(browser(colleague), f"/clients/{client_record.pk}/{tab}")
    for hidden in ("3 Hidden Lane", "Hiddenword", "Private address"):
        assert hidden not in body


def test_a_relative_under_a_label_is_not_in_the_circle(team: Team, client_record: Person) -> None:
    Person.objects.filter(display_name="Teresa Ferreira").update(labels=DV)
    body = say(browser(StaffFactory(team=team)), f"/clients/{client_record.pk}/circle/")
    assert "Teresa" not in body


def test_a_labelled_row_cannot_be_opened_by_its_address(team: Team, client_record: Person) -> None:
    hidden = Address.objects.get(line1="3 Hidden Lane")
    colleague = browser(StaffFactory(team=team))
    assert colleague.get(f"/clients/{client_record.pk}/addresses/{hidden.pk}/").status_code == 404


def forms(record: Person) -> list[str]:
    root = f"/clients/{record.pk}/"
    address = Address.objects.get(line1="9 Open Road")
    tie = record.relationships.get()
    adds = ("names", "reach", "addresses", "identifiers", "alerts", "family", "household")
    return [
        f"{root}about/edit/",
        f"{root}photo/edit/",
        *(f"{root}{section}/add/" for section in adds),
        f"{root}addresses/{address.pk}/",
        f"{root}family/{tie.pk}/end/",
        f"{root}circle/{tie.pk}/",
        f"{root}circle/{tie.pk}/reach/add/",
    ]


@pytest.mark.parametrize("role", [Role.QUALITY, Role.AUDITOR, Role.BILLING, Role.ADMINISTRATOR])
def test_who_may_not_edit_finds_none_of_the_forms(client_record: Person, role: Role) -> None:
    stranger = browser(StaffFactory(role=role))
    for path in forms(client_record):
        assert stranger.get(path).status_code == 404, path
        assert stranger.post(path).status_code in (404, 405), path


def test_the_worker_finds_every_form(page: Client, client_record: Person) -> None:
    for path in forms(client_record):
        assert page.get(path).status_code == 200, path


def test_another_client_s_row_is_not_found_under_this_one(
    page: Client, worker: Staff, team: Team, client_record: Person
) -> None:
    other = client_of(worker, team, given="Ot", family="Her")
    address = Address.objects.create(person=other, kind=AddressKind.CURRENT, line1="Elsewhere")
    assert page.get(f"/clients/{client_record.pk}/addresses/{address.pk}/").status_code == 404


def test_a_relative_s_phone_is_changed_from_the_circle(page: Client, client_record: Person) -> None:
    tie = client_record.relationships.get()
    phone = ContactPoint.objects.get(person=tie.other_id)
    path = f"/clients/{client_record.pk}/circle/{tie.pk}/reach/{phone.pk}/"
    sent = {"kind": "mobile", "value": "(555) 010-2300", "safe_to_call": "on", "version": tie.other.version}
    answer = page.post(path, sent)
    assert answer.headers["Location"] == f"/clients/{client_record.pk}/circle/{tie.pk}/"
    assert "(555) 010-2300" in say(page, f"/clients/{client_record.pk}/circle/")


def test_a_client_in_the_circle_has_pages_of_their_own(page: Client, worker: Staff, client_record: Person) -> None:
    child = PersonFactory(given="Ines", family="Ferreira")
    tie = Relationship.objects.create(pair=new_id(), person=client_record, other=child, kind=RelationshipKind.CHILD)
    assert page.get(f"/clients/{client_record.pk}/circle/{tie.pk}/").status_code == 404
    assert f"/clients/{child.pk}/" in say(page, f"/clients/{client_record.pk}/circle/")


def test_a_street_or_a_city_must_be_written(page: Client, client_record: Person) -> None:
    answer = page.post(f"/clients/{client_record.pk}/addresses/add/", {"kind": "current", "directions": "left"})
    assert answer.status_code == 422
    assert "left" in answer.content.decode()


def statements(page: Client, path: str) -> int:
    page.get(path)  # what is kept for the process is fetched once
    with CaptureQueriesContext(connection) as asked:
        assert page.get(path).status_code == 200
    return len([one for one in asked.captured_queries if not re.match(r"(SAVEPOINT|RELEASE|BEGIN|COMMIT)", one["sql"])])


@pytest.mark.parametrize("tab", list(MOST))
def test_a_page_asks_no_more_often_however_much_is_on_record(
    page: Client, worker: Staff, client_record: Person, tab: str
) -> None:
    path = f"/clients/{client_record.pk}/{tab}"
    few = statements(page, path)
    for number in range(5):
        Address.objects.create(person=client_record, kind=AddressKind.MAILING, line1=f"{number} Road", ends_on=LONG_AGO)
        ContactPoint.objects.create(person=client_record, kind=ContactKind.HOME, value=f"010-440{number}")
        Alert.objects.create(person=client_record, kind=AlertKind.OTHER, short=f"Alert {number}", review_on=TODAY)
        other: Any = PersonFactory(client_number=None)
        Relationship.objects.create(pair=new_id(), person=client_record, other=other, kind=RelationshipKind.FRIEND)
    assert statements(page, path) == few
    assert few <= MOST[tab], few


@pytest.mark.parametrize(("path", "most"), [("/clients/", 12), ("/search/?q=fer", 8)])
def test_list_and_search_ask_no_more_often_however_many_there_are(
    page: Client, worker: Staff, team: Team, client_record: Person, path: str, most: int
) -> None:
    few = statements(page, path)
    for number in range(5):
        person = PersonFactory(given="Fern", family=f"Ferro{number}")
        AssignmentFactory(client=person, staff=worker, team=team, starts_on=LONG_AGO)
    assert statements(page, path) == few
    assert few <= most, few


def test_a_worker_puts_a_label_on_an_alert_but_only_a_supervisor_takes_it_off(worker: Staff, team: Team) -> None:
    person = client_of(worker, team)
    boss = StaffFactory(role=Role.SUPERVISOR, team=team)
    alert = Alert.objects.create(person=person, kind=AlertKind.SAFETY, short="Call first", review_on=TODAY)
    page = f"/clients/{person.pk}/alerts/{alert.pk}/"
    words = {"kind": "safety", "short": "Call first", "review_on": TODAY.isoformat()}

    def save(who: Staff, labels: list[int]) -> int:
        person.refresh_from_db()
        sent = {**words, "labels": labels, "version": person.version}
        return int(browser(who).post(page, sent).status_code)

    assert save(worker, [DV]) == 302
    alert.refresh_from_db()
    assert alert.labels == DV
    assert save(worker, []) == 422
    assert save(boss, []) == 302
    alert.refresh_from_db()
    assert alert.labels == 0


def test_the_header_shows_a_worker_who_was_just_assigned(team: Team, worker: Staff) -> None:
    person = client_of(worker, team)
    boss = StaffFactory(role=Role.SUPERVISOR, team=team)
    second = StaffFactory(name="Jonah Whitcomb", team=team)
    sent = {"staff": second.pk, "kind": "secondary", "starts_on": "2026-01-05", "form_id": new_id()}
    answer = browser(boss).post(f"/clients/{person.pk}/workers/add/", sent, headers={"hx-request": "true"})
    header = answer.content.decode().split('id="client-header"')[1]
    assert "Jonah Whitcomb" in header


def test_the_brief_tells_of_the_last_contact_that_its_reader_may_read_however_many_others_are_newer(
    page: Client, worker: Staff, client_record: Person
) -> None:
    """Substance-use content of an episode that is not theirs: a mental-health worker sees none of it (42 CFR Part 2)."""
    other = episode(client_record, "recovery", int(Label.SUBSTANCE_USE))
    for day, labels in enumerate([0, *[int(Label.SUBSTANCE_USE)] * 5]):
        Entry.objects.create(
            kind="contact",
            person=client_record,
            actor=worker,
            episode=other if labels else None,
            happened_at=AT + timedelta(days=day),
            written_at=AT,
            labels=labels,
            source_kind="contact",
            source_id=new_id(),
            text=f"Said-{'hidden' if labels else 'openly'}",
        )
    body = say(page, f"/clients/{client_record.pk}/")
    assert "Said-openly" in body
    assert "Said-hidden" not in body
    Entry.objects.filter(labels=0).delete()
    assert "Last contact" not in say(page, f"/clients/{client_record.pk}/")


def test_the_brief_tells_their_goals_in_their_words_and_how_far_they_are(
    page: Client, worker: Staff, client_record: Person
) -> None:
    """Open goals alone, whatever the last contact was about; of an episode under a label nothing to who is not cleared."""
    for number, (words, label, state) in enumerate(
        (("My own door", 0, "open"), ("Use less", int(Label.SUBSTANCE_USE), "open"), ("Learn to swim", 0, "met"))
    ):
        of = episode(client_record, f"program-{number}", label)
        plan = Plan.objects.create(episode=of, person=client_record, made_by=worker, made_at=AT, labels=label)
        goal = Goal.objects.create(
            plan=plan, person=client_record, episode=of, words=words, domain="housing", opened_on=TODAY, labels=label, state=state
        )  # fmt: skip
        Objective.objects.create(goal=goal, words="Nights", latest="4", latest_on=TODAY, target="7", labels=label)
    body = " ".join(say(page, f"/clients/{client_record.pk}/").split())
    assert "“My own door”" in body
    assert "now 4, aim 7" in body
    assert "Use less" not in body
    assert "Learn to swim" not in body
    assert statements(page, f"/clients/{client_record.pk}/") <= MOST[""]


def test_what_is_due_without_a_reason_does_not_begin_with_a_dot(
    page: Client, worker: Staff, client_record: Person
) -> None:
    make_task(
        title="Call the landlord", client=client_record, owner=StaffFactory(name="Jonah"), due_on=TODAY, by=by_on(TODAY)
    )
    for path in ("", "tasks/"):
        body = " ".join(say(page, f"/clients/{client_record.pk}/{path}").split())
        assert '<span class="small soft">Jonah</span>' in body
