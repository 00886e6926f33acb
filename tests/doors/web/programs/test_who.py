"""Who a program is for: read, tried on somebody invented, changed, and refused with its line where it cannot be read."""

from datetime import date

import pytest
from django.test import Client

from goldthread.doors.web.programs.section import written
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.queries import latest, parsed
from goldthread.foundation.workforce.enums import Role
from tests.access.world import browser
from tests.doors.web.clients.people import team_with
from tests.doors.web.intake.test_inquiry_pages import a_program
from tests.doors.web.programs.helpers import filled, opened

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


def test_letting_in_more_people_than_the_source_does_needs_a_reason_and_an_administrator(actor: Actor):
    gloria = team_with(Role.ADMINISTRATOR)
    admin = browser(gloria)
    program = opened("hiv-aids")
    where, main = f"/settings/programs/{program.pk}/who/", f"/settings/programs/{program.pk}/"
    text = written(parsed(latest(program)), "eligibility")
    form = {"form_id": str(new_id()), "version": "1", "in_force_from": "2026-11-01", "deviation_by": str(gloria.pk)}
    wider = form | {"text": text.replace("at_most: 500", "at_most: 600")}
    assert wider["text"] != text
    looked = admin.post(where, wider | {"look": "1"}).content.decode()
    assert "This asks for less than its source (42 U.S.C. 300ff-26" in looked
    refused = admin.post(where, wider)
    assert refused.status_code == 422
    assert "asks for less than the source of the rule does: Who it is for" in refused.content.decode()
    assert "at_most: 600" in refused.content.decode()
    worker = team_with(Role.CASE_MANAGER)
    said = {"deviation_reason": "Part B of the state pays up to 600."}
    assert admin.post(where, wider | said | {"deviation_by": str(worker.pk)}).status_code == 422
    assert latest(program).number == 1
    assert admin.post(where, wider | said).status_code == 302
    words = f"{gloria.name} answers for it: Part B of the state pays up to 600."
    for page in (where, main, f"{main}versions/2/"):
        assert words in admin.get(page).content.decode()
    assert "1 rule asks for less" in admin.get("/settings/programs/").content.decode()
    # the reason for loosening another rule is not put on this one
    other = filled(program, "plan-review", every_count="9", deviation_by=str(gloria.pk), deviation_reason="A waiver.")
    assert admin.post(f"{main}rules/plan-review/", other | {"in_force_from": "2026-11-01"}).status_code == 302
    assert {one["reason"] for one in latest(program).deviations} == {said["deviation_reason"], "A waiver."}
    # as strict as the source again: nothing is to be answered for
    assert admin.post(where, form | {"text": text, "version": "3"}).status_code == 302
    assert [one["requirement"] for one in latest(program).deviations] == ["plan-review"]


def test_other_programs_are_called_by_their_names(admin: Client, actor: Actor):
    program = a_program(actor)
    text = "none:\n- enrolled: [act-intensive]\nsource: judgement\n"
    form = {"form_id": str(new_id()), "version": "1", "in_force_from": "2026-12-01", "text": text}
    where = f"/settings/programs/{program.pk}/who/"
    admin.post(where, form)
    assert "Is in: Assertive community treatment, intensive" in admin.get(where).content.decode()
    tried = admin.get(where, {"a-enrolled": "no"}).content.decode()
    assert "In none of these: Assertive community treatment, intensive" in tried


@pytest.mark.parametrize(("answer", "tone", "verdict"), [("no", "pine", "Eligible"), ("yes", "red", "Not eligible")])
def test_not_to_be_elsewhere_speaks_for_them(admin: Client, actor: Actor, answer: str, tone: str, verdict: str):
    program = a_program(actor)
    text = "none:\n- enrolled: [act-intensive]\nsource: judgement\n"
    form = {"form_id": str(new_id()), "version": "1", "in_force_from": "2026-12-01", "text": text}
    where = f"/settings/programs/{program.pk}/who/"
    admin.post(where, form)
    tried = admin.get(where, {"a-enrolled": answer}).content.decode()
    assert f'<span class="tag {tone}">' in tried
    assert f'<li class="t-{tone}">' in tried
    assert f'<span class="vh">{verdict}:</span>' in tried
