"""The sheet in the hands of who sends what no page asks for, and of two who press at once."""

from time import process_time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldthread.casework.assessments.models import Assessment
from goldthread.casework.episodes.models import Episode
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.labels import Label
from goldthread.people.facts.actions import state_fact
from goldthread.people.facts.models import Fact
from tests.access.world import browser
from tests.casework.assessments.asking import Care, actor, begun, care, in_use, signed
from tests.casework.contacts.making import episode_of
from tests.doors.web.assessments.test_sheet import at, page, sent, token

pytestmark = pytest.mark.django_db


@pytest.fixture
def there() -> Care:
    found = care()
    in_use()
    return found


@pytest.fixture
def web(there: Care) -> Client:
    return browser(there.worker)


def asking(*items: dict[str, Any]) -> Any:
    return in_use(
        {"resourceType": "Questionnaire", "status": "active", "url": "urn:test:m", "title": "M", "item": list(items)}
    )


@pytest.mark.parametrize("kind", ["reference", "string", "dateTime", "attachment", "quantity", "decimal"])
def test_a_question_has_no_turns_to_add(web: Client, there: Care, kind: str) -> None:
    row = begun(there, asking({"linkId": "q", "type": kind, "text": "Which?", "repeats": True}))
    assert web.post(at("sheet", row), {"do": "add:q", "seen": "0"}).status_code == 422
    assert web.get(at("sheet", row)).status_code == 200
    row.refresh_from_db()
    assert row.answers == {}


@pytest.mark.parametrize(
    ("day", "time"), [("9999-12-31", "23:30"), ("0001-01-01", "00:10"), ("2026-02-31", "10:00"), ("x", "y")]
)
def test_the_ends_of_the_calendar_are_no_fault(web: Client, there: Care, day: str, time: str) -> None:
    row = begun(there, asking({"linkId": "q", "type": "dateTime", "text": "When?"}))
    fields = {"a:q": day, "t:q": time, "only": "q", "writer": "a", "stroke": "1", "seen": "0"}
    assert web.post(at("save", row), fields).status_code == 200
    assert web.get(at("sheet", row)).status_code == 200
    assert web.post(at("sheet", row), {"a:q": day, "t:q": time, "do": "sign", "seen": "9"}).status_code in (302, 422)
    assert web.get(at("read", row), follow=True).status_code == 200


KINDS = ("integer", "decimal", "quantity", "date", "time", "url", "boolean", "choice", "open-choice")
ODD = ["9" * 25, "9" * 9000, "-0", "1e400", "NaN", "{}", "😀", "٣", "0000-00-00", "99:99"]


@pytest.mark.parametrize("words", ODD)
def test_nothing_typed_is_a_fault(web: Client, there: Care, words: str) -> None:
    """Into a question of each kind, at once."""
    among = {"answerOption": [{"valueCoding": {"code": "a", "display": "A"}}]}
    items = [{"linkId": kind, "type": kind, "text": "What?", **(among if "choice" in kind else {})} for kind in KINDS]
    row = begun(there, asking(*items))
    fields: dict[str, Any] = {f"{part}:{kind}": words for kind in KINDS for part in "atuo"} | {"only": list(KINDS)}
    assert web.post(at("save", row), fields | {"writer": "a", "stroke": "9" * 50, "seen": "-1"}).status_code == 200
    assert web.get(at("sheet", row)).status_code == 200
    assert web.post(at("sheet", row), fields | {"do": "sign", "seen": "9"}).status_code in (302, 422)
    assert web.get(at("read", row), follow=True).status_code == 200


@pytest.mark.parametrize(
    "do", ["add:", "add:nobody", "remove:999999999:q", "remove:x:q", "file::", "file:x:q", ":::", "sign:x"]
)
def test_no_button_that_is_none_is_a_fault(web: Client, there: Care, do: str) -> None:
    row = begun(there, asking({"linkId": "q", "type": "string", "text": "Which?", "repeats": True}))
    assert web.post(at("sheet", row), {"do": do, "seen": "0"}).status_code in (200, 302, 422)


