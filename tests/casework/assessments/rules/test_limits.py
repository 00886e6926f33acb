"""The least, the most, the length and the form of an answer, however a definition says them."""

from datetime import UTC, datetime

import pytest

from goldthread.casework.assessments.rules.answers import check_answers
from goldthread.casework.assessments.rules.definition import DefinitionError, read_questionnaire
from goldthread.casework.assessments.rules.logic import Context, begin
from tests.casework.assessments.rules.samples import HL7, SDC, fhirpath, item, option, questionnaire

UCUM = "http://unitsofmeasure.org"
NOON = Context(datetime(2026, 11, 19, 12, tzinfo=UTC))


def said(asked, **answer):
    found = check_answers(read_questionnaire(questionnaire(asked)), {"x": [answer]} if answer else {}, NOON)
    return [problem.reason for problem in found]


def refused(asked):
    with pytest.raises(DefinitionError) as caught:
        read_questionnaire(questionnaire(asked))
    return [(problem.item, problem.reason) for problem in caught.value.problems]


def amount(value, code, **more):
    return {"value": value, "unit": code, "system": UCUM, "code": code, **more}


def of_weight(base=SDC):
    units = [{"url": HL7 + "questionnaire-unitOption", "valueCoding": {"system": UCUM, "code": c}} for c in ("kg", "g")]
    ends = [
        {"url": base + "minQuantity", "valueQuantity": amount(10, "kg")},
        {"url": base + "maxQuantity", "valueQuantity": amount(100, "kg")},
    ]
    return item("x", "quantity", extension=[*units, *ends])


@pytest.mark.parametrize(
    ("value", "code", "reasons"),
    [
        (9, "kg", ["Not less than 10 kg."]),
        (10, "kg", []),
        (100, "kg", []),
        (101, "kg", ["Not more than 100 kg."]),
        (9_000, "g", ["Not less than 10 kg."]),
        (50_000, "g", []),
        (150_000, "g", ["Not more than 100 kg."]),
    ],
)
def test_an_amount_lies_between_two_amounts_in_whatever_unit(value, code, reasons):
    assert said(of_weight(), valueQuantity=amount(value, code)) == reasons


def test_an_amount_without_a_unit_is_held_against_the_number():
    bare = item("x", "quantity", extension=of_weight()["extension"][2:])
    assert said(bare, valueQuantity={"value": 9}) == ["Not less than 10 kg."]
    assert said(bare, valueQuantity={"value": 50}) == []


def limited(kind, name, expression, worked_out="cqf-calculatedValue", **value):
    shadow = {"extension": [{"url": HL7 + worked_out, **fhirpath(expression)}]}
    return item("x", kind, extension=[{"url": HL7 + name, **value, "_valueDate": shadow}])


@pytest.mark.parametrize("worked_out", ["cqf-calculatedValue", "cqf-expression"])
def test_a_limit_that_an_expression_works_out(worked_out):
    born = limited("date", "maxValue", "today()", worked_out)
    assert said(born, valueDate="2026-11-20") == ["Not more than 2026-11-19."]
    assert said(born, valueDate="2026-11-19") == []
    assert said(born) == []


def test_what_is_worked_out_goes_before_the_value_beside_it():
    # the value says 2020; seven days before the nineteenth is the twelfth
    soon = limited("date", "minValue", "today() - 7 days", valueDate="2020-01-01")
    assert said(soon, valueDate="2026-11-11") == ["Not less than 2026-11-12."]
    assert said(soon, valueDate="2026-11-12") == []


def test_a_limit_from_another_answer():
    shadow = {
        "extension": [{"url": HL7 + "cqf-calculatedValue", **fhirpath("%resource.item.where(linkId='a').answer.value")}]
    }
    later = item("x", "integer", extension=[{"url": HL7 + "minValue", "_valueInteger": shadow}])
    read = read_questionnaire(questionnaire(item("a", "integer"), later))
    answers = {"a": [{"valueInteger": 5}], "x": [{"valueInteger": 4}]}
    assert [problem.reason for problem in check_answers(read, answers)] == ["Not less than 5."]
    assert check_answers(read, {"x": [{"valueInteger": 4}]}) == []


def test_a_limit_in_another_language_is_refused_by_name():
    shadow = {
        "extension": [
            {"url": HL7 + "cqf-calculatedValue", "valueExpression": {"language": "text/cql", "expression": "X"}}
        ]
    }
    asked = item("x", "date", extension=[{"url": HL7 + "maxValue", "_valueDate": shadow}])
    assert refused(asked) == [("x", "maxValue is written in “text/cql”; only text/fhirpath is understood")]


