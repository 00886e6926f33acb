"""Ways in that were once open, each shut by a test."""

from datetime import date
from typing import Any

import pytest

from goldthread.casework.caseload.models import Assignment
from goldthread.doors.web.clients.export import harmless
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.workforce.enums import Role
from goldthread.people.persons.models import Alert, Household, HouseholdMember, Person
from tests.access.doors_of_their_own import block
from tests.access.world import CANARIES, World, _tie, browser
from tests.factories import AssignmentFactory, PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db
NEW = {"given": "Eve", "family": "Nobody", "birth_date_kind": "exact", "interpreter": "no", "phone_kind": "mobile"}


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_form_of_a_new_client_takes_over_nobody(world: World) -> None:
    """Its hidden id was once enough to be assigned to any client whose id one knew."""
    supervisor = world.staff(Role.SUPERVISOR, "none")
    sent = {**NEW, "form_id": str(world.client.pk), "worker": str(supervisor.pk)}
    answer = browser(supervisor).post("/clients/new/", sent)
    assert answer.status_code == 422
    assert not Assignment.objects.filter(staff=supervisor).exists()
    assert CANARIES["name"] not in text_of(answer)


def test_the_form_of_a_new_client_sent_twice_assigns_once(world: World) -> None:
    supervisor, other = world.staff(Role.SUPERVISOR, "none"), StaffFactory()
    client, form_id = browser(supervisor), str(new_id())
    for worker in (supervisor, other):
        client.post("/clients/new/", {**NEW, "form_id": form_id, "worker": str(worker.pk)})
    assert [row.staff for row in Assignment.objects.filter(client=form_id)] == [supervisor]


@pytest.mark.parametrize("section", ["names", "alerts", "reach", "addresses"])
def test_a_form_sent_under_the_id_of_another_clients_row_is_refused(world: World, section: str) -> None:
    """It once answered *saved* and threw away what was typed."""
    mine = PersonFactory(family="Own")
    staff = StaffFactory()
    AssignmentFactory(client=mine, staff=staff)
    theirs = {"names": "called", "alerts": "alert", "reach": "phone", "addresses": "home"}
    sent = {
        "names": {"kind": "former", "given": "A"},
        "alerts": {"kind": "dog", "short": "Dog", "review_on": "2030-01-01"},
        "reach": {"kind": "mobile", "value": "555-0100-22"},
        "addresses": {"kind": "mailing", "line1": "1 Road"},
    }
    form = {**sent[section], "form_id": str(world.rows[theirs[section]].pk)}
    assert browser(staff).post(f"/clients/{mine.pk}/{section}/add/", form).status_code == 422


def test_a_row_of_another_client_is_not_there_under_ones_own(world: World) -> None:
    mine = PersonFactory(family="Own")
    staff = StaffFactory()
    AssignmentFactory(client=mine, staff=staff)
    client = browser(staff)
    places = {
        "names": "called",
        "reach": "phone",
        "addresses": "home",
        "identifiers": "number",
        "alerts": "alert",
        "family": "kin",
        "household": "place",
    }
    for section, row in places.items():
        pk = world.rows[row].pk
        for path in (f"{section}/{pk}/", f"{section}/{pk}/end/"):
            for answer in (
                client.get(f"/clients/{mine.pk}/{path}"),
                client.post(f"/clients/{mine.pk}/{path}", {"a": 1}),
            ):
                assert answer.status_code == 404, path
    for path in (f"numbers/{world.rows['number'].pk}/", f"blocks/{world.block.pk}/lift/"):
        assert client.post(f"/clients/{mine.pk}/{path}", {"a": 1}).status_code == 404
    for path in (f"circle/{world.rows['kin'].pk}/", f"circle/{world.rows['kin'].pk}/names/"):
        assert client.get(f"/clients/{mine.pk}/{path}").status_code == 404


def relative(world: World, **fields: Any) -> tuple[Person, Any]:
    """A client who is a relative of the world's, in one household; and the worker of the world's client."""
    other = PersonFactory(given="Rel", family="Secretrelative", **fields)
    _tie(world.client, other)
    home = Household.objects.get(name=CANARIES["home"])
    HouseholdMember.objects.create(household=home, person=other)
    return other, browser(world.worker)


@pytest.mark.parametrize("page", ["", "circle/", "household/add/"])
def test_a_labelled_client_is_not_named_in_a_relatives_circle(world: World, page: str) -> None:
    """Their own label was once not looked at there."""
    _other, client = relative(world, labels=int(Label.DOMESTIC_VIOLENCE))
    assert "Secretrelative" not in text_of(client.get(f"/clients/{world.client.pk}/{page}"))


@pytest.mark.parametrize("page", ["", "circle/", "household/add/"])
def test_a_blocked_client_is_not_named_in_a_relatives_circle(world: World, page: str) -> None:
    other, client = relative(world)
    block(other, world.worker, world.now)
    assert "Secretrelative" not in text_of(client.get(f"/clients/{world.client.pk}/{page}"))