@pytest.mark.parametrize("writer", ["", "mine"])
def test_nobody_signs_what_somebody_else_answered_since_they_looked(web: Client, there: Care, writer: str) -> None:
    row = begun(there)
    browser(there.supervisor).post(
        at("save", row), {"only": "q9", "a:q9": token(3), "writer": "b", "stroke": "1", "seen": "0"}
    )
    mine = sent(dict.fromkeys(range(1, 9), 1), do="sign") | ({"writer": writer, "stroke": "1"} if writer else {})
    mine |= {"only": [f"q{n}" for n in range(1, 9)]} if writer else {}
    answer = web.post(at("sheet", row), mine)
    assert answer.status_code == 409
    assert "Somebody else has answered" in answer.content.decode()
    row.refresh_from_db()
    assert (row.state, len(row.answers)) == ("open", 9)
    assert (
        web.post(at("sheet", row), mine | {"a:q9": token(3), "seen": str(row.saves), "stroke": "2"}).status_code == 302
    )


def test_a_correction_under_an_id_that_is_taken_is_no_fault(web: Client, there: Care) -> None:
    row = signed(there)
    assert web.post(at("correct", row), {"reason": "x", "form_id": str(row.pk)}).status_code in (302, 422)
    assert Assessment.objects.count() <= 2
    assert page(web, row) is not None


def medicines() -> dict[str, Any]:
    """Asks for medicines, and starts with those that are known."""
    name = {"url": "field", "extension": [{"url": "name", "valueCode": "name"}, {"url": "item", "valueString": "m"}]}
    writes = {"url": "urn:goldthread:fact", "extension": [{"url": "kind", "valueCode": "medicine"}, name]}
    return {
        "linkId": "ms",
        "type": "group",
        "text": "Medicines",
        "repeats": True,
        "extension": [writes],
        "item": [{"linkId": "m", "type": "string", "text": "Which?"}],
    }


def test_what_one_program_may_not_show_another_is_not_copied_into_its_assessment(web: Client, there: Care) -> None:
    asking(medicines())
    one, other = (episode_of(there.person, there.worker, key) for key in ("mental-health-tcm", "substance-use"))
    Episode.objects.update(labels=Label.SUBSTANCE_USE)
    other.refresh_from_db()
    by = actor(there.worker)
    for name, labels, episode in (("Buprenorphine", 1, one), ("Naltrexone", 1, other), ("Aspirin", 0, one)):
        state_fact(
            person=there.person,
            kind="medicine",
            value={"name": name},
            said_by="client",
            said_on=by.today,
            labels=labels,
            episode_id=episode.pk,
            by=by,
        )
    web.post(reverse("assessments:new", args=[there.person.pk]), {"instrument": "m", "episode": str(other.pk)})
    row = Assessment.objects.get(episode=other)
    assert row.labels == Label.SUBSTANCE_USE
    said = {answer["valueString"] for given in row.answers.values() for answer in given if answer}
    assert said == {"Naltrexone", "Aspirin"}
    fields = {"a:m[0]": "Buprenorphine", "do": "sign", "seen": "9"}
    assert web.post(at("sheet", row), fields).status_code == 302
    assert Fact.objects.filter(value__name="Buprenorphine", ends_on=None, current=True).count() == 2


@pytest.mark.parametrize("items", [40])
def test_patterns_that_take_long_end_together(web: Client, there: Care, items: int) -> None:
    regex = [{"url": "http://hl7.org/fhir/StructureDefinition/regex", "valueString": "(a|aa)+[bc]"}]
    slow = {"type": "string", "text": "Slow", "extension": regex}
    row = begun(there, asking(*({"linkId": f"s{n}"} | slow for n in range(items))))
    began = process_time()
    answer = web.post(at("sheet", row), {f"a:s{n}": "a" * 60 for n in range(items)} | {"do": "sign", "seen": "0"})
    assert answer.status_code == 422
    assert process_time() - began < 4


def test_what_may_not_be_read_is_refused_on_the_record(web: Client, there: Care) -> None:
    row = signed(there)
    Assessment.objects.update(labels=Label.SEALED)
    for name in ("read", "sheet"):
        assert web.get(at(name, row)).status_code == 404
    assert web.post(at("void", row), {"reason": "x"}).status_code == 404
    assert Event.objects.filter(action="access.refused", client=there.person.pk).count() == 3
