"""The policy against expected.csv, which was written by hand from the design and knows nothing of policy.csv.

expected.csv is read from the top, and the first row that fits answers. Its cells hold words, or patterns with ``*``,
separated by blanks. ``to`` is the one relation that holds beside working here today; ``none`` is no other.
``label`` is none, one label, or ``all`` of them.
"""

import csv
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

import pytest

from goldthread.access import rules
from goldthread.access.acts import CLIENT_ACTS, INQUIRY_ACTS, WORKER_ACTS, Act
from goldthread.access.rules import Policy, Relation
from goldthread.foundation.lib.labels import ALL_LABELS, Label
from goldthread.foundation.workforce.enums import Role

Case = tuple[Role, str, Act, str]
SOURCES = {name: (rules.HERE / name).read_text("utf-8") for name in ("policy.csv", "labels.csv")}
RELATIONS = ["none", *(relation.value for relation in Relation if relation != Relation.AGENCY)]
LABELS = {"none": 0, "all": int(ALL_LABELS)} | {str(label.name).lower(): int(label) for label in Label if label}


def cases() -> Iterator[Case]:
    """Every role by relation by act, and for acts on a client by label."""
    for role in Role:
        for relation in RELATIONS:
            for act in Act:
                for label in LABELS if act in CLIENT_ACTS | INQUIRY_ACTS else ["none"]:
                    yield role, relation, act, label


@cache
def expected() -> dict[Case, bool]:
    """Worked out by whoever asks first, not by every process that gathers tests: it takes five seconds."""
    with (Path(__file__).parent / "expected.csv").open(encoding="utf-8") as file:
        rows = [
            ([row[column].split() for column in ("role", "to", "may", "label")], row["answer"])
            for row in csv.DictReader(file)
        ]

    def answer(case: Case) -> bool:
        for cells, answer in rows:
            if all(any(fnmatchcase(word, cell) for cell in words) for words, word in zip(cells, case, strict=True)):
                return {"yes": True, "no": False}[answer]
        raise AssertionError(f"expected.csv has no row for {case}")

    return {case: answer(case) for case in cases()}


def answers(policy: Policy) -> Iterator[tuple[Case, bool]]:
    ways = {(role, act): policy.ways([role], act) for role in Role for act in Act}
    for case in expected():
        role, relation, act, label = case
        held = [(role, Relation.AGENCY)] + ([(role, Relation(relation))] if relation != "none" else [])
        yield case, bool(rules.ways_in(ways[role, act], held, LABELS[label]))


def policy_without(name: str, line: int) -> Policy:
    texts = dict(SOURCES)
    lines = texts[name].splitlines()
    texts[name] = "\n".join(lines[:line] + lines[line + 1 :])
    return rules.read_policy(texts["policy.csv"], texts["labels.csv"])


def test_the_policy_answers_as_expected() -> None:
    wrong = [(case, got) for case, got in answers(rules.the_policy()) if got != expected()[case]]
    assert not wrong


@pytest.mark.thorough
@pytest.mark.parametrize("name", sorted(SOURCES))
def test_every_rule_is_missed_when_it_is_deleted(name: str) -> None:
    not_missed = []
    for line in range(1, len(SOURCES[name].splitlines())):
        if all(got == expected()[case] for case, got in answers(policy_without(name, line))):
            not_missed.append(SOURCES[name].splitlines()[line])
    assert not not_missed


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_no_rule_stands_twice_and_each_says_why(name: str) -> None:
    rows = list(csv.DictReader(SOURCES[name].splitlines()))
    keys = [tuple(value for column, value in row.items() if column != "why") for row in rows]
    assert len(set(keys)) == len(keys)
    assert all(len(row["why"]) >= 10 for row in rows)


def test_every_act_is_granted_to_somebody_and_has_one_kind() -> None:
    assert {rule.act for rule in rules.the_policy().rules} == set(Act)
    assert not CLIENT_ACTS & WORKER_ACTS
    assert not INQUIRY_ACTS & (CLIENT_ACTS | WORKER_ACTS)


def test_an_unknown_word_in_a_file_is_an_error() -> None:
    with pytest.raises(ValueError):
        rules.read_policy("role,may,to,why\njanitor,client.read,agency,because", "role,to,label,why")


def test_several_labels_must_all_be_cleared_by_one_way() -> None:
    """Cleared for one label as a worker and for the other as quality does not open what has both."""
    one = rules.Way(Role.CASE_MANAGER, Relation.CASELOAD, int(Label.HIV))
    two = rules.Way(Role.QUALITY, Relation.AGENCY, int(Label.SUBSTANCE_USE))
    held = [(one.role, one.to), (two.role, two.to)]
    assert rules.ways_in([one, two], held, int(Label.HIV)) == (one,)
    assert rules.ways_in([one, two], held, int(Label.HIV | Label.SUBSTANCE_USE)) == ()
