"""Variables that read what is calculated, and questions that speak of their own answer."""

import pytest

from goldthread.casework.assessments.rules.answers import check_answers
from goldthread.casework.assessments.rules.definition import DefinitionError, read_questionnaire
from goldthread.casework.assessments.rules.logic import work_out
from tests.casework.assessments.rules.samples import HL7, SDC, calculated, fhirpath, item, option, questionnaire


def variable(name, expression):
    return {"url": HL7 + "variable", **fhirpath(expression, name=name)}


def worked(data, answers):
    outcome = work_out(read_questionnaire(data), answers)
    assert outcome.problems == []
    return {key: [next(iter(one.values())) for one in given] for key, given in outcome.calculated.items()}


def answer_of(link_id):
    return f"%resource.item.where(linkId='{link_id}').answer.value"


A_IS_TWO = {"a": [{"valueInteger": 2}]}


def test_a_variable_of_the_whole_reads_what_is_calculated():
    # a 2, double 4, the variable 4 + 3 = 7, last 7 times 10
    data = questionnaire(
        item("a", "integer"),
        item("double", "integer", extension=[calculated(f"{answer_of('a')} * 2")]),
        item("last", "integer", extension=[calculated("%more * 10")]),
        extension=[variable("more", f"{answer_of('double')} + 3")],
    )
    assert worked(data, A_IS_TWO) == {"double": [4], "last": [70]}


def test_a_calculation_of_the_whole_with_a_name_reads_what_is_calculated():
    named = {"url": SDC + "calculatedExpression", **fhirpath(f"{answer_of('double')} + 3", name="more")}
    again = variable("again", "%more + 1")
    data = questionnaire(
        item("a", "integer"),
        item("double", "integer", extension=[calculated(f"{answer_of('a')} * 2")]),
        item("last", "integer", extension=[again, calculated("%again * 10")]),
        extension=[named],
    )
    assert worked(data, A_IS_TWO)["last"] == [80]


def test_a_variable_over_everything_does_not_count_what_reads_it():
    every = variable("every", "%resource.item.answer.value.sum()")
    one = questionnaire(
        item("a", "integer"), item("total", "integer", extension=[calculated("%every")]), extension=[every]
    )
    assert worked(one, A_IS_TWO) == {"total": [2]}


def test_an_inner_variable_may_read_the_outer_one_of_its_name():
    group = item(
        "g",
        "group",
        extension=[variable("x", "%x + 1")],
        item=[item("in", "integer", extension=[calculated("%x * 10")])],
    )
    data = questionnaire(item("a", "integer"), group, extension=[variable("x", answer_of("a"))])
    assert worked(data, A_IS_TWO) == {"in": [30]}


def test_names_of_variables_may_have_an_underscore():
    data = questionnaire(
        item("a", "integer"),
        item("b", "integer", extension=[calculated("%a_plus_1 * 2")]),
        extension=[variable("a_plus_1", f"{answer_of('a')} + 1")],
    )
    assert worked(data, A_IS_TWO) == {"b": [6]}


def test_a_name_that_is_none_is_refused():
    data = questionnaire(item("a", extension=[variable("a b", "1")]))
    with pytest.raises(DefinitionError) as caught:
        read_questionnaire(data)
    assert [problem.item for problem in caught.value.problems] == ["a"]


def ruled(expression, kind="integer", **more):
    parts = [
        {"url": "key", "valueId": "r"},
        {"url": "severity", "valueCode": "error"},
        {"url": "expression", "valueString": expression},
        {"url": "human", "valueString": "Not so"},
    ]
    rule = {"url": HL7 + "questionnaire-constraint", "extension": parts}
    return questionnaire(item("a"), item("b", kind, extension=[rule], **more))


def said(data, answers):
    return [(problem.item, problem.reason) for problem in check_answers(read_questionnaire(data), answers)]


@pytest.mark.parametrize(
    "expression",
    ["%context.answer.value = %resource.item.where(linkId='a').answer.value", "answer.value.length() = 3"],
)
def test_a_rule_on_a_question_looks_at_its_own_answer(expression):
    data = ruled(expression, "string")
    same = {"a": [{"valueString": "sun"}], "b": [{"valueString": "sun"}]}
    other = {"a": [{"valueString": "sun"}], "b": [{"valueString": "moon"}]}
    assert (said(data, same), said(data, other)) == ([], [("b", "Not so")])
    assert said(data, {"a": [{"valueString": "sun"}]}) == []


