"""What is asked, calculated and filled in."""

from datetime import UTC, datetime

import pytest

from goldthread.casework.assessments.rules.answers import places, to_response
from goldthread.casework.assessments.rules.definition import read_questionnaire
from goldthread.casework.assessments.rules.logic import Context, begin, begin_turn, work_out
from tests.casework.assessments.rules.samples import HL7, SDC, calculated, fhirpath, item, option, questionnaire

UCUM = "http://unitsofmeasure.org"
CODE = {"valueCoding": {"system": "http://loinc.org", "code": "a", "display": "A"}}


def enabled(kind, answers, *, options=(), behaviour=None, **when):
    """Whether an item is asked that looks at the answers of q."""
    rows = when.pop("rows", None) or [{"question": "q", **when}]
    watched = item("q", kind, repeats=True, **({"answerOption": list(options)} if options else {}))
    more = {"enableBehavior": behaviour} if behaviour else {}
    data = questionnaire(watched, item("other", "integer"), item("x", enableWhen=rows, **more))
    return "x" in work_out(read_questionnaire(data), answers).enabled


@pytest.mark.parametrize(
    ("kind", "given", "operator", "answer", "expected"),
    [
        ("integer", [{"valueInteger": 3}], "=", {"answerInteger": 3}, True),
        ("integer", [{"valueInteger": 3}, {"valueInteger": 5}], "=", {"answerInteger": 5}, True),
        ("integer", [{"valueInteger": 3}], "!=", {"answerInteger": 3}, False),
        ("integer", [{"valueInteger": 3}, {"valueInteger": 5}], "!=", {"answerInteger": 5}, False),
        ("integer", [{"valueInteger": 4}], "!=", {"answerInteger": 3}, True),
        ("integer", [], "!=", {"answerInteger": 3}, True),
        ("integer", [], "=", {"answerInteger": 3}, False),
        ("integer", [{"valueInteger": 3}], ">", {"answerInteger": 2}, True),
        ("integer", [{"valueInteger": 3}], ">", {"answerInteger": 3}, False),
        ("integer", [{"valueInteger": 3}], ">=", {"answerInteger": 3}, True),
        ("integer", [{"valueInteger": 3}], "<", {"answerInteger": 4}, True),
        ("integer", [{"valueInteger": 3}], "<=", {"answerInteger": 2}, False),
        ("integer", [{"valueString": "three"}], ">", {"answerInteger": 2}, False),
        ("decimal", [{"valueDecimal": 2.5}], ">", {"answerDecimal": 2.4}, True),
        ("boolean", [{"valueBoolean": True}], "=", {"answerBoolean": True}, True),
        ("boolean", [{"valueBoolean": False}], "=", {"answerBoolean": True}, False),
        ("boolean", [{"valueBoolean": True}], "=", {"answerInteger": 1}, False),
        ("string", [{"valueString": "b"}], "=", {"answerString": "b"}, True),
        ("string", [{"valueString": "b"}], ">", {"answerString": "a"}, True),
        ("date", [{"valueDate": "2026-02-01"}], ">", {"answerDate": "2026-01-31"}, True),
        ("date", [{"valueDate": "2026-02"}], ">", {"answerDate": "2026-02-01"}, False),
        ("date", [{"valueDate": "2026-02-01"}], "=", {"answerDate": "2026-02-01"}, True),
        ("date", [{"valueDate": "soon"}], "=", {"answerDate": "2026-02-01"}, False),
        (
            "dateTime",
            [{"valueDateTime": "2026-02-01T10:00:00Z"}],
            "=",
            {"answerDateTime": "2026-02-01T11:00:00+01:00"},
            True,
        ),
        ("time", [{"valueTime": "10:00:00"}], "<", {"answerTime": "12:00:00"}, True),
        (
            "quantity",
            [{"valueQuantity": {"value": 2, "code": "kg", "system": UCUM}}],
            "=",
            {"answerQuantity": {"value": 2000, "code": "g", "system": UCUM}},
            True,
        ),
        (
            "quantity",
            [{"valueQuantity": {"value": 2, "unit": "kg"}}],
            ">",
            {"answerQuantity": {"value": 1, "unit": "kg"}},
            True,
        ),
        (
            "quantity",
            [{"valueQuantity": {"value": 2, "unit": "kg"}}],
            ">",
            {"answerQuantity": {"value": 1, "code": "kg", "system": UCUM}},
            False,
        ),
        ("choice", [CODE], "=", {"answerCoding": {"system": "http://loinc.org", "code": "a"}}, True),
        ("choice", [CODE], "=", {"answerCoding": {"code": "a"}}, True),
        ("choice", [CODE], "=", {"answerCoding": {"system": "http://else", "code": "a"}}, False),
        ("choice", [CODE], "=", {"answerCoding": {"code": "b"}}, False),
        ("choice", [CODE], "exists", {"answerBoolean": True}, True),
        ("choice", [CODE], "exists", {"answerBoolean": False}, False),
        ("choice", [], "exists", {"answerBoolean": False}, True),
        ("choice", [{}], "exists", {"answerBoolean": True}, False),
    ],
)
def test_operators(kind, given, operator, answer, expected):
    options = [option("a", "A"), option("b", "B")] if kind == "choice" else ()
    assert enabled(kind, {"q": given}, options=options, operator=operator, **answer) is expected


