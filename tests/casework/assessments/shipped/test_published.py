"""The published instruments, scored by hand from what their authors say."""

import pytest

from tests.casework.assessments.shipped.reading import instrument, said, scores

PHQ9 = [f"phq-9-{n}" for n in range(1, 10)]
GAD7 = [f"gad-7-{n}" for n in range(1, 8)]


def given(links: list[str], weights: list[int | None]) -> dict[str, float | None]:
    return dict(zip(links, weights, strict=True))


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ([0] * 9, (0, "None or minimal", 0)),
        ([3] * 9, (27, "Severe", 4)),
        ([1, 1, 1, 1, 0, 0, 0, 0, 0], (4, "None or minimal", 0)),
        ([1, 1, 1, 1, 1, 0, 0, 0, 0], (5, "Mild", 1)),
        ([1, 1, 1, 1, 1, 1, 1, 1, 1], (9, "Mild", 1)),
        ([2, 1, 1, 1, 1, 1, 1, 1, 1], (10, "Moderate", 2)),
        ([2, 2, 2, 2, 2, 2, 1, 1, 0], (14, "Moderate", 2)),
        ([2, 2, 2, 2, 2, 2, 1, 1, 1], (15, "Moderately severe", 3)),
        ([3, 3, 3, 3, 3, 3, 1, 0, 0], (19, "Moderately severe", 3)),
        ([3, 3, 3, 3, 3, 3, 2, 0, 0], (20, "Severe", 4)),
        ([None, 2, 2, 2, 2, 2, 2, 0, 0], (14, "Moderate", 2)),  # 12 of 8: times 9 by 8 = 13.5
        ([None, None, 2, 2, 2, 2, 2, 0, 1], (14, "Moderate", 2)),  # 11 of 7: times 9 by 7 = 14.1
        ([None, None, None, 3, 3, 3, 3, 3, 3], (None, "", None)),
        ([None] * 9, (None, "", None)),
    ],
)
def test_phq9(weights: list[int | None], expected: tuple[int | None, str, int | None]) -> None:
    assert said(scores("phq-9", given(PHQ9, weights))["total"]) == expected


def test_phq9_the_difficulty_counts_nothing_and_the_ninth_opens_a_safety_task() -> None:
    questionnaire = instrument("phq-9")
    (rule,) = questionnaire.scores
    assert list(rule.items) == PHQ9
    watched = {link: item.safety.above for link, item in questionnaire.by_link.items() if item.safety}
    assert watched == {"phq-9-9": 0}


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ([0, 0], (0, "Below the cut-off", 0)),
        ([2, 0], (2, "Below the cut-off", 0)),
        ([2, 1], (3, "Ask the PHQ-9", 2)),
        ([3, 3], (6, "Ask the PHQ-9", 2)),
        ([3, None], (None, "", None)),
    ],
)
def test_phq2(weights: list[int | None], expected: tuple[int | None, str, int | None]) -> None:
    assert said(scores("phq-2", given(["phq-2-1", "phq-2-2"], weights))["total"]) == expected


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ([0] * 7, (0, "Minimal", 0)),
        ([3] * 7, (21, "Severe", 4)),
        ([1, 1, 1, 1, 0, 0, 0], (4, "Minimal", 0)),
        ([1, 1, 1, 1, 1, 0, 0], (5, "Mild", 1)),
        ([2, 2, 2, 2, 1, 0, 0], (9, "Mild", 1)),
        ([2, 2, 2, 2, 2, 0, 0], (10, "Moderate", 2)),
        ([2, 2, 2, 2, 2, 2, 2], (14, "Moderate", 2)),
        ([3, 2, 2, 2, 2, 2, 2], (15, "Severe", 4)),
        ([None, None, 1, 1, 1, 1, 1], (7, "Mild", 1)),  # 5 of 5: times 7 by 5
        ([None, None, None, 3, 3, 3, 3], (None, "", None)),
    ],
)
def test_gad7(weights: list[int | None], expected: tuple[int | None, str, int | None]) -> None:
    assert said(scores("gad-7", given(GAD7, weights))["total"]) == expected


@pytest.mark.parametrize(
    ("drinks", "cut_off", "total", "screen"),
    [
        ([0, None, None], 3, 0, "Below the cut-off"),
        ([1, 1, 0], 3, 2, "Below the cut-off"),
        ([2, 1, 0], 3, 3, "At or above the cut-off"),
        ([2, 1, 0], 4, 3, "Below the cut-off"),
        ([2, 1, 1], 4, 4, "At or above the cut-off"),
        ([4, 2, 1], 4, 7, "At or above the cut-off"),
        ([4, 2, 2], 4, 8, "8 points or more: likely dependence"),
        ([4, 4, 4], 3, 12, "8 points or more: likely dependence"),
        ([2, 1, 1], None, 4, ""),
        ([2, None, 1], 3, None, ""),
        ([None, None, None], 3, None, ""),
    ],
)
def test_audit_c(drinks: list[int | None], cut_off: int | None, total: int | None, screen: str) -> None:
    answers = given(["audit-c-1", "audit-c-2", "audit-c-3", "audit-c-cut-off"], [*drinks, cut_off])
    found = scores("audit-c", answers)
    assert found["total"].value == total
    assert said(found["screen"])[1] == screen


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ([0, 0], (0, "Not at risk", 0)),
        ([1, 0], (1, "At risk", 3)),
        ([1, 1], (2, "At risk", 3)),
        ([0, None], (None, "", None)),
    ],
)
def test_hunger_vital_sign(weights: list[int | None], expected: tuple[int | None, str, int | None]) -> None:
    assert said(scores("hunger-vital-sign", given(["hunger-1", "hunger-2"], weights))["total"]) == expected


def test_often_and_sometimes_count_the_same() -> None:
    for link in ("hunger-1", "hunger-2"):
        item = instrument("hunger-vital-sign").by_link[link]
        assert {str(option.text): option.weight for option in item.options} == {
            "Often true": 1,
            "Sometimes true": 1,
            "Never true": 0,
        }
