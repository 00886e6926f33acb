"""The page of an inquiry over HTTP: kept as it is typed, two pages at once, settled, taken in, closed; who sees which."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from goldthread.casework.episodes.models import Episode
from goldthread.casework.intake.models import Inquiry
from goldthread.foundation.agency.models import Team
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.programs.actions import open_program
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.rules.reading import read_template
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.actions.keys import key_in_bulk
from goldthread.people.persons.models import Person
from tests.access.world import browser
from tests.doors.web.clients.people import client_of, team_with

pytestmark = pytest.mark.django_db
RULES = """template: {key}
title: {key}
labels: [{labels}]
requirements: []
eligibility:
  all:
    - age: {{from: 18}}
    - asked: {{key: help, title: Needs help, title_es: Necesita ayuda}}
  source: judgement
"""


@pytest.fixture
def intake() -> Staff:
    return team_with(Role.INTAKE)


@pytest.fixture
def page(intake: Staff) -> Client:
    return browser(intake)


def a_program(actor: Actor, key: str = "adults", labels: str = "", team: Team | None = None) -> Program:
    template = read_template(RULES.format(key=key, labels=labels))
    return open_program(
        key=key, name=key.title(), template=template, template_key="", team=team, opened_on=date(2026, 1, 1), by=actor
    )


def sent(**more: Any) -> dict[str, Any]:
    return {"version": "0", "given": "Maria", "family": "Ortiz", "birth_date": "3/4/1991"} | more


def inquiry(page: Client, **more: Any) -> Inquiry:
    pk = uuid4()
    assert page.post(f"/inquiries/{pk}/save/", sent(**more)).status_code == 200
    return Inquiry.objects.get(pk=pk)


def test_nothing_is_written_before_the_first_word_and_the_page_is_one_form(page: Client):
    answer = page.get("/inquiries/new/")
    assert answer.status_code == 200
    assert not Inquiry.objects.exists()
    assert page.get(f"/inquiries/{uuid4()}/").status_code == 404
    empty = {"version": "0", "urgency": "routine", "came": "phone"}
    assert page.post(f"/inquiries/{uuid4()}/", empty | {"given": ""}).status_code == 422
    assert not Inquiry.objects.exists()


def test_kept_as_it_is_typed_with_what_stands_beside_it(page: Client, intake: Staff, actor: Actor):
    a_program(actor)
    maria = {"given": "Maria", "family": "Ortiz", "birth_date": date(1991, 3, 4)}
    key_in_bulk([client_of(intake, intake.memberships.get().team, **maria)])
    row = inquiry(page, program="adults")
    assert (row.display_name, row.owner) == ("Maria Ortiz", intake)
    answer = page.post(f"/inquiries/{row.pk}/save/", sent(version="1", program="adults", wanted="Help")).json()
    assert (answer["version"], answer["clashes"]) == (2, [])
    assert "This is who" in answer["beside"]
    assert "35 years old." in answer["beside"]
    assert "Ask: yes or no." in answer["beside"]
    assert Event.objects.filter(action="client.listed").exists()
    shown = page.get(f"/inquiries/{row.pk}/").content.decode()
    assert 'value="Maria"' in shown
    assert Event.objects.filter(action="inquiry.read", object_id=str(row.pk)).exists()


def test_the_same_press_twice_and_two_open_pages(page: Client):
    row = inquiry(page, writer="one")
    for _press in range(2):
        assert page.post(f"/inquiries/{row.pk}/", sent(version="1", do="new", writer="one")).status_code == 302
    assert Inquiry.objects.get().new_person
    other = sent(version="1", given="Marta", changed="given", writer="two")
    page.post(f"/inquiries/{row.pk}/save/", other | {"version": "9"})
    answer = page.post(f"/inquiries/{row.pk}/", sent(version="1", given="Mara", do="save", writer="one"))
    assert answer.status_code == 409
    assert "Mara" in answer.content.decode()
    assert Inquiry.objects.get().said["given"] == "Marta"


def test_a_new_client_in_one_page(page: Client, intake: Staff, actor: Actor):
    program = a_program(actor, team=intake.memberships.get().team)
    row = inquiry(page, program="adults", **{"answer:adults:help": "yes"})
    page.post(f"/inquiries/{row.pk}/", sent(version="9", do="new", program="adults", **{"answer:adults:help": "yes"}))
    form = sent(version="9", do="enrol", program="adults", take=str(program.pk), **{"answer:adults:help": "yes"})
    answer = page.post(f"/inquiries/{row.pk}/", form, follow=True)
    assert answer.status_code == 200
    episode = Episode.objects.get()
    assert (episode.program, episode.person.display_name) == (program, "Maria Ortiz")
    assert "Enrolled" in answer.content.decode()


WRONG = [
    ({"do": "enrol", "take": "x"}, "Choose the program."),
    ({"do": "enrol"}, "Choose the program."),
    ({"do": "same:x"}, "cannot be found"),
    ({"do": "close"}, "Choose why it is closed."),
    ({"do": "close", "reason": "answered"}, "Write what the caller was told."),
]


@pytest.mark.parametrize(("given", "said"), WRONG)
def test_what_cannot_be_is_said_and_everything_stays(page: Client, given: dict[str, str], said: str):
    row = inquiry(page)
    answer = page.post(f"/inquiries/{row.pk}/", sent(version="1", wanted="Long story", **given))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert said in text
    assert "Long story" in text
    assert Inquiry.objects.get().said["wanted"] == "Long story"


def test_what_is_not_known_or_not_met_needs_words(page: Client, actor: Actor):
    program = a_program(actor)
    row = inquiry(page, program="adults")
    page.post(f"/inquiries/{row.pk}/", sent(version="9", do="new", program="adults"))
    form = sent(version="9", do="enrol", program="adults", take=str(program.pk))
    answer = page.post(f"/inquiries/{row.pk}/", form)
    assert answer.status_code == 422
    assert "Something is not known yet." in answer.content.decode()
    assert not Person.objects.filter(client_number__isnull=False).exists()
    page.post(f"/inquiries/{row.pk}/", form | {"override": "The court asks for it"})
    assert Inquiry.objects.get().outcomes.get().override == "The court asks for it"


def test_closed_then_opened_again(page: Client):
    row = inquiry(page)
    page.post(f"/inquiries/{row.pk}/", sent(version="9", do="close", reason="answered", told="Called 211 together."))
    assert "Called 211 together." in page.get(f"/inquiries/{row.pk}/").content.decode()
    assert page.post(f"/inquiries/{row.pk}/save/", sent(version="9")).status_code == 422
    page.post(f"/inquiries/{row.pk}/", {"do": "reopen"})
    assert Inquiry.objects.get().state == "open"


def seen_by(staff: Staff, row: UUID) -> bool:
    return browser(staff).get(f"/inquiries/{row}/").status_code == 200


def test_who_sees_an_inquiry(page: Client, intake: Staff, actor: Actor):
    """A protected one: who took the call, intake and supervisors of the program's own team; nobody else."""
    other = team_with(Role.INTAKE)
    plain = inquiry(page)
    assert [seen_by(who, plain.pk) for who in (intake, other, team_with(Role.SUPERVISOR))] == [True] * 3
    case_manager = team_with(Role.CASE_MANAGER)
    assert not seen_by(case_manager, plain.pk)
    own = inquiry(browser(case_manager))
    assert seen_by(case_manager, own.pk)
    theirs = other.memberships.get().team
    a_program(actor, "recovery", "substance_use", theirs)
    protected = inquiry(page, program="recovery")
    assert [seen_by(who, protected.pk) for who in (intake, other)] == [True, True]
    third = team_with(Role.INTAKE)
    assert not seen_by(third, protected.pk)
    assert not seen_by(team_with(Role.SUPERVISOR), protected.pk)
    listed = browser(third).get("/inquiries/").content.decode()
    assert str(protected.pk) not in listed
    assert str(plain.pk) in listed
    a_program(actor, "adults", team=third.memberships.get().team)
    mixed = inquiry(page, program=["recovery", "adults"])
    assert [seen_by(who, mixed.pk) for who in (other, third)] == [True, False]


