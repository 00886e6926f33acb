"""The instruments written for Goldthread, scored by hand from their bands."""

import pytest

from goldthread.casework.assessments.rules.writes import fact_rules, skill_rules
from goldthread.casework.skills.rules import SKILLS
from goldthread.foundation.programs.enums import Domain
from tests.casework.assessments.shipped.reading import instrument, said, scores


def of(key: str, name: str) -> list[str]:
    """The items of one score."""
    return next(list(rule.items) for rule in instrument(key).scores if rule.name == name)


def same(links: list[str], weight: float | None, *others: float | None) -> dict[str, float | None]:
    """The same answer to all; the first ones answered with *others*."""
    return dict(zip(links, [*others, *[weight] * (len(links) - len(others))], strict=True))


WHOLE = [
    ("self-management-skills", "independence", 1, (14, "Much is done for them", 3)),
    ("self-management-skills", "independence", 2, (28, "Much is done together", 2)),
    ("self-management-skills", "independence", 3, (42, "Mostly with coaching", 1)),
    ("self-management-skills", "independence", 4, (56, "Mostly on their own", 0)),
    ("daily-living", "self", 0, (0, "Little or none", 0)),
    ("daily-living", "self", 1, (6, "Some", 2)),
    ("daily-living", "self", 3, (18, "Much", 4)),
    ("daily-living", "home", 0, (0, "Little or none", 0)),
    ("daily-living", "home", 1, (8, "Some", 1)),
    ("daily-living", "home", 3, (24, "Much", 3)),
    ("child-strengths-needs", "body", 0, (0, "No concern, or watch", 0)),
    ("child-strengths-needs", "body", 1, (3, "No concern, or watch", 0)),
    ("child-strengths-needs", "mind", 2, (8, "Needs help", 2)),
    ("child-strengths-needs", "school", 3, (9, "Needs much help", 4)),
    ("child-strengths-needs", "family", 2, (6, "Needs help", 2)),
    ("child-strengths-needs", "safe", 0, (0, "No concern", 0)),
    ("child-strengths-needs", "safe", 3, (9, "High concern", 4)),
    ("child-strengths-needs", "strengths", 0, (0, "To be found and built", 2)),
    ("child-strengths-needs", "strengths", 2, (12, "Many", 0)),
    ("functional-assessment", "health", 0, (0, "Little or no support", 0)),
    ("functional-assessment", "communication", 2, (8, "Some support", 2)),
    ("functional-assessment", "mobility", 3, (12, "Much support", 3)),
    ("functional-assessment", "learning", 4, (16, "Full support", 4)),
    ("functional-assessment", "behavior", 1, (4, "Little or no support", 0)),
    ("functional-assessment", "community", 4, (20, "Full support", 4)),
    ("risk-screen", "self", 0, (0, "No sign", 0)),
    ("risk-screen", "self", 1, (5, "Several signs", 4)),
    ("risk-screen", "others", 1, (3, "Several signs", 4)),
    ("risk-screen", "from", 1, (4, "Several signs", 4)),
]


@pytest.mark.parametrize(("key", "name", "weight", "expected"), WHOLE)
def test_the_same_answer_to_all(key: str, name: str, weight: int, expected: tuple[int, str, int]) -> None:
    assert said(scores(key, same(of(key, name), weight))[name]) == expected


MISSING = [
    ("self-management-skills", "independence", [None] * 4, 3, 42),  # 30 of 10, times 14 by 10
    ("self-management-skills", "independence", [None] * 5, 3, None),
    ("daily-living", "self", [None], 1, 6),  # 5 of 5, times 6 by 5
    ("daily-living", "self", [None, None], 1, None),
    ("daily-living", "home", [None, None], 2, 16),  # 12 of 6, times 8 by 6
    ("daily-living", "home", [None] * 3, 2, None),
    ("caregiver-strain", "total", [None, None], 0, 8),  # 6 of 8 (the two reversed ones), times 10 by 8: 7.5
    ("caregiver-strain", "total", [None] * 3, 0, None),
    ("child-strengths-needs", "mind", [None], 1, 4),  # 3 of 3, times 4 by 3
    ("child-strengths-needs", "safe", [None], 0, None),
    ("functional-assessment", "community", [None], 1, 5),  # 4 of 4, times 5 by 4
    ("functional-assessment", "community", [None, None], 1, None),
    ("housing-stability", "risk", [None] * 3, 0, None),
    ("health-assessment", "strain", [None, None], 1, None),
    ("health-assessment", "strain", [None], 1, 5),  # 4 of 4, times 5 by 4
    ("risk-screen", "from", [None], 0, None),
]


@pytest.mark.parametrize(("key", "name", "first", "weight", "expected"), MISSING)
def test_with_answers_missing(key: str, name: str, first: list[None], weight: int, expected: int | None) -> None:
    assert scores(key, same(of(key, name), weight, *first))[name].value == expected


