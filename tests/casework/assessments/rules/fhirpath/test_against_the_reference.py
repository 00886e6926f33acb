"""What the reference engine (npm fhirpath 5.2.2, R4 model) answers, written down once in ``cases.json``; ours answers the same."""

import inspect
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from goldthread.casework.assessments.rules.fhirpath import Budget, Node, World, compiled, evaluate, value_of
from goldthread.casework.assessments.rules.fhirpath.weights import weights_in
from goldthread.casework.assessments.rules.problems import ExpressionError

KNOWN = json.loads((Path(__file__).parent / "cases.json").read_text())
OBJECT = {"flag": True, "number": 1, "share": 0.5, "words": "w", "parts": {"a": 1}}
NOW = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)


def shown(row):
    value = value_of(row)
    if isinstance(row, Node) and isinstance(value, (dict, list)):
        return value
    return value if value is None or isinstance(value, (bool, int, float, str, dict, list)) else str(value)


def worked_out(expression, response=KNOWN["response"], questionnaire=KNOWN["questionnaire"], **variables):
    fixed = {"resource": response, "context": response, "questionnaire": questionnaire}
    world = World(response, {**fixed, **variables}, weights_in(questionnaire), NOW)
    return [shown(row) for row in evaluate(compiled(expression), world, Budget())]


