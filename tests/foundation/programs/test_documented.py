"""docs/programs.md holds every word that can stand in a template, and names none that cannot."""

import re
from pathlib import Path

import pytest

from goldthread.foundation.programs import enums
from goldthread.foundation.programs.rules import reading, reading_requirements
from goldthread.foundation.programs.rules.reading import read_template
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
    enums.Reason,
    enums.Weight,
    enums.Period,
    enums.Acuity,
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
        reading.DISCHARGE_KEYS,
        reading.LABEL_WORDS,
        reading.UNITS,
        reading_requirements.REQUIREMENT_KEYS,
        reading_requirements.ACCEPTS_KEYS,
        reading_requirements.SOURCE_KEYS,
        reading_requirements.ACTIONS,
        reading_requirements.WHOSE,
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


def test_the_example_is_a_rule():
    (example,) = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
    lines = "".join(f"  {line}\n" for line in example.splitlines())
    assert read_template(f"template: t\ntitle: T\nrequirements:\n{lines}").requirements[0].key == "face-to-face-90"


@pytest.mark.parametrize("said", re.findall(r"^\| `((?:due|every|each|share): [^`]+)`", TEXT, re.MULTILINE))
def test_every_clock_that_is_shown_can_be_read(said):
    rules = "  - {key: monthly-visit, title: Visit, each: month, accepts: contact, source: judgement}\n"
    accepts = "" if said.startswith("share") else "    accepts: contact\n"
    text = f"template: t\ntitle: T\nrequirements:\n{rules}  - key: a\n    title: A\n    {said}\n{accepts}    source: judgement\n"
    assert read_template(text).requirements[1].key == "a"