@pytest.mark.parametrize(("behaviour", "expected"), [("all", False), ("any", True)])
def test_all_or_any(behaviour, expected):
    rows = [
        {"question": "q", "operator": "=", "answerInteger": 1},
        {"question": "other", "operator": "=", "answerInteger": 1},
    ]
    assert enabled("integer", {"q": [{"valueInteger": 1}]}, rows=rows, behaviour=behaviour) is expected


def test_answers_to_what_is_not_asked_count_nothing_but_are_kept():
    data = questionnaire(
        item("a", "boolean"),
        item("b", "boolean", enableWhen=[{"question": "a", "operator": "=", "answerBoolean": True}]),
        item(
            "g",
            "group",
            enableWhen=[{"question": "b", "operator": "=", "answerBoolean": True}],
            item=[item("c", "integer")],
        ),
        item("sum", "integer", extension=[calculated("%resource.item.item.where(linkId='c').answer.value")]),
    )
    questionnaire_ = read_questionnaire(data)
    answers = {"a": [{"valueBoolean": False}], "b": [{"valueBoolean": True}], "c": [{"valueInteger": 5}]}
    found = work_out(questionnaire_, answers)
    assert found.enabled == {"a", "sum"}
    assert found.answers["c"] == [{"valueInteger": 5}]
    assert found.calculated == {"sum": []}
    written = to_response(questionnaire_, found.answers, enabled=found.enabled)
    assert [row["linkId"] for row in written["item"]] == ["a"]
    on = work_out(questionnaire_, {**answers, "a": [{"valueBoolean": True}]})
    assert on.calculated == {"sum": [{"valueInteger": 5}]}


def test_each_turn_of_a_repeating_group_looks_at_its_own_answers():
    when = [{"question": "smokes", "operator": "=", "answerBoolean": True}]
    total = calculated("%resource.item.where(linkId='child').item.where(linkId='years').answer.value.sum()")
    data = questionnaire(
        item(
            "child", "group", repeats=True, item=[item("smokes", "boolean"), item("years", "integer", enableWhen=when)]
        ),
        item("anyone", enableWhen=when),
        item("total", "integer", extension=[total]),
    )
    answers = {"child": [{}, {}], "smokes[0]": [{"valueBoolean": True}], "smokes[1]": [{"valueBoolean": False}]}
    answers |= {"years[0]": [{"valueInteger": 3}], "years[1]": [{"valueInteger": 4}]}
    found = work_out(read_questionnaire(data), answers)
    assert found.enabled == {"child", "smokes[0]", "smokes[1]", "years[0]", "anyone", "total"}
    assert found.calculated == {"total": [{"valueInteger": 3}]}