@pytest.mark.parametrize(("expression", "expected"), KNOWN["cases"], ids=[case[0][:70] for case in KNOWN["cases"]])
def test_as_the_reference_engine(expression, expected):
    if expected == "error":
        with pytest.raises(ExpressionError):
            worked_out(expression)
        return
    found = worked_out(expression)
    assert len(found) == len(expected)
    for mine, theirs in zip(found, expected, strict=True):
        if isinstance(theirs, float) and not isinstance(mine, bool):
            assert mine == pytest.approx(theirs, rel=1e-9)
        else:
            assert mine == theirs
            assert isinstance(mine, bool) is isinstance(theirs, bool)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("today()", ["2026-11-22"]),
        ("1 !~ 1.4", [False]),
        ("10.power(999)", "error"),
        ("@2020-01-01.toDate()", ["2020-01-01"]),
        ("@2020-01-01.toDateTime().toDateTime()", ["2020-01-01"]),
        ("@T10:00.toTime().toTime()", ["10:00"]),
        ("(2.5).toDecimal()", [2.5]),
        ("true.toBoolean()", [True]),
        ("%object.flag is boolean", [True]),
        ("%object.number is integer", [True]),
        ("%object.share is decimal", [True]),
        ("%object.words is string", [True]),
        ("%object.parts is BackboneElement", [True]),
        ("%object.children().count()", [5]),
        ("'nonsense'.toTime()", []),
        ("'20-20'.toDate()", []),
        ("'x'.toDateTime()", []),
        ("'2020-01-01T99:00:00Z'.toDateTime()", []),
        ("'25:00'.toTime()", []),
        ("@T25:00", "error"),
        ("now()", ["2026-11-22T10:30:00.000Z"]),
        ("timeOfDay()", ["10:30:00"]),
        ("today() - 18 years", ["2008-11-22"]),
        ("-(%resource.item.where(linkId='int').answer.value)", [-7]),
        ("@2020-01-01T10:00:00Z + 90 minutes", ["2020-01-01T11:30:00Z"]),
        ("@2020-03-15T10:00 + 1 month", ["2020-04-15T10:00"]),
        ("@2020-01-01T10:00:00.250+01:00 + 1 second", ["2020-01-01T09:00:01.250Z"]),
        ("@2020 + 400 days", ["2021"]),
        ("@2020 + 1 month", ["2020"]),
        (
            "@2020-05-06T07:08:09.010Z.select(yearOf() | monthOf() | dayOf() | hourOf() | minuteOf() | secondOf())",
            [2020, 5, 6, 7, 8, 9],
        ),
        ("@2020-05-06T07:08:09Z.dateOf()", ["2020-05-06"]),
        ("@2020-05-06T07:08:09Z.timeOf()", ["07:08:09"]),
        ("@2020-05-06.timeOf()", []),
        ("5.dateOf()", []),
        ("@T10:20.hourOf()", [10]),
        ("@T10:20.yearOf()", []),
        ("'x'.yearOf()", []),
        ("@T10:20:30.500 + 1 second", ["10:20:31.500"]),
        ("'2020-01-31' + 1 month", ["2020-02-29"]),
        ("1 day + @2020-01-31", ["2020-02-01"]),
        ("%record", []),
        ("%list", [1, 2]),
        ("5 'kg'.toQuantity('g')", ["5000 'g'"]),
        ("5.toQuantity()", ["5 '1'"]),
        ("true.toQuantity()", ["1 '1'"]),
        ("'5 days'.toQuantity()", ["5 days"]),
        ("'5 apples'.toQuantity()", []),
        ("'x'.toQuantity()", []),
        ("(5 'kg').toQuantity('mL')", []),
        ("2 'kg' * 3", ["6 'kg'"]),
        ("3 * 2 'kg'", ["6 'kg'"]),
        ("6 'kg' / 0", []),
        ("6 'kg' / 2000 'g'", ["3 '1'"]),
        ("-(2 'kg')", ["-2 'kg'"]),
        ("+(2 'kg')", ["2 'kg'"]),
        ("(-2.5 'kg').abs()", ["2.5 'kg'"]),
        ("1 'kg' - 500 'g'", ["0.5 'kg'"]),
        ("1 'kg' = 'x'", [False]),
        ("1 'kg' = 1 'mL'", []),
        ("@T10:00 = @2020-01-01", [False]),
        ("0.power(-1)", []),
        ("0.ln()", []),
        ("8.log(0)", []),
        ("8.log({})", []),
        ("8.power({})", []),
        ("{}.round(1)", []),
        ("'a'.power(2).exists() or true", "error"),
        ("%list.select($total)", []),
        ("$index", []),
        ("iif(true, {}, 1)", []),
        ("coalesce({}, {})", []),
        ("'abc'.encode('rot13')", []),
        ("'abc'.decode('rot13')", []),
        ("'YWJj'.decode('base64url')", ["abc"]),
        ("'abc?>'.encode('base64url')", ["YWJjPz4="]),
        ("'616263'.decode('hex')", ["abc"]),
        ("'zz'.decode('hex')", "error"),
        ("'a'.escape('x')", []),
        ("'a'.unescape('x')", []),
        ("'a\\\\nb'.unescape('json')", ["a\nb"]),
        ("'a\\\\q'.unescape('json')", "error"),
        ("'abc'.lastIndexOf('b')", [1]),
        ("'abc'.matches('[')", "error"),
        ("'abc'.matches('a', 'x')", "error"),
        ("'abc'.replaceMatches('[', '')", "error"),
        ("'abc'.replaceMatches('b', '$9')", "error"),
        ("'2020-01'.toDate() = @2020-01", [True]),
        ("@2020-01-01.toDateTime()", ["2020-01-01"]),
        ("@2020-01-01T10:00:00Z.toDate()", ["2020-01-01"]),
        ("@T10:00.toTime()", ["10:00"]),
        ("@2020-01-01T10:00:00Z.toDateTime()", ["2020-01-01T10:00:00Z"]),
        ("5.toDate()", []),
        ("5.toDateTime()", []),
        ("5.toTime()", []),
        ("@2020-01-01.toInteger()", []),
        ("@2020-01-01.toBoolean()", []),
        ("(1.5).toInteger()", []),
        ("true.toDecimal()", [1]),
        ("%resource.item.where(linkId='q1').toString()", []),
        ("defineVariable('x', 1).defineVariable('x', 2)", "error"),
        ("defineVariable('resource')", "error"),
        ("defineVariable('n', 2).select(%n * 2)", [4]),
        ("%resource.item.where(linkId='int').answer.value.getValue()", [7]),
        ("%list[%resource.nothing]", []),
        ("%list['a']", "error"),
        ("%list.take('a')", "error"),
        ("%list.take(%list)", "error"),
        ("1 as Integer", [1]),
        ("%list as Integer", "error"),
        ("%list is Integer", "error"),
        ("%list.is(Integer)", "error"),
        ("where()", "error"),
        ("1.count(2)", "error"),
        ("'2020-99-99' + 1 day", "error"),
        ("@2020-01-01 + 1 'kg'", "error"),
        ("@2020-01-01 + 99999999999 days", "error"),
        ("@9999-01-01 + 10 years", "error"),
        ("@T10:00 + 1 day", "error"),
        ("@2020-13-01", "error"),
        ("1 'days'", "error"),
        ("2 'kg' * 2 'kg'", "error"),
        ("2 'kg' + 2 'mL'", "error"),
        ("2 'kg' / 2 'mL'", "error"),
        ("2 'kg' + 'a'", "error"),
        ("2 'kg' > 'a'", "error"),
        ("@T10:00 > @2020-01-01", "error"),
        ("true + 1", "error"),
        ("%list and true", "error"),
        ("%list & 'a'", "error"),
        ("%list.upper()", "error"),
        ("5.upper()", "error"),
        ("%list.toInteger()", "error"),
        ("%list.abs()", "error"),
        ("%list contains %list", "error"),
        ("%list in %list", "error"),
        ("%list.select($this > %list)", "error"),
        ("1e5", "error"),
        ("10.power(50)", "error"),
        ("10.power(2000)", "error"),
        ("%resource.item.where(linkId='q1').answer.value > 1", "error"),
        ("%resource.item.where(linkId='q1') > 1", "error"),
        ("1 is A.B.C", [False]),
        ("{}.type()", []),
        ("%resource.item.id", []),
        ("%resource.item.where(linkId='str').extension('x')", []),
        ("'a'.extension('x')", []),
        (
            "%questionnaire.item.first().answerOption.last().extension('http://hl7.org/fhir/StructureDefinition/ordinalValue').value",
            [3],
        ),
        ("%questionnaire.item.first().answerOption.first().descendants().where($this is uri)", ["http://l"]),
        ("'a'.children()", []),
        ("%resource.item.answer.value.ofType(FHIR.Quantity).code", ["kg"]),
        ("true ~ false", [False]),
        ("@2020-01-01 ~ @2020-01-01", [True]),
        ("@2020-01 ~ @2020-01-01", [False]),
        (
            "%resource.item.where(linkId='multi').answer.value.take(2) ~ %resource.item.where(linkId='multi').answer.value",
            [True],
        ),
        ("(1|2) = (1|2|3)", [False]),
        ("1.5e0", "error"),
        ("%thing", ["b"]),
        ("%`thing`", ["b"]),
        ("%'thing'", ["b"]),
        ("'\\u0062' = %thing", [True]),
        ("'a\\tb'.length()", [3]),
        ("`item`.count() > 0", [True]),
        ("Patient.name", []),
        ("%resource.item.where(linkId='io').answer.weight()", [20]),
        ("%resource.weight()", []),
        ("'a'.weight()", []),
        ("%resource.item.where(linkId='str').answer.value.weight()", []),
        ("%resource.item.where(linkId='qty').answer.value.weight()", []),
    ],
)
def test_where_the_reference_was_not_asked(expression, expected):
    if expected == "error":
        with pytest.raises(ExpressionError):
            worked_out(expression, record=None, list=[1, 2], thing="b", object=OBJECT)
    else:
        assert worked_out(expression, record=None, list=[1, 2], thing="b", object=OBJECT) == expected