def strain(worn: int, helped: int) -> dict[str, float | None]:
    """Eight answers that speak of strain, two that speak against it."""
    links = of("caregiver-strain", "total")
    return {link: helped if link in ("strain-know", "strain-rest") else worn for link in links}


@pytest.mark.parametrize(
    ("worn", "helped", "expected"),
    [
        (0, 3, (0, "Little", 0)),
        (0, 0, (6, "Little", 0)),  # only the two reversed ones count: 3 + 3
        (1, 2, (10, "Some", 1)),  # 8 + 1 + 1
        (2, 1, (20, "High", 3)),  # 16 + 2 + 2
        (3, 0, (30, "Very high", 4)),
    ],
)
def test_the_strain_of_caregivers_counts_two_answers_the_other_way_round(
    worn: int, helped: int, expected: tuple[int, str, int]
) -> None:
    assert said(scores("caregiver-strain", strain(worn, helped))["total"]) == expected


def housing(**weights: int) -> dict[str, float | None]:
    return {link: weights.get(link.removeprefix("housing-"), 0) for link in of("housing-stability", "risk")}


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ({}, (0, "Steady", 0)),
        ({"behind": 1, "cost": 1}, (2, "Steady", 0)),
        ({"behind": 3, "cost": 2}, (5, "Watch", 1)),
        ({"behind": 3, "notice": 4}, (7, "At risk", 3)),
        ({"tonight": 6, "notice": 4}, (10, "Crisis", 4)),
        (
            {"tonight": 6, "behind": 3, "notice": 4, "bills": 2, "moves": 2, "cost": 2, "fit": 2, "safe": 3},
            (24, "Crisis", 4),
        ),
    ],
)
def test_housing(weights: dict[str, int], expected: tuple[int, str, int]) -> None:
    assert said(scores("housing-stability", housing(**weights))["risk"]) == expected


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ([0, 0, 0, 0, 0], (0, "Few", 0)),
        ([2, 1, 0, 0, 0], (3, "Some", 2)),
        ([3, 1, 1, 1, 0], (6, "Many", 4)),
        ([3, 2, 2, 2, 2], (11, "Many", 4)),
    ],
)
def test_health(weights: list[int], expected: tuple[int, str, int]) -> None:
    answers = same(of("health-assessment", "strain"), 0, *weights)
    assert said(scores("health-assessment", answers)["strain"]) == expected


@pytest.mark.parametrize(
    ("weight", "band", "severity", "strength"),
    [
        (1, "Crisis", 4, 3),
        (2, "At risk", 3, 2),
        (3, "Getting by", 1, 1),
        (4, "Doing well", 0, 0),
        (5, "Thriving", 0, 0),
    ],
)
def test_each_life_domain_is_a_score_and_a_need_of_its_own(
    weight: int, band: str, severity: int, strength: int
) -> None:
    rules = instrument("life-domains").scores
    assert [rule.name for rule in rules] == [str(domain) for domain in Domain]
    found = scores("life-domains", same([rule.items[0] for rule in rules], weight))
    for domain in Domain:
        one = found[domain]
        assert said(one) == (weight, band, severity)
        assert one.band is not None
        assert (one.band.need_domain, one.band.need_strength) == ((domain, strength) if strength else ("", 0))


def test_one_answer_is_the_score_of_one_domain() -> None:
    found = scores("life-domains", {"life-housing": 2})
    assert {name: one.value for name, one in found.items() if one.value is not None} == {"housing": 2}


def test_the_ladder_has_every_skill() -> None:
    rules = skill_rules(instrument("self-management-skills"))
    assert [rule.skill for rule in rules] == list(SKILLS)
    assert all(rule.evidence for rule in rules)


def test_what_writes_facts() -> None:
    kinds = {
        key: [rule.kind for rule in fact_rules(instrument(key))] for key in ("health-assessment", "personal-profile")
    }
    assert kinds == {
        "health-assessment": ["diagnosis", "medicine", "allergy", "provider", "coverage"],
        "personal-profile": ["household_size", "income", "benefit", "military", "legal"],
    }
    assert [rule.kind for rule in fact_rules(instrument("housing-stability"))] == ["housing"]


def test_what_cannot_wait_opens_a_safety_task() -> None:
    watched = {
        key: [link for link, item in instrument(key).by_link.items() if item.safety]
        for key in ("risk-screen", "child-strengths-needs", "housing-stability", "daily-living", "caregiver-strain")
    }
    assert len(watched["risk-screen"]) == 9
    assert watched["child-strengths-needs"] == ["child-safe-self", "child-safe-home", "child-safe-runs"]
    assert watched["housing-stability"] == ["housing-tonight", "housing-safe"]
    assert watched["daily-living"] == ["adl-falls"]
    assert watched["caregiver-strain"] == ["strain-temper"]
