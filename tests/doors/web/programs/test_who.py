"""Who a program is for: read, tried on somebody invented, changed, and refused with its line where it cannot be read."""

from datetime import date

import pytest
from django.test import Client

from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.queries import latest, parsed
from goldthread.foundation.workforce.enums import Role
from tests.access.world import browser
from tests.doors.web.clients.people import team_with
from tests.doors.web.intake.test_inquiry_pages import a_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Client:
    return browser(team_with(Role.ADMINISTRATOR))


def test_read_tried_and_changed(admin: Client, actor: Actor):
    program = a_program(actor)
    where = f"/settings/programs/{program.pk}/who/"
    assert "18 years or older" in admin.get(where).content.decode()
    tried = admin.get(where, {"born": "1/1/1980", "a-help": "no"}).content.decode()
    assert "Not eligible" in tried
    assert "Answered: no." in tried
    text = "any:\n- age: {from: 21}\n- coverage: [medicaid]\nsource: judgement\n"
    form = {"form_id": str(new_id()), "version": "1", "in_force_from": "2026-12-01", "text": text}
    looked = admin.post(where, form | {"look": "1", "in_force_from": "11/30/2026"})
    assert "Coverage: Medicaid" in looked.content.decode()
    assert latest(program).number == 1
    assert admin.post(where, form).status_code == 302
    assert [one.key for one in parsed(latest(program)).eligibility.rule.criteria()] == ["age", "coverage"]
    assert latest(program).in_force_from == date(2026, 12, 1)
    assert admin.post(where, form | {"text": text.replace("21", "22")}).status_code == 409
    assert "21 years or older" in admin.get(f"/settings/programs/{program.pk}/versions/2/").content.decode()


WRONG = [
    "any:\n- age: {from: 2 weeks}\nsource: judgement",
    "any: [",
    "&a [*a]",
    "12",
    "any:\n- shoe: 9\nsource: judgement",
]


@pytest.mark.parametrize("text", WRONG)
def test_what_cannot_be_read_is_said_and_kept(admin: Client, actor: Actor, text: str):
    program = a_program(actor)
    form = {"form_id": str(new_id()), "version": "1", "in_force_from": "2026-12-01", "text": text}
    answer = admin.post(f"/settings/programs/{program.pk}/who/", form)
    assert answer.status_code == 422
    assert latest(program).number == 1


def test_others_read_and_change_nothing(actor: Actor):
    program = a_program(actor)
    page = browser(team_with(Role.CASE_MANAGER))
    assert page.post(f"/settings/programs/{program.pk}/who/", {"text": ""}).status_code == 200
    assert latest(program).number == 1