def test_variables_of_a_group_start_from_its_own_turn():
    height = {"url": HL7 + "variable", **fhirpath("item.where(linkId='h').answer.value", name="height")}
    rows = [
        item("h", "decimal"),
        item("w", "decimal"),
        item(
            "bmi",
            "decimal",
            extension=[calculated("(%context.item.where(linkId='w').answer.value / %height.power(2)).round(1)")],
        ),
    ]
    found = read_questionnaire(questionnaire(item("g", "group", repeats=True, item=rows, extension=[height])))
    answers = {
        "g": [{}, {}],
        "h[0]": [{"valueDecimal": 2}],
        "w[0]": [{"valueDecimal": 100}],
        "h[1]": [{"valueDecimal": 1.75}],
        "w[1]": [{"valueDecimal": 70}],
    }
    assert work_out(found, answers).calculated == {"bmi[0]": [{"valueDecimal": 25}], "bmi[1]": [{"valueDecimal": 22.9}]}
    single = questionnaire(
        item(
            "g",
            "group",
            item=[item("h", "decimal"), item("twice", "decimal", extension=[calculated("%height * 2")])],
            extension=[height],
        )
    )
    assert work_out(read_questionnaire(single), {"h": [{"valueDecimal": 2}]}).calculated == {
        "twice": [{"valueDecimal": 4}]
    }


def test_an_expression_on_a_group_may_start_from_the_whole():
    switch = {
        "url": SDC + "enableWhenExpression",
        **fhirpath("QuestionnaireResponse.item.where(linkId='a').answer.value = true"),
    }
    found = read_questionnaire(
        questionnaire(item("a", "boolean"), item("g", "group", item=[item("b")], extension=[switch]))
    )
    assert work_out(found, {"a": [{"valueBoolean": True}]}).enabled == {"a", "g", "b"}
    assert work_out(found, {"a": [{"valueBoolean": False}]}).enabled == {"a"}


def test_an_expression_with_a_name_is_a_variable_of_what_is_below():
    inner = item("b1", "integer", extension=[calculated("%varB + 1")])
    b = item(
        "b",
        "integer",
        item=[inner],
        extension=[
            {
                "url": SDC + "calculatedExpression",
                **fhirpath("%resource.item.where(linkId='a').answer.value + 1", name="varB"),
            }
        ],
    )
    found = work_out(read_questionnaire(questionnaire(item("a", "integer"), b)), {"a": [{"valueInteger": 1}]})
    assert found.calculated == {"b": [{"valueInteger": 2}], "b1": [{"valueInteger": 3}]}


def test_what_is_calculated_from_what_is_calculated_comes_after_it():
    second = item("second", "integer", extension=[calculated("%resource.item.where(linkId='first').answer.value * 2")])
    first = item("first", "integer", extension=[calculated("%three")])
    three = {"url": HL7 + "variable", **fhirpath("%resource.item.where(linkId='a').answer.value * 3", name="three")}
    switch = item("late", enableWhen=[{"question": "second", "operator": ">", "answerInteger": 5}])
    found = read_questionnaire(questionnaire(late := switch, second, first, item("a", "integer"), extension=[three]))
    assert late["linkId"] in work_out(found, {"a": [{"valueInteger": 1}]}).enabled
    assert work_out(found, {"a": [{"valueInteger": 1}]}).calculated["second"] == [{"valueInteger": 6}]


