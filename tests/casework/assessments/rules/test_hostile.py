"""Definitions made to hurt: refused, or held in bounds, with a clear error that names the item."""

import json
import time

import pytest

from goldthread.casework.assessments.rules.bounds import read_json
from goldthread.casework.assessments.rules.definition import DefinitionError, read_questionnaire
from goldthread.casework.assessments.rules.fhirpath import Budget, World, compiled, evaluate
from goldthread.casework.assessments.rules.patterns import PatternError, matches
from goldthread.casework.assessments.rules.patterns import compiled as pattern_of
from goldthread.casework.assessments.rules.problems import ExpressionError
from tests.casework.assessments.rules.samples import calculated, item, option, questionnaire


def problems_of(data):
    try:
        read_questionnaire(data)
    except DefinitionError as error:
        return [(problem.item, problem.reason) for problem in error.problems]
    return []


def refused(data):
    """What is said of *data*, in no more than two seconds of the processor."""
    start = time.process_time()
    with pytest.raises(DefinitionError) as caught:
        read_questionnaire(data)
    assert time.process_time() - start < 2
    return [(problem.item, problem.reason) for problem in caught.value.problems]


def nested(depth):
    inner = item("bottom")
    for level in range(depth):
        inner = item(f"level{level}", "group", item=[inner])
    return inner


def test_ten_thousand_items():
    assert refused(questionnaire(*(item(f"i{n}") for n in range(10_000)))) == [("i2000", "more than 2000 items")]


def test_items_nested_sixty_deep():
    assert refused(questionnaire(nested(60))) == [("level35", "stands deeper than 24 items in items")]


def test_json_nested_deeper_than_any_form():
    extension = {"url": "x"}
    for _level in range(200):
        extension = {"url": "x", "extension": [extension]}
    assert refused(questionnaire(item("q", extension=[extension]))) == [("q", "is nested deeper than 120")]


def test_a_text_without_end_and_too_many_options():
    assert refused(questionnaire(item("q", text="x" * 50_000))) == [("q", "has a text longer than 40000 characters")]
    many = [option(f"o{n}") for n in range(2001)]
    assert refused(questionnaire(item("q", "choice", answerOption=many))) == [("q", "more than 2000 options")]
    concepts = [{"code": f"c{n}"} for n in range(2001)]
    value_set = {
        "resourceType": "ValueSet",
        "id": "v",
        "status": "active",
        "compose": {"include": [{"system": "http://s", "concept": concepts}]},
    }
    found = refused(questionnaire(item("q", "choice", answerValueSet="#v"), contained=[value_set]))
    assert found == [("q", "more than 2000 options")]


def test_a_file_too_large():
    assert refused(questionnaire(*(item(f"i{n}", text="x" * 39_000) for n in range(170)))) == [
        ("", "is longer than 6000000 characters")
    ]
    with pytest.raises(DefinitionError, match="is longer than"):
        read_json(" " * 6_000_001)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "is not JSON"),
        ("[" * 100_000, "is nested too deep"),
        ('{"a": 1, "a": 2}', "a name stands twice in one object"),
        ('{"a": NaN}', "NaN is not a number of JSON"),
    ],
)
def test_json_that_is_none(text, reason):
    with pytest.raises(DefinitionError, match=reason):
        read_json(text)


