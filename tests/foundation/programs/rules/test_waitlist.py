"""The section ``waitlist`` of a template: read, written as it was read, and refused where it is wrong."""

import pytest

from goldthread.foundation.programs.enums import Unit
from goldthread.foundation.programs.rules.eligibility import Covered, Group, How
from goldthread.foundation.programs.rules.reading import TemplateError, from_content, read_template
from goldthread.foundation.programs.rules.template import Span
from goldthread.foundation.programs.rules.waitlist import WAITLIST, First
from goldthread.foundation.programs.rules.writing import to_content, to_yaml

HEAD = "template: adults\ntitle: Adults\nrequirements: []\n"
TEXT = (
    HEAD
    + """priorities: [danger, waiting_longest]
waitlist:
  first:
    - danger
    - {priority: leaving_hospital, when: {referral: [hospital]}}
    - key: veteran
      title: Served in the armed forces
      title_es: Sirvió en las fuerzas armadas
      when: {coverage: [veterans]}
    - key: both
      title: Both
      when: {all: [{age: {from: 65}}, {none: [{coverage: [private]}]}]}
  contact: 2 weeks
  answer: 3 business days
  source: judgement
"""
)


def test_it_is_read_and_written():
    template = read_template(TEXT)
    rules = template.waitlist
    assert [one.key for one in rules.first] == ["danger", "leaving_hospital", "veteran", "both"]
    assert rules.first[2].when == Group(How.ALL, (Covered("coverage", ("veterans",)),))
    assert (rules.contact, rules.answer) == (Span(2, Unit.WEEKS), Span(3, Unit.BUSINESS_DAYS))
    assert template.comes_first == rules.first
    assert from_content(to_content(template)) == template
    assert read_template(to_yaml(template)) == template


def test_without_the_section_the_priorities_are_the_groups():
    template = read_template(HEAD + "priorities: [danger, homeless, waiting_longest]\n")
    assert template.waitlist == WAITLIST
    assert template.comes_first == (First("danger"), First("homeless"))
    assert "waitlist" not in to_content(template)


WRONG = [
    ("  first: [dangre]\n", "Did you mean “danger”?"),
    ("  first: [waiting_longest]\n", "“waiting_longest” cannot stand here."),
    ("  first: [danger, danger]\n", "“danger” is the key of another one above."),
    ("  first: [{key: own}]\n", "Name a priority, or give a key and a title of your own."),
    ("  first: [{key: danger, title: Danger}]\n", "“danger” is a priority"),
    ("  first: [{priority: danger, title: Danger}]\n", "A priority has its own words"),
    ("  first: [{priority: danger, when: {weather: bad}}]\n", "A criterion is one of"),
    ("  first: [{priority: danger, when: {age: {}}}]\n", "Say from which age"),
    ("  contact: 3 hours\n", "“contact” is given in days, weeks, months"),
    ("  answer: 2 months\n", "“answer” is given in days, business days, weeks"),
    ("  answer: 900 days\n", "no longer than a year"),
    ("  first: 7\n", "“7” cannot stand here."),
]


@pytest.mark.parametrize(("lines", "said"), WRONG)
def test_a_mistake_is_told(lines: str, said: str):
    with pytest.raises(TemplateError) as error:
        read_template(HEAD + "waitlist:\n" + lines + "  source: judgement\n")
    assert any(said in one.what for one in error.value.problems), [one.what for one in error.value.problems]
