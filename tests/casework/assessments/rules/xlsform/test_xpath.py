"""XPath of XLSForms said in FHIRPath, and worked out."""

from datetime import UTC, datetime

import pytest

from goldthread.casework.assessments.rules.fhirpath import Budget, World, compiled, evaluate, value_of
from goldthread.casework.assessments.rules.xlsform.xpath import Said, XPathError, translate

KINDS = {"n": "number", "t": "text", "one": "choice", "many": "choices", "yes": "boolean", "on": "date", "no": "number"}
ANSWERS = {
    "n": [{"valueInteger": 7}],
    "t": [{"valueString": "abc"}],
    "one": [{"valueCoding": {"code": "2"}}],
    "many": [{"valueCoding": {"code": "a"}}, {"valueCoding": {"code": "b"}}],
    "yes": [{"valueBoolean": True}],
    "on": [{"valueDate": "2026-05-06"}],
}
RESPONSE = {
    "resourceType": "QuestionnaireResponse",
    "item": [{"linkId": key, "answer": given} for key, given in ANSWERS.items()],
}


def refer(name):
    if name not in KINDS:
        raise XPathError("nobody")
    return Said(f"%resource.item.where(linkId = '{name}').answer.value", KINDS[name])


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1 + 2 * 3", [7]),
        ("(1 + 2) * 3", [9]),
        ("7 div 2", [3.5]),
        ("7 mod 4", [3]),
        ("-3 + 5", [2]),
        ("${n} - 2", [5]),
        ("${one} * 10", [20]),
        ("${n} = 7", [True]),
        ("${n} != 7", [False]),
        ("${n} > 5 and ${n} <= 7", [True]),
        ("${n} < 5 or ${n} >= 8", [False]),
        ("${no} = 1", [False]),
        ("${no} != 1", [True]),
        ("${no} > 1", [False]),
        ("${no} = ''", [True]),
        ("${n} != ''", [True]),
        ("'' = ${n}", [False]),
        ("${one} = '2'", [True]),
        ("${one} = 2", [True]),
        ("${one} > ${n}", [False]),
        ('${t} = "abc"', [True]),
        ("${on} < today()", [True]),
        ("${yes} = true()", [True]),
        ("not(${yes} = false())", [True]),
        ("boolean(${t})", [True]),
        ("boolean(true())", [True]),
        ("selected(${many}, 'b')", [True]),
        ("selected(${many}, 'z')", [False]),
        ("count-selected(${many})", [2]),
        ("count(${many})", [2]),
        ("sum(${n})", [7]),
        ("if(${n} > 5, 'big', 'small')", ["big"]),
        ("if(${n} > 5, 1, 'small')", [1]),
        ("if(true(), 1, 2)", [1]),
        ("coalesce(${no}, 3)", [3]),
        ("concat(${t}, '-', ${one}, ${many}, ${no}, 5)", ["abc-2a b5"]),
        ("string(${n})", ["7"]),
        ("string-length(${t})", [3]),
        ("contains(${t}, 'b')", [True]),
        ("starts-with(${t}, 'b')", [False]),
        ("regex(${t}, '[a-c]+')", [True]),
        ("number(${t})", []),
        ("int(7 div 2)", [3]),
        ("abs(-4)", [4]),
        ("round(2.345, 2)", [2.35]),
        ("round(2.5)", [3]),
        ("pow(2, 3)", [8]),
        ("sqrt(9)", [3]),
        ("min(3, ${n}, 5)", [3]),
        ("max(3, ${n}, 5)", [7]),
        ("now() > ${on}", [True]),
        ("date('2026-01-02') < ${on}", [True]),
        ("'it\\'", ["it\\"]),
    ],
)
def test_said_and_worked_out(source, expected):
    said = translate(source, refer)
    world = World(RESPONSE, {"resource": RESPONSE}, at=datetime(2026, 11, 22, tzinfo=UTC))
    assert [value_of(row) for row in evaluate(compiled(said.path), world, Budget())] == expected


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("1 +", "“…” is not supported"),
        ("1 2", "it cannot be read from “2” on"),
        ("1 # 2", "it cannot be read from “# 2” on"),
        ("(1", "“)” is missing before “”"),
        ("if(1 = 1 2)", "“,” is missing before “2”"),
        ("abs()", "abs() takes another number of values"),
        ("once(1)", "once() is not supported"),
        ("../x", "“..” is not supported"),
        ("${x}", "nobody"),
        ("selected(${n}, 'a')", "selected() was asked of what is no choice"),
        ("regex(${t}, ${t})", "regex() takes a pattern that is written out"),
        ("1 and 2", "a condition was expected, not 1"),
        ("${yes} + 1", "a number was expected, not"),
        ("1" + " + 1" * 2000, "it is longer than 4000 characters"),
        ("(" * 40 + "1" + ")" * 40, "it is nested too deep"),
    ],
)
def test_what_cannot_be_said(source, reason):
    with pytest.raises(XPathError) as caught:
        translate(source, refer)
    assert reason in str(caught.value)
