"""Answers checked against what is asked."""

import pytest

from goldthread.casework.assessments.rules.answers import (
    MOST_TURNS,
    check_answer,
    check_answers,
)
from goldthread.casework.assessments.rules.definition import read_questionnaire
from tests.casework.assessments.rules.samples import HL7, calculated, item, option, questionnaire

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
    ("kind", "more", "answer", "reason"),
    [
        ("boolean", {}, {"valueBoolean": True}, ""),
        ("boolean", {}, {"valueString": "maybe"}, "Answer yes or no."),
        ("integer", {}, {"valueInteger": 5}, ""),
        ("integer", {}, {"valueInteger": 5.5}, "Write a whole number."),
        ("integer", {}, {"valueInteger": True}, "Write a whole number."),
        ("integer", {}, {"valueString": "five"}, "Write a whole number."),
        ("integer", {"extension": [least(5), most(9)]}, {"valueInteger": 4}, "Not less than 5."),
        ("integer", {"extension": [least(5), most(9)]}, {"valueInteger": 10}, "Not more than 9."),
        ("integer", {"extension": [least(5), most(9)]}, {"valueInteger": 9}, ""),
        (
            "integer",
            {"extension": [least("a", "valueString")]},
            {"valueInteger": 9},
            "It cannot be compared with what is allowed.",
        ),
        ("decimal", {}, {"valueDecimal": 1.25}, ""),
        ("decimal", {}, {"valueDecimal": float("inf")}, "Write a number."),
        ("decimal", {"extension": [ext("maxDecimalPlaces", v=1)]}, {"valueDecimal": 1.25}, "At most 1 decimal place."),
        ("decimal", {"extension": [ext("maxDecimalPlaces", v=2)]}, {"valueDecimal": 1.25}, ""),
        ("decimal", {"extension": [ext("maxDecimalPlaces", v=0)]}, {"valueDecimal": 2.0}, ""),
        ("quantity", {}, {"valueQuantity": {"value": 3}}, ""),
        ("quantity", {}, {"valueQuantity": {"unit": "kg"}}, "Write a number."),
        (
            "quantity",
            {"extension": KG},
            {"valueQuantity": {"value": 3, "code": "g"}},
            "Choose one of the units offered.",
        ),
        (
            "quantity",
            {"extension": KG},
            {"valueQuantity": {"value": 3, "code": "kg"}},
            "",
        ),
        (
            "quantity",
            {"extension": [most({"value": 2, "unit": "kg"}, "valueQuantity")]},
            {"valueQuantity": {"value": 3}},
            "Not more than 2 kg.",
        ),
        ("quantity", {"extension": [most(2)]}, {"valueQuantity": {"value": 3}}, "Not more than 2."),
        ("string", {"maxLength": 3}, {"valueString": "abcd"}, "At most 3 characters."),
        ("string", {"extension": [ext("minLength", v=3)]}, {"valueString": "ab"}, "At least 3 characters."),
        (
            "string",
            {"extension": [ext("regex", "valueString", v=FIVE)]},
            {"valueString": "1234"},
            "It is not written as asked.",
        ),
        (
            "string",
            {"extension": [ext("regex", "valueString", v=FIVE), ext("entryFormat", "valueString", v="12345")]},
            {"valueString": "1234"},
            "Write it like this: 12345",
        ),
        ("string", {"extension": [ext("regex", "valueString", v=FIVE)]}, {"valueString": "12345"}, ""),
        (
            "string",
            {"extension": [ext("regex", "valueString", v=HARD)]},
            {"valueString": "a" * 4000},
            "It could not be checked in time. Write less.",
        ),
        ("text", {}, {"valueString": "x" * 20_001}, "At most 20000 characters."),
        ("string", {}, {"valueInteger": 3}, "Write words."),
        ("url", {}, {"valueUri": "https://example.org"}, ""),
        ("url", {}, {"valueUri": "nonsense"}, "Write an address of the web, such as https://example.org."),
        ("url", {}, {"valueUri": "http://[x"}, "Write an address of the web, such as https://example.org."),
        ("date", {}, {"valueDate": "2026-02-28"}, ""),
        ("date", {}, {"valueDate": "2026-02-30"}, "Write a date."),
        ("date", {}, {"valueString": "tomorrow"}, "Write a date."),
        (
            "date",
            {"extension": [least("2026-01-01", "valueDate")]},
            {"valueDate": "2025-12-31"},
            "Not less than 2026-01-01.",
        ),
        ("dateTime", {}, {"valueDateTime": "2026-02-28T10:00:00Z"}, ""),
        ("time", {}, {"valueTime": "25:00:00"}, "Write a time of day."),
        ("choice", {"answerOption": AB}, coded("a"), ""),
        ("choice", {"answerOption": AB}, coded("z"), "Choose one of the answers offered."),
        ("choice", {"answerOption": AB}, {"valueString": "a"}, "Choose one of the answers offered."),
        ("choice", {"readOnly": True}, coded("z"), ""),
        ("open-choice", {"answerOption": AB}, {"valueString": "other"}, ""),
        ("open-choice", {"answerOption": AB, "maxLength": 3}, {"valueString": "other"}, "At most 3 characters."),
        ("open-choice", {"answerOption": AB}, coded("z"), "Choose one of the answers offered."),
        ("open-choice", {}, {"valueString": "other"}, ""),
        ("open-choice", {}, {"valueInteger": 1}, "Choose an answer, or write your own."),
        ("integer", {"answerOption": [{"valueInteger": 3}]}, {"valueInteger": 3}, ""),
        ("integer", {"answerOption": [{"valueInteger": 3}]}, {"valueInteger": 4}, "Choose one of the answers offered."),
        (
            "attachment",
            {"extension": [ext("mimeType", "valueCode", v="image/png")]},
            {"valueAttachment": {"contentType": "text/html"}},
            "A file of this kind is not taken: image/png.",
        ),
        (
            "attachment",
            {"extension": [ext("mimeType", "valueCode", v="image/png")]},
            {"valueAttachment": {"contentType": "image/jpeg"}},
            "",
        ),
        (
            "attachment",
            {"extension": [ext("mimeType", "valueCode", v="application/pdf")]},
            {"valueAttachment": {"contentType": "image/jpeg"}},
            "A file of this kind is not taken: application/pdf.",
        ),
        (
            "attachment",
            {"extension": [ext("maxSize", "valueDecimal", v=1)]},
            {"valueAttachment": {"size": 2_000_000}},
            "The file is larger than 1 MB.",
        ),
        ("attachment", {"extension": [ext("maxSize", "valueDecimal", v=1)]}, {"valueAttachment": {"size": 1000}}, ""),
        ("attachment", {}, {"valueString": "x"}, "Choose a file."),
        ("reference", {}, {"valueReference": {"reference": "Patient/1"}}, ""),
        ("reference", {}, {"valueString": "x"}, "Choose a person."),
    ],
)
def test_one_answer(kind, more, answer, reason):
    asked = read_questionnaire(questionnaire(item("q", kind, **more))).by_link["q"]
    assert check_answer(asked, answer) == reason