BARE = {
    "resourceType": "QuestionnaireResponse",
    "item": [
        {
            "linkId": "a",
            "answer": [
                {"_valueInteger": {"id": "i", "extension": [{"url": "u", "valueString": "v"}]}},
                {"valueInteger": 2},
            ],
        },
        {"linkId": "b", "answer": [{"valueQuantity": {"system": "http://unitsofmeasure.org", "code": "kg"}}]},
        {"linkId": "c", "text": "T", "_text": {"extension": [{"url": "u", "valueString": "v"}]}},
    ],
}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("item.where(linkId='a').answer.value.id", ["i"]),
        ("item.where(linkId='a').answer.value.extension('u').value", ["v"]),
        ("item.where(linkId='a').answer.value.sum()", []),
        ("item.where(linkId='a').answer.value.first().max()", []),
        ("item.where(linkId='a').answer.value.first() + 1", []),
        ("item.where(linkId='a').answer.value.first() > 1", []),
        ("item.where(linkId='a').answer.value.first().children().count()", [2]),
        ("item.where(linkId='b').answer.value = 5", [False]),
        ("item.where(linkId='c').children().count()", [2]),
        ("item.where(linkId='a').answer.children().count()", [2]),
        ("item.where(linkId='c').text.extension('u').exists()", [True]),
    ],
)
def test_values_that_are_missing_but_annotated(expression, expected):
    assert worked_out(expression, BARE) == expected


def test_where_there_is_nothing_to_look_in():
    with pytest.raises(ExpressionError, match="has no questionnaire to look in"):
        evaluate(compiled("weight()"), World({}), Budget())
    assert evaluate(compiled("$this"), World({"a": 1}), Budget(), [5]) == [5]


def test_a_stack_that_is_nearly_full():
    def deeper(levels):
        return deeper(levels - 1) if levels else evaluate(compiled(long), World({}), Budget())

    long = " + ".join(["1"] * 100)
    assert deeper(1) == [100]
    with pytest.raises(ExpressionError, match="it is nested too deep"):
        deeper(sys.getrecursionlimit() - len(inspect.stack(0)) - 60)