def test_a_variable_of_a_question_reads_its_answer_in_its_own_turn():
    inner = item("in", "integer", extension=[calculated("%mine * 2")])
    outer = item("out", "integer", item=[inner], extension=[variable("mine", "answer.value")])
    data = questionnaire(item("g", "group", repeats=True, item=[outer]))
    answers = {"g": [{}, {}], "out[0]": [{"valueInteger": 3}], "out[1]": [{"valueInteger": 4}]}
    assert worked(data, answers) == {"in[0]": [6], "in[1]": [8]}


def test_a_rule_on_a_question_with_several_answers_sees_them_all():
    data = ruled("(answer.count() <= 1 or answer.value.first() < 3)", repeats=True)
    assert said(data, {"b": [{"valueInteger": 5}]}) == []
    assert said(data, {"b": [{"valueInteger": 5}, {"valueInteger": 6}]}) == [("b", "Not so")]


def test_a_rule_that_speaks_of_others_starts_from_the_whole():
    data = ruled("item.where(answer.exists()).count() = 2")
    assert said(data, {"b": [{"valueInteger": 1}]}) == [("b", "Not so")]
    assert said(data, {"a": [{"valueString": "x"}], "b": [{"valueInteger": 1}]}) == []


def test_the_successor_of_the_rule_is_one_too():
    parts = [
        {"url": "key", "valueId": "r"},
        {"url": "severity", "valueCode": "error"},
        {"url": "expression", **fhirpath("%context.answer.value < 10")},
        {"url": "human", "valueString": "Below ten"},
    ]
    data = questionnaire(item("b", "integer", extension=[{"url": HL7 + "targetConstraint", "extension": parts}]))
    assert said(data, {"b": [{"valueInteger": 12}]}) == [("b", "Below ten")]
    assert said(data, {"b": [{"valueInteger": 9}]}) == []


def expanded(*, address="#often", **more):
    contains = [
        {
            "system": "http://s",
            "code": f"w{weight}",
            "display": f"W{weight}",
            "extension": [{"url": HL7 + "itemWeight", "valueDecimal": weight}],
        }
        for weight in (0, 2, 5)
    ]
    often = {
        "resourceType": "ValueSet",
        "id": "often",
        "url": "http://s/often",
        "status": "active",
        "expansion": {"timestamp": "2026-01-01", "contains": contains},
    }
    return questionnaire(
        item("a", "choice", answerValueSet=address),
        item("b", "choice", answerValueSet=address),
        item("total", "decimal", extension=[calculated("%resource.item.answer.weight().sum()")]),
        contained=[often],
    )


@pytest.mark.parametrize("address", ["#often", "http://s/often", "http://s/often|1.0"])
def test_codes_of_an_expanded_set_have_weights(address):
    answers = {
        "a": [{"valueCoding": {"system": "http://s", "code": "w2"}}],
        "b": [{"valueCoding": {"system": "http://s", "code": "w5"}}],
    }
    assert worked(expanded(address=address), answers)["total"] == [7]


def test_a_small_probability_keeps_its_figures():
    data = questionnaire(item("p", "decimal", extension=[calculated("0.00000123456789 / 2 + 0.1 - 0.1")]))
    assert worked(data, {})["p"] == [pytest.approx(6.17283945e-07, rel=1e-6)]


def test_options_in_words_may_be_chosen_and_weighed():
    worded = [
        {"valueString": words, "extension": [{"url": HL7 + "ordinalValue", "valueDecimal": weight}]}
        for weight, words in enumerate(("Never", "Often"))
    ]
    data = questionnaire(
        item("a", "choice", answerOption=worded),
        item("b", "choice", answerOption=[option("x", "X", 4)]),
        item("total", "decimal", extension=[calculated("%resource.item.answer.weight().sum()")]),
    )
    answers = {
        "a": [{"valueString": "Often"}],
        "b": [{"valueCoding": {"system": "http://loinc.org", "code": "x"}}],
    }
    assert worked(data, answers)["total"] == [5]
