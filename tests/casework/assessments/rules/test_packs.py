"""Files that are uploaded: a Questionnaire, a Bundle, something else."""

import json

import pytest

from goldthread.casework.assessments.rules.packs import read_pack
from goldthread.casework.assessments.rules.problems import DefinitionError
from tests.casework.assessments.rules.samples import item, option, phq9, questionnaire

VALUES = {
    "resourceType": "ValueSet",
    "url": "http://v",
    "status": "active",
    "compose": {"include": [{"system": "http://s"}]},
}
CODES = {
    "resourceType": "CodeSystem",
    "url": "http://s",
    "status": "active",
    "content": "complete",
    "concept": [{"code": "k", "display": "K"}],
}
OTHER = {**VALUES, "url": "http://other"}


def written(data):
    return json.dumps(data).encode()


def bundle(*resources):
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in resources]}


def refusals(content, name="x.json"):
    with pytest.raises(DefinitionError) as caught:
        read_pack(name, content)
    return [(problem.item, problem.reason) for problem in caught.value.problems]


def test_one_questionnaire():
    assert [str(one.title) for one in read_pack("phq9.json", b"\xef\xbb\xbf" + written(phq9()))] == ["PHQ-9"]


def test_a_bundle_with_the_value_sets_it_names():
    asked = questionnaire(item("c", "choice", answerValueSet="http://v"), title="One")
    both = read_pack("b.json", written(bundle(asked, VALUES, CODES, OTHER, phq9())))
    assert [str(one.title) for one in both] == ["One", "PHQ-9"]
    assert [str(choice.text) for choice in both[0].by_link["c"].options] == ["K"]
    assert [one["url"] for one in both[0].data["contained"]] == ["http://v", "http://s"]


def test_every_questionnaire_of_a_bundle_is_told_of():
    wrong = questionnaire(item("a", "choice"), title="Wrong")
    nameless = questionnaire(item("b", "choice"))
    assert refusals(written(bundle(phq9(), wrong, nameless))) == [
        ("a", "Wrong: is a choice with nothing to choose from"),
        ("b", "3: is a choice with nothing to choose from"),
    ]


@pytest.mark.parametrize(
    "data",
    [
        bundle(),
        bundle({"resourceType": "Patient"}),
        {"resourceType": "Bundle", "entry": 3},
        bundle(*[questionnaire()] * 101),
    ],
)
def test_a_bundle_without_questionnaires_or_with_too_many(data):
    assert refusals(written(data)) == [("", "the Bundle holds no Questionnaire, or more than 100")]


def test_what_is_no_file_of_ours():
    assert refusals(b"\xff\xfe\x00") == [("", "is neither JSON in UTF-8 nor an XLSX workbook")]
    assert refusals(b" " * 12_000_001) == [("", "is larger than 12 MB")]
    assert refusals(b"[1]") == [("", "is not a JSON object")]
    assert refusals(b"PK\x03\x04rest") == [("", "is not an XLSX workbook that can be read")]


def test_options_of_the_same_code_in_two_systems_are_two():
    other = {"valueCoding": {"system": "http://b", "code": "k"}}
    found = read_pack("x", written(questionnaire(item("q", "choice", answerOption=[option("k"), other]))))[0]
    assert [one.token for one in found.by_link["q"].options] == ["http://loinc.org|k", "http://b|k"]
