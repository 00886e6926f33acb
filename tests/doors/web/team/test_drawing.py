"""Bars and lines: points worked out by hand."""

import pytest

from goldthread.doors.web.team.drawing import Bar, bar, spark


@pytest.mark.parametrize(
    ("percent", "drawn"),
    [
        (0, Bar("0.0", "")),
        (50, Bar("35.0", "")),
        (100, Bar("70.0", "")),
        (110, Bar("70.0", "7.0")),
        (500, Bar("70.0", "30.0")),
    ],
)
def test_a_full_load_ends_at_the_limit_and_more_goes_beyond_it(percent: int, drawn: Bar) -> None:
    assert bar(percent) == drawn


def test_a_line_rises_to_the_highest_value_of_all_lines() -> None:
    drawn = spark([0, 5, 10], most=10)
    assert drawn.points == "4.0,20.0 42.0,12.0 80.0,4.0"
    assert (drawn.x, drawn.y) == ("80.0", "4.0")


def test_a_line_of_nothing_lies_flat() -> None:
    assert spark([0, 0], most=0).points == "4.0,20.0 80.0,20.0"
