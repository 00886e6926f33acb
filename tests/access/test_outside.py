"""A match that may not be seen: whom to ask, and nothing more."""

import pytest

from goldthread.access import gate, outside
from goldthread.access.actions import set_block
from goldthread.foundation.agency.models import Agency
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from tests.access.people import viewer
from tests.factories import AgencyFactory, AssignmentFactory, PersonFactory, StaffFactory, TeamFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Agency:
    return AgencyFactory()


@pytest.fixture
def worker(agency: Agency) -> Staff:
    return StaffFactory(team=TeamFactory())


@pytest.mark.parametrize("text", ["Rosa Marín 3/12/1984", "marin ROSA 1984-03-12", "  rosa   marin  3-12-1984"])
def test_a_strong_match_says_whom_to_ask_and_is_audited(worker: Staff, text: str) -> None:
    StaffFactory(name="Nadia Haddad", role=Role.SUPERVISOR, team=worker.memberships.get().team)
    person = PersonFactory(given="Rosa", family="Marin")
    answer = gate.outside_answer(viewer(worker), text)
    assert str(answer) == "Someone may already know this person: ask Nadia Haddad."
    event = Event.objects.get()
    assert (event.action, event.client, event.actor) == ("access.hinted", person.pk, worker.pk)
    assert event.details == {}


def test_the_agency_may_name_whom_to_ask(worker: Staff, agency: Agency) -> None:
    agency.ask_about_matches = "the front desk"
    agency.save()
    PersonFactory(given="Rosa", family="Marin")
    assert "ask the front desk." in str(gate.outside_answer(viewer(worker), "Rosa Marin 3/12/1984"))


@pytest.mark.parametrize(
    "text", ["Rosa", "Rosa Marin", "", "Rosa Mari 3/12/1984", "Rosa 3/12/1984", "Rosa Marin 3/12/1985"]
)
def test_a_weak_match_says_nothing(worker: Staff, text: str) -> None:
    PersonFactory(given="Rosa", family="Marin")
    assert gate.outside_answer(viewer(worker), text) is None
    assert not Event.objects.exists()


@pytest.mark.parametrize("label", [Label.DOMESTIC_VIOLENCE, Label.SEALED])
def test_people_in_hiding_are_never_hinted_at(worker: Staff, label: Label) -> None:
    PersonFactory(given="Rosa", family="Marin", labels=label | Label.HIV)
    assert gate.outside_answer(viewer(worker), "Rosa Marin 3/12/1984") is None


def test_a_blocked_person_is_never_hinted_at(worker: Staff, actor: Actor) -> None:
    set_block(person=PersonFactory(given="Rosa", family="Marin"), staff=worker, reason="Former partner", by=actor)
    assert gate.outside_answer(viewer(worker), "Rosa Marin 3/12/1984") is None


def test_who_may_find_the_person_needs_no_hint(worker: Staff) -> None:
    AssignmentFactory(staff=worker, client__given="Rosa", client__family="Marin")
    assert gate.outside_answer(viewer(worker), "Rosa Marin 3/12/1984") is None


def test_somebody_who_is_no_client_is_not_hinted_at(worker: Staff) -> None:
    PersonFactory(given="Rosa", family="Marin", client_number=None)
    assert gate.outside_answer(viewer(worker), "Rosa Marin 3/12/1984") is None


def test_the_token_opens_the_glass_page_for_this_viewer_and_client_for_a_quarter_of_an_hour(worker: Staff) -> None:
    person, other = PersonFactory(given="Rosa", family="Marin"), PersonFactory()
    answer = gate.outside_answer(viewer(worker), "Rosa Marin 3/12/1984")
    assert answer is not None
    assert outside.token_fits(viewer(worker), person.pk, answer.token)
    assert not outside.token_fits(viewer(worker), other.pk, answer.token)
    assert not outside.token_fits(viewer(StaffFactory()), person.pk, answer.token)
    assert not outside.token_fits(viewer(worker), person.pk, answer.token + "x")
