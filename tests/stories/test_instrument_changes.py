"""The questions change between two assessments: each is read with the questions that were asked."""

import json
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from goldthread.foundation.workforce.enums import Role
from tests.stories.conftest import Offers, person, somebody
from tests.stories.planning import Desk
from tests.stories.telling import Calendar, Worker

pytestmark = [pytest.mark.django_db, pytest.mark.once]
WEIGHT = "http://hl7.org/fhir/StructureDefinition/ordinalValue"


def answer(code: str, display: str, weight: int) -> dict[str, Any]:
    return {
        "valueCoding": {"system": "urn:test:often", "code": code, "display": display},
        "extension": [{"url": WEIGHT, "valueDecimal": weight}],
    }


OFTEN = [answer("no", "Never", 0), answer("some", "Some days", 1), answer("much", "Most days", 2)]
FIRST: dict[str, Any] = {
    "resourceType": "Questionnaire",
    "status": "active",
    "url": "urn:test:morning",
    "version": "1",
    "title": "How the morning goes",
    "item": [
        {"linkId": "up", "type": "choice", "text": "I get up before nine", "answerOption": OFTEN},
        {"linkId": "eat", "type": "choice", "text": "I eat something", "answerOption": OFTEN},
    ],
    "extension": [
        {
            "url": "urn:goldthread:score",
            "extension": [
                {"url": "name", "valueCode": "total"},
                {"url": "title", "valueString": "Mornings"},
                {"url": "item", "valueString": "up"},
                {"url": "item", "valueString": "eat"},
                {"url": "missing", "valueCode": "sum"},
                {"url": "higher-is-better", "valueBoolean": True},
            ],
        }
    ],
}


def changed() -> dict[str, Any]:
    """Another wording, another answer, a question more, one less."""
    found = deepcopy(FIRST) | {"version": "2"}
    found["item"][0] |= {"text": "I am out of bed by ten", "answerOption": [*OFTEN, answer("all", "Every day", 3)]}
    found["item"][1] = {"linkId": "dress", "type": "choice", "text": "I get dressed", "answerOption": OFTEN}
    found["extension"][0]["extension"][3]["valueString"] = "dress"
    return found


def installs(administrator: Worker, content: dict[str, Any]) -> None:
    file = SimpleUploadedFile("morning.json", json.dumps(content).encode(), "application/json")
    sent = administrator._browser.post("/settings/instruments/upload/", {"file": file}, follow=True)
    assert sent.status_code == 200
    administrator.opens("/settings/instruments/morning/")
    use = next(form for form in administrator.page.forms if form.action.endswith("/use/"))
    administrator._post(use, administrator.page.address)


def test_each_reads_as_it_was_asked(on: Calendar, offers: Offers, ines: Worker, renee: Worker) -> None:
    offers("mental-health-tcm")
    calvin = somebody("Calvin Brooks", on, Role.ADMINISTRATOR, None)
    dana = person("Dana Ortiz", date(1987, 3, 14))
    on("2026-03-02")
    installs(calvin, FIRST)
    ines.enrols(dana, "Mental health targeted case management", worker=renee)
    desk = Desk(renee, dana)
    on("2026-03-10")
    desk.assesses("How the morning goes", {"up": "Most days", "eat": "Some days"})  # 2 + 1
    first = renee.page.address.replace("answer/", "")
    begun = desk.begins("How the morning goes")  # a second one, not finished when the questions change
    on("2026-04-14")
    installs(calvin, changed())
    on("2026-04-15")
    unfinished = renee.opens(begun.action).form_with("seen")
    unfinished.fill(**{"a:up": "Never", "a:eat": "Never"})  # what was begun goes on asking what it asked
    desk.presses(unfinished, "Sign")
    desk.sees("0", "/ 4", under="Mornings")
    desk.assesses("How the morning goes", {"up": "Every day", "dress": "Most days"})  # 3 + 2
    second = renee.page.address.replace("answer/", "")

    renee.opens(first)
    renee.sees("version 1")
    renee.sees("3", "/ 4", under="Mornings")
    for words in ("I get up before nine", "I eat something", "Most days"):
        renee.sees(words)
    for words in ("I am out of bed by ten", "I get dressed", "Every day"):
        renee.does_not_see(words)
    renee.opens(second)
    renee.sees("version 2")
    renee.sees("5", "/ 5", under="Mornings")
    for words in ("I am out of bed by ten", "I get dressed", "Every day"):
        renee.sees(words)
    renee.does_not_see("I eat something")
    desk.opens("assessments/")
    desk.sees("How the morning goes")