def test_a_limit_whose_expression_cannot_be_read_is_refused():
    assert [link_id for link_id, _reason in refused(limited("date", "maxValue", "today("))] == ["x"]


@pytest.mark.parametrize(
    "more",
    [
        {"_required": {"extension": [{"url": HL7 + "cqf-expression", **fhirpath("true")}]}},
        {"_text": {"extension": [{"url": HL7 + "cqf-expression", **fhirpath("'a'")}]}},
        {
            "type": "choice",
            "answerOption": [
                {
                    "valueCoding": {
                        "code": "a",
                        "display": "A",
                        "_display": {"extension": [{"url": HL7 + "cqf-expression", **fhirpath("'a'")}]},
                    }
                }
            ],
        },
    ],
    ids=["required", "words", "an option"],
)
def test_what_else_an_expression_works_out_is_refused(more):
    assert refused({**item("x"), **more}) == [
        ("x", "has words or a value that an expression works out, which is not supported")
    ]


def test_the_title_of_the_whole_is_looked_at_and_items_below_by_their_own_name():
    computed = {"extension": [{"url": HL7 + "cqf-expression", **fhirpath("'a'")}]}
    group = item("g", "group", item=[item("x", _text=computed)])
    with pytest.raises(DefinitionError) as caught:
        read_questionnaire(questionnaire(group, title="T", _title=computed))
    assert [problem.item for problem in caught.value.problems] == ["", "x"]


def test_a_group_is_not_filled_in_by_itself():
    start = {"url": SDC + "initialExpression", **fhirpath("1")}
    assert refused(item("x", "group", extension=[start], item=[item("y")])) == [
        ("x", "has an initial answer but takes no answers")
    ]


@pytest.mark.parametrize(
    ("kind", "more", "answer", "reasons"),
    [
        ("integer", {"maxLength": 2}, {"valueInteger": 123}, ["At most 2 characters."]),
        ("integer", {"maxLength": 2}, {"valueInteger": 12}, []),
        ("decimal", {"maxLength": 3}, {"valueDecimal": 1.25}, ["At most 3 characters."]),
        ("decimal", {"maxLength": 3}, {"valueDecimal": 1.5}, []),
        ("decimal", {"maxLength": 1}, {"valueDecimal": 5.0}, []),
    ],
)
def test_the_length_of_a_number(kind, more, answer, reasons):
    assert said(item("x", kind, **more), **answer) == reasons


def test_the_form_of_a_number():
    four = item("x", "integer", extension=[{"url": HL7 + "regex", "valueString": "[0-9]{4}"}])
    assert said(four, valueInteger=123) == ["It is not written as asked."]
    assert said(four, valueInteger=1234) == []


@pytest.mark.parametrize(
    ("size", "file", "reasons"),
    [
        (1_048_576, 1_048_577, ["The file is larger than 1.04858 MB."]),
        (1_048_576, 1_048_576, []),
        (500_000, 600_000, ["The file is larger than 0.5 MB."]),
        (5, 5_000_001, ["The file is larger than 5 MB."]),
        (5, 5_000_000, []),
    ],
)
def test_the_size_of_a_file_in_megabytes_or_in_bytes(size, file, reasons):
    asked = item("x", "attachment", extension=[{"url": HL7 + "maxSize", "valueDecimal": size}])
    assert said(asked, valueAttachment={"contentType": "application/pdf", "size": file}) == reasons


def test_a_choice_keeps_its_options_beside_all_this():
    assert said(item("x", "choice", answerOption=[option("a")]), valueCoding={"code": "a"}) == []


def test_a_unit_to_begin_with_is_no_answer():
    dollars = {"unit": "$", "system": "http://measureunit.org", "code": "USD"}
    bare = read_questionnaire(questionnaire(item("x", "quantity", initial=[{"valueQuantity": dollars}])))
    assert (bare.by_link["x"].unit.text, bare.by_link["x"].unit.code) == ("$", "USD")
    assert "x" not in begin(bare)
    assert check_answers(bare, begin(bare)) == []
    full = read_questionnaire(
        questionnaire(item("x", "quantity", initial=[{"valueQuantity": {"value": 30, **dollars}}]))
    )
    assert begin(full)["x"] == [{"valueQuantity": {"value": 30, **dollars}}]
