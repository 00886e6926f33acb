"""The note when its program is changed: kinds of contact, checklists and activities follow, and nothing typed is lost."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from goldthread.casework.caseload.actions import enrol
from goldthread.casework.contacts.models import Contact
from goldthread.casework.episodes.models import Episode
from goldthread.casework.record.models import Draft
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.queries import template_on
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Household, Person
from tests.access.world import browser
from tests.casework.contacts.making import program
from tests.clock import agency_today
from tests.doors.web.contacts.test_composer import at, sent
from tests.factories import PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db
START = date(2026, 1, 5)


@pytest.fixture
def worker() -> Staff:
    return StaffFactory()


@pytest.fixture
def person() -> Person:
    return PersonFactory(given="Nia", birth_date=date(2019, 3, 1))


@pytest.fixture
def web(worker: Staff) -> Client:
    return browser(worker)


def in_program(key: str, worker: Staff, *members: Person) -> Episode:
    """The episode of *members* in the shipped program *key*; several are a household."""
    by = Actor(at=timezone.now(), today=agency_today())
    said: dict[str, Any] = {"person": members[0]}
    if len(members) > 1:
        said = {"household": Household.objects.create(name="Reyes"), "members": list(members)}
    return enrol(program=program(key), enrolled_on=START, staff=worker, by=by, **said)


def test_kinds_of_contact_and_checklists_follow_the_program_at_once(web: Client, worker: Staff, person: Person) -> None:
    foster = in_program("foster-care-child", worker, person)
    school = in_program("school-based", worker, person)
    row = new_id()
    said = sent(
        person, episode=str(foster.pk), how="in_person:office", miles="8.4", check_home_alarm="no", do="program"
    )
    first = web.post(at("write", person, row), said, headers={"HX-Request": "true"}).content.decode()
    second = web.post(
        at("write", person, row), said | {"episode": str(school.pk)}, headers={"HX-Request": "true"}
    ).content.decode()
    kinds = [{part.split('"')[0] for part in text.split('value="kind:')[1:]} for text in (first, second)]
    assert kinds[0]
    assert kinds[1]
    assert kinds[0] != kinds[1]
    for text in (first, second):
        assert "She called." in text
        assert 'value="8.4"' in text
        assert 'name="check_home_alarm" value="no" checked' in text
    assert not Draft.objects.exists()  # the page saves by itself


def test_the_way_is_said_in_the_other_programs_words(web: Client, worker: Staff, person: Person) -> None:
    foster = in_program("foster-care-child", worker, person)
    other = in_program("mental-health-tcm", worker, person)
    kind = next(one.key for one in template_on(foster.program, START).contact_kinds if one.place == "residence")
    said = sent(person, episode=str(other.pk), how=f"kind:{kind}", do="program")
    text = web.post(at("write", person, new_id()), said, headers={"HX-Request": "true"}).content.decode()
    chosen = [part.split('"')[0] for part in text.split('name="how" value="')[1:] if " checked>" in part.split("<")[0]]
    assert len(chosen) == 1
    assert chosen[0] in (
        "in_person:residence",
        *(f"kind:{one.key}" for one in template_on(other.program, START).contact_kinds if one.place == "residence"),
    )


def test_without_scripts_a_button_saves_and_fits_the_form(web: Client, worker: Staff, person: Person) -> None:
    in_program("foster-care-child", worker, person)
    school = in_program("school-based", worker, person)
    row = new_id()
    assert b"Use this program" in web.get(at("new", person)).content
    answer = web.post(at("write", person, row), sent(person, episode=str(school.pk), do="program"))
    assert answer.headers["Location"] == at("write", person, row)
    text = web.get(at("write", person, row)).content.decode()
    assert "She called." in text
    assert f'value="{school.pk}"' in text
    kind = template_on(school.program, START).contact_kinds[0].key
    assert f'value="kind:{kind}"' in text


def test_a_siblings_part_stays_and_is_never_signed_where_it_does_not_belong(
    web: Client, worker: Staff, person: Person
) -> None:
    sibling = PersonFactory(given="Tomas", birth_date=date(2017, 1, 1))
    family = in_program("child-welfare", worker, person, sibling)
    alone = in_program("school-based", worker, person)
    own = f"own_{sibling.pk}"
    said = sent(person, episode=str(alone.pk), who=[str(person.pk), str(sibling.pk)], **{own: "Tomas cried"})
    row = new_id()
    text = web.post(at("write", person, row), said | {"do": "program"}, headers={"HX-Request": "true"}).content.decode()
    assert "Tomas cried" in text
    assert "Not in this program" in text
    assert f'<input type="hidden" name="who" value="{sibling.pk}">' in text
    refused = web.post(at("write", person, row), said | {"do": "sign"})
    assert refused.status_code == 422
    assert b"You wrote about somebody who is not in this program." in refused.content
    assert b"Tomas cried" in refused.content
    signed = web.post(at("write", person, row), said | {"episode": str(family.pk), "do": "sign"})
    assert signed.status_code == 302
    parts = {part.person_id: (part.present, part.own_part) for part in Contact.objects.get().people.all()}
    assert parts == {person.pk: (True, ""), sibling.pk: (True, "Tomas cried")}