@pytest.mark.parametrize(
    ("kind", "expression", "expected"),
    [
        ("boolean", "1 = 1", {"valueBoolean": True}),
        ("decimal", "0.1 + 0.2", {"valueDecimal": 0.3}),
        ("string", "'a' & 'b'", {"valueString": "ab"}),
        ("text", "5", {"valueString": "5"}),
        ("url", "'https://a'", {"valueUri": "https://a"}),
        ("date", "@2026-01-31 + 1 month", {"valueDate": "2026-02-28"}),
        ("date", "@2026-01-31T10:00:00Z", {"valueDate": "2026-01-31"}),
        ("date", "'2026-01-31'", {"valueDate": "2026-01-31"}),
        ("date", "today()", {"valueDate": "2026-11-22"}),
        ("dateTime", "@2026-01-31", {"valueDateTime": "2026-01-31"}),
        ("time", "@T10:00", {"valueTime": "10:00"}),
        (
            "quantity",
            "5 'kg'",
            {"valueQuantity": {"value": 5, "unit": "kg", "system": UCUM, "code": "kg"}},
        ),
        ("quantity", "5", {"valueQuantity": {"value": 5}}),
        ("quantity", "%questionnaire.item.initial.value.first()", {"valueQuantity": {"value": 7}}),
        ("choice", "'a'", CODE),
        ("choice", "%questionnaire.item.answerOption.value.first()", CODE),
        ("open-choice", "'else'", {"valueString": "else"}),
        (
            "reference",
            "%questionnaire.item.initial.value.ofType(Reference)",
            {"valueReference": {"reference": "Patient/1"}},
        ),
    ],
)
def test_what_is_calculated_has_the_type_of_its_item(kind, expression, expected):
    more = {"answerOption": [option("a", "A")]} if "choice" in kind else {}
    worked = item("x", kind, extension=[calculated(expression)], **more)
    start = [{"valueQuantity": {"value": 7}}, {"valueReference": {"reference": "Patient/1"}}]
    others = [item("q", "quantity", initial=start[:1]), item("r", "reference", initial=start[1:])]
    if "initial.value.first" in expression:
        others.reverse()
        others = others[1:]
    if kind == "reference":
        others = others[1:]
    found = read_questionnaire(questionnaire(worked, *others))
    assert work_out(found, {}, Context(datetime(2026, 11, 22, tzinfo=UTC))).calculated == {"x": [expected]}


@pytest.mark.parametrize(
    ("kind", "expression"),
    [
        ("integer", "1.5"),
        ("boolean", "1"),
        ("date", "'soon'"),
        ("date", "5"),
        ("dateTime", "5"),
        ("time", "5"),
        ("url", "5"),
        ("decimal", "'a'"),
        ("string", "%resource"),
        ("quantity", "'a'"),
        ("quantity", "%resource"),
        ("reference", "'a'"),
        ("attachment", "'a'"),
        ("choice", "'b'"),
    ],
)
def test_a_value_that_does_not_fit_is_a_problem_not_a_blank(kind, expression):
    more = {"answerOption": [option("a", "A")]} if kind == "choice" else {}
    switch = f"iif(%resource.item.where(linkId='on').answer.value = 'go', {expression}, {{}})"
    found = read_questionnaire(questionnaire(item("on"), item("x", kind, extension=[calculated(switch)], **more)))
    outcome = work_out(found, {"on": [{"valueString": "go"}]})
    assert [problem.item for problem in outcome.problems] == ["x"]
    assert outcome.calculated == {"x": []}


def test_an_expression_that_asks_the_clock_without_one_is_a_problem():
    found = read_questionnaire(questionnaire(item("x", "date", extension=[calculated("today()")])))
    assert [str(problem) for problem in work_out(found, {}).problems] == ["x: today() has no clock to look at"]


def test_a_choice_without_options_takes_any_coding():
    found = read_questionnaire(
        questionnaire(item("x", "choice", extension=[calculated("%questionnaire.code.first()")]), code=[{"code": "z"}])
    )
    assert work_out(found, {}).calculated == {"x": [{"valueCoding": {"code": "z"}}]}


