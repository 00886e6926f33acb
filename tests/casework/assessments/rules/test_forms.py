"""Answers read from forms, and shown in them again."""

import pytest

from goldthread.casework.assessments.rules.answers import (
    from_form,
    to_form,
)
from goldthread.casework.assessments.rules.definition import read_questionnaire
from tests.casework.assessments.rules.samples import HL7, item, option, questionnaire

KG = [{"url": HL7 + "questionnaire-unitOption", "valueCoding": {"code": "kg"}}]
FIVE = "[0-9]{5}"
HARD = "^(([a-z])+.)+[A-Z]([a-z])+$"
UCUM = "http://unitsofmeasure.org"
AB = [option("a", "A", 1), option("b", "B", 2)]


def ext(name, kind="valueInteger", **value):
    return {"url": HL7 + name, kind: next(iter(value.values()))}


def least(value, kind="valueInteger"):
    return ext("minValue", kind, v=value)


def most(value, kind="valueInteger"):
    return ext("maxValue", kind, v=value)


def coded(code, system="http://loinc.org"):
    return {"valueCoding": {"system": system, "code": code}}


@pytest.mark.parametrize(
    ("kind", "more", "sent", "expected"),
    [
        ("boolean", {}, ["true"], [{"valueBoolean": True}]),
        ("boolean", {}, ["perhaps"], [{"valueString": "perhaps"}]),
        ("integer", {}, [" 5 "], [{"valueInteger": 5}]),
        ("integer", {}, ["5.5"], [{"valueString": "5.5"}]),
        ("integer", {}, ["\N{MINUS SIGN}5"], [{"valueInteger": -5}]),
        ("integer", {}, ["1_000"], [{"valueString": "1_000"}]),
        ("decimal", {}, ["5.50"], [{"valueDecimal": 5.5}]),
        ("decimal", {}, ["+3"], [{"valueDecimal": 3}]),
        ("decimal", {}, ["nan"], [{"valueString": "nan"}]),
        ("decimal", {}, ["1e999"], [{"valueString": "1e999"}]),
        ("decimal", {}, ["--5"], [{"valueString": "--5"}]),
        ("decimal", {}, ["1.2.3"], [{"valueString": "1.2.3"}]),
        ("string", {}, ["", "  ", "a"], [{"valueString": "a"}]),
        ("text", {}, ["a\nb"], [{"valueString": "a\nb"}]),
        ("date", {}, ["2026-01-01"], [{"valueDate": "2026-01-01"}]),
        ("dateTime", {}, ["2026-01-01T10:00"], [{"valueDateTime": "2026-01-01T10:00"}]),
        ("time", {}, ["10:00"], [{"valueTime": "10:00"}]),
        ("url", {}, ["https://a"], [{"valueUri": "https://a"}]),
        (
            "choice",
            {"answerOption": AB, "repeats": True},
            ["http://loinc.org|a", "zzz"],
            [option("a", "A")["valueCoding"], "zzz"],
        ),
        ("open-choice", {"answerOption": AB}, ["mine"], [{"valueString": "mine"}]),
        ("integer", {"answerOption": [{"valueInteger": 3}]}, ["3"], [{"valueInteger": 3}]),
    ],
)
def test_from_a_form_and_back(kind, more, sent, expected):
    asked = read_questionnaire(questionnaire(item("q", kind, **more))).by_link["q"]
    found = from_form(asked, sent)
    wanted = [
        {"valueCoding": one}
        if isinstance(one, dict) and "code" in one
        else {"valueString": one}
        if one == "zzz"
        else one
        for one in expected
    ]
    assert found == wanted
    assert from_form(asked, to_form(asked, found)) == found


def test_a_quantity_with_its_unit_from_a_form():
    options = [
        {"url": HL7 + "questionnaire-unitOption", "valueCoding": {"code": code, "system": UCUM}} for code in ("kg", "g")
    ]
    asked = read_questionnaire(questionnaire(item("q", "quantity", extension=options), item("p", "quantity")))
    assert from_form(asked.by_link["q"], ["5"], "g") == [
        {"valueQuantity": {"value": 5, "unit": "g", "system": UCUM, "code": "g"}}
    ]
    assert from_form(asked.by_link["p"], ["5"], "stone") == [{"valueQuantity": {"value": 5, "unit": "stone"}}]
    assert from_form(asked.by_link["p"], ["5"]) == [{"valueQuantity": {"value": 5}}]
    assert from_form(asked.by_link["p"], ["much"]) == [{"valueString": "much"}]
    assert to_form(asked.by_link["q"], [{"valueQuantity": {"value": 5}}, {}]) == ["5", ""]
    assert to_form(asked.by_link["q"], [{"valueReference": {"reference": "Patient/1"}}]) == ["Patient/1"]