def test_a_household_called_by_a_hidden_head_is_shown_without_its_name(world: World) -> None:
    other, client = relative(world)
    Household.objects.update(name="Household of Rel Secretrelative")
    HouseholdMember.objects.update(is_head=False)
    HouseholdMember.objects.filter(person=other).update(is_head=True)
    block(other, world.worker, world.now)
    assert "Secretrelative" not in text_of(client.get(f"/clients/{world.client.pk}/circle/"))


@pytest.mark.parametrize("page", ["", "circle/"])
def test_clients_named_in_a_circle_are_on_the_log(world: World, page: str) -> None:
    other, client = relative(world)
    assert "Secretrelative" in text_of(client.get(f"/clients/{world.client.pk}/{page}"))
    assert Event.objects.filter(client=other.pk, actor=world.worker.pk, action="client.listed").exists()


def test_the_same_label_sent_twice_is_that_label(world: World) -> None:
    """8 and 8 was once 16, another label; 64 and 64 a fault."""
    client = browser(world.worker)
    for bit in (8, 64):
        sent = {"kind": "dog", "short": f"Twice {bit}", "review_on": "2030-01-01", "labels": [bit, bit]}
        assert client.post(f"/clients/{world.client.pk}/alerts/add/", sent).status_code == 302
        assert Alert.objects.get(short=f"Twice {bit}").labels == bit


def test_what_is_labelled_later_goes_out_of_the_history_too(world: World) -> None:
    supervisor = browser(world.staff(Role.SUPERVISOR, "supervisor_of"))
    page = f"/clients/{world.client.pk}/alerts/"
    sent = {"kind": "safety", "short": "Latesecret", "review_on": "2030-01-01"}
    supervisor.post(f"{page}add/", sent)
    intake = browser(world.staff(Role.INTAKE, "none"))
    history = f"/clients/{world.client.pk}/history/"
    assert "Latesecret" in text_of(intake.get(history))
    row = Alert.objects.get(short="Latesecret")
    version = Person.objects.get(pk=world.client.pk).version
    answer = supervisor.post(f"{page}{row.pk}/", {**sent, "labels": ["8"], "version": version})
    assert answer.status_code == 302
    for address in (history, f"/clients/{world.client.pk}/"):
        assert "Latesecret" not in text_of(intake.get(address))
    assert "Latesecret" in text_of(supervisor.get(history))


def test_the_place_of_a_hidden_name_in_the_alphabet_is_not_told(world: World) -> None:
    """``after=`` with the id of somebody out of reach once began the list behind their name."""
    staff = StaffFactory()
    for family in ("Aaa", "Zzz"):
        AssignmentFactory(client=PersonFactory(family=family), staff=staff)
    page = text_of(browser(staff).get(f"/clients/?after={world.client.pk}"))
    assert "Aaa" in page
    assert "Zzz" in page


@pytest.mark.parametrize("kind", ["html", "svg", "csv.html", "exe", "CSV"])
def test_an_export_is_csv_or_xlsx_and_nothing_else(world: World, kind: str) -> None:
    assert browser(world.worker).get(f"/clients/export.{kind}").status_code == 404


@pytest.mark.parametrize("start", ["=1+1", " =1", "+1", "-1", "@x", "\t=1", "\n=1", "\u00a0=1", "\uff1d1", "\x01=1"])
def test_no_cell_is_run_by_a_spreadsheet(start: str) -> None:
    assert harmless(start).startswith("'")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_name_with_a_control_character_is_exported(world: World, kind: str) -> None:
    Person.objects.filter(pk=world.client.pk).update(display_name="Dana\x01\x0b Qanaryfamily")
    answer: Any = browser(world.worker).get(f"/clients/export.{kind}?whose=all")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)


def test_billing_sees_of_a_client_the_name_and_the_number(world: World) -> None:
    billing = browser(world.staff(Role.BILLING, "none"))
    columns = "".join(f"&column={key}" for key in ("number", "phone", "alerts", "pronouns", "birth_date", "worker"))
    page = text_of(billing.get(f"/clients/?whose=all{columns}"))
    assert CANARIES["number"] in page
    row = page[page.index("<tbody>") : page.index("</tbody>")]
    for hidden in (CANARIES["phone"], CANARIES["alert"], "1984", world.worker.name):
        assert hidden not in row


def test_a_block_that_has_ended_is_not_made_longer_by_lifting_it(world: World) -> None:
    world.block.ends_on = date(2020, 2, 1)
    world.block.save()
    supervisor = browser(world.staff(Role.SUPERVISOR, "supervisor_of"))
    supervisor.post(f"/clients/{world.client.pk}/blocks/{world.block.pk}/lift/", {"a": 1})
    world.block.refresh_from_db()
    assert world.block.ends_on == date(2020, 2, 1)


def test_names_on_the_page_of_what_a_worker_saw_are_on_the_log(world: World) -> None:
    quality = world.staff(Role.QUALITY, "none")
    assert CANARIES["name"] in text_of(browser(quality).get(f"/audit/workers/{world.worker.pk}/"))
    assert Event.objects.filter(client=world.client.pk, actor=quality.pk, action="client.listed").exists()
