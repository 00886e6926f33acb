"""Which scores are needs, and the order of needs."""

from dataclasses import dataclass
from decimal import Decimal

import pytest

from goldthread.casework.assessments.rules.model import Band, Questionnaire, ScoreRule, Text
from goldthread.casework.needs.rules import in_their_order, suggestions


@dataclass
class Scored:
    name: str
    value: Decimal | None
    title: str = ""


@dataclass
class Ranked:
    words: str
    state: str = "open"
    rank: int | None = None
    own_words: bool = False
    strength: int = 2


MOOD = ScoreRule(
    name="total",
    title=Text("Total", {"es": "Total"}),
    expression="",
    items=("q1",),
    bands=(
        Band(Text("none"), None, 4),
        Band(Text("mild", {"es": "leve"}), 5, 9, 1, "mental_health", 1),
        Band(Text("strong", {"es": "fuerte"}), 10, None, 3, "mental_health", 3),
    ),
)
FOOD = ScoreRule(name="food", title=Text("Food"), expression="", bands=(Band(Text("not enough"), 1, 1, 2, "food", 2),))
ASKED = Questionnaire(data={}, items=(), title=Text("Mood check", {"es": "Ánimo"}), scores=(MOOD, FOOD))


@pytest.mark.parametrize(
    ("value", "strength"), [("0", None), ("4", None), ("5", 1), ("9", 1), ("9.5", None), ("10", 3), ("27", 3)]
)
def test_the_band_of_the_score_says_how_strong(value: str, strength: int | None):
    found = suggestions(ASKED, [Scored("total", Decimal(value))], "en")
    assert [one.strength for one in found] == ([strength] if strength else [])


def test_the_strongest_comes_first_and_says_because_of_what():
    found = suggestions(ASKED, [Scored("food", Decimal(1)), Scored("total", Decimal("14.000"))], "en")
    assert [(one.item, one.domain, one.because) for one in found] == [
        ("total", "mental_health", "Mood check, Total 14: strong"),
        ("food", "food", "Mood check, Food 1: not enough"),
    ]


def test_it_is_said_in_the_language_of_the_reader():
    (found,) = suggestions(ASKED, [Scored("total", Decimal("7"))], "es")
    assert found.because == "Ánimo, Total 7: leve"


def test_no_score_and_a_score_that_the_version_does_not_know_suggest_nothing():
    assert suggestions(ASKED, [Scored("total", None), Scored("other", Decimal(9))], "en") == []


def test_what_the_person_ranks_comes_before_what_others_found():
    needs = [
        Ranked("urgent, found by an assessment", strength=3),
        Ranked("closed, once first", state="met"),
        Ranked("second", rank=2, strength=1),
        Ranked("they said so", own_words=True, strength=1),
        Ranked("first", rank=1, strength=1),
    ]
    assert [need.words for need in in_their_order(needs)] == [
        "first",
        "second",
        "they said so",
        "urgent, found by an assessment",
        "closed, once first",
    ]
