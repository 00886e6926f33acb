"""docs/programs.md holds every word that can stand in a template, and names none that cannot."""

import re
from pathlib import Path

import pytest

from goldthread.foundation.programs import enums
from goldthread.foundation.programs.enums import Unit
from goldthread.foundation.programs.rules import (
    reading,
    reading_eligibility,
    reading_requirements,
    reading_waitlist,
    reading_way_out,
)
from goldthread.foundation.programs.rules.eligibility import How
from goldthread.foundation.programs.rules.reading import TemplateError, from_content, read_template
from goldthread.foundation.programs.rules.template import Span
from goldthread.foundation.programs.rules.writing import to_content
from goldthread.foundation.programs.shipped import shipped

TEXT = (Path(__file__).parents[3] / "docs" / "programs.md").read_text("utf-8")
WORDS = set(re.findall(r"`([^`\n]+)`", TEXT))
VOCABULARIES = (
    enums.EventKind,
    enums.Mode,
    enums.Place,
    enums.Seen,
    enums.Activity,
    enums.Checklist,
    enums.Domain,
    enums.Priority,
    enums.Leaving,
    enums.Reason,
    enums.Weight,
    enums.Period,
    enums.Acuity,
    enums.Coverage,
    enums.ReferralSource,
    reading_eligibility.Kind,
    How,
)


@pytest.mark.parametrize("words", VOCABULARIES, ids=lambda words: words.__name__)
def test_every_word_is_documented(words):
    assert [str(word) for word in words if str(word) not in WORDS] == []


def test_every_unit_is_documented():
    assert [str(unit) for unit in enums.Unit if str(unit).replace("_", " ") not in WORDS] == []


@pytest.mark.parametrize(
    "keys",
    [
        reading.TEMPLATE_KEYS,
        reading.CONTACT_KEYS,
        reading_way_out.DISCHARGE_KEYS,
        reading_way_out.WAY_OUT_KEYS,
        reading_way_out.TRIES_KEYS,
        reading.LABEL_WORDS,
        reading.UNITS,
        reading_requirements.REQUIREMENT_KEYS,
        reading_requirements.ACCEPTS_KEYS,
        reading_requirements.SOURCE_KEYS,
        reading_requirements.ACTIONS,
        reading_requirements.WHOSE,
        reading_waitlist.WAITLIST_KEYS,
        reading_waitlist.FIRST_KEYS,
    ],
)
def test_every_key_is_documented(keys):
    assert [key for key in keys if key not in WORDS] == []


@pytest.mark.parametrize(
    "key", [*reading_requirements.SHARE_KEYS, *reading_requirements.INTERVAL_KEYS, "age", "each_year", "flag"]
)
def test_keys_inside_others_are_shown(key):
    assert re.search(rf"\b{key}\b:?", " ".join(WORDS))


def test_every_requirement_of_every_template_is_listed():
    for name, template in shipped().items():
        (row,) = re.findall(rf"^\| `{name}` \| (.*) \|$", TEXT, re.MULTILINE)
        assert re.findall(r"`([^`]+)`", row) == [rule.key for rule in template.requirements]


def examples() -> list[str]:
    return re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)


def test_the_examples_are_what_is_asked_of_plans_and_a_rule():
    plan, _who, _way, _waits, rule, _after = examples()
    lines = "".join(f"  {line}\n" for line in rule.splitlines())
    template = read_template(f"template: t\ntitle: T\n{plan}requirements:\n{lines}")
    assert template.requirements[0].key == "face-to-face-90"
    assert (template.plan.approval, template.plan.silent_days, template.plan.review) == (True, 45, Span(6, Unit.MONTHS))
    assert template.plan.parts == ("vision", "strengths", "risks", "emergency")
    assert from_content(to_content(template)) == template


def test_the_example_of_who_it_is_for_can_be_read():
    template = read_template(f"template: t\ntitle: T\n{examples()[1]}requirements: []\n")
    assert [one.key for one in template.eligibility.rule.criteria()][-3:] == [
        "diagnosis",
        "functional-need",
        "enrolled",
    ]
    assert from_content(to_content(template)) == template


def test_the_example_of_the_way_out_can_be_read():
    reasons = "discharge_reasons: [{key: lost-to-follow-up, title: L}, {key: gone, title: G, way: refused}]\n"
    template = read_template(f"template: t\ntitle: T\n{examples()[2]}{reasons}requirements: []\n")
    rules = template.way_out
    assert [(one.times, one.modes) for one in rules.tries] == [
        (3, ("phone", "text", "video")),
        (1, ("in_person",)),
        (1, ("letter",)),
    ]
    assert (rules.days, rules.within, rules.approval) == (4, Span(45, Unit.DAYS), True)
    assert [one.way for one in template.discharge_reasons] == ["lost", "refused"]
    assert from_content(to_content(template)) == template


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("way_out: {tries: {times: 0}, source: judgement}", "times"),
        ("way_out: {tries: {times: 1, mode: pigeon}, source: judgement}", "pigeon"),
        ("way_out: {death_review: soon, source: judgement}", "soon"),
        ("discharge_reasons: [{key: a, title: A, way: flew}]", "flew"),
        ("plan: {approval: maybe, source: judgement}", "true or false"),
        ("plan: {parts: [wishes], source: judgement}", "wishes"),
        ("plan: {signers: [judge], source: judgement}", "judge"),
        ("plan: {silent_days: 0, source: judgement}", "silent_days"),
        ("plan: {review: soon, source: judgement}", "soon"),
        ("plan: {approval: true}", "source"),
        ("plan: often", "name: value"),
    ],
)
def test_what_is_wrong_with_plans_is_said_with_its_line(said, wrong):
    with pytest.raises(TemplateError) as caught:
        read_template(f"template: t\ntitle: T\n{said}\nrequirements: []\n", "t.yaml")
    assert any(wrong in problem.what and problem.line == 3 for problem in caught.value.problems)


@pytest.mark.parametrize("said", re.findall(r"^\| `((?:due|every|each|share): [^`]+)`", TEXT, re.MULTILINE))
def test_every_clock_that_is_shown_can_be_read(said):
    rules = "  - {key: monthly-visit, title: Visit, each: month, accepts: contact, source: judgement}\n"
    accepts = "" if said.startswith("share") else "    accepts: contact\n"
    text = f"template: t\ntitle: T\nrequirements:\n{rules}  - key: a\n    title: A\n    {said}\n{accepts}    source: judgement\n"
    assert read_template(text).requirements[1].key == "a"


def test_the_example_of_aftercare_can_be_read() -> None:
    template = read_template(f"template: t\ntitle: T\n{examples()[-1]}requirements: []\n")
    assert template.re_entry_days == 90
    assert [one.by for one in template.aftercare.contacts] == ["worker", "supervisor", "worker"]
