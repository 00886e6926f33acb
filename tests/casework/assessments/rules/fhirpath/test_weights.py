"""What an answer counts, looked up as the reference engine does."""

import pytest

from goldthread.casework.assessments.rules.fhirpath import Budget, World, compiled, evaluate
from goldthread.casework.assessments.rules.fhirpath.weights import weights_in
from goldthread.casework.assessments.rules.problems import ExpressionError
from tests.casework.assessments.rules.samples import WEIGHT, item, option, questionnaire


def weighed(value):
    return [{"url": WEIGHT, "valueDecimal": value}]


SETS = [
    {"resourceType": "CodeSystem", "url": "http://other", "concept": []},
    {"resourceType": "ValueSet", "id": "elsewhere"},
    {
        "resourceType": "ValueSet",
        "id": "v",
        "url": "http://v",
        "compose": {
            "include": [
                {"system": "http://x", "concept": [{"code": "a", "extension": weighed(9)}]},
                {"system": "http://s", "concept": [{"code": "b"}]},
                {"system": "http://s", "concept": [{"code": "a", "extension": weighed(4)}, {"code": "c"}]},
            ]
        },
    },
    {
        "resourceType": "CodeSystem",
        "url": "http://s",
        "concept": [{"code": "top", "concept": [{"code": "c", "extension": weighed(7)}]}, {"code": "none"}],
    },
]
ASKED = questionnaire(
    item("set", "choice", answerValueSet="#v"),
    item("canonical", "choice", answerValueSet="http://v"),
    item("nowhere", "choice", answerValueSet="http://gone"),
    item("listed", "choice", answerOption=[option("a", "A", 2)]),
    item("inside", "group", item=[item("n", "integer", answerOption=[{"valueInteger": 1, "extension": weighed(5)}])]),
    contained=SETS,
)


def weight(link_id, value, name="valueCoding", path="answer.value", **more):
    row = {"linkId": link_id, "answer": [{name: value, **more}]}
    response = {"resourceType": "QuestionnaireResponse", "item": [row]}
    return evaluate(compiled(f"item.{path}.weight()"), World(response, weights=weights_in(ASKED)), Budget())


@pytest.mark.parametrize(
    ("link_id", "value", "expected"),
    [
        ("set", {"system": "http://s", "code": "a"}, [4]),
        ("canonical", {"system": "http://s", "code": "a"}, [4]),
        ("set", {"system": "http://x", "code": "a"}, [9]),
        ("set", {"system": "http://s", "code": "c"}, [7]),
        ("set", {"system": "http://s", "code": "none"}, []),
        ("set", {"system": "http://s", "code": "unheard"}, []),
        ("set", {"system": "http://z", "code": "a"}, []),
        ("set", {"code": "a"}, []),
        ("set", {"display": "words"}, []),
        ("nowhere", {"system": "http://s", "code": "c"}, [7]),
        ("listed", {"system": "http://loinc.org", "code": "a"}, [2]),
        ("listed", {"system": "http://s", "code": "c"}, []),
        ("listed", {"system": "http://loinc.org", "code": "z", "extension": weighed(8)}, [8]),
    ],
)
def test_of_a_coding(link_id, value, expected):
    assert weight(link_id, value) == expected
    assert weight(link_id, value, path="answer") == expected


def test_of_a_number_and_of_what_carries_its_weight():
    assert weight("n", 1, "valueInteger") == [5]
    assert weight("n", 2, "valueInteger") == []
    assert weight("n", 2, "valueInteger", _valueInteger={"extension": weighed(6)}) == [6]


def test_of_an_answer_without_value():
    response = {"resourceType": "QuestionnaireResponse", "item": [{"linkId": "n", "answer": [{"id": "x"}]}]}
    assert evaluate(compiled("item.answer.weight()"), World(response, weights=weights_in(ASKED)), Budget()) == []


def test_of_a_coding_that_is_no_answer():
    world = World({}, {"code": {"coding": {"system": "http://s", "code": "c"}}}, weights_in(ASKED))
    assert evaluate(compiled("%code.coding.weight()"), world, Budget()) == []
    patient = {
        "resourceType": "Patient",
        "maritalStatus": {"coding": [{"system": "http://s", "code": "c"}, {"code": "c"}]},
    }
    assert evaluate(compiled("maritalStatus.coding.weight()"), World(patient, weights=weights_in(ASKED)), Budget()) == [
        7
    ]


def test_of_an_item_that_is_not_there():
    with pytest.raises(ExpressionError, match="has no item gone to weigh"):
        weight("gone", {"code": "a"})