def test_expressions_that_never_end():
    for expression in (
        "%resource.repeat(%resource)",
        "(1|2|3|4|5|6|7|8|9|10).repeat((1|2|3|4|5|6|7|8|9|10).select($this * %resource.count() + $index))",
        ".".join(["(1|2|3|4|5|6|7|8|9|10)"] + ["select((1|2|3|4|5|6|7|8|9|10))"] * 20),
        ".".join(["'aaaaaaaaaa'"] + ["replace('a', 'aaaaaaaaaa')"] * 20),
        ".".join(["1"] + ["combine($this)"] + ["select($this.combine($this))"] * 40),
        "1.repeat($this + 1)",
        "(1|2).aggregate($total.combine($this).combine($total), 1)" + ".aggregate($total.combine($total), 1)" * 3,
    ):
        start = time.process_time()
        found = problems_of(questionnaire(item("q", "integer", repeats=True, extension=[calculated(expression)])))
        assert {link_id for link_id, _reason in found} <= {"q"}
        assert time.process_time() - start < 5, expression


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("", "it is empty"),
        (" + ".join(["1"] * 2000), "it is longer than 6000 characters"),
        ("+".join(["1"] * 1000), "it has more than 1500 words and signs"),
        ("+".join(["1"] * 400), "it is nested too deep"),
        ("(" * 50 + "1" + ")" * 50, "it has brackets in brackets deeper than 40"),
        ("not" * 20, None),
        ("-" * 1400 + "1", "it is nested too deep"),
        ("1 2", "it cannot be read from “2” on"),
        ("'a", "it cannot be read at character"),
        ("1.repeat($this + 1)", "it takes too many steps and was stopped"),
        (
            "'a'.replace('a', 'bbbbbbbbbb')" + ".replace('b', 'bbbbbbbbbb')" * 5,
            "it makes a text longer than 50000 characters",
        ),
        (
            "%resource.list" + ".combine(%resource.list)" * 5,
            "it collects more than 20000 values",
        ),
    ],
)
def test_an_expression_has_bounds(expression, reason):
    if reason is None:
        assert compiled(expression).source == expression
        return
    with pytest.raises(ExpressionError) as caught:
        evaluate(compiled(expression), World({"list": [1] * 5000}, {"resource": {"list": [1] * 5000}}), Budget())
    assert reason in str(caught.value)


def test_nesting_that_only_shows_when_it_runs():
    wide = "true" + " and true" * 40
    deep = "iif(true, " * 20 + wide + ")" * 20
    assert evaluate(compiled(deep), World({}), Budget()) == [True]


def test_too_many_expressions_and_calculations_in_a_circle():
    many = [item(f"i{n}", "integer", extension=[calculated("1")]) for n in range(601)]
    assert refused(questionnaire(*many)) == [("", "more than 600 expressions")]
    one = item("a", "integer", extension=[calculated("%resource.item.where(linkId='b').answer.value + 1")])
    other = item("b", "integer", extension=[calculated("%resource.item.where(linkId='a').answer.value + 1")])
    assert refused(questionnaire(one, other)) == [("a", "is worked out in a circle: a → b → a")]
    both = "iif(%resource.item.where(linkId != 'c').answer.value.empty(), 1, %resource.item.answer.value.first() + 1)"
    restless = [item(name, "integer", extension=[calculated(both)]) for name in "ab"]
    assert {reason for _item, reason in refused(questionnaire(*restless))} == {
        "an expression fails: is worked out in a circle: it never comes to rest"
    }


def test_a_pattern_that_never_ends_is_stopped():
    hard = "^(([a-z])+.)+[A-Z]([a-z])+$"
    pattern_of(hard)
    start = time.process_time()
    with pytest.raises(PatternError, match="it took longer than"):
        matches(hard, "a" * 4000 + "!")
    assert time.process_time() - start < 3
    with pytest.raises(PatternError, match="the text is longer than"):
        matches("a", "a" * 30_000)
    assert pattern_of("A", "im").search("x\na")


def test_scripts_are_refused_and_signs_are_not():
    harmless = item("q", text="Is it < 5 or > 7? <5 mg> on Monday; javascript or not")
    assert str(read_questionnaire(questionnaire(harmless)).by_link["q"].text).startswith("Is it < 5")
    assert refused(questionnaire(item("q", text="<a href='javascript:x'>"))) == [("q", "has a script in its words")]


def test_a_long_line_of_conditions_is_followed_without_recursion():
    chain = [item("i0", "boolean")]
    for n in range(1, 1500):
        chain.append(
            item(f"i{n}", "boolean", enableWhen=[{"question": f"i{n - 1}", "operator": "=", "answerBoolean": True}])
        )
    assert len(read_questionnaire(questionnaire(*reversed(chain))).by_link) == 1500


def test_a_file_is_json_of_any_shape():
    for data in (
        {"resourceType": "Questionnaire", "status": "active", "item": {"a": 1}},
        {"resourceType": "Questionnaire", "status": "active", "item": [3]},
    ):
        assert refused(json.loads(json.dumps(data)))