def test_the_list_finds_filters_and_pages(page: Client, intake: Staff, django_assert_max_num_queries: Any):
    for number in range(53):
        Inquiry.objects.create(
            display_name=f"Person {number:02}", search_text=f" person {number:02} 541555{number:04} ", owner=intake,
            received_by=intake.pk, received_at="2026-11-19T15:00Z", received_on="2026-11-19", due_on=date(2026, 11, 18),
            urgency="urgent" if number == 7 else "routine",
        )  # fmt: skip
    with django_assert_max_num_queries(16):
        first = page.get("/inquiries/").content.decode()
    assert first.count('class="one"') == 50
    assert "<b>53</b>" in first
    after = first.split("&amp;after=")[1][:36]
    assert page.get(f"/inquiries/?after={after}").content.decode().count('class="one"') == 3
    assert page.get("/inquiries/?show=urgent").content.decode().count('class="one"') == 1
    assert page.get("/inquiries/?text=5550007").content.decode().count('class="one"') == 1
    assert "No such inquiry" in page.get("/inquiries/?text=nobody&after=x").content.decode()
    assert page.get("/inquiries/?show=done&program=x%00").status_code in (200, 400)


def test_a_household_comes_in_on_one_page(page: Client, intake: Staff, actor: Actor):
    """Each of its members is looked up and checked: one is known, one is new, one is too old to be sure of."""
    rules = RULES.replace("requirements: []", "serves: household\nrequirements: []").format(key="families", labels="")
    program = open_program(
        key="families", name="Families", template=read_template(rules.replace("age: {from: 18}", "age: {from: 5}")),
        template_key="", team=intake.memberships.get().team, opened_on=date(2026, 1, 1), by=actor,
    )  # fmt: skip
    luis = client_of(intake, intake.memberships.get().team, given="Luis", family="Ortiz", birth_date=date(2015, 5, 6))
    key_in_bulk([luis])
    typed = {"member:1:given": "Luis", "member:1:family": "Ortiz", "member:1:birth_date": "5/6/2015"}
    typed |= {"member:2:given": "Eva", "member:2:family": "Ortiz", "member:2:birth_date": ""}
    typed |= {"program": "families", "take": str(program.pk), "answer:families:help": "yes"}
    row = inquiry(page, **typed)
    shown = page.get(f"/inquiries/{row.pk}/?take={program.pk}").content.decode()
    assert f'value="member:1:{luis.pk}"' in shown
    assert 'value="member:2:new"' in shown
    assert 'name="member:4:given"' in shown, "two more lines"
    for press in ("new", f"member:1:{luis.pk}", "member:2:new", "member:2:x"):
        answer = page.post(f"/inquiries/{row.pk}/", sent(version="9", do=press, **typed))
    assert answer.status_code == 422
    refused = page.post(f"/inquiries/{row.pk}/", sent(version="9", do="enrol", **typed))
    assert "Something is not known yet" in refused.content.decode(), "how old Eva is"
    typed["override"] = "Her birth certificate comes"
    done = page.post(f"/inquiries/{row.pk}/", sent(version="9", do="enrol", **typed), follow=True).content.decode()
    assert "Maria Ortiz and 2 more of the household are enrolled in Families." in done
    assert Episode.objects.get().members.count() == 3


def test_intake_begins_the_day_with_what_is_to_be_answered(page: Client):
    assert "Nothing is due today" in page.get("/", follow=True).content.decode()
    row = inquiry(page, urgency="urgent")
    said = page.get("/", follow=True).content.decode()
    assert f"/inquiries/{row.pk}/" in said
    assert "Nothing is due today" not in said
