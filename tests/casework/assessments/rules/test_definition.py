"""Questionnaires read, or refused by item and reason."""

import pytest

from goldthread.casework.assessments.rules.definition import (
    DefinitionError,
    ItemType,
    Operator,
    read_questionnaire,
    trust_questionnaire,
)
from tests.casework.assessments.rules.samples import HL7, SDC, fhirpath, item, option, phq9, questionnaire, score

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
            "has words that an expression works out",
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


def test_all_that_can_be_asked_of_an_item():
    vs = {
        **VS,
        "id": "v",
        "url": "http://v",
        "expansion": {
            "timestamp": "2026-01-01T00:00:00Z",
            "contains": [
                {
                    "abstract": True,
                    "system": "s",
                    "code": "top",
                    "contains": [{"system": "s", "code": "x", "display": "X"}],
                },
                {"system": "s", "code": "old", "inactive": True},
            ],
        },
    }
    units = {
        **VS,
        "id": "u",
        "compose": {
            "include": [{"system": "http://unitsofmeasure.org", "concept": [{"code": "mg", "display": "milligram"}]}]
        },
    }
    helps = item(
        "n.help",
        "display",
        extension=[{"url": HL7 + "questionnaire-itemControl", "valueCodeableConcept": {"coding": [{"code": "help"}]}}],
    )
    asked = item(
        "n",
        "quantity",
        prefix="1.",
        required=True,
        repeats=True,
        readOnly=True,
        maxLength=9,
        item=[helps],
        initial=[{"valueQuantity": {"value": 1}}],
        enableWhen=[when("c", "!=", answerCoding={"code": "x"}), when("c", "exists", answerBoolean=True)],
        enableBehavior="any",
        extension=[
            extended("questionnaire-hidden", True, kind="valueBoolean"),
            extended("minLength", 1, kind="valueInteger"),
            {"url": HL7 + "minValue", "valueQuantity": {"value": 0}},
            {"url": HL7 + "maxValue", "valueQuantity": {"value": 5}},
            extended("maxDecimalPlaces", 2, kind="valueInteger"),
            extended("questionnaire-minOccurs", 1, kind="valueInteger"),
            extended("questionnaire-maxOccurs", 3, kind="valueInteger"),
            extended("regex", "[0-9]+"),
            extended("entryFormat", "9999"),
            {"url": HL7 + "questionnaire-unit", "valueCoding": {"code": "kg", "display": "kilogram", "system": "u"}},
            {"url": HL7 + "questionnaire-unitOption", "valueCoding": {"code": "g"}},
            {"url": HL7 + "questionnaire-unitValueSet", "valueCanonical": "#u"},
            {"url": HL7 + "questionnaire-choiceOrientation", "valueCode": "horizontal"},
            {
                "url": HL7 + "questionnaire-displayCategory",
                "valueCodeableConcept": {"coding": [{"code": "instructions"}]},
            },
            {"url": HL7 + "questionnaire-supportLink", "valueUri": "https://example.org"},
            extended("questionnaire-sliderStepValue", 5, kind="valueInteger"),
            {"url": HL7 + "variable", **fhirpath("1", name="v")},
            {"url": SDC + "initialExpression", **fhirpath("%v")},
            {
                "url": "urn:goldthread:safety",
                "extension": [extended("above", 2, "", "valueDecimal"), extended("says", "Look", "")],
            },
            {"url": "http://elsewhere/unknown", "valueString": "kept"},
        ],
    )
    file = item(
        "f",
        "attachment",
        extension=[extended("mimeType", "image/png", kind="valueCode"), extended("maxSize", 2, kind="valueDecimal")],
    )
    person = item(
        "p", "reference", extension=[{"url": HL7 + "questionnaire-referenceResource", "valueCode": "Patient"}]
    )
    choice = item("c", "open-choice", answerValueSet="http://v")
    exclusive = {**option("none", "None"), "initialSelected": True}
    exclusive["extension"] = [
        extended("questionnaire-optionExclusive", True, kind="valueBoolean"),
        extended("questionnaire-optionPrefix", "z)"),
    ]
    odd = item(
        "o",
        "choice",
        answerOption=[
            exclusive,
            {"valueInteger": 3},
            {"valueReference": {"reference": "Patient/1"}},
            {"valueString": "so", "_valueString": {"extension": [{"url": HL7 + "ordinalValue", "valueDecimal": 4}]}},
        ],
    )
    head = {
        "url": "http://q",
        "version": "2",
        "language": "en",
        "copyright": "Free",
        "publisher": "Us",
        "description": "D",
        "extension": [
            {"url": "urn:goldthread:source", "valueString": "A journal"},
            {"url": SDC + "launchContext", "extension": [{"url": "name", "valueCoding": {"code": "patient"}}]},
            {"url": SDC + "launchContext", "extension": [{"url": "name", "valueId": "user"}]},
        ],
    }
    found = read_questionnaire(questionnaire(asked, file, person, choice, odd, contained=[vs, units], **head))
    n = found.by_link["n"]
    assert (n.type, n.prefix, n.required, n.repeats, n.read_only, n.hidden) == (
        ItemType.QUANTITY,
        "1.",
        True,
        True,
        True,
        True,
    )
    assert (n.max_length, n.min_length, n.max_decimals, n.min_occurs, n.max_occurs) == (9, 1, 2, 1, 3)
    assert (n.min_value, n.max_value, n.regex, n.entry_format) == ({"value": 0}, {"value": 5}, "[0-9]+", "9999")
    assert [unit.code for unit in (n.unit, *n.units)] == ["kg", "g", "mg"]
    assert (n.orientation, n.category, n.support_link, n.slider_step) == (
        "horizontal",
        "instructions",
        "https://example.org",
        5,
    )
    assert (str(n.help), n.initial) == ("Text of n.help", ({"valueQuantity": {"value": 1}},))
    assert [when.operator for when in n.enable_when] == [Operator.NOT_EQUAL, Operator.EXISTS]
    assert n.enable_any
    assert (n.safety.above, str(n.safety.says)) == (2, "Look")
    assert (n.variables[0].name, n.initial_expression) == ("v", "%v")
    assert n.data["extension"][-1] == {"url": "http://elsewhere/unknown", "valueString": "kept"}
    assert (found.by_link["f"].mime_types, found.by_link["f"].max_bytes) == (("image/png",), 2_000_000)
    assert found.by_link["p"].reference_to == ("Patient",)
    assert [(one.token, str(one.text)) for one in found.by_link["c"].options] == [("s|x", "X")]
    none, three, reference, so = found.by_link["o"].options
    assert (none.exclusive, none.initial, none.prefix) == (True, True, "z)")
    assert [one.token for one in (three, reference, so)] == ["3", "Patient/1", "so"]
    assert so.weight == 4
    assert (found.licence, found.source, found.attribution, found.launch) == (
        "Free",
        "A journal",
        "Us",
        ("patient", "user"),
    )
    assert (found.url, found.version, found.language, found.description, found.languages) == (
        "http://q",
        "2",
        "en",
        "D",
        (),
    )


