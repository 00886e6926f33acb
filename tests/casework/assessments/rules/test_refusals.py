"""Questionnaires refused, by item and reason."""

import pytest

from goldthread.casework.assessments.rules.definition import (
    DefinitionError,
    read_questionnaire,
)
from tests.casework.assessments.rules.samples import HL7, SDC, fhirpath, item, option, questionnaire, score

SHORT = [option("a", "A", 1), option("b", "B", 2)]


def extended(name, value, base=HL7, kind="valueString"):
    return {"url": base + name, kind: value}


def when(question="a", operator="=", **answer):
    return {"question": question, "operator": operator, **(answer or {"answerInteger": 1})}


def refusals(data):
    with pytest.raises(DefinitionError) as caught:
        read_questionnaire(data)
    return [(problem.item, problem.reason) for problem in caught.value.problems]


A = item("a", "integer")
Z = {"system": "http://s", "concept": [{"code": "z"}]}
VS = {"resourceType": "ValueSet", "status": "active"}


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (item("x", "question"), "its type “question” is not known"),
        (item("x", "display", item=[item("y")]), "is words to show and cannot have items in it"),
        (item("x", "string", foo=1), "foo: Extra inputs are not permitted"),
        (item("x", modifierExtension=[extended("x", "y")]), "has the modifierExtension"),
        (item("x", "choice"), "is a choice with nothing to choose from"),
        (item("x", "boolean", answerOption=SHORT), "has options, which its type cannot have"),
        (item("x", "group", initial=[{"valueString": "a"}]), "has an initial answer but takes no answers"),
        (item("x", initial=[{"valueString": "a"}, {"valueString": "b"}]), "has several initial answers but takes one"),
        (item("x", "integer", initial=[{"extension": []}]), "initial"),
        (item("x", "choice", answerOption=[*SHORT, SHORT[0]]), "offers “http://loinc.org|a” twice"),
        (
            item("x", "choice", answerOption=[{"valueCoding": {"system": "s"}}]),
            "has an option with neither code nor words",
        ),
        (item("x", "choice", answerOption=SHORT, answerValueSet="#v"), "has both answerOption and answerValueSet"),
        (
            item("x", "choice", answerValueSet="http://v"),
            "takes its answers from http://v, which the questionnaire does not contain",
        ),
        (item("x", "choice", answerValueSet="#empty"), "the value set #empty names no codes"),
        (item("x", "choice", answerValueSet="#self"), "the value set #self includes itself"),
        (item("x", "choice", answerValueSet="#whole"), "takes its answers from all of http://s"),
        (item("x", "choice", answerValueSet="#filtered"), "filters the codes of http://cs"),
        (item("x", enableWhen=[when("nowhere")]), "enableWhen names nowhere, which is no item here"),
        (item("x", enableWhen=[when("g")]), "enableWhen names g, which takes no answers"),
        (item("x", enableWhen=[when(operator="like")]), "the operator “like” is not known"),
        (item("x", enableWhen=[when(operator="exists")]), "exists is compared with true or false"),
        (
            item("x", enableWhen=[when(), when()]),
            "has several enableWhen and does not say whether all or any are needed",
        ),
        (item("x", enableWhen=[when("x")]), "is switched in a circle: x → x"),
        (
            item("x", enableWhen=[when()], extension=[{"url": SDC + "enableWhenExpression", **fhirpath("true")}]),
            "has both enableWhen and",
        ),
        (
            item("x", extension=[{"url": SDC + "calculatedExpression", **fhirpath("1 +")}]),
            "cannot be used: it cannot be read at character",
        ),
        (item("x", extension=[{"url": SDC + "calculatedExpression", **fhirpath("%nobody")}]), "%nobody is not known"),
        (
            item("x", extension=[{"url": SDC + "calculatedExpression", **fhirpath("answers()")}]),
            "answers() is not known",
        ),
        (
            item("x", extension=[{"url": SDC + "calculatedExpression", **fhirpath("weight()")}]),
            "it weighs answers, but no option has a weight",
        ),
        (
            item("x", "group", extension=[{"url": SDC + "calculatedExpression", **fhirpath("1")}]),
            "is worked out but takes no answers",
        ),
        (
            item("x", "integer", extension=[{"url": SDC + "calculatedExpression", **fhirpath("'a'")}]),
            "which is no answer of the type integer",
        ),
        (
            item("x", extension=[{"url": SDC + "calculatedExpression", **fhirpath("1 | 2")}]),
            "it came to several values",
        ),
        (item("x", extension=[{"url": SDC + "calculatedExpression", **fhirpath("1 > 'a'")}]), "cannot be compared"),
        (
            item(
                "x",
                extension=[
                    {
                        "url": SDC + "calculatedExpression",
                        "valueExpression": {"language": "text/cql", "expression": "1"},
                    }
                ],
            ),
            "calculatedExpression is written in “text/cql”; only text/fhirpath is understood",
        ),
        (item("x", extension=[extended("calculatedExpression", "1", SDC)]), "calculatedExpression has no expression"),
        (item("x", extension=[{"url": HL7 + "variable", **fhirpath("1")}]), "has a variable without a name"),
        (
            item("x", extension=[{"url": SDC + "answerExpression", **fhirpath("1")}]),
            "offers answers that an expression works out",
        ),
        (
            item("x", _text={"extension": [{"url": HL7 + "cqf-expression", **fhirpath("1")}]}),
            "has words or a value that an expression works out",
        ),
        (item("x", text="Hello <script>alert(1)</script>"), "has a script in its words"),
        (item("x", text="<img src=x onerror=alert(1)>"), "has a script in its words"),
        (item("x", _text={"extension": [extended("rendering-xhtml", "<b onclick='x'>")]}), "has a script in its words"),
        (item("x", "choice", answerOption=[option("a", "<script>")]), "has a script in its words"),
        (
            item("x", extension=[extended("questionnaire-supportLink", "javascript:alert(1)", kind="valueUri")]),
            "has a link that is not an address of the web",
        ),
        (
            item("x", extension=[extended("questionnaire-supportLink", "http://[x", kind="valueUri")]),
            "has a link that is not an address of the web",
        ),
        (item("x", extension=[extended("regex", "(")]), "its pattern cannot be used"),
        (item("x", extension=[extended("regex", "a" * 1001)]), "it is longer than 1000 characters"),
        (item("x", extension=[extended("minLength", -1, kind="valueInteger")]), "minLength must be a whole number"),
        (item("x", extension=[extended("questionnaire-hidden", "yes")]), "hidden must be true or false"),
        (
            item("x", extension=[extended("minValue", 1, kind="valueInteger")]),
            "has minValue, which its type cannot have",
        ),
        (
            item("x", extension=[{"url": HL7 + "questionnaire-constraint", "extension": [extended("key", "k", "")]}]),
            "has a constraint without an expression",
        ),
        (
            item("x", extension=[{"url": "urn:goldthread:safety", "extension": [extended("above", "much", "")]}]),
            "safety above must be a number",
        ),
        (item("a"), "another item has the same linkId"),
    ],
)
def test_an_item_is_refused_by_name_and_reason(wrong, reason):
    contained = [
        {**VS, "id": "empty", "compose": {"include": [{"valueSet": ["#empty2"]}]}},
        {
            **VS,
            "id": "empty2",
            "compose": {
                "include": [{"system": "http://s", "concept": [{"code": "z"}]}],
                "exclude": [{"system": "http://s", "concept": [{"code": "z"}]}],
            },
        },
        {**VS, "id": "self", "compose": {"include": [{"valueSet": ["#self"]}]}},
        {**VS, "id": "whole", "compose": {"include": [{"system": "http://s"}]}},
        {
            **VS,
            "id": "filtered",
            "compose": {"include": [{"system": "http://cs", "filter": [{"property": "a", "op": "=", "value": "b"}]}]},
        },
        {
            "resourceType": "CodeSystem",
            "url": "http://cs",
            "status": "active",
            "content": "complete",
            "concept": [{"code": "k"}],
        },
    ]
    data = questionnaire(A, item("g", "group", item=[item("inner")]), wrong, contained=contained)
    found = refusals(data)
    assert {link_id for link_id, _reason in found} == {wrong["linkId"]}
    assert any(reason in said for _link_id, said in found), found


