"""Who a program is for: read from YAML, every mistake with its line, written and read back."""

import pytest

from goldthread.foundation.programs.enums import Unit
from goldthread.foundation.programs.rules.eligibility import ELIGIBILITY, Age, Asked, Group, How
from goldthread.foundation.programs.rules.problems import TemplateError
from goldthread.foundation.programs.rules.reading import from_content, read_template
from goldthread.foundation.programs.rules.values import Span
from goldthread.foundation.programs.rules.writing import to_content

HEAD = "template: ours\ntitle: Ours\nrequirements: []\n"
WHOLE = (
    HEAD
    + """eligibility:
  all:
    - age: {from: 18, under: 36 months}
    - residence: agency
    - any:
        - income: 200
        - coverage: [medicaid, both]
        - {referral: court}
    - {at_least: 2, of: [{diagnosis: [F20-F29, F31.1]}, {asked: {key: smi, title: Ill, title_es: Enfermo}}]}
    - none: [{enrolled: [act-intensive]}]
  urgent: 2 business days
  source: judgement
"""
)


def test_read_and_written_back():
    with pytest.raises(TemplateError) as wrong:
        read_template(WHOLE, "ours.yaml")
    assert [(one.line, one.what) for one in wrong.value.problems] == [
        (6, "“under” comes after “from”: nobody is both.")
    ]
    template = read_template(WHOLE.replace("from: 18, under: 36 months", "from: 18"), "ours.yaml")
    rules = template.eligibility
    assert [one.key for one in rules.rule.criteria()] == [
        "age", "residence", "income", "coverage", "referral", "diagnosis", "smi", "enrolled",
    ]  # fmt: skip
    assert rules.rule.parts[0] == Age("age", Span(18, Unit.YEARS))
    assert rules.rule.parts[3] == Group(How.AT_LEAST, (rules.rule.parts[3].parts[0], Asked("smi", "Ill", "Enfermo")), 2)
    assert rules.urgent == Span(2, Unit.BUSINESS_DAYS)
    assert from_content(to_content(template)) == template


def test_without_the_section_everybody_is_eligible():
    assert read_template(HEAD).eligibility == ELIGIBILITY
    assert "eligibility" not in to_content(read_template(HEAD))


WRONG = [
    ("  any: []", "A group needs at least one criterion."),
    ("  any: [{age: {}}]", "Say from which age (“from”), under which (“under”), or both."),
    ("  any: [{age: {from: 2 weeks}}]", "An age is given in years or months."),
    ("  any: [{income: 0}]", "“at_most” is a whole number from 1 to 2000."),
    ("  any: [{coverage: medicade}]", "“medicade” cannot stand here."),
    ("  any: [{diagnosis: [schizophrenia]}]", "“schizophrenia” cannot stand here."),
    ("  any: [{residence: Oregon}]", "“Oregon” cannot stand here."),
    ("  any: [{asked: {key: a, title: A}}, {asked: {key: a, title: B}}]", "is the key of another one above."),
    ("  {at_least: 3, of: [{income: 100}]}", "There are only 1 criteria to choose from."),
    ("  all: [{income: 100}]\n  any: [{income: 100}]", "Say one of “all”, “any”, “none” or “at_least” with “of”."),
    ("  any: [{shoe_size: 9}]", "A criterion is one of:"),
    ("  any: [12]", "Here belong lines of the form"),
    ("  any: [{income: 100}]\n  urgent: 3 months", "is given in days, business days or weeks."),
    ("  " + "{any: [" * 4 + "{income: 100}" + "]}" * 4, "This is too deep"),
]


@pytest.mark.parametrize(("lines", "said"), WRONG)
def test_mistakes(lines, said):
    text = HEAD + "eligibility:\n" + lines
    text += "" if lines.lstrip().startswith("{") else "\n  source: judgement\n"
    with pytest.raises(TemplateError) as wrong:
        read_template(text, "ours.yaml")
    assert any(said in one.what for one in wrong.value.problems), [one.what for one in wrong.value.problems]
