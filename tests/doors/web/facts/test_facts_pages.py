"""What is known of a client, over HTTP: written, corrected by two, ended and opened again, taken back; and who may read it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.facts.models import Fact
from goldthread.people.persons.models import Person
from tests.access.test_content import episode
from tests.access.world import browser
from tests.doors.web.clients.people import TODAY, client_of, team_with
from tests.factories import AT, LONG_AGO, AssignmentFactory, StaffFactory

pytestmark = pytest.mark.django_db
DV = int(Label.DOMESTIC_VIOLENCE)
MOST = 18


@pytest.fixture
def worker() -> Staff:
    return team_with(Role.CASE_MANAGER)


@pytest.fixture
def dana(worker: Staff) -> Person:
    return client_of(worker, worker.memberships.get().team, given="Dana", family="Ruiz")


@pytest.fixture
def page(worker: Staff) -> Client:
    return browser(worker)


def known(person: Person, kind: str, value: dict[str, Any], **more: Any) -> Fact:
    return Fact.objects.create(
        person=person, kind=kind, value=value, said_by="client", said_on=TODAY, recorded_at=AT, **more
    )


def form(**given: Any) -> dict[str, Any]:
    return {"form_id": str(new_id()), "said_by": "client", "said_on": TODAY.isoformat()} | given


def say(page: Client, dana: Person, path: str = "") -> str:
    return page.get(f"/clients/{dana.pk}/facts/{path}").content.decode()


def test_an_empty_page_says_what_each_kind_is_for_and_offers_to_add(page: Client, dana: Person) -> None:
    body = say(page, dana)
    assert "None written down. That does not say that there is none: ask." in body
    assert f"/clients/{dana.pk}/facts/allergy/add/" in body
    assert f"/clients/{dana.pk}/facts/allergy/history/" not in body


def test_income_is_written_down_and_summed_by_the_month(page: Client, dana: Person) -> None:
    for source, amount, every in [("wages", "300", "week"), ("ssi", "943.00", "month")]:
        sent = form(source=source, amount=amount, every=every)
        assert page.post(f"/clients/{dana.pk}/facts/income/add/", sent).status_code == 302
    body = say(page, dana)
    assert "$2,243.00 a month together" in body  # 300 x 52 / 12 = 1 300
    assert "$300.00, a week" in body


def test_one_form_sent_twice_is_one_fact_and_the_read_is_told(page: Client, dana: Person) -> None:
    sent = form(to="Penicillin", severity="life_threatening")
    for _time in range(2):
        assert page.post(f"/clients/{dana.pk}/facts/allergy/add/", sent).status_code == 302
    assert Fact.objects.count() == 1
    assert Event.objects.filter(client=dana.pk, action="facts.stated").count() == 1
    say(page, dana)
    assert Event.objects.filter(client=dana.pk, details__page="facts:of_client").exists()


def test_an_error_stands_at_its_field_and_everything_typed_stays(page: Client, dana: Person) -> None:
    sent = form(name="Depression", code="nonsense", detail="since the fire")
    answer = page.post(f"/clients/{dana.pk}/facts/diagnosis/add/", sent)
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "This is not an ICD-10-CM code" in body
    assert 'value="since the fire"' in body
    assert Fact.objects.count() == 0


def test_with_htmx_the_form_and_the_saved_section_take_the_place_of_the_section(page: Client, dana: Person) -> None:
    url, htmx = f"/clients/{dana.pk}/facts/allergy/add/", {"HX-Request": "true"}
    assert (
        page.get(url, headers=htmx).content.decode().lstrip().startswith('<section class="sheet section" id="allergy"')
    )
    body = page.post(url, form(to="Peanuts"), headers=htmx).content.decode()
    assert "Peanuts" in body
    assert 'hx-swap-oob="true"' in body
    assert "<html" not in body


def test_who_corrects_second_is_shown_what_it_says_now_and_keeps_what_they_typed(page: Client, dana: Person) -> None:
    fact = known(dana, "medicine", {"name": "Sertralin"})
    url = f"/clients/{dana.pk}/facts/{fact.pk}/correct/"
    assert page.post(url, form(name="Sertraline", why="Spelling")).status_code == 302
    answer = page.post(url, form(name="Setraline", dose="50 mg", why="Label"))
    body = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody changed this while you were writing" in body
    assert 'value="Setraline"' in body
    assert "Sertraline" in body
    new = Fact.objects.get(current=True)
    assert f"/clients/{dana.pk}/facts/{new.pk}/correct/" in body  # saved again, it takes the place of the newer one
    assert (
        page.post(f"/clients/{dana.pk}/facts/{new.pk}/correct/", form(name="Setraline", why="Label")).status_code == 302
    )
    told = say(page, dana, "medicine/history/")
    assert all(word in told for word in ("Sertralin", "Sertraline", "Setraline", "Spelling", "Label"))


def test_a_correction_does_not_open_again_what_a_colleague_ended(page: Client, dana: Person) -> None:
    fact = known(dana, "medicine", {"name": "Lithium"})
    page.post(f"/clients/{dana.pk}/facts/{fact.pk}/end/", form(ends_on=TODAY.isoformat()))
    answer = page.post(f"/clients/{dana.pk}/facts/{fact.pk}/correct/", form(name="Lithium", dose="300 mg", why="x"))
    assert answer.status_code == 409
    assert Fact.objects.get().ends_on == TODAY


def test_an_ending_is_undone(page: Client, dana: Person) -> None:
    fact = known(dana, "coverage", {"type": "medicaid"}, starts_on=LONG_AGO)
    yesterday = TODAY - timedelta(days=1)
    page.post(f"/clients/{dana.pk}/facts/{fact.pk}/end/", form(ends_on=yesterday.isoformat(), reason="Moved"))
    body = say(page, dana)
    assert "1 that is over" in body
    assert f"/clients/{dana.pk}/facts/{fact.pk}/reopen/" in body  # the button of the message
    assert page.post(f"/clients/{dana.pk}/facts/{fact.pk}/reopen/").status_code == 302
    assert Fact.objects.get().ends_on is None
    assert "1 that is over" not in say(page, dana)


def test_what_was_never_true_stands_in_the_history_alone(page: Client, dana: Person) -> None:
    fact = known(dana, "allergy", {"to": "Latex"})
    url = f"/clients/{dana.pk}/facts/{fact.pk}/mistaken/"
    assert page.post(url, form(reason="")).status_code == 422
    assert page.post(url, form(reason="Another client's file")).status_code == 302
    say(page, dana)  # with the message
    assert "Latex" not in say(page, dana)
    assert "Taken back" in say(page, dana, "allergy/history/")


def test_a_fact_of_a_protected_program_is_read_by_its_workers_alone(worker: Staff, dana: Person) -> None:
    protected = episode(dana, LONG_AGO, Label.SUBSTANCE_USE)
    insider = StaffFactory(role=Role.CASE_MANAGER)
    AssignmentFactory(client=dana, staff=insider, episode=protected)
    page = browser(insider)
    assert "Who may read it" in say(page, dana, "medicine/add/")
    url = f"/clients/{dana.pk}/facts/medicine/add/"
    assert page.post(url, form(name="Methadone")).status_code == 422  # it has to be chosen
    assert page.post(url, form(name="Methadone", episode=str(protected.pk))).status_code == 302
    fact = Fact.objects.get()
    assert (fact.labels, fact.episode_id) == (protected.labels, protected.pk)
    assert "Methadone" in say(page, dana)
    outsider = browser(worker)
    assert "Methadone" not in say(outsider, dana)
    assert "Methadone" not in say(outsider, dana, "medicine/history/")
    assert "Who may read it" not in say(outsider, dana, "medicine/add/")
    for what in ("correct", "end", "mistaken"):
        assert outsider.get(f"/clients/{dana.pk}/facts/{fact.pk}/{what}/").status_code == 404


def test_the_page_asks_no_more_however_much_is_known(page: Client, dana: Person) -> None:
    for number in range(30):
        known(dana, "medicine", {"name": f"M{number}"}, starts_on=date(2026, 1, 1))
    say(page, dana)
    with CaptureQueriesContext(connection) as asked:
        say(page, dana)
    assert len(asked) <= MOST, "\n".join(one["sql"][:150] for one in asked)


def test_the_brief_tells_of_allergies_and_medicines_to_who_may_read_them(worker: Staff, dana: Person) -> None:
    known(dana, "allergy", {"to": "Penicillin", "reaction": "throat closes", "severity": "life_threatening"})
    known(dana, "allergy", {"to": "Overallergy"}, ends_on=LONG_AGO)
    known(dana, "medicine", {"name": "Sertraline", "dose": "50 mg"})
    known(dana, "medicine", {"name": "Hiddenpill"}, labels=DV)
    body = browser(worker).get(f"/clients/{dana.pk}/").content.decode()
    assert "Allergy: Penicillin" in body  # the flag beside the name
    assert "throat closes" in body
    assert "Sertraline 50 mg" in body
    assert "Overallergy" not in body
    assert "Hiddenpill" in body
    for tab in ("facts/", "thread/", "timeline/", "tasks/", "circle/", "assessments/", "plan/"):
        assert (
            "Allergy: Penicillin" in browser(worker).get(f"/clients/{dana.pk}/{tab}", follow=True).content.decode()
        ), tab
    colleague = StaffFactory(team=worker.memberships.get().team)
    body = browser(colleague).get(f"/clients/{dana.pk}/").content.decode()
    assert "Sertraline 50 mg" in body
    assert "Hiddenpill" not in body