@pytest.mark.parametrize(
    ("more", "name", "reason"),
    [
        ({"modifierExtension": [extended("x", "y")]}, "", "has the modifierExtension"),
        ({"implicitRules": "http://r"}, "", "follows implicitRules"),
        ({"status": None}, "", "status"),
        ({"title": "<iframe src=x>"}, "", "has a script in its words"),
        (
            {"extension": [{"url": SDC + "subQuestionnaire", "valueCanonical": "http://q"}]},
            "",
            "is assembled from another",
        ),
        ({"extension": [score("s", item="nowhere")]}, "s", "names nowhere, which is no question here"),
        ({"extension": [score("s", item="a", reverse="b")]}, "s", "reverses b, which is not among its items"),
        ({"extension": [score("s")]}, "s", "says neither an expression nor items"),
        ({"extension": [score("", item="a")]}, "", "has a score without a name"),
        ({"extension": [score("a", item="a")]}, "a", "is called like an item"),
        ({"extension": [score("s", item="a"), score("s", item="a")]}, "", "two scores are called “s”"),
        ({"extension": [score("s", item="a", missing="guess")]}, "s", "missing: “guess” is not known"),
        (
            {"extension": [score("s", expression="1", missing="prorated")]},
            "s",
            "a prorated score has to name its items",
        ),
        ({"extension": [score("s", expression="%x")]}, "s", "%x is not known"),
        ({"extension": [score("s", expression="1 > 'a'")]}, "s", "cannot be compared"),
        ({"extension": [score("s", item="a", bands=[("", 0, 1, 0)])]}, "s", "has a band without a label"),
        ({"extension": [score("s", item="a", bands=[("A", 2, 1, 0)])]}, "s", "ends before it starts"),
        ({"extension": [score("s", item="a", bands=[("A", 0, 5, 0), ("B", 5, 9, 0)])]}, "s", "overlap"),
        ({"extension": [score("s", item="a", bands=[("A", 0, None, 0), ("B", 5, 9, 0)])]}, "s", "overlap"),
        ({"extension": [score("s", item="a", bands=[("A", 0, 5, 9)])]}, "s", "severity goes from 0 to 4"),
        ({"extension": [score("s", item="a", bands=[("A", 0, 5, 1, "moon", 1)])]}, "s", "“moon” is not a life domain"),
        (
            {"extension": [score("s", item="a", bands=[("A", 0, 5, 1, "food", None)])]},
            "s",
            "a need has a domain and a strength",
        ),
        (
            {"extension": [score("s", item="a", bands=[("A", 0, 5, 1, "food", 7)])]},
            "s",
            "a need has a domain and a strength",
        ),
        (
            {
                "extension": [
                    {"url": HL7 + "questionnaire-constraint", "extension": [extended("expression", "1 > 'a'", "")]}
                ]
            },
            "",
            "cannot be compared",
        ),
    ],
)
def test_a_whole_is_refused(more, name, reason):
    found = refusals({**questionnaire(A, item("b", "integer")), **more})
    assert any(link_id == name and reason in said for link_id, said in found), found


