"""Turns that a page has added or taken away without a network: done once, with their answers, and not over somebody else's."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldthread.casework.assessments import actions
from goldthread.casework.assessments.models import Assessment
from tests.access.world import browser
from tests.casework.assessments.asking import Care, actor, begun, care, in_use

pytestmark = pytest.mark.django_db
GROUP = {
    "linkId": "who",
    "type": "group",
    "text": "Somebody",
    "repeats": True,
    "item": [
        {"linkId": "name", "type": "string", "text": "Name"},
        {"linkId": "kin", "type": "string", "text": "Kin", "initial": [{"valueString": "friend"}]},
        {"linkId": "why", "type": "string", "text": "Why", "enableWhen": [
            {"question": "kin", "operator": "!=", "answerString": "friend"}
        ]},
    ],
}  # fmt: skip


@pytest.fixture
def there() -> Care:
    return care()


@pytest.fixture
def row(there: Care) -> Assessment:
    content = {"resourceType": "Questionnaire", "status": "active", "url": "urn:test:g", "title": "G", "item": [GROUP]}
    made = begun(there, in_use(content))
    return actions.move_turn(assessment=made, key="who", by=actor(there.worker))


@pytest.fixture
def web(there: Care) -> Client:
    return browser(there.worker)


def send(web: Client, row: Assessment, **sent: Any) -> Any:
    said = {"writer": "here", "stroke": "1", "seen": "1", **sent}
    return web.post(reverse("assessments:save", args=[row.person_id, row.pk]), said)


def names(row: Assessment) -> list[str]:
    row.refresh_from_db()
    return [
        row.answers.get(f"name[{n}]", [{"valueString": ""}])[0]["valueString"] for n in range(len(row.answers["who"]))
    ]


def test_added_with_its_answers_and_once(web: Client, row: Assessment) -> None:
    sent = {
        "turn-add": ["aaaaaaaaaa:9000:who", "bbbbbbbbbb:9001:who"],
        "only": ["name[9000]", "kin[9001]", "name[0]"],
        "a:name[9000]": "Ana",
        "a:kin[9001]": "sister",
        "a:name[0]": "Zoe",
    }
    told = send(web, row, **sent).json()
    assert told["turns"] == {"aaaaaaaaaa": 1, "bbbbbbbbbb": 2}
    assert "why[1]" in told["off"]
    assert "why[2]" not in told["off"], "what is asked follows in the new turn"
    assert names(row) == ["Zoe", "Ana", ""]
    assert [row.answers[f"kin[{n}]"][0]["valueString"] for n in (1, 2)] == ["friend", "sister"]
    again = send(web, row, **sent, stroke="2", writer="after a reload", seen=str(row.saves)).json()
    assert again["turns"] == told["turns"]
    assert names(row) == ["Zoe", "Ana", ""]


def test_taken_away_after_the_answers_and_once(web: Client, row: Assessment) -> None:
    send(
        web,
        row,
        **{"turn-add": ["aaaaaaaaaa:9000:who", "bbbbbbbbbb:9001:who"], "only": "name[9001]", "a:name[9001]": "Bo"},
    )
    seen = str(Assessment.objects.get().saves)
    sent = {"turn-out": ["cccccccccc:0:who", "dddddddddd:1:who"], "only": "name[2]", "a:name[2]": "Ben", "seen": seen}
    told = send(web, row, **sent, stroke="2").json()
    assert sorted(told["gone"]) == ["cccccccccc", "dddddddddd"]
    assert names(row) == ["Ben"]
    assert sorted(send(web, row, **{**sent, "stroke": "3", "only": ""}).json()["gone"]) == ["cccccccccc", "dddddddddd"]
    assert names(row) == ["Ben"]


def test_what_somebody_else_changed_meanwhile_is_not_taken_away(web: Client, row: Assessment, there: Care) -> None:
    actions.move_turn(assessment=row, key="who", remove=0, by=actor(there.supervisor, 3))
    actions.move_turn(assessment=row, key="who", by=actor(there.supervisor, 4))
    told = send(web, row, **{"turn-out": "cccccccccc:0:who"}).json()
    assert told["refused"] == ["cccccccccc"]
    assert "Somebody else" in told["told"]
    assert names(row) == [""]


@pytest.mark.parametrize("sent", ["x", "aaaaaaaaaa:9000:nowhere", "aaaaaaaaaa:9000:name[0]", "aaaaaaaaaa:9000:who[3]"])
def test_nonsense_is_answered_with_words(web: Client, row: Assessment, sent: str) -> None:
    answer = send(web, row, **{"turn-add": sent, "turn-out": sent})
    assert answer.status_code in (200, 422)
    assert names(row) == [""]


def test_signed_with_turns_that_only_the_page_knew(web: Client, row: Assessment) -> None:
    sent = {"do": "sign", "seen": "1", "writer": "here", "stroke": "5", "turn-add": "aaaaaaaaaa:9000:who"}
    led = web.post(
        reverse("assessments:sheet", args=[row.person_id, row.pk]),
        {**sent, "only": "name[9000]", "a:name[9000]": "Ana"},
    )
    assert led.status_code == 302, led.content.decode()
    assert "Ana" in web.get(reverse("assessments:read", args=[row.person_id, row.pk])).content.decode()
    row.refresh_from_db()
    assert row.state == "signed"
