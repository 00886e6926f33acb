"""Questionnaires read: everything that can be asked."""

import pytest

from goldthread.casework.assessments.rules.definition import (
    DefinitionError,
    ItemType,
    Operator,
    read_questionnaire,
    trust_questionnaire,
)
from tests.casework.assessments.rules.samples import HL7, SDC, fhirpath, item, option, phq9, questionnaire

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


def test_translations_of_codes_are_designations_or_translations():
    said = [{"url": "lang", "valueCode": "es"}, {"url": "content", "valueString": "Sí"}]
    spanish = {"extension": [{"url": HL7 + "translation", "extension": said}]}
    others = [{"language": "es", "value": "Claro"}, {"language": "fr", "value": "Oui"}]
    concepts = [
        {"code": "y", "display": "Yes", "_display": spanish, "designation": others},
        {"code": "n", "display": "No", "designation": [{"value": "without a language"}]},
        {"code": "bare"},
    ]
    contained = [{**VS, "id": "v", "compose": {"include": [{"system": "http://s", "concept": concepts}]}}]
    found = read_questionnaire(questionnaire(item("c", "choice", answerValueSet="#v"), contained=contained))
    yes, no, bare = found.by_link["c"].options
    assert (str(yes.text), yes.text.within("es-MX"), yes.text.within("fr")) == ("Yes", "Sí", "Oui")
    assert (str(no.text), no.text.translations, str(bare.text)) == ("No", {}, "bare")
    assert yes.answer == {"valueCoding": {"system": "http://s", "code": "y", "display": "Yes"}}
