"""A group's note toward the goals of each client's own plan, with what was looked at and which services were checked on."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from goldthread.casework.contacts.models import Concern, Contact
from goldthread.casework.plans.models import Goal, Objective, PlannedService, Progress, Step
from goldthread.casework.record.models import Draft, Entry
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.access.world import browser
from tests.doors.web.contacts.test_group import at, client_of, sent
from tests.doors.web.contacts.test_toward import goal_of
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db
WORDS = ("Anabel wants her own door", "Bartek wants to swim")
PART = {"HX-Request": "true"}


@pytest.fixture
def worker() -> Staff:
    return StaffFactory()


@pytest.fixture
def clients(worker: Staff) -> list[Person]:
    return [client_of(worker, name) for name in ("Anabel Quillby", "Bartek Marlowe", "Chidi Nwosu")]


@pytest.fixture
def goals(worker: Staff, clients: list[Person]) -> list[Goal]:
    return [goal_of(person, worker, words) for person, words in zip(clients, WORDS, strict=False)]


@pytest.fixture
def web(worker: Staff) -> Client:
    return browser(worker)


def toward(goal: Goal, **more: Any) -> dict[str, Any]:
    objective = Objective.objects.get(goal=goal)
    return {f"toward_{goal.pk}": "well", f"towardnote_{goal.pk}": "A word", f"value_{objective.pk}": "3 of 7"} | more


def test_each_client_is_offered_their_own_goals_alone(web: Client, clients: list[Person], goals: list[Goal]) -> None:
    body = web.post(at("group", new_id()), sent(clients, do="members"), headers=PART).content.decode()
    cards = dict(
        re.findall(
            r'<fieldset class="member"[^>]*><legend>(\w+) .*?</legend>(.*?)(?=<fieldset class="member"|$)', body, re.S
        )
    )
    found = {name: [words in card for words in WORDS] for name, card in cards.items()}
    assert found == {"Anabel": [True, False], "Bartek": [False, True], "Chidi": [False, False]}


def test_signing_moves_each_plan_and_tells_nobody_of_another(
    web: Client, clients: list[Person], goals: list[Goal]
) -> None:
    step = Step.objects.get(goal=goals[0])
    said = toward(goals[0]) | toward(goals[1], **{f"toward_{goals[1].pk}": "stuck"}) | {"step": [str(step.pk)]}
    ahead = web.post(at("group_ahead", new_id()), sent(clients, **said)).content.decode()
    assert re.findall(r"Mends \d+ threads?", ahead) == ["Mends 2 threads"]  # both had been silent for 68 days
    assert "Progress on 2 goals" in ahead
    assert "1 step is done" in ahead
    assert web.post(at("group", new_id()), sent(clients, do="sign", **said)).status_code == 302
    contacts = {one.person_id: one for one in Contact.objects.all()}
    assert [[goal["words"] for goal in contacts[one.pk].goals] for one in clients] == [[WORDS[0]], [WORDS[1]], []]
    rows = Progress.objects.filter(objective=None).values_list("person", "went", "source_id")
    assert set(rows) == {
        (clients[0].pk, "well", contacts[clients[0].pk].pk),
        (clients[1].pk, "stuck", contacts[clients[1].pk].pk),
    }
    step.refresh_from_db()
    assert (step.state, step.done_source) == ("done", contacts[clients[0].pk].pk)
    for mine, other in ((0, 1), (1, 0)):
        page = web.get(reverse("contacts:read", args=[clients[mine].pk, contacts[clients[mine].pk].pk]))
        assert WORDS[mine] in page.content.decode()
        told = page.content.decode() + str(
            list(Entry.objects.filter(person=clients[mine]).values_list("facts", "text"))
        )
        assert WORDS[other] not in told


def test_services_and_what_was_looked_at_are_asked_of_each(
    web: Client, clients: list[Person], goals: list[Goal]
) -> None:
    one, two = clients[:2]
    service = PlannedService.objects.get(goal=goals[0])
    said = sent([one, two], do="sign", **{f"act_{one.pk}": ["monitoring"]})
    refused = web.post(at("group", new_id()), said)
    assert refused.status_code == 422
    assert f'href="#f-m_{one.pk}"' in refused.content.decode()  # the three questions are asked of her alone
    said |= {f"of_{one.pk}_all_well": "1", f"of_{one.pk}_monitoring_note": "Asked the navigator"}
    assert web.post(at("group", new_id()), said | {"service": [str(service.pk)]}).status_code == 302
    first, second = Contact.objects.get(person=one), Contact.objects.get(person=two)
    assert (first.monitoring["furnished"], second.monitoring.get("furnished", "")) == ("yes", "")
    service.refresh_from_db()
    assert service.confirmed_on == first.happened_on


def test_a_checklist_of_the_place_is_answered_for_each(web: Client, clients: list[Person]) -> None:
    one, two = clients[:2]
    at_home = sent([one, two], how="elsewhere", place="day_support")
    body = web.post(at("group", new_id()), at_home | {"do": "members"}, headers=PART).content.decode()
    names = re.findall(rf'name="(of_{one.pk}_check_day_support_[a-z_]+)" value="no"', body)
    assert names
    wrong = {names[0]: "no", names[0].replace("_check_", "_checknote_"): "The lift is broken"}
    assert web.post(at("group", new_id()), at_home | wrong | {"do": "sign"}).status_code == 302
    assert Concern.objects.get().person == one
    assert [Contact.objects.get(person=person).checklists.exists() for person in (one, two)] == [True, False]


def test_who_did_not_come_made_no_progress(web: Client, clients: list[Person], goals: list[Goal]) -> None:
    said = sent(clients[:2], do="sign", **toward(goals[0]), **{f"came_{clients[0].pk}": "no"})
    refused = web.post(at("group", new_id()), said)
    assert refused.status_code == 422
    assert "They did not come" in refused.content.decode()
    assert not Progress.objects.exists()


def test_taken_off_the_note_nothing_written_is_lost_or_signed_unseen(
    web: Client, worker: Staff, clients: list[Person], goals: list[Goal]
) -> None:
    row, two = new_id(), clients[1:]
    said = sent(two, **toward(goals[0]), **{f"of_{clients[0].pk}_monitoring_note": "Asked the navigator"})
    web.post(at("group", row), said | {"do": "members"})
    assert Draft.objects.get(pk=row).content[f"towardnote_{goals[0].pk}"] == ["A word"]
    body = web.get(at("group", row)).content.decode()
    assert f'name="towardnote_{goals[0].pk}" value="A word"' in body
    assert 'value="Asked the navigator"' in body
    refused = web.post(at("group", new_id()), said | {"do": "sign"})
    assert refused.status_code == 422
    assert 'name="goals_gone"' in refused.content.decode()
    assert web.post(at("group", new_id()), said | {"do": "sign", "goals_gone": "1"}).status_code == 302
    assert not Progress.objects.exists()


def test_a_goal_under_a_label_that_the_program_has_not_is_not_offered(
    web: Client, clients: list[Person], goals: list[Goal]
) -> None:
    Goal.objects.filter(pk=goals[0].pk).update(labels=1)
    body = web.post(at("group", new_id()), sent(clients, do="members"), headers=PART).content.decode()
    assert WORDS[0] not in body
    assert WORDS[1] in body


def test_as_many_queries_with_plans_for_eight_as_for_two(web: Client, worker: Staff, clients: list[Person]) -> None:
    more = [client_of(worker, f"Given{n} Family{n}") for n in range(5)]
    for person in (*clients, *more):
        goal_of(person, worker)
    counts = {}
    for people in (clients[:2], [*clients, *more]):
        with CaptureQueriesContext(connection) as asked:
            web.post(at("group", new_id()), sent(people, do="members"), headers=PART)
        counts[len(people)] = len(asked)
    assert counts[2] == counts[8]