def problems(data, answers):
    return [(problem.item, problem.reason) for problem in check_answers(read_questionnaire(data), answers)]


def test_required_only_when_asked():
    when = [{"question": "a", "operator": "=", "answerBoolean": True}]
    data = questionnaire(
        item("a", "boolean", required=True),
        item("b", required=True, enableWhen=when),
        item("c", required=True, extension=[ext("questionnaire-hidden", "valueBoolean", v=True)]),
        item("d", "integer", required=True, extension=[calculated("{}")]),
        item("e", "display", required=True),
        item("g", "group", required=True, item=[item("in", required=True)]),
    )
    assert problems(data, {}) == [("a", "Please answer this."), ("in", "Please answer this.")]
    assert problems(data, {"a": [{"valueBoolean": True}], "in": [{"valueString": "x"}]}) == [
        ("b", "Please answer this.")
    ]
    assert (
        problems(data, {"a": [{"valueBoolean": False}], "b": [{"valueInteger": 3}], "in": [{"valueString": "x"}]}) == []
    )


def test_how_many_answers():
    twice = [ext("questionnaire-minOccurs", v=2), ext("questionnaire-maxOccurs", v=3)]
    data = questionnaire(
        item("s", repeats=True, extension=twice),
        item("g", "group", repeats=True, required=True, item=[item("in", required=True)]),
        item("one"),
    )
    some = [{"valueString": "x"}]
    assert problems(data, {"s": some, "g": [{}], "in[0]": some}) == [("s", "At least 2 answers.")]
    assert problems(data, {"s": some * 4, "g": [{}, {}], "in[0]": some}) == [("s", "At most 3 answers.")]
    assert problems(data, {"one": some * 2}) == [("g", "Please answer this."), ("one", "too many answers")]
    assert ("s", "too many answers") in problems(data, {"s": some * (MOST_TURNS + 1)})


def test_exclusive_and_doubled_options():
    none = option("none", "None of these")
    none["extension"] = [ext("questionnaire-optionExclusive", "valueBoolean", v=True)]
    data = questionnaire(item("q", "choice", repeats=True, answerOption=[*AB, none]))
    assert problems(data, {"q": [coded("a"), coded("b")]}) == []
    assert problems(data, {"q": [coded("none")]}) == []
    assert problems(data, {"q": [coded("a"), coded("none")]}) == [
        ("q", "“None of these” cannot be chosen together with others.")
    ]
    assert problems(data, {"q": [coded("a"), coded("a")]}) == [("q", "“A” is chosen twice.")]


def rule(expression, severity="error", human="Too much"):
    parts = [
        {"url": "key", "valueId": "k"},
        {"url": "severity", "valueCode": severity},
        {"url": "expression", "valueString": expression},
    ]
    return {
        "url": HL7 + "questionnaire-constraint",
        "extension": [*parts, *([{"url": "human", "valueString": human}] if human else [])],
    }


def test_rules_over_answers():
    below = "%resource.item.where(linkId='n').answer.value < 10"
    data = questionnaire(
        item("n", "integer", extension=[rule(below), rule("false", "warning")]),
        extension=[rule("item.answer.value > 1", human="")],
    )
    assert problems(data, {"n": [{"valueInteger": 5}]}) == []
    assert problems(data, {"n": [{"valueInteger": 15}]}) == [("n", "Too much")]
    assert problems(data, {"n": [{"valueInteger": 1}]}) == [("", "k")]
    assert problems(data, {"n": [{"valueString": "x"}]})[1][1].startswith(
        "a rule could not be checked: a text cannot be compared"
    )
