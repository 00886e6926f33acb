"""What a scenario answers, in the words that are read."""

from datetime import date

import pytest

from goldthread.casework.tasks.rules.scenario import read_scenario
from goldthread.casework.tasks.rules.scenario_answers import answers_of, as_json
from goldthread.foundation.programs.shipped import shipped

TODAY = date(2026, 11, 19)


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("America/New_York", "due Sat 17 Jan, 2:30 p.m.: 48 hours"),
        ("America/Denver", "due Sat 17 Jan, 2:30 p.m.: 48 hours"),
    ],
)
def test_an_hour_is_told_by_the_clock_of_the_place(zone: str, said: str) -> None:
    text = f"program: hospice\nenrolled: 2026-01-15T14:30\ntime_zone: {zone}\nask: [2026-01-16]\n"
    (answer,) = as_json(answers_of(read_scenario(text, "", shipped(), TODAY)))
    first = next(row for row in answer["requirements"] if row["key"] == "first-assessment")
    assert first["why"].startswith(said)
    assert first["due_at"] == {"America/New_York": "2026-01-17T19:30:00+00:00"}.get(zone, "2026-01-17T21:30:00+00:00")
