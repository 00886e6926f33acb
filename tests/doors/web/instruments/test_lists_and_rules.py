"""Lists, rules, named values and many answers, over HTTP: saved, tried, refused with what was typed, two tabs."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldthread.doors.web.instruments.building.lines import ANSWER, from_lines, to_lines
from goldthread.foundation.lib.ids import new_id
from tests.doors.web.instruments.test_building import built, do, draft, hidden, save, web

__all__ = ["web"]
pytestmark = pytest.mark.django_db


def page(name: str, query: str = "") -> str:
    return f"{reverse(f'instruments:{name}', args=[draft().pk])}{query}"


def send(web: Client, address: str, **sent: Any) -> Any:
    return web.post(address, {"form_id": str(new_id()), "edit": draft().edit, **sent})


def test_lines_are_read_back_as_they_were_and_told_by_number() -> None:
    held = [
        {
            "was": "a",
            "code": "a",
            "text": "One | two",
            "text2": "Uno",
            "weight": 1.5,
            "exclusive": True,
            "initial": False,
        },
        {
            "was": "b",
            "code": "b",
            "text": "Back\\slash",
            "text2": "",
            "weight": None,
            "exclusive": False,
            "initial": True,
        },
        {"was": "3", "code": "", "text": "3", "text2": "", "weight": None, "exclusive": False, "initial": False},
    ]
    held = [{**row, "prefix": ""} for row in held]
    text = to_lines(held, ANSWER)
    assert text.split("\n")[0] == "One \\| two | 1.5 | a | Uno | ="
    assert from_lines(text, ANSWER, held) == (held, [])
    rows, wrong = from_lines("New\t2\n\nOther | x\nNew | 1\n a | 1 | c | d | ! \n| 1", ANSWER, held)
    assert [(row["text"], row["weight"]) for row in rows] == [("New", 2), ("New", 1)]
    assert [reason.partition(":")[0] for reason in wrong] == ["Line 3", "Line 4", "Line 5", "Line 6"]
    assert from_lines("\n".join(f"Town {n}" for n in range(2_001)), ANSWER, [])[1] == ["At most 2000 answers."]


def test_two_questions_share_a_list_and_it_is_tried(web: Client) -> None:
    built(web)
    lines = "Never | 0 | | Nunca\nSometimes | 1 | | A veces\nAlways | 2 | | Siempre"
    sent = {"l-title": "How often", "options-mode": "lines", "options-lines": lines}
    led = send(web, page("lists", "?new=1"), **sent)
    assert led.status_code == 302, led.content.decode()
    assert "list=how-often" in led.headers["Location"]
    shown = web.get(led.headers["Location"]).content.decode()
    assert 'name="options-2-text" value="Always"' in shown
    assert 'name="options-2-text2" value="Siempre"' in shown
    for link in ("q1", "q2"):
        kind = {"i-type": "choice"}
        save(web, link, **{"i-text": f"How often {link}?", **kind})
        led = save(web, link, **{"i-text": f"How often {link}?", **kind, "i-value_set": "#how-often"})
        assert led.status_code == 302, led.content.decode()
    assert "answerOption" not in draft().content["item"][0]
    assert draft().content["item"][1]["answerValueSet"] == "#how-often"
    text = web.get(page("build", "?item=q2")).content.decode()
    assert "Never · Sometimes · Always" in text
    waits = {"conditions-n": 1, "conditions-0-question": "q1", "conditions-0-operator": "=", "do": "conditions:look"}
    said = {"i-text": "Often?", "i-type": "choice", "i-value_set": "#how-often"}
    assert ">Sometimes</option>" in save(web, "q2", **said, **waits).content.decode()
    assert "Sometimes" in web.get(page("preview")).content.decode()
    gone = send(web, page("lists", "?list=how-often"), do="remove")
    assert "q1, q2" in web.get(gone.headers["Location"]).content.decode()
    assert draft().content["contained"]
    own = save(web, "q2", **{"i-text": "Often?", "i-type": "choice", "do": "options:like", "like": "#how-often"})
    assert 'name="options-1-text" value="Sometimes"' in own.content.decode()


def test_a_list_in_two_tabs_too_late_and_with_mistakes(web: Client) -> None:
    built(web)
    address = page("lists", "?list=ways")
    send(web, page("lists", "?new=1"), **{"l-title": "Ways", "options-n": 1, "options-0-text": "Bus"})
    seen = draft().edit
    rows = {"options-n": 1, "options-0-was": f"{draft().content['url']}#ways|bus", "options-0-code": "bus"}
    assert send(web, address, **{"l-title": "Ways", **rows, "options-0-text": "By bus"}).status_code == 302
    late = send(web, address, **{"l-title": "Ways to go", **rows, "options-0-text": "Autobus", "edit": seen})
    text = late.content.decode()
    assert late.status_code == 409
    assert "By bus" in text
    assert 'name="options-0-text" value="Autobus"' in text
    assert draft().content["contained"][0]["compose"]["include"][0]["concept"][0]["display"] == "By bus"
    again = send(
        web, address, **{"l-title": "Ways to go", **rows, "options-0-text": "Autobus", "edit": hidden(text, "edit")}
    )
    assert again.status_code == 302
    wrong = send(web, address, **{"l-title": " ", "options-mode": "lines", "options-lines": "Tram | many\nFoot"})
    assert wrong.status_code == 422
    assert "Line 1: Write a number." in wrong.content.decode()
    assert "Tram | many\nFoot" in wrong.content.decode()
    two = {"options-n": 2, "options-0-text": "Tram", "options-1-text": "tram", "options-1-weight": "x"}
    assert "Write a number." in send(web, address, **{"l-title": "Ways", **two}).content.decode()
    assert send(web, address, **{"l-title": "Ways", **two, "options-1-weight": "1"}).status_code == 422
    web.post(page("back"), {"form_id": str(new_id()), "step": str(draft().steps.latest("edit").pk)})
    assert draft().content["contained"][0]["title"] == "Ways"
    assert send(web, address, do="remove").status_code == 302
    assert "contained" not in draft().content
    assert web.get(address).headers["Location"] == page("lists")
    gone = send(web, address, **{"l-title": "Typed long", "options-n": 0})
    assert gone.status_code == 422
    assert "Typed long" in gone.content.decode()


def test_two_hundred_answers_are_pasted_and_one_of_them_changed(web: Client) -> None:
    built(web)
    lines = [f"Town {n} | {n}" for n in range(200)]
    said = {"i-text": "Where?", "options-mode": "lines"}
    assert save(web, "q1", **said, **{"options-lines": "\n".join(lines)}).status_code == 302
    assert len(draft().content["item"][0]["answerOption"]) == 200
    shown = web.get(page("build", "?item=q1")).content.decode()
    (kept,) = re.findall(r'id="options-lines"[^>]*>\s(.*?)</textarea>', shown, re.DOTALL)
    assert kept.split("\n")[7] == "Town 7 | 7 | town-7"
    before = draft().content["item"][0]["answerOption"]
    assert save(web, "q1", **said, **{"options-lines": kept.replace("Town 7 |", "Village 7 |")}).status_code == 302
    after = draft().content["item"][0]["answerOption"]
    assert [n for n in range(200) if before[n] != after[n]] == [7]
    assert after[7]["valueCoding"] == {"code": "town-7", "display": "Village 7"}
    rows = save(web, "q1", **said, **{"options-lines": kept, "do": "options:rows"})
    assert "More than 150 answers are shown as lines." in rows.content.decode()
    few = save(web, "q1", **said, **{"options-lines": "Here | 1\nThere", "do": "options:rows"}).content.decode()
    assert 'name="options-0-text" value="Here"' in few
    back = {"options-n": 2, "options-0-text": "Here", "options-0-at_first": "on", "options-1-text": "There"}
    assert "Here |  |  |  | *" in save(web, "q1", **{"i-text": "?", "do": "options:lines"}, **back).content.decode()


def test_rules_of_the_whole_and_of_a_question(web: Client) -> None:
    built(web)
    do(web, "add", "q2", type="integer", text="How many?")
    link = draft().content["item"][-1]["linkId"]
    asked = f"%resource.item.where(linkId = '{link}').answer.value"
    rows = {
        "variables-n": 1,
        "variables-0-name": "%many",
        "variables-0-expression": asked,
        "constraints-n": 1,
        "constraints-0-expression": "%many.empty() or %many < 9",
        "constraints-0-severity": "warning",
    }
    wrong = send(web, page("rules"), **rows)
    assert wrong.status_code == 422
    assert "%many.empty() or %many &lt; 9" in wrong.content.decode()
    seen = draft().edit
    led = send(web, page("rules"), **rows, **{"constraints-0-says": "So many?", "constraints-0-says2": "¿Tantos?"})
    assert led.status_code == 302, led.content.decode()
    assert "%many.empty()" in web.get(page("rules")).content.decode()
    other = {**rows, "constraints-0-says": "Really?", "variables-0-was": "", "constraints-0-was": ""}
    late = send(web, page("rules"), **other, edit=seen)
    assert late.status_code == 409
    assert "So many?" in late.content.decode()
    assert "Really?" in late.content.decode()
    own = {"i-text": "How many?", "constraints-n": 1, "constraints-0-says": "Not less than none."}
    broken = save(web, link, **own, **{"constraints-0-expression": "(("})
    assert broken.status_code == 422
    assert "((" in broken.content.decode()
    assert save(web, link, **own, **{"constraints-0-expression": f"{asked} >= 0"}).status_code == 302
    tried = web.post(page("preview"), {"do": "try", f"a:{link}": "-3"}).content.decode()
    assert "Not less than none." in tried
    tried = web.post(page("preview"), {"do": "try", f"a:{link}": "30"}).content.decode()
    assert "So many?" in tried
    assert "It could not be signed" not in tried
    lost = {"variables-n": 1, "variables-0-was": 0, "variables-0-name": "many", "variables-0-expression": "%nobody"}
    assert send(web, page("rules"), **lost).status_code == 302
    checked = web.get(page("check")).content.decode()
    assert page("rules") in checked
    assert "%nobody is not known" in checked
    named = {"variables-n": 2, "variables-0-name": "a b", "variables-0-expression": "1"}
    named |= {"variables-1-name": "resource", "variables-1-expression": "1"}
    said = send(web, page("rules"), **named).content.decode()
    assert "A name starts with a letter" in said
    assert "Expressions know another thing" in said


def test_rows_of_rules_are_added_without_saving(web: Client) -> None:
    built(web)
    before = draft().edit
    text = send(web, page("rules"), **{"variables-n": 0, "do": "variables:more"}).content.decode()
    assert 'name="variables-0-name"' in text
    text = save(web, "q1", **{"i-text": "Typed", "do": "constraints:more"}).content.decode()
    assert 'name="constraints-0-says"' in text
    assert "Typed" in text
    assert draft().edit == before
