"""Groups that write facts start from what is known; what is not changed says the same again."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from goldthread.casework.assessments.rules.known import kinds_of, with_known
from goldthread.casework.assessments.rules.places import value_of
from goldthread.casework.assessments.rules.writes import said_facts
from goldthread.people.facts.rules import read_value
from tests.casework.assessments.shipped.reading import instrument


@dataclass
class Known:
    kind: str
    value: dict[str, Any]
    starts_on: date | None = None
    ends_on: date | None = None


def test_each_fact_is_a_turn_and_says_itself_again() -> None:
    facts = [
        Known("medicine", {"name": "Lithium", "dose": "300 mg", "taken": "as_prescribed"}, date(2026, 3, 1)),
        Known("medicine", {"name": "Aspirin"}),
        Known("provider", {"role": "dentist", "name": "Dr. Ono", "last_seen": "2026-02-01"}),
        Known("coverage", {"type": "medicaid"}, date(2026, 1, 1), date(2026, 12, 31)),
        Known("housing", {"setting": "shelter"}),
    ]
    questionnaire = instrument("health-assessment")
    answers = with_known(questionnaire, {}, facts)
    assert answers["health-medicines"] == [{}, {}]
    assert answers["health-medicine[1]"] == [{"valueString": "Aspirin"}]
    assert value_of(answers["health-provider-role[0]"][0])["display"] == "Dentist"
    said = said_facts(questionnaire, answers, frozenset(answers))
    assert [Known(one.kind, read_value(one.kind, one.value), one.starts_on, one.ends_on) for one in said] == facts[:4]


def test_money_numbers_and_yes_or_no() -> None:
    profile = instrument("personal-profile")
    answers = with_known(
        profile,
        {},
        [
            Known("income", {"source": "ssi", "amount": "943.50", "every": "month"}),
            Known("household_size", {"people": 3, "children": 1}),
        ],
    )
    assert answers["profile-income-amount[0]"] == [{"valueDecimal": 943.5}]
    assert answers["profile-household-people"] == [{"valueInteger": 3}]
    housing = with_known(instrument("housing-stability"), {}, [Known("housing", {"setting": "car", "chosen": "no"})])
    assert housing["housing-chosen"] == [{"valueBoolean": False}]


def test_what_starts_with_an_answer_is_left_alone() -> None:
    begun = {"housing-place": [{"valueString": "Elm Street"}]}
    assert with_known(instrument("housing-stability"), begun, [Known("housing", {"setting": "car"})]) == begun


def test_an_instrument_that_writes_nothing_asks_for_no_facts() -> None:
    assert kinds_of(instrument("phq-9")) == set()
