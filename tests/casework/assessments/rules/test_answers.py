"""Answers checked, read from forms, and written as responses that come back equal."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.casework.assessments.rules.answers import (
    MOST_TURNS,
    check_answer,
    check_answers,
    from_form,
    from_response,
    same_value,
    to_form,
    to_response,
    value_of,
)
from goldthread.casework.assessments.rules.definition import read_questionnaire
from goldthread.casework.assessments.rules.problems import ResponseError
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
    assert problems(data, {"s": some * 4, "g": [{}, {}], "in[0]": some}) == [
        ("s", "At most 3 answers."),
        ("in[1]", "Please answer this."),
    ]
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


BIG = questionnaire(
    item("s"),
    item("d", "display"),
    item("many", repeats=True, item=[item("under", "integer")]),
    item("single", "choice", answerOption=AB, item=[item("why")]),
    item(
        "g",
        "group",
        repeats=True,
        item=[item("x", "decimal"), item("gg", "group", repeats=True, item=[item("y", "boolean")])],
    ),
    item("plain", "group", item=[item("z", "date"), item("empty", "group", item=[item("e")])]),
    url="http://q",
    version="3",
)
ASKED = read_questionnaire(BIG)
WORDS = st.text(min_size=1, max_size=8)
EXTRA = st.sampled_from([{}, {"text": "T"}, {"id": "i"}, {"extension": [{"url": "http://x", "valueString": "y"}]}])


NOTHING = st.just([])


def answer(value, inner=NOTHING):
    return st.builds(
        lambda one, more, below: {
            **one,
            **({"extension": [{"url": "u", "valueString": "v"}]} if more else {}),
            **({"item": below} if below else {}),
        },
        value,
        st.booleans(),
        inner,
    )


def row(link_id, answers):
    made = st.builds(
        lambda given, more: {"linkId": link_id, **more, **({"answer": given} if given else {})}, answers, EXTRA
    )
    return st.one_of(st.just([]), made.map(lambda one: [one]))


def joined(*parts):
    return st.tuples(*parts).map(lambda rows: [one for part in rows for one in part])


def group(link_id, inner, times):
    made = st.builds(
        lambda below, more: {"linkId": link_id, **more, **({"item": below} if below else {})}, inner, EXTRA
    )
    return st.lists(made, max_size=times)


STRINGS = st.lists(answer(WORDS.map(lambda words: {"valueString": words})), max_size=1)
UNDER = row("under", st.lists(answer(st.integers(-9, 9).map(lambda n: {"valueInteger": n})), max_size=1))
MANY = st.lists(answer(WORDS.map(lambda words: {"valueString": words}), UNDER), max_size=3)
SINGLE = st.lists(answer(st.just(coded("a")), row("why", STRINGS)), max_size=1)
Y = row("y", st.lists(answer(st.booleans().map(lambda b: {"valueBoolean": b})), max_size=1))
X = row("x", st.lists(answer(st.floats(-9, 9).map(lambda n: {"valueDecimal": n})), max_size=1))
Z = row("z", st.lists(answer(st.dates().map(lambda d: {"valueDate": d.isoformat()})), max_size=1))
ITEMS = joined(
    row("s", STRINGS),
    st.sampled_from([[], [{"linkId": "d"}]]),
    row("many", MANY),
    row("single", SINGLE),
    group("g", joined(X, group("gg", Y, 2)), 3),
    group("plain", joined(Z, group("empty", row("e", STRINGS), 1)), 1),
)


@given(ITEMS, st.sampled_from([{}, {"authored": "2026-01-01", "subject": {"reference": "Patient/1"}}]))
def test_a_response_comes_back_equal(items, head):
    response = {
        "resourceType": "QuestionnaireResponse",
        "status": "completed",
        **head,
        **({"item": items} if items else {}),
    }
    answers = from_response(ASKED, response)
    assert to_response(ASKED, json.loads(json.dumps(answers)), like=response) == response
    again = to_response(ASKED, answers)
    assert from_response(ASKED, again) == answers
    assert again["questionnaire"] == "http://q|3"


def test_items_under_a_question_without_answer_are_kept():
    response = {
        "resourceType": "QuestionnaireResponse",
        "status": "completed",
        "item": [{"linkId": "single", "item": [{"linkId": "why", "answer": [{"valueString": "x"}]}]}],
    }
    answers = from_response(ASKED, response)
    assert answers == {"single": [], "why": [{"valueString": "x"}]}
    assert to_response(ASKED, answers, like=response) == response


def test_the_order_of_a_response_is_kept_and_what_is_new_takes_its_place():
    response = {
        "resourceType": "QuestionnaireResponse",
        "status": "completed",
        "item": [{"linkId": "single", "answer": [coded("a")]}, {"linkId": "s", "answer": [{"valueString": "x"}]}],
    }
    answers = from_response(ASKED, response)
    assert to_response(ASKED, answers, like=response) == response
    answers["z"] = [{"valueDate": "2026-01-01"}]
    assert [one["linkId"] for one in to_response(ASKED, answers, like=response)["item"]] == ["s", "single", "plain"]


@pytest.mark.parametrize(
    ("items", "item", "reason"),
    [
        ([{"linkId": "nobody"}], "nobody", "is not in the questionnaire"),
        ([{"linkId": "x"}], "x", "stands in another place than in the questionnaire"),
        (
            [{"linkId": "s", "answer": [{"valueString": "a"}, {"valueString": "b"}]}],
            "s",
            "is given several times but can be given once",
        ),
        ([{"linkId": "many", "answer": [{"valueString": "a"}] * 201}], "many", "is given more than 200 times"),
        ([{"linkId": "g"}] * 201, "g", "is given more than 200 times"),
        ({"linkId": "s"}, "", "has items that are no list of objects"),
        ([3], "", "has items that are no list of objects"),
        ([{"linkId": "s", "answer": [3]}], "s", "has answers that are no list of objects"),
        ([{"linkId": "s", "answer": {}}], "s", "has answers that are no list of objects"),
    ],
)
def test_a_response_that_does_not_belong(items, item, reason):
    with pytest.raises(ResponseError) as caught:
        from_response(ASKED, {"resourceType": "QuestionnaireResponse", "item": items})
    assert (caught.value.problems[0].item, caught.value.problems[0].reason) == (item, reason)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"code": "a"}, {"code": "a", "system": "s"}, True),
        ({"code": "a", "system": "t"}, {"code": "a", "system": "s"}, False),
        ({"display": "x"}, {"display": "x"}, True),
        ({"display": "x"}, {"display": "y"}, False),
        (True, 1, False),
        (True, True, True),
        (2, 2.0, True),
        ("a", {"code": "a"}, False),
    ],
)
def test_the_same_value(one, other, expected):
    assert same_value(one, other) is expected


def test_an_answer_without_value():
    assert value_of({"extension": []}) is None