def test_words_in_a_language_or_the_nearest_to_it():
    found = read_questionnaire(phq9())
    text = found.by_link["q1"].text
    assert [text.within(language) for language in ("es", "es-MX", "fr")] == [
        "Poco interés",
        "Poco interés",
        "Little interest",
    ]
    assert found.languages == ("es",)


def test_what_was_let_in_once_is_read_again_without_questions():
    data = phq9()
    assert [one.link_id for one in trust_questionnaire(data).by_link.values()] == [
        one.link_id for one in read_questionnaire(data).by_link.values()
    ]


def test_a_value_set_spelled_out_in_parts():
    contained = [
        {
            **VS,
            "id": "all",
            "compose": {
                "include": [{"system": "http://cs", "valueSet": ["#some"]}, {"valueSet": ["http://more"]}],
                "exclude": [{"system": "http://cs", "concept": [{"code": "k3"}]}],
            },
        },
        {
            **VS,
            "id": "some",
            "compose": {"include": [{"system": "http://cs", "concept": [{"code": "k1"}, {"code": "k3"}]}]},
        },
        {
            **VS,
            "id": "m",
            "url": "http://more",
            "compose": {
                "include": [
                    {"system": "http://x", "concept": [{"code": "y", "display": "Yes", "_display": {"extension": []}}]}
                ]
            },
        },
        {
            "resourceType": "CodeSystem",
            "url": "http://cs",
            "status": "active",
            "content": "complete",
            "concept": [{"code": "k1", "concept": [{"code": "k2"}]}, {"code": "k3"}],
        },
    ]
    found = read_questionnaire(questionnaire(item("c", "choice", answerValueSet="#all"), contained=contained))
    assert [option.token for option in found.by_link["c"].options] == ["http://cs|k1", "http://x|y"]


def test_what_is_tried_out_before_it_is_let_in():
    unit = {"url": HL7 + "questionnaire-unit", "valueCoding": {"code": "kg", "system": "http://unitsofmeasure.org"}}
    loose = {"url": HL7 + "questionnaire-unit", "valueCoding": {"code": "stone"}}
    named = {
        "url": SDC + "calculatedExpression",
        **fhirpath("defineVariable('a', 5).select(%a + %resource.item.count())"),
    }
    half = {"extension": [{"url": HL7 + "translation", "extension": [{"url": "lang", "valueCode": "es"}]}]}
    data = questionnaire(
        item("w", "quantity", extension=[unit], _text=half),
        item("s", "quantity", extension=[loose]),
        item("n", "integer", extension=[extended("minValue", 5, kind="valueInteger")]),
        item("d", "decimal"),
        item("many", repeats=True, item=[item("g", "group", repeats=True, item=[item("in")])]),
        item("count", "integer", extension=[named]),
    )
    assert read_questionnaire(data).by_link["w"].text.translations == {}


def test_the_same_mistake_is_told_once():
    twice = item("x", modifierExtension=[extended("x", "y"), extended("x", "z")])
    assert len(refusals(questionnaire(twice))) == 1
