"""The notes of a group, co-signed in one go: one line in the queue, each read, one returned, the others signed."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from goldthread.casework.caseload.models import Assignment
from goldthread.casework.contacts.actions.cosigning import cosign_group
from goldthread.casework.contacts.models import Contact
from goldthread.foundation.agency.models import Team
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Notice, Staff
from goldthread.people.persons.models import Person
from tests.access.world import browser
from tests.casework.contacts.making import actor_of
from tests.doors.web.contacts.test_group import NAMES, at, client_of, sent
from tests.factories import StaffFactory, TeamFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Team:
    return TeamFactory()


@pytest.fixture
def boss(team: Team) -> Staff:
    return StaffFactory(role=Role.SUPERVISOR, team=team)


@pytest.fixture
def worker(team: Team) -> Staff:
    return StaffFactory(team=team)


@pytest.fixture
def clients(worker: Staff, team: Team) -> list[Person]:
    people = [client_of(worker, name) for name in NAMES]
    Assignment.objects.update(team=team, cosign=True)
    return people


def written(worker: Staff, clients: list[Person], **more: object) -> list[Contact]:
    """The notes of a group, by client."""
    row = new_id()
    said = sent(clients, do="sign", **more)
    assert browser(worker).post(at("group", row), said).status_code == 302
    return list(Contact.objects.filter(group=row).order_by("person__sort_key"))


def page_of(notes: list[Contact]) -> str:
    return reverse("contacts:cosign_group", args=[notes[0].group])


def do(web: Client, notes: list[Contact], what: str, *chosen: Contact, **more: str) -> int:
    asked = {"do": what, "note": [str(one.pk) for one in chosen], **more}
    return web.post(page_of(notes), asked).status_code


def states(notes: list[Contact]) -> list[str]:
    found = dict(Contact.objects.values_list("pk", "state"))
    return [found[one.pk] for one in notes]


def test_the_group_is_one_line_told_of_once_and_each_note_is_there_to_read(
    boss: Staff, worker: Staff, clients: list[Person]
) -> None:
    own = {f"own_{one.pk}": f"Own words {number}" for number, one in enumerate(clients)}
    notes = written(worker, clients, **own)
    assert [one.state for one in notes] == ["waiting"] * 3
    notice = Notice.objects.get(to=boss)
    assert (notice.kind, notice.about_person) == ("cosign_group", None)
    web = browser(boss)
    queue = web.get(reverse("contacts:to_cosign")).content.decode()
    assert queue.count(page_of(notes)) == 2, "the name and the button of one line"
    assert "Group: 3 notes" in queue
    page = web.get(page_of(notes)).content.decode()
    assert page.count("We practised calling a landlord.") == 1
    for name, words in zip(NAMES, own.values(), strict=True):
        assert name in page
        assert page.count(words) == 1
    read = Event.objects.filter(details__page="contacts:cosign_group", action="record.read")
    assert set(read.values_list("client", flat=True)) == {one.pk for one in clients}


def test_all_are_signed_by_one_press(boss: Staff, worker: Staff, clients: list[Person]) -> None:
    notes = written(worker, clients)
    web = browser(boss)
    assert do(web, notes, "cosign", *notes) == 302
    assert states(notes) == ["cosigned"] * 3
    assert {one.cosigned_by_id for one in Contact.objects.all()} == {boss.pk}
    assert Event.objects.filter(action="contacts.cosigned").count() == 3
    assert web.get(page_of(notes)).status_code == 302, "nothing of it waits any more: back to the queue"


def test_one_is_returned_and_the_others_are_signed(boss: Staff, worker: Staff, clients: list[Person]) -> None:
    notes = written(worker, clients)
    web = browser(boss)
    assert do(web, notes, "return", notes[1]) == 422, "say what is to be changed"
    assert do(web, notes, "return", notes[1], comment="Which landlord?") == 302
    page = web.get(page_of(notes)).content.decode()
    assert notes[1].person.display_name not in page
    assert notes[0].person.display_name in page
    assert do(web, notes, "cosign", *notes) == 422, "one of them does not wait any more"
    assert do(web, notes, "cosign", notes[0], notes[2]) == 302
    assert states(notes) == ["cosigned", "returned", "cosigned"]


def test_only_what_was_on_the_page_is_signed(boss: Staff, worker: Staff, clients: list[Person]) -> None:
    notes = written(worker, clients)
    web = browser(boss)
    assert do(web, notes, "cosign", notes[0]) == 302
    assert states(notes) == ["cosigned", "waiting", "waiting"]


def test_nobody_signs_their_own_and_a_strangers_group_is_not_there(
    boss: Staff, worker: Staff, clients: list[Person]
) -> None:
    notes = written(worker, clients)
    elsewhere = StaffFactory(role=Role.SUPERVISOR, team=TeamFactory())
    assert do(browser(elsewhere), notes, "cosign", *notes) == 404
    with pytest.raises(DomainError):
        cosign_group(group=notes[0].group, notes=[one.pk for one in notes], by=actor_of(worker))  # type: ignore[arg-type]
    with pytest.raises(DomainError):
        cosign_group(group=new_id(), notes=[notes[0].pk], by=actor_of(boss))
    assert states(notes) == ["waiting"] * 3


def test_as_many_queries_for_five_as_for_two(boss: Staff, worker: Staff, team: Team, clients: list[Person]) -> None:
    few = written(worker, clients[:2])
    more = [client_of(worker, f"Dora Number{n}") for n in range(3)]
    Assignment.objects.update(team=team, cosign=True)
    many = written(worker, [*clients[:2], *more], start="11:00", end="11:50")
    web = browser(boss)
    counts = []
    for notes in (few, many):
        web.get(page_of(notes))
        with CaptureQueriesContext(connection) as ran:
            assert web.get(page_of(notes)).status_code == 200
        counts.append(len(ran))
    assert counts[0] == counts[1] <= 25