def test_an_assessment_begins_with_what_is_known():
    known = {"url": SDC + "initialExpression", **fhirpath("%patient.birthDate")}
    launch = {"url": SDC + "launchContext", "extension": [{"url": "name", "valueCoding": {"code": "patient"}}]}
    least = {"url": HL7 + "questionnaire-minOccurs", "valueInteger": 2}
    picked = [
        option("a", "A"),
        {**option("b", "B"), "initialSelected": True},
        {**option("c", "C"), "initialSelected": True},
    ]
    data = questionnaire(
        item("born", "date", extension=[known]),
        item("n", "integer", initial=[{"valueInteger": 4}]),
        item("one", "choice", answerOption=picked),
        item(
            "all", "choice", answerOption=picked, repeats=True, item=[item("why", initial=[{"valueString": "because"}])]
        ),
        item("g", "group", repeats=True, item=[item("in", initial=[{"valueString": "x"}])], extension=[least]),
        item("plain", "group", item=[item("deep", initial=[{"valueString": "y"}])]),
        extension=[launch],
    )
    found = read_questionnaire(data)
    answers = begin(found, Context(record={"patient": {"resourceType": "Patient", "birthDate": "1990-05-06"}}))
    b, c = ({"valueCoding": {"system": "http://loinc.org", "code": code, "display": code.upper()}} for code in "bc")
    assert answers == {
        "born": [{"valueDate": "1990-05-06"}],
        "n": [{"valueInteger": 4}],
        "one": [b],
        "all": [b, c],
        "why[0]": [{"valueString": "because"}],
        "why[1]": [{"valueString": "because"}],
        "g": [{}, {}],
        "in[0]": [{"valueString": "x"}],
        "in[1]": [{"valueString": "x"}],
        "deep": [{"valueString": "y"}],
    }
    assert "born" not in begin(found)
    more = begin_turn(found, answers, "g")
    assert (more["g"], more["in[2]"]) == ([{}, {}, {}], [{"valueString": "x"}])
    assert [place.key for place in places(found, more)][-6:] == ["g", "in[0]", "in[1]", "in[2]", "plain", "deep"]


def test_a_condition_may_look_into_a_repeating_question():
    inner = item("how", enableWhen=[{"question": "why", "operator": "exists", "answerBoolean": True}])
    found = read_questionnaire(questionnaire(item("drug", repeats=True, item=[item("why"), inner])))
    answers = {"drug": [{"valueString": "a"}, {"valueString": "b"}], "why[1]": [{"valueString": "x"}]}
    assert work_out(found, answers).enabled == {"drug", "why[0]", "why[1]", "how[1]"}
    nested = item("how", extension=[calculated("%context.item.count().toString()")])
    deep = read_questionnaire(
        questionnaire(item("g", "group", repeats=True, item=[item("q", repeats=True, item=[nested])]), item("top"))
    )
    answers = {"g": [{}], "q[0]": [{"valueString": "a"}], "top": [{"valueString": "t"}]}
    assert work_out(deep, answers).calculated["how[0.0]"] == [{"valueString": "2"}]


def test_a_condition_between_two_repeating_groups_looks_at_all_turns():
    when = [{"question": "b", "operator": "=", "answerBoolean": True}]
    found = read_questionnaire(
        questionnaire(
            item("g", "group", repeats=True, item=[item("a", enableWhen=when)]),
            item("h", "group", repeats=True, item=[item("b", "boolean")]),
        )
    )
    answers = {"g": [{}], "h": [{}, {}], "b[1]": [{"valueBoolean": True}]}
    assert "a[0]" in work_out(found, answers).enabled


def test_a_sum_over_everything_does_not_count_itself():
    every = calculated("%resource.item.answer.value.sum()")
    found = read_questionnaire(
        questionnaire(item("a", "integer"), item("b", "integer"), item("total", "integer", extension=[every]))
    )
    outcome = work_out(found, {"a": [{"valueInteger": 2}], "b": [{"valueInteger": 3}], "total": [{"valueInteger": 99}]})
    assert outcome.calculated == {"total": [{"valueInteger": 5}]}
    assert outcome.problems == []
