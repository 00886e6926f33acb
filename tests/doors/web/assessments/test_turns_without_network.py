"""Turns that a page has added or taken away without a network: done once, with their answers, and not over somebody else's."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldthread.casework.assessments import actions
from goldthread.casework.assessments.changes import Said
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


@pytest.fixture
def ana_ben(row: Assessment, there: Care) -> Assessment:
    """Ana and Ben, with whom nobody's kin is known yet; the page has read up to here."""
    actions.move_turn(assessment=row, key="who", by=actor(there.worker))
    changes = {f"name[{n}]": Said([{"valueString": name}]) for n, name in enumerate(("Ana", "Ben"))}
    actions.save_answers(assessment=row, changes=changes, by=actor(there.worker))
    row.refresh_from_db()
    return row


def test_what_was_typed_for_who_has_another_number_now_is_written_to_nobody_else(
    web: Client, ana_ben: Assessment, there: Care
) -> None:
    seen = str(ana_ben.saves)
    actions.move_turn(assessment=ana_ben, key="who", by=actor(there.supervisor, 3))
    actions.move_turn(assessment=ana_ben, key="who", remove=0, by=actor(there.supervisor, 3))
    told = send(web, ana_ben, seen=seen, **{"only": "why[1]", "a:why[1]": "for Ben"}).json()
    assert told["again"]
    assert [one["key"] for one in told["clashes"]] == ["why[1]"]
    ana_ben.refresh_from_db()
    assert "why[1]" not in ana_ben.answers
    assert "why[0]" not in ana_ben.answers
    now = str(ana_ben.saves)
    assert send(web, ana_ben, seen=now, stroke="2", **{"only": "why[0]", "a:why[0]": "for Ben"}).json()["clashes"] == []
    ana_ben.refresh_from_db()
    assert ana_ben.answers["why[0]"] == [{"valueString": "for Ben"}]


def test_who_stands_before_what_was_taken_away_keeps_the_number(web: Client, ana_ben: Assessment, there: Care) -> None:
    seen = str(ana_ben.saves)
    actions.move_turn(assessment=ana_ben, key="who", remove=1, by=actor(there.supervisor, 3))
    told = send(web, ana_ben, seen=seen, **{"only": ["why[0]", "why[1]"], "a:why[0]": "Ana", "a:why[1]": "Ben"}).json()
    assert [one["key"] for one in told["clashes"]] == ["why[1]"], "there is no such turn any more"
    ana_ben.refresh_from_db()
    assert ana_ben.answers["why[0]"] == [{"valueString": "Ana"}]


def test_what_comes_with_a_turn_of_ones_own_is_written_though_others_took_one_away(
    web: Client, ana_ben: Assessment, there: Care
) -> None:
    seen = str(ana_ben.saves)
    actions.move_turn(assessment=ana_ben, key="who", remove=0, by=actor(there.supervisor, 3))
    sent = {"turn-add": "aaaaaaaaaa:9000:who", "only": "name[9000]", "a:name[9000]": "Cara"}
    told = send(web, ana_ben, seen=seen, **sent).json()
    assert told["turns"] == {"aaaaaaaaaa": 1}
    assert told["clashes"] == []
    assert names(ana_ben) == ["Ben", "Cara"]


def test_without_scripts_both_are_shown(web: Client, ana_ben: Assessment, there: Care) -> None:
    seen = str(ana_ben.saves)
    actions.move_turn(assessment=ana_ben, key="who", remove=0, by=actor(there.supervisor, 3))
    page = web.post(
        reverse("assessments:sheet", args=[ana_ben.person_id, ana_ben.pk]),
        {"do": "save", "seen": seen, "a:name[0]": "Ana", "a:why[0]": "a neighbor"},
    )
    assert page.status_code == 409
    assert "a neighbor" in page.content.decode()
    ana_ben.refresh_from_db()
    assert "why[0]" not in ana_ben.answers, "it would be Ben's"


def test_a_turn_inside_one_that_is_new_itself(web: Client, there: Care) -> None:
    phones = {"linkId": "phones", "type": "group", "text": "Phone", "repeats": True, "item": [{"linkId": "phone", "type": "string"}]}  # fmt: skip
    group = {**GROUP, "item": [GROUP["item"][0], phones]}  # type: ignore[index]  # a list
    row = begun(there, in_use({"resourceType": "Questionnaire", "status": "active", "url": "urn:test:n", "item": [group]}))  # fmt: skip
    sent = {
        "turn-add": ["aaaaaaaaaa:9000:who", "bbbbbbbbbb:9001:phones[9000]", "cccccccccc:9002:phones[9000]"],
        "turn-out": "dddddddddd:0:phones[9000]",
        "only": ["name[9000]", "phone[9000.9002]"],
        "a:name[9000]": "Ana",
        "a:phone[9000.9002]": "555-0100",
    }
    told = send(web, row, seen="0", **sent).json()
    assert told["turns"] == {"aaaaaaaaaa": 0, "bbbbbbbbbb": 1, "cccccccccc": 2}, (
        "the one that Ana starts with goes first"
    )
    assert told["gone"] == ["dddddddddd"]
    row.refresh_from_db()
    assert row.answers["phones[0]"] == [{}, {}]
    assert row.answers["phone[0.1]"] == [{"valueString": "555-0100"}]
    again = send(web, row, seen="0", stroke="2", **sent).json()
    assert again["turns"] == {"aaaaaaaaaa": 0, "bbbbbbbbbb": 0, "cccccccccc": 1}, "as they are called by now"
    assert row.answers["phones[0]"] == [{}, {}]


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
