"""Answers written as responses that come back equal."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.casework.assessments.rules.answers import (
    from_response,
    same_value,
    to_response,
    value_of,
)
from goldthread.casework.assessments.rules.definition import read_questionnaire
from goldthread.casework.assessments.rules.problems import ResponseError
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