def test_a_prorated_score_does_not_stand_on_an_item():
    one = item(
        "t",
        "integer",
        extension=[{"url": SDC + "calculatedExpression", **fhirpath("1")}, score("", item="a", missing="prorated")],
    )
    assert refusals(questionnaire(A, one)) == [
        ("t", "a prorated score belongs to the questionnaire: an item shows what its expression says")
    ]


@pytest.mark.parametrize("data", [None, [], "x", {"resourceType": "Patient"}, {}])
def test_what_is_no_questionnaire(data):
    assert len(refusals(data)) == 1


def test_the_item_at_fault_is_named_however_deep():
    deep = questionnaire(
        item("a", "group", item=[item("b", "group", item=[{"linkId": "c", "type": "string", "maxLength": "x"}])])
    )
    assert [link_id for link_id, _reason in refusals(deep)] == ["c"]
    without = questionnaire(item("a", "group", item=[{"type": "string"}]))
    assert [link_id for link_id, _reason in refusals(without)] == ["a"]


def test_the_same_mistake_is_told_once():
    twice = item("x", modifierExtension=[extended("x", "y"), extended("x", "z")])
    assert len(refusals(questionnaire(twice))) == 1


@pytest.mark.parametrize("extension", [3, [3], {"url": "x"}])
def test_extensions_that_are_no_list_of_objects(extension):
    assert [link_id for link_id, _reason in refusals(questionnaire(item("x", extension=extension)))] == ["x"]
