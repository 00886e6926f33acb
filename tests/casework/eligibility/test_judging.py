"""Criteria answered one by one, and how they combine. Expected values are worked out by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldthread.casework.eligibility.rules.judging import Missing, Verdict, code_fits, judge
from goldthread.casework.eligibility.rules.known import Known
from goldthread.casework.eligibility.rules.words import reason, say
from goldthread.foundation.programs.enums import Coverage, ReferralSource, Unit
from goldthread.foundation.programs.rules.eligibility import (
    EVERYBODY,
    Age,
    Asked,
    Covered,
    Diagnosed,
    Enrolled,
    Group,
    How,
    Income,
    Referred,
    Residence,
)
from goldthread.foundation.programs.rules.values import Span

DAY = date(2026, 11, 19)
YES, NO, ASK = Verdict.ELIGIBLE, Verdict.NOT, Verdict.NEED_TO_KNOW


def one(criterion, known):
    judged = judge(Group(How.ALL, (criterion,)), known, DAY)
    return judged.verdict, judged.answers[0].missing


ADULT = Age("age", least=Span(18, Unit.YEARS))
UNDER_3 = Age("age", under=Span(36, Unit.MONTHS))
BORN = [
    (ADULT, date(2008, 11, 19), YES),  # 18 today
    (ADULT, date(2008, 11, 20), NO),  # 18 tomorrow
    (UNDER_3, date(2023, 11, 20), YES),  # 35 months and 30 days
    (UNDER_3, date(2023, 11, 19), NO),  # 3 today
]


@pytest.mark.parametrize(("rule", "born", "verdict"), BORN)
def test_age_on_the_day(rule, born, verdict):
    assert one(rule, Known(born=(born, born))) == (verdict, None)


def test_an_age_that_is_not_sure_is_asked_only_where_it_matters():
    year = (date(2008, 1, 1), date(2008, 12, 31))  # 17 or 18
    assert one(ADULT, Known(born=year)) == (ASK, Missing.BIRTH_DATE)
    assert one(ADULT, Known(born=(date(1980, 1, 1), date(1980, 12, 31)))) == (YES, None)
    assert one(ADULT, Known()) == (ASK, Missing.BIRTH_DATE)


HALF = Income("income", 200)
INCOMES = [  # 2026: 15 960 for one, 21 640 for two; twice that, a month: 2 660.00 and 3 606.67
    (Known(income=Decimal("2660.00"), household=1, state="OR"), YES, None),
    (Known(income=Decimal("2660.01"), household=1, state="OR"), NO, None),
    (Known(income=Decimal("3606.66"), household=2, state="OR"), YES, None),
    (Known(income=Decimal("3606.67"), household=2, state="OR"), NO, None),  # the limit is 3 606.666…
    (Known(income=Decimal("2000"), state="OR"), YES, None),  # enough for one is enough for any household
    (Known(income=Decimal("3000"), state="OR"), ASK, Missing.HOUSEHOLD_SIZE),
    (
        Known(income=Decimal("3000"), household=1),
        ASK,
        Missing.ADDRESS,
    ),  # not in Oregon, but in Hawaii (3 060) and Alaska
    (Known(income=Decimal("2000"), household=1), YES, None),
    (Known(income=Decimal("9000"), household=1), NO, None),
    (Known(household=1, state="OR"), ASK, Missing.INCOME),
]


@pytest.mark.parametrize(("known", "verdict", "missing"), INCOMES)
def test_income_against_the_poverty_level(known, verdict, missing):
    assert one(HALF, known) == (verdict, missing)


def test_other_criteria():
    medicaid = Covered("coverage", (Coverage.MEDICAID,))
    assert one(medicaid, Known(coverage=frozenset({"both"}))) == (YES, None)
    assert one(medicaid, Known(coverage=frozenset({"private"}))) == (NO, None)
    assert one(medicaid, Known()) == (ASK, Missing.COVERAGE)
    here = Residence("residence", ("agency",), ("972",))
    assert one(here, Known(state="or", agency_state="OR")) == (YES, None)
    assert one(here, Known(state="WA", postal_code="97201", agency_state="OR")) == (YES, None)
    assert one(here, Known(state="WA", agency_state="OR")) == (ASK, Missing.ADDRESS)
    assert one(here, Known(state="WA", postal_code="98101", agency_state="OR")) == (NO, None)
    court = Referred("referral", (ReferralSource.COURT,))
    assert one(court, Known(referral="court")) == (YES, None)
    assert one(court, Known(referral="self")) == (NO, None)
    assert one(court, Known()) == (ASK, Missing.REFERRAL)


def test_a_diagnosis_that_nobody_wrote_down_may_be_there_all_the_same():
    rule = Diagnosed("diagnosis", ("F20-F29", "F31"))
    assert one(rule, Known(diagnoses=frozenset({"F25.1"}))) == (YES, None)
    assert one(rule, Known(diagnoses=frozenset({"E11.9"}))) == (ASK, Missing.ANSWER)
    assert one(rule, Known(diagnoses=frozenset({"E11.9"}), answers={"diagnosis": False})) == (NO, None)
    assert [code_fits(code, "F20-F29") for code in ("F20", "F29.9", "F30", "F2", "F19.9")] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_a_program_that_the_asker_may_not_see_is_asked_about_whatever_is_true():
    rule = Enrolled("enrolled", ("substance-use",))
    unseen = frozenset({"substance-use"})
    for programs in (frozenset(), unseen):
        assert one(rule, Known(programs=programs, unseen=unseen)) == (ASK, Missing.PROGRAMS)
    assert one(rule, Known(programs=unseen)) == (YES, None)
    assert one(rule, Known(programs=frozenset())) == (NO, None)
    assert one(rule, Known()) == (ASK, Missing.PROGRAMS)


A, B, C = (Asked(key, key) for key in "abc")
COMBINED = [  # a yes, b no, c not known
    (Group(How.ALL, (A, C)), ASK),
    (Group(How.ALL, (B, C)), NO),
    (Group(How.ANY, (A, C)), YES),
    (Group(How.ANY, (B, C)), ASK),
    (Group(How.NONE, (B,)), YES),
    (Group(How.NONE, (A, C)), NO),
    (Group(How.NONE, (B, C)), ASK),
    (Group(How.AT_LEAST, (A, B, C), 2), ASK),
    (Group(How.AT_LEAST, (A, B, C), 3), NO),
    (Group(How.AT_LEAST, (A, B, C), 1), YES),
    (Group(How.ALL, (A, Group(How.NONE, (Group(How.ANY, (B,)),)))), YES),
    (EVERYBODY, YES),
]


@pytest.mark.parametrize(("group", "verdict"), COMBINED)
def test_combining(group, verdict):
    assert judge(group, Known(answers={"a": True, "b": False}), DAY).verdict is verdict


def test_reasons_and_what_is_missing_in_words():
    rule = Group(How.ALL, (ADULT, HALF, Covered("coverage", (Coverage.MEDICAID, Coverage.CHIP))))
    known = Known(born=(date(1980, 5, 1),) * 2, income=Decimal("1304.17"), household=3, state="OR")
    judged = judge(rule, known, DAY)
    assert [say(answer.criterion) for answer in judged.answers] == [
        "18 years or older",
        "Income at most 200 % of the poverty level",
        "Coverage: Medicaid or CHIP",
    ]
    assert [reason(answer) for answer in judged.answers] == [
        "46 years old.",
        "$1,304.17 a month; the limit for 3 people is $4,553.33 (2026).",  # 27 320 * 2 / 12
        "Not known yet: coverage.",
    ]
    assert judged.missing == (Missing.COVERAGE,)


CRITERIA = [ADULT, UNDER_3, HALF, Residence("r", ("OR",), ("972",)), Covered("c", (Coverage.MEDICAID,)), A, B]
CRITERIA += [Diagnosed("d", ("F31",)), Referred("s", (ReferralSource.COURT,)), Enrolled("e", ("hospice",))]
groups = st.recursive(
    st.sampled_from(CRITERIA),
    lambda inner: st.builds(
        lambda how, parts, least: Group(how, tuple(parts), min(least, len(parts))),
        st.sampled_from(How),
        st.lists(inner, min_size=1, max_size=4),
        st.integers(1, 4),
    ),
    max_leaves=10,
).map(lambda part: part if isinstance(part, Group) else Group(How.ALL, (part,)))
days = st.dates(date(1930, 1, 1), date(2026, 11, 1))
worlds = st.builds(
    Known,
    born=days.map(lambda day: (day, day)),
    state=st.sampled_from(["OR", "AK", "HI"]),
    postal_code=st.sampled_from(["97201", "98101"]),
    income=st.decimals(0, 9000, places=2),
    household=st.integers(1, 12),
    coverage=st.sampled_from([frozenset({"medicaid"}), frozenset({"private"}), frozenset({"both"})]),
    diagnoses=st.sampled_from([frozenset(), frozenset({"F31.1"})]),
    referral=st.sampled_from(["court", "self"]),
    programs=st.sampled_from([frozenset(), frozenset({"hospice"})]),
    answers=st.fixed_dictionaries({"a": st.booleans(), "b": st.booleans()}),
).map(lambda world: replace(world, answers=world.answers | {"d": bool(world.diagnoses)}))
BLANK = Known()
HIDDEN = [
    "born",
    "state",
    "postal_code",
    "income",
    "household",
    "coverage",
    "diagnoses",
    "referral",
    "programs",
    "answers",
]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(groups, worlds, st.sets(st.sampled_from(HIDDEN)), st.booleans())
def test_what_was_answered_stays_whatever_becomes_known(rule, world, hidden, vague):
    """An unknown fact never makes *eligible* (or *not*) what it could turn round."""
    less = replace(world, **{name: getattr(BLANK, name) for name in hidden})
    if vague and less.born:
        less = replace(less, born=(date(less.born[0].year, 1, 1), date(less.born[0].year, 12, 31)))
    before, after = judge(rule, less, DAY), judge(rule, world, DAY)
    assert before.verdict in (Verdict.NEED_TO_KNOW, after.verdict)
    assert after.verdict is not Verdict.NEED_TO_KNOW
    assert bool(before.missing) == (before.verdict is Verdict.NEED_TO_KNOW)
