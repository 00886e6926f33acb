"""When changed criteria let in more people than before, fewer, or others."""

from dataclasses import replace

import pytest

from goldthread.foundation.programs.rules.deviations import Deviation, weigh
from goldthread.foundation.programs.rules.loosening import WHO, Change, compare_who, loosened
from goldthread.foundation.programs.rules.reading import read_template
from goldthread.foundation.programs.shipped import shipped

SAME, TIGHTER, LOOSER, OTHER = Change.SAME, Change.TIGHTER, Change.LOOSER, Change.OTHER
HELP, HOME = "asked: {key: help, title: Needs help}", "asked: {key: home, title: Has no home}"
NESTED = "all: [age: {from: 18}, any: [coverage: [medicaid], income: 138]]"


def who(said, source="source: A rule"):
    text = f"template: t\ntitle: T\neligibility: {{{said}, {source}}}\nrequirements: []\n"
    return read_template(text).eligibility


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("all: [age: {from: 18}]", "all: [age: {from: 18}]", SAME),
        ("all: [age: {from: 18}]", "any: [age: {from: 216 months}]", SAME),
        ("all: [age: {from: 18}]", "all: [age: {from: 16}]", LOOSER),
        ("all: [age: {from: 18}]", "all: [age: {from: 18, under: 65}]", TIGHTER),
        ("all: [age: {under: 18}]", "all: [age: {from: 18}]", OTHER),
        ("all: [income: 138]", "all: [income: 200]", LOOSER),
        ("all: [residence: [PA, NJ]]", "all: [residence: [PA]]", TIGHTER),
        ("all: [residence: {postal_codes: ['191']}]", "all: [residence: {postal_codes: ['19104']}]", TIGHTER),
        (
            "all: [residence: {postal_codes: ['191']}]",
            "all: [residence: {postal_codes: ['191'], states: [NJ]}]",
            LOOSER,
        ),
        ("all: [coverage: [medicaid]]", "all: [coverage: [medicaid, chip]]", LOOSER),
        ("all: [coverage: [medicaid]]", "all: [coverage: [both]]", TIGHTER),  # who has both has Medicaid
        ("all: [diagnosis: [F20-F29]]", "all: [diagnosis: [F25.1, F20-F21]]", TIGHTER),
        ("all: [diagnosis: [F31]]", "all: [diagnosis: [F31, F32]]", LOOSER),
        ("all: [diagnosis: [F31.1]]", "all: [diagnosis: [F31]]", LOOSER),
        ("all: [referral: [court]]", "all: [referral: [court, self]]", LOOSER),
        ("none: [enrolled: [hospice]]", "none: [enrolled: [hospice, hiv-aids]]", TIGHTER),
        (f"all: [{HELP}]", f"all: [{HELP.replace('Needs', 'Wants')}]", OTHER),
        (f"all: [{HELP}]", f"all: [{HELP}, {HOME}]", TIGHTER),
        (f"all: [{HELP}, {HOME}]", f"any: [{HELP}, {HOME}]", LOOSER),
        (f"any: [{HELP}, {HOME}]", f"any: [{HOME}]", TIGHTER),
        (f"any: [{HELP}, {HOME}]", f"at_least: 2, of: [{HOME}, {HELP}]", TIGHTER),
        (f"at_least: 2, of: [{HELP}, {HOME}, income: 100]", f"at_least: 2, of: [{HELP}, {HOME}, income: 90]", TIGHTER),
        (f"at_least: 2, of: [{HELP}, {HOME}, income: 100]", f"at_least: 1, of: [{HELP}, {HOME}]", LOOSER),
        (f"at_least: 2, of: [{HELP}, {HOME}, income: 100]", f"all: [{HELP}, {HOME}]", TIGHTER),
        (f"none: [{HELP}, {HOME}]", f"none: [{HOME}]", LOOSER),
        (f"none: [{HELP}, {HOME}]", f"all: [none: [{HOME}], none: [{HELP}]]", SAME),
        (NESTED, NESTED.replace("138", "100"), TIGHTER),
        (NESTED, NESTED.replace("138", "150"), LOOSER),
        (NESTED, "all: [age: {from: 21}, coverage: [medicaid]]", TIGHTER),
        (NESTED, "all: [age: {from: 21}]", OTHER),
        (NESTED, "all: [age: {from: 18}]", LOOSER),
        (NESTED, "urgent: 1 business day", LOOSER),  # nothing is asked any more
        ("urgent: 1 business day", NESTED, TIGHTER),
        (f"{NESTED}, urgent: 1 day", f"{NESTED}, urgent: 2 days", LOOSER),
        (f"{NESTED}, routine: 9 days", f"{NESTED}, routine: 5 days", TIGHTER),
        (f"{NESTED}, routine: 9 days", "all: [age: {from: 18}], routine: 5 days", LOOSER),  # one of both is enough
    ],
)
def test_criteria_compared(before, after, change):
    assert compare_who(who(before), who(after)) is change


def test_to_call_it_a_judgement_asks_for_less():
    assert compare_who(who(NESTED), who(NESTED, "source: judgement")) is LOOSER
    assert compare_who(who(NESTED, "source: judgement"), who(NESTED)) is SAME


def test_sixty_criteria_in_each_other_are_compared_at_once():
    inner = ", ".join(f"asked: {{key: k{{0}}{n}, title: T {{0}} {n}}}" for n in range(4))
    said = ", ".join(
        f"any: [{', '.join('all: [' + inner.replace('{0}', f'{a}-{b}').replace('{{', '{').replace('}}', '}') + ']' for b in range(3))}]"
        for a in range(5)
    )
    before = who(f"all: [{said}]")
    after = who(f"all: [{said.replace('T 4-2 3', 'Another')}]")
    assert compare_who(before, before) is SAME
    assert compare_who(before, after) is OTHER


@pytest.mark.parametrize("key", sorted(shipped()))
def test_what_is_shipped_is_as_strict_as_itself(key):
    assert loosened(shipped()[key], shipped()[key]) == []


def test_who_answers_holds_until_it_is_loosened_further():
    source = replace(shipped()["occupational"], eligibility=who("all: [income: 100]"))
    one, two = (replace(source, eligibility=who(f"all: [income: {percent}]")) for percent in (150, 200))
    answer = Deviation(WHO, "The county pays for it.", "1", "Gloria Nakamura")
    assert [(loose.key, loose.title) for loose in weigh(source, source, one, [], []).unanswered] == [
        (WHO, "Who it is for")
    ]
    assert weigh(source, source, one, [], [answer]).deviations == [answer]
    assert weigh(source, one, one, [answer], []).deviations == [answer]
    assert weigh(source, two, one, [answer], []).deviations == [answer]
    assert weigh(source, one, two, [answer], []).unanswered
    assert weigh(source, one, source, [answer], []).deviations == []
    assert weigh(source, one, one, [], []).unanswered == []  # nobody touched it: its source grew stricter
